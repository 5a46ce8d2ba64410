"""Turn a trained student into the folder that the project ships: one byte a weight, hashes, temperature, model card.

    python models/recipe/ship.py build/nli/averaged models/claim-nli --temperature 1.3 --fixed tests/data \
        --round-on build/nli/finish.jsonl.gz

A matrix is stored as int8 with one float32 scale a row (symmetric, absolute maximum), vectors and the few small
matrices, which weigh nothing and count most, as float32. With `--round-on PAIRS`, a file of pairs that the student
learned from, the layers are rounded so that their outputs on some of them stay near (rounding.py); without it each
weight goes to its nearest step. The same student and options give the same bytes.
`--fixed FOLDER` scores the pairs of FOLDER/nli_kinds.jsonl that FOLDER/nli_fixed_ids.txt names with the shipped folder
in float32, and writes FOLDER/nli_fixed.jsonl, which a test holds the model to.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from card import read_figures, write_card
from graphs import add_graph
from pack import pack_shards, store_weights
from rounding import collect_moments
from safetensors.torch import save
from scoring import MAX_TOKENS
from sets import LABELS, RELATIONS, read_lines
from transformers import AutoModelForSequenceClassification, AutoTokenizer, __version__

from detector.judge.claim_files import CARD, FORMAT, WEIGHTS
from detector.judge.claim_nli import ClaimNli

ROOT = Path(__file__).resolve().parents[2]
SHARD_BYTES = 45_000_000
ROUND_ON = 384  # pairs: some 30,000 tokens, ten for each column of the widest matrix
# What a configuration says of the machine and the run that wrote it, and the loader does not need.
_LOCAL = ("_name_or_path", "name_or_path", "transformers_version", "dtype", "torch_dtype")


def ship_model(
    student: Path,
    out: Path,
    *,
    temperature: float = 1.0,
    max_length: int = MAX_TOKENS,
    shard_bytes: int = SHARD_BYTES,
    graphs: bool = True,
    round_on: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """Write everything but the model card to `out`, in the place of what was there.

    Args:
        student: A Hugging Face folder of a sequence classifier with `id2label`: the classes of NLI, and the four relations or none.
        out: The folder to write.
        temperature: What the logits are divided by.
        max_length: Tokens from which a pair is cut.
        shard_bytes: The most that one file of weights may have.
        graphs: Whether to write the graph for OpenVINO too, which takes some seconds more.
        round_on: (premise, hypothesis) pairs on which the outputs of the rounded layers are to stay near; none: each
            weight is rounded alone.

    Returns:
        What `claim_nli.json` holds.

    Raises:
        ValueError: The temperature is not positive, the labels are not those of NLI, a weight is not finite or alone
            larger than a shard, or `out` holds something that is no shipped model.
    """
    if temperature <= 0:
        raise ValueError(f"the temperature is {temperature}; it must be greater than 0")
    model = AutoModelForSequenceClassification.from_pretrained(student, local_files_only=True, dtype=torch.float32)
    labels = [str(model.config.id2label[i]).lower() for i in range(model.config.num_labels)]
    if sorted(labels) not in (sorted(LABELS), sorted((*LABELS, *RELATIONS))):
        wanted = f"{', '.join(LABELS)}, and {', '.join(RELATIONS)} or none"
        raise ValueError(f"{student}: the labels are {', '.join(labels)}; they must be {wanted}")
    moments = collect_moments(model, AutoTokenizer.from_pretrained(student, local_files_only=True), round_on)
    shards = list(pack_shards(store_weights(model.state_dict(), moments), shard_bytes))

    clear_folder(out)
    for number, shard in enumerate(shards, 1):
        (out / f"model-{number:05}-of-{len(shards):05}{WEIGHTS}").write_bytes(save(shard))
    write_json(out / "config.json", drop_local(model.config.to_diff_dict() | {"architectures": [type(model).__name__]}))
    write_tokenizer(student, out, max_length)
    card = {
        "format": FORMAT,
        "architecture": type(model).__name__,
        "transformers": __version__,
        "storage": "int8",
        "parameters": sum(weight.numel() for weight in model.parameters()),
        "max_length": max_length,
        "temperature": temperature,
        "labels": labels,
        "files": {path.name: describe_file(path) for path in sorted(out.iterdir())},
    }
    write_json(out / CARD, card)
    if graphs:
        add_graph(out)
        card = list_files(out)
    return card


def list_files(out: Path) -> dict[str, Any]:
    """List a folder's files in its card anew, after some were added; return the card."""
    card: dict[str, Any] = json.loads((out / CARD).read_text(encoding="utf-8"))
    own = [path for path in sorted(out.iterdir()) if path.name not in (CARD, "README.md")]
    write_json(out / CARD, card | {"files": {path.name: describe_file(path) for path in own}})
    return card | {"files": {path.name: describe_file(path) for path in own}}


