"""Signals + weights -> relation, confidence and evidence; and how the weights are saved and loaded.

The weights are the coefficients of a multinomial logistic regression over one-hot levels, so the sum of the reached levels is the
score and the list of evidence is the explanation. A comparison that abstains adds nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
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
_CONTRASTS = ("figures", "dates", "polarity", "names", "speaker", "time", "stage", "support")


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


def save_weights(weights: Weights, path: Path) -> None:
    """Write the weights as readable JSON, one level a line; the folder is made if it does not exist.

    Raises:
        ReportError: the file cannot be written.
    """
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
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise ReportError(
            f"cannot write the weights to {path}: {error.strerror or error}; name a file that you may write"
        ) from error


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
    tables = body.get("levels")
    if not isinstance(tables, dict) or not all(isinstance(rows, dict) for rows in tables.values()):
        raise ReportError(f"{where}: not a weights file ('levels' is no table of comparisons with their levels)")
    for comparison, levels in tables.items():
        if comparison not in known:
            raise ReportError(f"{where}: unknown comparison {comparison!r}; known are: {', '.join(known)}")
        for level, row in levels.items():
            if level not in known[comparison]:
                raise ReportError(
                    f"{where}: unknown level {level!r} of {comparison!r}; known are: {', '.join(sorted(known[comparison]))}"
                )
            _check_row(where, f"{comparison} / {level}", row)
    _check_row(where, "start", body.get("start", {}))
    return Weights(body["start"], tables, body.get("note", ""))


def _check_row(where: str, name: str, row: Any) -> None:
    """Check that a row has one finite number for each relation."""
    wanted = {relation.value for relation in RELATIONS}
    if (
        not isinstance(row, dict)
        or set(row) != wanted
        or not all(isinstance(v, (int, float)) and math.isfinite(v) for v in row.values())
    ):
        raise ReportError(f"{where}: {name!r} needs one number for each of: {', '.join(sorted(wanted))}")
