"""The project's own NLI model, `models/claim-nli`, loaded and asked: through PyTorch here, or through OpenVINO.

The weights are stored in one byte each with one scale a row (symmetric, absolute maximum) and computed in float32 or
bfloat16 here. `models/recipe/ship.py` writes such a folder.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from detector.errors import ModelMissing
from detector.judge.claim_files import CARD, SHIPPED, WEIGHTS, find_model, read_folder
from detector.judge.claim_heads import Heads
from detector.judge.claim_openvino import OpenVinoClaimNli
from detector.judge.nli import CrossEncoderNli, Nli, Scores, Texts, score_distinct
from detector.precision import choose_precision
from detector.progress import silence_loading
from detector.runtime.session import GRAPH
from detector.runtime.weights import SCALE


class ClaimNli:
    """The shipped cross-encoder, or another folder that `ship.py` wrote.

    Args:
        folder: None means the shipped one.
        precision: "float32", "bfloat16", or "auto": bfloat16 where the processor has matrix instructions for it.
        batch_size: pairs that go through the model at once.

    Raises:
        ModelMissing: the folder or one of its files is missing or damaged.
        SettingsError: the precision is unknown.
    """

    runtime = "torch"

    def __init__(self, folder: Path | None = None, precision: str = "auto", batch_size: int = 32) -> None:
        import torch

        self.name = SHIPPED if folder is None else str(folder)
        self.precision = choose_precision(precision)
        self._batch_size = batch_size
        model, self._tokenizer, card = load_model(folder or find_model(), getattr(torch, self.precision))
        self._model = model.to("cuda" if torch.cuda.is_available() else "cpu")
        self._heads = Heads(model.config.id2label, self.name, float(card["temperature"]))
        self._max_length = int(card["max_length"])

    def score(self, pairs: Texts) -> Scores:
        """Return (entailment, neutral, contradiction, agree, differ, develop, unrelated) for each (premise, hypothesis), calibrated."""
        return score_distinct(pairs, self._score_sorted)

    def _score_sorted(self, pairs: Texts) -> Scores:
        import torch

        scores: Scores = []
        for start in range(0, len(pairs), self._batch_size):
            premises, hypotheses = zip(*pairs[start : start + self._batch_size], strict=True)
            tokens = self._tokenizer(
                list(premises),
                list(hypotheses),
                truncation="longest_first",
                max_length=self._max_length,
                padding=True,
                return_tensors="pt",
            ).to(self._model.device)
            with torch.inference_mode():
                logits = self._model(**tokens).logits.float()
            scores += self._heads.read_logits(logits.cpu().numpy())
        return scores


@cache
def load_nli(name: str, precision: str = "auto", runtime: str = "torch") -> Nli:
    """Return the NLI model of a name: `claim-nli` is the shipped one; else a folder, or a name in the hub cache.

    A process loads each model once, since reading, checking and restoring one takes about a second.

    Args:
        name: the model.
        precision: "float32"; "bfloat16"; for "torch" also "auto", for "openvino" also "int8".
        runtime: "torch", or "openvino" for a model with a graph (`has_graph`).

    Raises:
        ModelMissing: the model is not on this machine, is damaged, or is no NLI model.
        SettingsError: the precision is unknown.
    """
    folder = None if name == SHIPPED else Path(name)
    if folder is not None and not (folder / CARD).is_file():
        return CrossEncoderNli(name)
    return OpenVinoClaimNli(folder, precision) if runtime == "openvino" else ClaimNli(folder, precision)


def has_graph(name: str) -> bool:
    """Return whether there is a graph for OpenVINO: in the shipped model, and in folders that `ship.py` wrote with one."""
    return name == SHIPPED or all((Path(name) / file).is_file() for file in (CARD, GRAPH))


def load_model(folder: Path, dtype: Any) -> tuple[Any, Any, dict[str, Any]]:
    """Load a folder that `ship.py` wrote, after checking the sha256 of every file.

    Args:
        folder: the folder.
        dtype: what the model computes in: `torch.float32` or `torch.bfloat16`.

    Returns:
        (model in eval mode on the CPU, tokenizer, the card: `temperature`, `max_length`, `labels`, `files`).

    Raises:
        ModelMissing: the folder or one of its files is missing or damaged, or the installed transformers cannot load it.
    """
    card, contents = read_folder(folder)

    import transformers
    from safetensors.torch import load

    stored: dict[str, Any] = {}
    for name in [name for name in contents if name.endswith(WEIGHTS)]:
        stored |= load(contents.pop(name))
    try:
        with silence_loading():
            config = transformers.AutoConfig.from_pretrained(folder, local_files_only=True)
            # From a state, transformers builds the model without drawing random weights first, and makes the buffers
            # that no file holds.
            model, info = getattr(transformers, card["architecture"]).from_pretrained(
                None, config=config, state_dict=_restore_weights(stored, dtype), dtype=dtype, output_loading_info=True
            )
            tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
    except (OSError, ValueError, RuntimeError, KeyError, AttributeError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelMissing(_say_unfit(folder, card, reason)) from error
    if wrong := sorted(str(key) for keys in info.values() for key in keys):
        raise ModelMissing(_say_unfit(folder, card, f"{wrong[0]} does not fit"))
    return model.eval(), tokenizer, card


def _restore_weights(stored: dict[str, Any], dtype: Any) -> dict[str, Any]:
    """Multiply each stored matrix (rows, columns) by its scales (rows,); what has no scales is stored as it is."""
    weights = {}
    for name in [name for name in stored if not name.endswith(SCALE)]:
        weight = stored[name].float()
        if name + SCALE in stored:
            weight *= stored[name + SCALE].float().unsqueeze(1)
        weights[name] = weight.to(dtype)
    return weights


def _say_unfit(folder: Path, card: dict[str, Any], reason: str) -> str:
    from transformers import __version__

    return (
        f"transformers {__version__} cannot load the NLI model in {folder}: {reason}. "
        f"Install the version that it was made with: pip install transformers=={card['transformers']}"
    )
