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
_CONTRASTS = ("figures", "dates", "polarity", "names", "speaker", "time", "support")

# What a level may never do, whatever the data says: a different figure never speaks for agreement.
NEVER_AGREE = {
    ("figures", "different"), ("figures", "open"), ("figures", "scope"), ("dates", "different"), ("polarity", "opposite"),
    ("names", "roles"), ("names", "swapped"), ("names", "replaced"), ("speaker", "dispute"),
    ("meaning", "contradicts"), ("meaning", "may contradict"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """`start` weighs every pair; `levels[comparison][level]` weighs a reached level; `note` says what they rest on."""

    start: Row
    levels: Mapping[str, Mapping[str, Row]]
    note: str = ""


def list_outcomes(signals: Signals) -> frozenset[tuple[str, str]]:
    """Return (comparison, outcome) of every contrast that was measured; comparisons that abstained are missing."""
    contrasts = ((name, getattr(signals, name)) for name in _CONTRASTS)
    return frozenset((name, contrast.outcome) for name, contrast in contrasts if contrast is not None)


def weigh_signals(signals: Signals, weights: Weights) -> tuple[dict[Relation, float], tuple[Evidence, ...]]:
    """Return the probability of each relation and the evidence, one entry for each comparison that did not abstain."""
    scores = {relation: weights.start[relation.value] for relation in RELATIONS}
    evidence = [Evidence("start", "start", "before anything is compared", dict(weights.start))]
    for comparison in COMPARISONS:
        level = comparison.find_level(signals)
        if level is None:
            continue
        row = weights.levels.get(comparison.name, {}).get(level.name, {})
        for relation in RELATIONS:
            scores[relation] += row.get(relation.value, 0.0)
        evidence.append(
            Evidence(comparison.name, level.name, level.label, {r.value: row.get(r.value, 0.0) for r in RELATIONS})
        )
    top = max(scores.values())
    exponents = {relation: math.exp(score - top) for relation, score in scores.items()}
    total = sum(exponents.values())
    return {relation: value / total for relation, value in exponents.items()}, tuple(evidence)


def fit_weights(
    signals: Sequence[Signals],
    relations: Sequence[Relation],
    prior: Weights,
    *,
    shares: Sequence[float] | None = None,
    strength: float = 1.0,
    note: str = "",
) -> Weights:
    """Fit the weights to labelled pairs, starting from weights that are believed beforehand.

    Multinomial logistic regression whose penalty is the squared distance from the prior, not from zero: a level of which the labelled
    pairs show little keeps its prior weight (maximum a posteriori under a normal prior).

    Args:
        signals: what was measured of each pair.
        relations: the label of each pair, of the same length.
        prior: weights that cover every level.
        shares: how much each pair counts; None means all alike.
        strength: how far the labels may move the weights; the inverse of the penalty.
        note: kept in the file; says what the weights were fitted on.

    Returns:
        Weights centred so that each row sums to zero, with what a level may never say clipped.
    """
    import numpy as np
    from scipy.optimize import minimize

    columns = [("", "")] + [(c.name, level.name) for c in COMPARISONS for level in c.levels]
    place = {column: i for i, column in enumerate(columns)}
    matrix = np.zeros((len(signals), len(columns)))
    matrix[:, 0] = 1.0
    for i, measured in enumerate(signals):
        for comparison in COMPARISONS:
            if (level := comparison.find_level(measured)) is not None:
                matrix[i, place[comparison.name, level.name]] = 1.0
    rows = [prior.levels[name][level] if name else prior.start for name, level in columns]
    base = np.array([[row[relation.value] for relation in RELATIONS] for row in rows])
    target = np.array([[float(relation is label) for relation in RELATIONS] for label in relations])
    weight = np.ones(len(signals)) if shares is None else np.array(shares, dtype=float)

    def measure_loss(flat: Any) -> tuple[float, Any]:
        moved = flat.reshape(base.shape)
        scores = matrix @ (base + moved)
        scores -= scores.max(axis=1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        loss = -(weight[:, None] * target * logs).sum() + (moved**2).sum() / (2 * strength)
        slope = matrix.T @ (weight[:, None] * (np.exp(logs) - target)) + moved / strength
        return float(loss), slope.ravel()

    fitted = base + minimize(measure_loss, np.zeros(base.size), jac=True, method="L-BFGS-B").x.reshape(base.shape)
    levels: dict[str, dict[str, Row]] = {}
    for (name, level_name), values in zip(columns[1:], fitted[1:], strict=True):
        raw = {relation.value: float(value) for relation, value in zip(RELATIONS, values, strict=True)}
        levels.setdefault(name, {})[level_name] = _round(_centre(_hold_monotone(name, level_name, raw)))
    start = {relation.value: float(value) for relation, value in zip(RELATIONS, fitted[0], strict=True)}
    return Weights(_round(_centre(start)), levels, note)


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
    """Write the weights as readable JSON, one level a line."""
    lines = [
        "{",
        f' "format": {json.dumps(WEIGHTS_FORMAT)},',
        f' "note": {json.dumps(weights.note)},',
        f' "start": {json.dumps(weights.start)},',
    ]
    tables = []
    for name, levels in weights.levels.items():
        rows = ",\n".join(f"   {json.dumps(level)}: {json.dumps(row)}" for level, row in levels.items())
        tables.append(f"  {json.dumps(name)}: {{\n{rows}\n  }}")
    lines += [' "levels": {', ",\n".join(tables), " }", "}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def load_weights(path: Path | None = None) -> Weights:
    """Read a weights file; without a path, the one that the package ships.

    Raises:
        ReportError: the file is missing or damaged, or names a comparison, level or relation that does not exist.
    """
    where = str(path) if path else "the packaged weights.json"
    try:
        text = (
            path.read_text(encoding="utf-8") if path else (files("detector.judge") / "weights.json").read_text("utf-8")
        )
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
                raise ReportError(
                    f"{where}: unknown level {level!r} of {comparison!r}; known are: {', '.join(sorted(known[comparison]))}"
                )
            _check_row(where, f"{comparison} / {level}", row)
    _check_row(where, "start", body.get("start", {}))
    return Weights(body["start"], body["levels"], body.get("note", ""))


def _check_row(where: str, name: str, row: Any) -> None:
    """Check that a row has one finite number for each relation."""
    wanted = {relation.value for relation in RELATIONS}
    if (
        not isinstance(row, dict)
        or set(row) != wanted
        or not all(isinstance(v, (int, float)) and math.isfinite(v) for v in row.values())
    ):
        raise ReportError(f"{where}: {name!r} needs one number for each of: {', '.join(sorted(wanted))}")
