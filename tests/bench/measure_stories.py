"""Table 1: articles to stories. Every method on the same articles, with its best setting for the other half of ECB+."""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from methods import TRUE_K, Labels, Method, list_methods
from page import make_table  # models/recipe
from samples import Sample, is_first_half, load_allsides, load_sample
from scores import LEFT_OUT, count_exact, score_bcubed, score_v, separate_left_out

ECB = {"topic": "ECB+ topics", "event": "ECB+ sub-events"}
# For which labels of ECB+ the setting was best that a sample is grouped with.
OTHERS = {"newswcl50": "event", "wikinews": "topic", "allsides": "event"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One grouping of one sample, with the seconds that it took and the share of articles left out."""

    labels: Labels
    seconds: float
    left_out: float


Group = Callable[[Sample, Any], Outcome]


def measure_stories(data: Path) -> dict[str, Any]:
    """Return the figures of each row."""
    ecb = load_sample(data, "ecbplus")
    others = [load_sample(data, "newswcl50"), load_sample(data, "wikinews"), load_allsides(data)]
    rows = {}
    for method in list_methods():
        group = make_group(method)
        rows[method.name] = measure_ecb(method, group, ecb)
        rows[method.name] |= {sample.name: measure_other(method, group, ecb, sample) for sample in others}
        print(f"  {method.name}", file=sys.stderr, flush=True)
    return {"rows": rows, "bertopic": importlib.util.find_spec("bertopic") is not None}


def make_group(method: Method) -> Group:
    """Return a function that groups a sample with a setting, each sample prepared once and each grouping made once."""
    prepared: dict[str, Any] = {}
    done: dict[tuple[str, Any], Outcome] = {}

    def group(sample: Sample, setting: Any) -> Outcome:
        if sample.name not in prepared:
            prepared[sample.name] = method.prepare(sample)
        if (sample.name, setting) not in done:
            start = time.perf_counter()
            labels = method.group(sample, prepared[sample.name], setting)
            seconds = time.perf_counter() - start
            lone = float((labels == LEFT_OUT).mean())
            done[sample.name, setting] = Outcome(separate_left_out(labels), seconds, lone)
        return done[sample.name, setting]

    return group


def find_setting(method: Method, group: Group, sample: Sample, key: str, inside: np.ndarray) -> Any:
    """Return the setting with the best B-cubed F1 over the articles inside; of equals the first."""
    truth = sample.truths[key]
    if TRUE_K in method.settings:
        return len(set(truth))
    if len(method.settings) == 1:
        return method.settings[0]
    return max(method.settings, key=lambda setting: score_bcubed(group(sample, setting).labels, truth, inside).f1)


def measure_ecb(method: Method, group: Group, ecb: Sample) -> dict[str, Any]:
    """Return the scores for topics and sub-events: all articles grouped, each half scored with the other's setting."""
    first = np.array([is_first_half(topic) for topic in ecb.truths["topic"]])
    figures: dict[str, Any] = {}
    seconds, left_out = [], []
    for key in ECB:
        truth = ecb.truths[key]
        halves = []
        for inside in (first, ~first):
            setting = find_setting(method, group, ecb, key, ~inside)
            outcome = group(ecb, setting)
            bcubed, v = (score(outcome.labels, truth, inside) for score in (score_bcubed, score_v))
            halves.append({"setting": str(setting), "bcubed": list(bcubed), "v": v.f1})
            seconds.append(outcome.seconds)
            left_out.append(outcome.left_out)
        mean = {name: float(np.mean([half["bcubed"][i] for half in halves])) for i, name in enumerate(("p", "r", "f1"))}
        figures[key] = mean | {"v": float(np.mean([half["v"] for half in halves])), "halves": halves}
    return figures | {"seconds": float(np.mean(seconds)), "left_out": float(np.mean(left_out))}


def measure_other(method: Method, group: Group, ecb: Sample, sample: Sample) -> dict[str, Any]:
    """Return the scores of another sample, with the setting that is best for the whole of ECB+."""
    truth = sample.truths["event"]
    everything = np.ones(len(ecb.articles), dtype=bool)
    known = TRUE_K in method.settings
    setting = len(set(truth)) if known else find_setting(method, group, ecb, OTHERS[sample.name], everything)
    outcome = group(sample, setting)
    groups, articles = count_exact(outcome.labels, truth)
    return {
        "setting": str(setting),
        "f1": score_bcubed(outcome.labels, truth).f1,
        "exact": groups,
        "events": len(set(truth)),
        "articles_right": articles,
        "left_out": outcome.left_out,
    }


def render_stories(found: dict[str, Any]) -> str:
    """Return the table in Markdown."""
    head = ["Method", *(f"{name}, {score}" for name in ECB.values() for score in ("F1", "V"))]
    head += ["newswcl50, F1 (events exact)", "wikinews, F1", "AllSides, F1", "Seconds", "Left out"]
    rows = []
    for name, row in found["rows"].items():
        cells = [f"{row[key][score]:.3f}" for key in ECB for score in ("f1", "v")]
        wcl = row["newswcl50"]
        cells += [f"{wcl['f1']:.3f} ({wcl['exact']} of {wcl['events']})"]
        cells += [f"{row[name]['f1']:.3f}" for name in ("wikinews", "allsides")]
        rows.append([name, *cells, f"{row['seconds']:.2f}", f"{100 * row['left_out']:.0f}%"])
    skipped = "" if found["bertopic"] else "\n\nBERTopic was not measured: it is not installed."
    return make_table(head, rows) + skipped