def clear_folder(out: Path) -> None:
    """Make a folder, or empty one that was shipped before.

    Raises:
        ValueError: The folder holds something else.
    """
    out.mkdir(parents=True, exist_ok=True)
    old = sorted(out.iterdir())
    if old and not (out / CARD).is_file():
        raise ValueError(f"{out} is not empty and no shipped model; name another folder")
    for path in old:
        path.unlink()


def write_tokenizer(student: Path, out: Path, max_length: int) -> None:
    """Write the student's tokenizer without the lengths and the paths of the run that it was used in."""
    tokenizer = AutoTokenizer.from_pretrained(student, local_files_only=True)
    tokenizer.model_max_length = max_length
    tokenizer.backend_tokenizer.no_truncation()
    tokenizer.backend_tokenizer.no_padding()
    tokenizer.save_pretrained(out)
    path = out / "tokenizer_config.json"
    write_json(path, drop_local(json.loads(path.read_text(encoding="utf-8"))))


def drop_local(values: dict[str, Any]) -> dict[str, Any]:
    """Return a configuration without what it says of the machine that wrote it."""
    return {key: value for key, value in values.items() if key not in _LOCAL}


def write_json(path: Path, values: dict[str, Any]) -> None:
    """Write a JSON file whose bytes depend on its values alone."""
    path.write_bytes((json.dumps(values, indent=2, ensure_ascii=False) + "\n").encode())


def describe_file(path: Path) -> dict[str, Any]:
    """Return a file's size in bytes and its sha256."""
    data = path.read_bytes()
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def score_fixed(out: Path, fixed: Path) -> list[dict[str, Any]]:
    """Score the fixed pairs in float32, write them to nli_fixed.jsonl and return them."""
    wanted = (fixed / "nli_fixed_ids.txt").read_text(encoding="utf-8").split()
    pairs = {row["id"]: row for row in read_lines(fixed / "nli_kinds.jsonl")}
    texts = [(pairs[name]["premise"], pairs[name]["hypothesis"]) for name in wanted]
    rows = [
        {"id": name, "premise": premise, "hypothesis": hypothesis}
        | {label: round(share, 5) for label, share in zip((*LABELS, *RELATIONS), shares, strict=False)}
        for name, (premise, hypothesis), shares in zip(
            wanted, texts, ClaimNli(out, "float32").score(texts), strict=True
        )
    ]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (fixed / "nli_fixed.jsonl").write_bytes(lines.encode())
    return rows


def draw_pairs(path: Path) -> list[tuple[str, str]]:
    """Return (premise, hypothesis) of some rows of a file, the same ones each time."""
    rows = [(row["premise"], row["hypothesis"]) for row in read_lines(path)]
    return random.Random(1).sample(rows, min(ROUND_ON, len(rows)))  # noqa: S311


def main() -> None:
    """Read the command line and ship."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("student", type=Path, help="folder that train.py wrote")
    parser.add_argument("out", type=Path, nargs="?", default=ROOT / "models" / "claim-nli", help="folder to write")
    parser.add_argument("--temperature", type=float, default=1.0, help="what the logits are divided by")
    parser.add_argument(
        "--round-on", type=Path, help="JSON Lines of pairs, of which some are drawn to round the layers by"
    )
    parser.add_argument("--figures", type=Path, help="JSON for the card: heading -> list of flat objects, a row each")
    parser.add_argument("--fixed", type=Path, help="folder of nli_kinds.jsonl and nli_fixed_ids.txt")
    options = parser.parse_args()
    figures = read_figures(options.figures) if options.figures else {}
    pairs = draw_pairs(options.round_on) if options.round_on else []
    ship_model(options.student, options.out, temperature=options.temperature, round_on=pairs)
    rows = score_fixed(options.out, options.fixed) if options.fixed else []
    write_card(options.out, figures, [{key: row[key] for key in ("id", *LABELS)} for row in rows])
    size = sum(path.stat().st_size for path in options.out.iterdir())
    print(f"{options.out}: {size / 1e6:.1f} MB in {len(list(options.out.iterdir()))} files")


if __name__ == "__main__":
    main()
