"""Signals + weights -> relation, confidence and evidence; and how the weights are fitted, saved and loaded.

The weights are the coefficients of a multinomial logistic regression over one-hot levels, so the sum of the reached levels is the
score and the list of evidence is the explanation. A comparison that abstains adds nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from detector.errors import ReportError
from detector.judge.levels import COMPARISONS
from detector.records import Evidence, Relation, Signals

WEIGHTS_FORMAT = "detector-weights/1"
RELATIONS = tuple(Relation)
Row = Mapping[str, float]

# What a level may never do, whatever the data says: a different figure never speaks for agreement.
NEVER_AGREE = {
    ("figures", "different"), ("figures", "open"), ("figures", "scope"), ("dates", "different"), ("polarity", "opposite"),
    ("names", "roles"), ("names", "swapped"), ("speaker", "dispute"), ("meaning", "contradicts"), ("meaning", "may contradict"),
}  # fmt: skip

# The meaning comparison before a project model is fitted: cautious, so that no model decides alone.
MEANING_PRIOR: Mapping[str, Row] = {
    "contradicts": {"agree": -1.2, "differ": 1.2, "develop": 0.4, "unrelated": -0.4},
    "may contradict": {"agree": -0.5, "differ": 0.5, "develop": 0.2, "unrelated": -0.2},
    "entails": {"agree": 1.2, "differ": -0.5, "develop": -0.3, "unrelated": -0.4},
    "may entail": {"agree": 0.5, "differ": -0.2, "develop": -0.1, "unrelated": -0.2},
    "neutral": {"agree": -0.3, "differ": -0.3, "develop": 0.0, "unrelated": 0.6},
}


@dataclass(frozen=True, slots=True)
class Weights:
    """`start` weighs every pair; `levels[comparison][level]` weighs a reached level; `note` says what they rest on."""

    start: Row
    levels: Mapping[str, Mapping[str, Row]]
    note: str = ""


def weigh_signals(signals: Signals, weights: Weights) -> tuple[dict[Relation, float], tuple[Evidence, ...]]:
    """Return the probability of each relation and the evidence, one entry for each comparison that did not abstain."""
    scores = {relation: weights.start[relation.value] for relation in RELATIONS}
    evidence = []
    for comparison in COMPARISONS:
        level = comparison.find_level(signals)
        if level is None:
            continue
        row = weights.levels.get(comparison.name, {}).get(level.name, {})
        for relation in RELATIONS:
            scores[relation] += row.get(relation.value, 0.0)
        evidence.append(Evidence(comparison.name, level.name, level.label, {r.value: row.get(r.value, 0.0) for r in RELATIONS}))
    top = max(scores.values())
    exponents = {relation: math.exp(score - top) for relation, score in scores.items()}
    total = sum(exponents.values())
    return {relation: value / total for relation, value in exponents.items()}, tuple(evidence)


def fit_weights(
    signals: Sequence[Signals], relations: Sequence[Relation], *, strength: float = 1.0, prior: Row | None = None, note: str = ""
) -> Weights:
    """Fit the weights to labelled pairs.

    Args:
        signals: what was measured of each pair.
        relations: the label of each pair, of the same length; every relation must occur.
        strength: inverse of the L2 penalty (scikit-learn's C).
        prior: log-odds added to the start, for the share of each relation among real candidate pairs.
        note: kept in the file; says what the weights were fitted on.

    Returns:
        Weights centred so that a level's four weights sum to zero.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    columns = [(c.name, level.name) for c in COMPARISONS for level in c.levels]
    place = {column: i for i, column in enumerate(columns)}
    matrix = np.zeros((len(signals), len(columns)))
    for i, row in enumerate(signals):
        for comparison in COMPARISONS:
            if (level := comparison.find_level(row)) is not None:
                matrix[i, place[comparison.name, level.name]] = 1.0
    model = LogisticRegression(C=strength, max_iter=5000)
    model.fit(matrix, [relation.value for relation in relations])
    table = {str(name): model.coef_[k] for k, name in enumerate(model.classes_)}
    start = {str(name): float(model.intercept_[k]) for k, name in enumerate(model.classes_)}
    seen = matrix.sum(axis=0) > 0
    levels: dict[str, dict[str, Row]] = {}
    for (comparison_name, level_name), i in place.items():
        if not seen[i]:
            continue
        raw = {relation.value: float(table[relation.value][i]) for relation in RELATIONS}
        levels.setdefault(comparison_name, {})[level_name] = _round(_centre(_hold_monotone(comparison_name, level_name, raw)))
    levels.setdefault("meaning", dict(MEANING_PRIOR))
    shift = prior or {}
    return Weights(_round({name: value + shift.get(name, 0.0) for name, value in start.items()}), levels, note)


def _hold_monotone(comparison: str, level: str, row: Row) -> Row:
    """Clip what a level may never say."""
    if (comparison, level) not in NEVER_AGREE:
        return row
    mean_rest = sum(value for name, value in row.items() if name != "agree") / (len(row) - 1)
    return {**row, "agree": min(row["agree"], mean_rest, 0.0)}


def _centre(row: Row) -> Row:
    mean = sum(row.values()) / len(row)
    return {name: value - mean for name, value in row.items()}


def _round(row: Row) -> Row:
    return {name: round(value, 3) for name, value in row.items()}


def save_weights(weights: Weights, path: Path) -> None:
    """Write the weights as readable JSON."""
    body = {"format": WEIGHTS_FORMAT, "note": weights.note, "start": weights.start, "levels": weights.levels}
    path.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")


def load_weights(path: Path | None = None) -> Weights:
    """Read a weights file; without a path, the one that the package ships.

    Raises:
        ReportError: the file is missing or damaged, or names a comparison, level or relation that does not exist.
    """
    where = str(path) if path else "the packaged weights.json"
    try:
        text = path.read_text(encoding="utf-8") if path else (files("detector.judge") / "weights.json").read_text("utf-8")
        body: dict[str, Any] = json.loads(text)
    except (OSError, ValueError) as error:
        raise ReportError(f"{where}: cannot read the weights: {error}") from error
    if not isinstance(body, dict) or body.get("format") != WEIGHTS_FORMAT:
        raise ReportError(f"{where}: not a weights file (its format is not {WEIGHTS_FORMAT!r})")
    known = {comparison.name: {level.name for level in comparison.levels} for comparison in COMPARISONS}
    for comparison, levels in body.get("levels", {}).items():
        if comparison not in known:
            raise ReportError(f"{where}: unknown comparison {comparison!r}; known are: {', '.join(known)}")
        for level, row in levels.items():
            if level not in known[comparison]:
                raise ReportError(f"{where}: unknown level {level!r} of {comparison!r}; known are: {', '.join(sorted(known[comparison]))}")
            _check_row(where, f"{comparison} / {level}", row)
    _check_row(where, "start", body.get("start", {}))
    return Weights(body["start"], body["levels"], body.get("note", ""))


def _check_row(where: str, name: str, row: Any) -> None:
    """Check that a row has one finite number for each relation."""
    wanted = {relation.value for relation in RELATIONS}
    if not isinstance(row, dict) or set(row) != wanted or not all(isinstance(v, (int, float)) and math.isfinite(v) for v in row.values()):
        raise ReportError(f"{where}: {name!r} needs one number for each of: {', '.join(sorted(wanted))}")
