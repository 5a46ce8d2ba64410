"""Train a cross-encoder on labelled or soft-labelled pairs: plain torch, on a GPU where there is one, else on the CPU.

    python models/recipe/train.py build/nli/train.jsonl.gz --base FOLDER --out build/nli/teacher

One seeded pass over the pairs (or `--pairs N` of them), batches of like length padded to multiples of 16, bfloat16
autocast, AdamW with linear warm-up and decay, word embeddings frozen (they are half a small model's weights and hardly
move in one pass). It writes a checkpoint every `--save-minutes` and goes on from it when started again with the same
arguments; losses and dev figures go to OUT/log.csv. A row with `soft` (three teacher probabilities) is learned by
cross-entropy with that distribution, mixed half and half with its `label` where it has one (Hinton et al. 2015).
Where rows name a `relation`, the classifier gets four classes more, and learns that by a cross-entropy of their own.
"""

from __future__ import annotations

import argparse
import csv
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from dev import read_dev, score_dev
from scoring import MAX_TOKENS
from sets import LABELS, RELATIONS, read_lines
from torch.nn import functional
from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer

from detector.judge.claim_files import CARD
from detector.judge.claim_nli import load_model

MICRO_TOKENS = 2048  # what still fits the caches of a CPU; a GPU takes a whole batch at once
GOLD_SHARE = 0.5


def build_model(base: str, layers: list[int] | None, frozen: int = 0) -> Any:
    """Return `base` as a three-way classifier without dropout, only the named encoder layers kept, the lowest `frozen` fixed.

    A folder that ship.py wrote is a base too: training goes on from what its int8 weights stand for.
    """
    shipped = (Path(base) / CARD).is_file()
    model = load_model(Path(base), torch.float32)[0] if shipped else load_base(base)
    if layers is not None:
        encoder = model.base_model.encoder
        encoder.layer = torch.nn.ModuleList(encoder.layer[i] for i in layers)
        model.config.num_hidden_layers = len(layers)
    model.base_model.embeddings.word_embeddings.weight.requires_grad_(False)
    if frozen:
        model.base_model.requires_grad_(False)
        model.base_model.encoder.layer[frozen:].requires_grad_(True)
    return model


