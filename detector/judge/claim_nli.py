"""The project's own NLI model, `models/claim-nli`: found, checked against its hashes, and asked.

The weights are stored in one byte each with one scale a row (symmetric, absolute maximum) and computed in float32 or
bfloat16. `models/recipe/ship.py` writes such a folder.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from detector.errors import ModelMissing
from detector.judge.nli import CrossEncoderNli, Nli, Scores, Texts, find_label_order, order_columns, score_distinct
from detector.precision import choose_precision
from detector.progress import silence_loading

SHIPPED = "claim-nli"
CARD = "claim_nli.json"
FORMAT = 1
SCALE = ".scale"
"""What a stored matrix's name is followed by in the name of its scales."""
WEIGHTS = ".safetensors"
_KEYS = {"format", "architecture", "transformers", "temperature", "max_length", "files"}


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

    def __init__(self, folder: Path | None = None, precision: str = "auto", batch_size: int = 32) -> None:
        import torch

        self.name = SHIPPED if folder is None else str(folder)
        self.precision = choose_precision(precision)
        self._batch_size = batch_size
        model, self._tokenizer, card = load_model(folder or find_model(), getattr(torch, self.precision))
        self._model = model.to("cuda" if torch.cuda.is_available() else "cpu")
        self._order = find_label_order(model.config.id2label, self.name)
        self._temperature, self._max_length = float(card["temperature"]), int(card["max_length"])

    def score(self, pairs: Texts) -> Scores:
        """Return (entailment, neutral, contradiction) for each (premise, hypothesis), calibrated."""
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
                logits = self._model(**tokens).logits.float() / self._temperature
            scores += order_columns(logits.softmax(dim=1).cpu().tolist(), self._order)
        return scores


@cache
def load_nli(name: str, precision: str = "auto") -> Nli:
    """Return the NLI model of a name: `claim-nli` is the shipped one; else a folder, or a name in the hub cache.

    A process loads each model once, since reading, checking and restoring one takes about a second.

    Raises:
        ModelMissing: the model is not on this machine, is damaged, or is no NLI model.
        SettingsError: the precision is unknown.
    """
    if name == SHIPPED:
        return ClaimNli(precision=precision)
    if (Path(name) / CARD).is_file():
        return ClaimNli(Path(name), precision)
    return CrossEncoderNli(name)


def find_model() -> Path:
    """Return where the shipped model belongs: in the wheel inside the package, in a source checkout beside it."""
    root = _find_checkout()
    return (root or Path(str(files("detector")))) / "models" / SHIPPED


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
    card = _read_card(folder)
    contents = {name: _read_file(folder, name, facts) for name, facts in sorted(card["files"].items())}

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


def _read_card(folder: Path) -> dict[str, Any]:
    """Read `claim_nli.json` and check that this version of the code understands it."""
    if not folder.is_dir():
        raise ModelMissing(f"the NLI model's folder {folder} is missing. {_say_remedy(folder)}")
    path = folder / CARD
    try:
        card: dict[str, Any] = json.loads(_read_bytes(folder, CARD))
        lacking = _KEYS - card.keys()
    except (ValueError, AttributeError) as error:
        raise ModelMissing(f"{path} is damaged: {error}. {_say_remedy(folder)}") from error
    if lacking:
        raise ModelMissing(f"{path} is damaged: it lacks {', '.join(sorted(lacking))}. {_say_remedy(folder)}")
    if card["format"] != FORMAT:
        raise ModelMissing(f"{path} has format {card['format']}; this detector reads {FORMAT}. {_say_remedy(folder)}")
    return card


def _read_bytes(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError as error:
        raise ModelMissing(f"{folder / name} is missing. {_say_remedy(folder)}") from error
    except OSError as error:
        raise ModelMissing(f"cannot read {folder / name}: {error.strerror}") from error


def _read_file(folder: Path, name: str, facts: dict[str, Any]) -> bytes:
    """Return a file's bytes if they are those that the card tells of."""
    path, data = folder / name, _read_bytes(folder, name)
    if len(data) != facts["bytes"]:
        raise ModelMissing(f"{path} has {len(data)} bytes instead of {facts['bytes']}. {_say_remedy(folder)}")
    if (found := hashlib.sha256(data).hexdigest()) != facts["sha256"]:
        raise ModelMissing(
            f"{path} is damaged: its sha256 is {found[:12]}… instead of {facts['sha256'][:12]}…. {_say_remedy(folder)}"
        )
    return data


def _find_checkout() -> Path | None:
    """Return the root of the source checkout that this code runs from, or None where it is installed from a wheel."""
    root = Path(str(files("detector"))).parent
    return root if (root / "pyproject.toml").is_file() else None


def _say_remedy(folder: Path) -> str:
    """Say what brings a folder's files back."""
    if folder != find_model():
        return "Make it again with models/recipe/ship.py, or name another model with --nli"
    if (root := _find_checkout()) is not None:
        return f"Bring it back with: git -C {root} checkout -- models/{SHIPPED}"
    return (
        "Bring it back with: pip install --force-reinstall --no-deps WHEEL, the file that detector was installed from"
    )


def _say_unfit(folder: Path, card: dict[str, Any], reason: str) -> str:
    from transformers import __version__

    return (
        f"transformers {__version__} cannot load the NLI model in {folder}: {reason}. "
        f"Install the version that it was made with: pip install transformers=={card['transformers']}"
    )
