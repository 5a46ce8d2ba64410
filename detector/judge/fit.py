"""Labelled signals -> weights: how the judge's weights are fitted, and what no data may teach them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from detector.judge.levels import COMPARISONS, UNLIKE_FIGURES
from detector.judge.weigh import RELATIONS, Row, Weights
from detector.records import Relation, Signals

# What a level may never do, whatever the data says: a different figure never speaks for agreement.
NEVER_AGREE = {
    *(("figures", outcome) for outcome in UNLIKE_FIGURES), ("dates", "different"),
    ("polarity", "opposite"), ("polarity", "opposite of one"),
    ("names", "roles"), ("names", "swapped"), ("names", "replaced"), ("speaker", "dispute"),
    ("contradiction", "surely"), ("contradiction", "likely"), ("contradiction", "perhaps"), ("contradiction", "doubtful"),
    ("support", "counted"),
    *(("prediction", f"{relation} {how}") for relation in ("differ", "develop") for how in ("surely", "likely", "perhaps")),
}  # fmt: skip

# Comparisons whose levels are steps of one scale, from the top down, and which relation falls or rises along them against "unrelated":
# the more of the words, of the content or of what follows is shared, the more it speaks for agreement, whatever a small sample says.
ORDERED = {
    ("wording", "agree"): "falls", ("closeness", "agree"): "falls", ("shared", "agree"): "falls",
    ("entailment", "agree"): "falls", ("contradiction", "agree"): "rises", ("contradiction", "differ"): "falls",
}  # fmt: skip


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
        levels.setdefault(name, {})[level_name] = _hold_monotone(name, level_name, raw)
    held = {name: _hold_order(name, rows) for name, rows in levels.items()}
    start = {relation.value: float(value) for relation, value in zip(RELATIONS, fitted[0], strict=True)}
    return Weights(_round(_centre(start)), held, note)


def _hold_order(comparison: str, rows: Mapping[str, Row]) -> dict[str, Row]:
    """Make relations rise or fall along the levels of a scale, by isotonic regression (Barlow et al. 1972)."""
    from sklearn.isotonic import isotonic_regression

    held = {name: dict(row) for name, row in rows.items()}
    for (scale, relation), way in ORDERED.items():
        if scale == comparison:
            against = [row[relation] - row["unrelated"] for row in held.values()]
            values = isotonic_regression(against, increasing=way == "rises")
            for row, value in zip(held.values(), values, strict=True):
                row[relation] = row["unrelated"] + float(value)
    return {name: _round(_centre(row)) for name, row in held.items()}


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
