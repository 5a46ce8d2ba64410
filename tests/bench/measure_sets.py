"""Table 4: labelled news sets of others, whose classes are near to what the judge answers, but not the same."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from judge_methods import measure_features
from judge_scores import measure_auc, measure_share
from judge_text import say_sample, show_percent
from judged import JUDGE, Run, Verdict
from news_sets import NEWS_SETS, NewsSet
from page import make_table  # models/recipe
from samples import WORK

from detector.records import Relation

MISSES = WORK / "set_misses.jsonl"
_SHOWN = ("agree", "differ", "develop")
_FEW = 4  # reasons that are named


def measure_sets(run: Run) -> dict[str, Any]:
    """Return the figures of each set, and write what is shown falsely to build/bench."""
    found = {}
    lines = []
    for news in NEWS_SETS:
        items = run.draw(news.read(run), news.size)
        verdicts = run.judge(news.name, items)
        features = measure_features(items, run.nli)
        scores = {
            "word overlap": features.overlap,
            "cosine": features.cosine,
            "entailment": features.nli[:, :, 0].max(axis=1),
            JUDGE: np.array([verdict.agree for verdict in verdicts]),
        }
        found[news.name] = {
            "classes": count_classes(verdicts),
            "auc": measure_areas(news, [item.label for item in items], scores),
            "false_alarms": count_alarms(news, verdicts),
        }
        lines += [list_facts(news, verdict) for verdict in verdicts if is_alarm(news, verdict)]
    WORK.mkdir(parents=True, exist_ok=True)
    MISSES.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return {"sets": found, "sample": run.sample}


def count_classes(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Return for each class the number of pairs, and the share that is shown as each relation, with its margin."""
    classes = {}
    for label in dict.fromkeys(verdict.item.label for verdict in verdicts):
        shown = Counter(verdict.relation.value for verdict in verdicts if verdict.item.label == label)
        n = shown.total()
        shares = {name: measure_share(shown[name], n) for name in _SHOWN}
        classes[label] = {"n": n} | {name: [share.value, share.margin] for name, share in shares.items()}
    return dict(sorted(classes.items()))


def measure_areas(news: NewsSet, labels: Sequence[str], scores: dict[str, Any]) -> dict[str, float]:
    """Return for each score the area under the ROC curve of the pairs that should agree, against the others."""
    used = np.array([label in news.same + news.other for label in labels])
    truth = np.array([label in news.same for label in labels])
    return {name: measure_auc(truth[used], values[used]) for name, values in scores.items()}


def is_alarm(news: NewsSet, verdict: Verdict) -> bool:
    """Whether a pair is shown as differ whose class says that it does not."""
    return verdict.relation is Relation.DIFFER and verdict.item.label in news.harmless


def count_alarms(news: NewsSet, verdicts: Sequence[Verdict]) -> dict[str, int]:
    """Count false alarms by the kind that is shown, the most frequent first."""
    return dict(Counter(verdict.kind for verdict in verdicts if is_alarm(news, verdict)).most_common())


def list_facts(news: NewsSet, verdict: Verdict) -> dict[str, Any]:
    """Return what is worth knowing about a false alarm, ready for JSON."""
    return {
        "set": news.name,
        "label": verdict.item.label,
        "kind": verdict.kind,
        "outcomes": verdict.outcomes,
        "meaning": [verdict.signals.entailment, verdict.signals.contradiction],
        "a": verdict.pair.earlier.text,
        "b": verdict.pair.later.text,
    }


def render_sets(found: dict[str, Any]) -> str:
    """Return the tables in Markdown: what each class is shown as, and how well agreement is ranked."""
    shown, areas = [], []
    for news in NEWS_SETS:
        one = found["sets"][news.name]
        for label, row in one["classes"].items():
            cells = {name: show_percent(row[name]) for name in _SHOWN}
            if label in news.harmless:
                cells["differ"] += " \\*"
            shown.append([news.title, label, str(row["n"]), *cells.values()])
        against = f"{' or '.join(news.same)} against {' or '.join(news.other)}"
        reasons = [f"{kind} {number}" for kind, number in list(one["false_alarms"].items())[:_FEW]]
        areas.append([news.title, against, ", ".join(reasons) or "–", *(f"{area:.3f}" for area in one["auc"].values())])
    names = list(next(iter(found["sets"].values()))["auc"])
    first = make_table(["Set", "Class", "Pairs", "Shown as agree", "differ", "develop"], shown, texts=2)
    second = make_table(["Set", "Area under the curve of", "False alarms by kind", *names], areas, texts=3)
    return f"{first}\n\n\\* False alarms.{say_sample(found)}\n\n{second}"
