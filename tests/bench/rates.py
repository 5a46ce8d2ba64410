"""Texts and pairs a second of each way of running the two models, beside the plain way and the machine's own matrix rate.

The plain ways are `SentenceTransformer.encode` and `CrossEncoder.predict` of sentence-transformers in float32, as anyone would call them;
for the second the shipped model is restored to float32 and written to a temporary folder. The matrix rate is that of bfloat16 products of
the models' shapes through PyTorch, the best of several, in the same run. Rates are given by the clock and by processor time, which what
else runs on the machine touches less.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PLAIN = "plain"
WAYS = (
    ("torch", "float32"),
    ("torch", "bfloat16"),
    ("openvino", "float32"),
    ("openvino", "bfloat16"),
    ("openvino", "int8"),
)
_SHAPES = ((512, 768, 768), (512, 768, 3072), (512, 3072, 768), (2048, 768, 3072), (2048, 384, 1536))  # rows, in, out
_ROUNDS = 8
Row = dict[str, Any]


def measure_rates(count: int) -> dict[str, Any]:
    """Return what was measured on the first `count` labelled pairs of the project.

    Returns:
        `matrix`: the machine's bfloat16 rate, GFLOP a second by the clock (`rate`) and a processor second (`cpu_rate`); `rows`: of each
        way of running a model the items a second, the ratio to the plain way, and `behind`: how many times the matrix rate is what the
        model achieves (2 x parameters outside the embedding tables x tokens).
    """
    from detector.embed import DEFAULT_MODEL, load_embedder
    from detector.judge.claim_nli import load_nli

    lines = (ROOT / "tests" / "data" / "relations.jsonl").read_text(encoding="utf-8").splitlines()[:count]
    pairs = [(row["a"], row["b"]) for row in map(json.loads, lines)]
    texts = sorted({text for pair in pairs for text in pair})
    matrix = measure_matrix_rate()
    with tempfile.TemporaryDirectory() as folder:
        (encode, text_work), (predict, pair_work) = load_plain_encoder(texts), load_plain_judge(Path(folder), pairs)
        rows = [
            measure_rate("texts", PLAIN, "float32", encode, texts),
            measure_rate("pairs", PLAIN, "float32", predict, pairs),
        ]
    for runtime, precision in WAYS:
        if precision != "int8":
            embedder = load_embedder(DEFAULT_MODEL, precision, runtime)
            rows.append(measure_rate("texts", runtime, precision, embedder.embed, texts))
        rows.append(measure_rate("pairs", runtime, precision, load_nli("claim-nli", precision, runtime).score, pairs))
    for row in rows:
        base = next(other for other in rows if other["of"] == row["of"])
        work = text_work if row["of"] == "texts" else pair_work
        for kind in ("", "cpu_"):
            row[f"{kind}ratio"] = row[f"{kind}rate"] / base[f"{kind}rate"]
            row[f"{kind}behind"] = matrix[f"{kind}rate"] / (row[f"{kind}rate"] * work)
    return {"matrix": matrix, "rows": rows, "gflop": {"texts": text_work, "pairs": pair_work}}


def measure_matrix_rate() -> dict[str, float]:
    """Return the best bfloat16 rate of products of the models' shapes, in GFLOP a second and a processor second."""
    import torch

    best = {"rate": 0.0, "cpu_rate": 0.0}
    for rows, width, out in _SHAPES:
        values = torch.randn(rows, width, dtype=torch.bfloat16)
        weight = torch.randn(out, width, dtype=torch.bfloat16)
        work = 2e-9 * rows * width * out
        repeats = max(4, int(20 / work))  # some tenths of a second
        with torch.inference_mode():
            for _ in range(_ROUNDS):
                clock, used = time.perf_counter(), time.process_time()
                for _ in range(repeats):
                    torch.nn.functional.linear(values, weight)
                best["rate"] = max(best["rate"], work * repeats / (time.perf_counter() - clock))
                best["cpu_rate"] = max(best["cpu_rate"], work * repeats / (time.process_time() - used))
    return best