def load_base(base: str) -> Any:
    """Return a Hugging Face folder's model with the classes that it has, or with three where they are none of ours; no dropout."""
    own = AutoConfig.from_pretrained(base).id2label
    labels = (*LABELS, *RELATIONS) if len(own) == len(LABELS) + len(RELATIONS) else LABELS
    config = AutoConfig.from_pretrained(
        base,
        num_labels=len(labels),
        id2label=dict(enumerate(labels)),
        label2id={label: i for i, label in enumerate(labels)},
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    return AutoModelForSequenceClassification.from_pretrained(base, config=config, dtype=torch.float32)


def add_relations(model: Any) -> None:
    """Give a classifier of three classes the four relations besides, each begun from the class of NLI that is nearest to it."""
    last = model.classifier.out_proj
    if last.out_features != len(LABELS):
        return
    begin = torch.tensor([[1.0, 0, 0], [0, 0, 1.0], [0, 0.5, 0.5], [0, 1.0, 0]])  # in the order of RELATIONS
    wider = torch.nn.Linear(last.in_features, len(LABELS) + len(RELATIONS))
    with torch.no_grad():
        wider.weight.copy_(torch.cat([last.weight, begin @ last.weight]))
        wider.bias.copy_(torch.cat([last.bias, begin @ last.bias]))
    model.classifier.out_proj = wider
    labels = (*LABELS, *RELATIONS)
    model.num_labels = model.config.num_labels = len(labels)
    model.config.id2label, model.config.label2id = dict(enumerate(labels)), {label: i for i, label in enumerate(labels)}


def encode_rows(rows: list[dict[str, Any]], tokenizer: Any) -> list[dict[str, Any]]:
    """Return token ids and what is to be learned of every row, in order; shape of a target: (7,), `find_target` and the relation."""
    items: list[dict[str, Any]] = []
    for start in range(0, len(rows), 10_000):
        part = rows[start : start + 10_000]
        texts = ([row["premise"] for row in part], [row["hypothesis"] for row in part])
        encoded = tokenizer(*texts, truncation="longest_first", max_length=MAX_TOKENS)
        targets = [
            find_target(row) + [float(row.get("relation") == relation) for relation in RELATIONS] for row in part
        ]
        items += [{"ids": ids, "target": goal} for ids, goal in zip(encoded["input_ids"], targets, strict=True)]
    return items


def find_target(row: dict[str, Any]) -> list[float]:
    """Return the distribution to learn: gold, soft, or their mean."""
    gold = [float(row.get("label") == label) for label in LABELS]
    soft = row.get("soft")
    if soft is None:
        return gold
    if row.get("label") is None:
        return list(soft)
    return [GOLD_SHARE * g + (1 - GOLD_SHARE) * s for g, s in zip(gold, soft, strict=True)]


def measure_loss(logits: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Return the summed cross-entropy of NLI, (n, 3), and of the relation, (n, 4), where a row has one and the model tells it."""
    places = slice(0, len(LABELS)), slice(len(LABELS), logits.shape[1])
    parts = [
        functional.cross_entropy(logits[:, at], target[:, at], reduction="sum") for at in places if at.start < at.stop
    ]
    return torch.stack(parts).sum()


def plan_batches(items: list[dict[str, Any]], size: int, seed: int) -> list[list[int]]:
    """Return one pass as lists of row numbers: like lengths together, in a random order."""
    chance = random.Random(seed)  # noqa: S311
    order = list(range(len(items)))
    chance.shuffle(order)
    batches: list[list[int]] = []
    for start in range(0, len(order), size * 40):
        pool = sorted(order[start : start + size * 40], key=lambda i: len(items[i]["ids"]))
        group = [pool[i : i + size] for i in range(0, len(pool), size)]
        chance.shuffle(group)
        batches += group
    return batches


def split_batch(items: list[dict[str, Any]], pad: int, device: str) -> Iterator[tuple[torch.Tensor, ...]]:
    """Yield (ids, mask, target) of at most MICRO_TOKENS tokens on a CPU, padded to a multiple of 16."""
    width = -(-max(len(item["ids"]) for item in items) // 16) * 16
    rows = len(items) if device != "cpu" else max(8, MICRO_TOKENS // width)
    for start in range(0, len(items), rows):
        part = items[start : start + rows]
        ids = torch.tensor([item["ids"] + [pad] * (width - len(item["ids"])) for item in part])
        mask = torch.tensor([[1] * len(item["ids"]) + [0] * (width - len(item["ids"])) for item in part])
        target = torch.tensor([item["target"] for item in part])
        yield ids.to(device), mask.to(device), target.to(device)


def train(options: argparse.Namespace) -> None:
    """Run the training that the options describe and leave the finished model in `options.out`."""
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = AutoTokenizer.from_pretrained(options.base)
    rows = [row for path in options.pairs_files for row in read_lines(path)]
    random.Random(options.seed).shuffle(rows)  # noqa: S311
    items = encode_rows(rows[: options.pairs or None], tokenizer)
    batches = plan_batches(items, options.batch, options.seed)
    model = build_model(options.base, options.layers, options.freeze)
    if any("relation" in row for row in rows):
        add_relations(model)
    model.to(device)
    trained = [p for p in model.parameters() if p.requires_grad]
    last = list(model.classifier.out_proj.parameters()) if hasattr(model.classifier, "out_proj") else []
    body = [p for p in trained if all(p is not q for q in last)]
    groups = [{"params": body, "lr": options.lr}, {"params": last, "lr": options.lr * options.head}]
    optimizer = torch.optim.AdamW([g for g in groups if g["params"]], weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    total, warm = len(batches), max(1, len(batches) // 16)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (total - step) / (total - warm)))
    )
    saved = options.out / "checkpoint.pt"
    done = 0
    if saved.exists():
        state = torch.load(saved, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        done = state["done"]
    print(f"{len(items)} pairs, {total} steps of {options.batch} on {device}, from step {done}", flush=True)
    dev = read_dev(options.data) if options.data else {}
    log = (options.out / "log.csv").open("a", newline="")
    writer = csv.writer(log)
    running, started, last_save = [], time.monotonic(), time.monotonic()
    model.train()
    for number in range(done, total):
        batch = [items[i] for i in batches[number]]
        loss_sum = 0.0
        for ids, mask, target in split_batch(batch, tokenizer.pad_token_id, device):
            with torch.autocast(device, torch.bfloat16):
                logits = model(input_ids=ids, attention_mask=mask).logits
            loss = measure_loss(logits.float(), target) / len(batch)
            loss.backward()
            loss_sum += loss.item()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        running.append(loss_sum)
        if (number + 1) % options.log_every == 0:
            speed = (number + 1 - done) * options.batch / (time.monotonic() - started)
            writer.writerow([number + 1, "loss", f"{sum(running) / len(running):.4f}", f"{speed:.1f}"])
            log.flush()
            running = []
        last = number + 1 == total
        if last or time.monotonic() - last_save > options.save_minutes * 60:
            for column, figure in score_dev(model, tokenizer, dev, device).items():
                writer.writerow([number + 1, column, f"{figure:.4f}", ""])
            log.flush()
            torch.save(
                {
                    "model": model.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "schedule": schedule.state_dict(),
                    "done": number + 1,
                },
                saved.with_suffix(".part"),
            )
            saved.with_suffix(".part").replace(saved)
            last_save = time.monotonic()
    log.close()
    model.save_pretrained(options.out)
    tokenizer.save_pretrained(options.out)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs_files", nargs="+", type=Path, help="JSON Lines of pairs, gzipped or not")
    parser.add_argument("--base", required=True, help="folder of the model to start from")
    parser.add_argument("--out", required=True, type=Path, help="folder for the checkpoint, the log and the result")
    parser.add_argument("--data", type=Path, help="folder of evaluation data, for dev figures in the log")
    parser.add_argument("--layers", type=lambda text: [int(n) for n in text.split(",")], help="encoder layers to keep")
    parser.add_argument("--freeze", type=int, default=0, help="lowest layers that stay as they are, which saves time")
    parser.add_argument("--pairs", type=int, default=0, help="learn from this many pairs only; 0 for all")
    parser.add_argument("--batch", type=int, default=96)
    parser.add_argument("--lr", type=float, default=4e-5)
    parser.add_argument("--head", type=float, default=1.0, help="how many times faster the last layer learns")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log-every", type=int, default=20)
    parser.add_argument("--save-minutes", type=float, default=12.0)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