def measure_rate(of: str, runtime: str, precision: str, ask: Callable[[Any], Any], items: list[Any]) -> Row:
    """Return how many items a second go through a model, after a few to warm it up."""
    ask(items[:8])
    clock, used = time.perf_counter(), time.process_time()
    ask(items)
    rate, cpu_rate = len(items) / (time.perf_counter() - clock), len(items) / (time.process_time() - used)
    return {"of": of, "runtime": runtime, "precision": precision, "rate": rate, "cpu_rate": cpu_rate}


def load_plain_encoder(texts: Sequence[str]) -> tuple[Callable[[Any], Any], float]:
    """Return `SentenceTransformer.encode` of the default model in float32, and the GFLOP of an average one of the texts."""
    from sentence_transformers import SentenceTransformer

    from detector.embed import DEFAULT_MODEL, find_model
    from detector.progress import silence_loading

    with silence_loading():
        model = SentenceTransformer(find_model(DEFAULT_MODEL), local_files_only=True, device="cpu")
    tokens = count_tokens(model.tokenizer(list(texts), truncation=True, max_length=model.max_seq_length))
    return lambda some: model.encode(some, show_progress_bar=False), count_work(model, tokens / len(texts))


def load_plain_judge(folder: Path, pairs: Sequence[tuple[str, str]]) -> tuple[Callable[[Any], Any], float]:
    """Return `CrossEncoder.predict` of the shipped model in float32, and the GFLOP of an average one of the pairs.

    Args:
        folder: where the restored model is written, 350 MB.
        pairs: the pairs.
    """
    import torch
    from sentence_transformers import CrossEncoder

    from detector.judge.claim_files import find_model
    from detector.judge.claim_nli import load_model
    from detector.progress import silence_loading

    shipped, tokenizer, card = load_model(find_model(), torch.float32)
    with silence_loading():
        shipped.save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        model = CrossEncoder(str(folder), local_files_only=True, max_length=card["max_length"], device="cpu")
    first, second = (list(side) for side in zip(*pairs, strict=True))
    tokens = count_tokens(tokenizer(first, second, truncation="longest_first", max_length=card["max_length"]))
    return lambda some: model.predict(some, show_progress_bar=False), count_work(model, tokens / len(pairs))


def count_tokens(encoded: Any) -> int:
    """Return the tokens of all texts, without padding."""
    return sum(map(len, encoded["input_ids"]))


def count_work(model: Any, tokens: float) -> float:
    """Return the GFLOP of so many tokens: two for each parameter that is no row of an embedding table."""
    import torch

    tables = {id(part.weight) for part in model.modules() if isinstance(part, torch.nn.Embedding)}
    return 2e-9 * tokens * sum(value.numel() for value in model.parameters() if id(value) not in tables)


def print_rates(found: dict[str, Any]) -> None:
    """Print the table."""
    matrix = found["matrix"]
    print(
        f"\nbfloat16 matrix rate: {matrix['rate']:.0f} GFLOP a second, {matrix['cpu_rate']:.0f} a processor second; "
        f"a text takes {found['gflop']['texts']:.2f} GFLOP, a pair {found['gflop']['pairs']:.2f}"
    )
    print(f"{'':>8} {'by the clock':>20} {'':>12} {'by processor time':>21}")
    print(f"{'a second':>8} {'to plain':>9} {'below matrix':>13} {'a second':>11} {'to plain':>9} {'below matrix':>13}")
    for row in found["rows"]:
        what = f"{row['of']}, {row['runtime']} {row['precision']}"
        print(
            f"{row['rate']:8.1f} {row['ratio']:9.2f} {row['behind']:13.1f} {row['cpu_rate']:11.1f} {row['cpu_ratio']:9.2f} "
            f"{row['cpu_behind']:13.1f}  {what}"
        )
