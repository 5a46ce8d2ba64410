"""Report <-> JSON: the seam between what needs models and what needs none.

The shape is that of the nouns in `records`, with three differences: ids stand where a noun holds other nouns'
ids or claims ("claims", "articles", "findings", "earlier", "later"), a finding's pair is folded into the finding,
and an open end of a figure (infinity) is null, as JSON has no word for it. `report.schema.json` describes it.
"""

from __future__ import annotations

import json
import math
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from importlib.resources import files
from numbers import Integral, Real
from typing import Any, get_args, get_origin, get_type_hints

from detector.errors import ReportError
from detector.records import FORMAT, Card, Claim, Figure, Finding, Report, Story, Topic

_RENAMED: Mapping[type, Mapping[str, str]] = {
    Story: {"article_ids": "articles"},
    Topic: {"claim_ids": "claims"},
    Card: {"finding_ids": "findings"},
}
_REFERENCES = {  # where ids of articles and claims stand
    "articles": ("claims.article_id", "stories.articles", "only_in.article_id"),
    "claims": ("topics.claims", "findings.earlier", "findings.later", "cards.positions", "only_in.claim_id"),
}
_OPEN_ENDS = {"low": -math.inf, "high": math.inf}
_hints = lru_cache(get_type_hints)
_PAIR_KEYS = ("earlier", "later", "rule", "closeness", "pair_topic_id", "focus", "days")


def report_to_json(report: Report) -> str:
    """Return the report as JSON text: keys sorted, one value a line, UTF-8 characters as they are.

    Raises:
        ReportError: As `report_to_dict`.
    """
    return json.dumps(report_to_dict(report), sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def report_to_dict(report: Report) -> dict[str, Any]:
    """Return the report as plain dicts, lists, strings and numbers, ready for `json.dumps`.

    Raises:
        ReportError: A value is NaN, or an id points at nothing: the report could not be read back.
    """
    encoded: dict[str, Any] = _encode(report, "report")
    _check_references(encoded)
    return encoded


def report_from_json(text: str) -> Report:
    """Read a report that `report_to_json` wrote.

    Raises:
        ReportError: The text is not JSON, has another format version, lacks a key, holds a value of a wrong type,
            or an id that points at nothing. The message names the place.
    """
    try:
        data = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ReportError(f"the report is not JSON: {error}. Make it again with 'detector report'.") from error
    if not isinstance(data, dict):
        raise ReportError(f"the report is a {type(data).__name__} and no JSON object: is this the right file?")
    if data.get("format") != FORMAT:
        raise ReportError(
            f"the report's format is {data.get('format')!r}, and this version of detector reads {FORMAT!r}: "
            "make the report again, or read it with the version that wrote it."
        )
    report: Report = _decode_record(Report, data | ({"findings": []} if "findings" in data else {}), "report")
    findings = _expect(data["findings"], list, "report.findings")
    _check_references(data)
    claims = {claim.id: claim for claim in report.claims}
    decoded = tuple(_decode_finding(item, claims, f"report.findings[{i}]") for i, item in enumerate(findings))
    return replace(report, findings=decoded)


def load_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a report."""
    schema: dict[str, Any] = json.loads(files("detector").joinpath("report.schema.json").read_text("utf-8"))
    return schema


def _encode(value: Any, where: str) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        names = _RENAMED.get(type(value), {})
        parts = {item.name: getattr(value, item.name) for item in fields(value)}
        if isinstance(value, Finding):
            pair = parts.pop("pair")
            folded = (pair.earlier.id, pair.later.id, pair.rule, pair.closeness, pair.topic_id, pair.focus, pair.days)
            parts |= dict(zip(_PAIR_KEYS, folded, strict=True))
        return {names.get(name, name): _encode(part, f"{where}.{name}") for name, part in parts.items()}
    if isinstance(value, Mapping):
        return {str(key): _encode(part, f"{where}.{key}") for key, part in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((_encode(part, where) for part in value), key=repr)
    if isinstance(value, (tuple, list)):
        return [_encode(part, f"{where}[{i}]") for i, part in enumerate(value)]
    return _encode_plain(value, where)


def _encode_plain(value: Any, where: str) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # a datetime is a date too
        return value.isoformat()
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):  # numpy's numbers included
        if math.isnan(number := float(value)):
            raise ReportError(f"{where} is not a number (NaN): a fault of the stage that set it.")
        return None if math.isinf(number) else number
    return str(value)


def _decode_finding(data: Mapping[str, Any], claims: Mapping[str, Claim], where: str) -> Finding:
    # The two claims are the report's own, so that each is read once and keeps its identity.
    pair = {"earlier": claims[data["earlier"]], "later": claims[data["later"]]}
    pair |= {key: data[key] for key in ("rule", "closeness", "focus", "days") if key in data}
    pair["topic_id"] = data.get("pair_topic_id", data.get("topic_id"))
    finding: Finding = _decode_record(Finding, {**data, "pair": pair}, where)
    return finding


def _decode(kind: Any, value: Any, where: str) -> Any:
    if kind is Any:
        return value
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is types.UnionType:
        return None if value is None else _decode(arguments[0], value, where)
    if origin is tuple:
        items = _expect(value, list, where)
        if arguments[-1] is Ellipsis:
            return tuple(_decode(arguments[0], part, f"{where}[{i}]") for i, part in enumerate(items))
        if len(items) != len(arguments):
            raise ReportError(f"{where} should be {len(arguments)} values, and is {items!r:.40}.")
        return tuple(map(_decode, arguments, items, (f"{where}[{i}]" for i in range(len(items)))))
    if origin is not None:  # a Mapping: the only other generic among the nouns
        return {k: _decode(arguments[1], v, f"{where}.{k}") for k, v in _expect(value, dict, where).items()}
    if is_dataclass(kind):
        return value if isinstance(value, Claim) else _decode_record(kind, _expect(value, dict, where), where)
    return _decode_plain(kind, value, where)


def _decode_plain(kind: Any, value: Any, where: str) -> Any:
    if kind in (str, bool, int):
        return _expect(value, kind, where)
    if kind is float:
        return value if isinstance(value, int) and not isinstance(value, bool) else _expect(value, float, where)
    make: Callable[[str], Any] = kind.fromisoformat if kind in (date, datetime) else kind
    try:
        return make(_expect(value, str, where))
    except ValueError as error:
        raise ReportError(f"{where} is {value!r}, which is no {kind.__name__.lower()}: {error}.") from error


def _decode_record(kind: Any, data: Mapping[str, Any], where: str) -> Any:
    names, hints, values = _RENAMED.get(kind, {}), _hints(kind), {}
    for item in fields(kind):
        key = names.get(item.name, item.name)
        if key not in data:
            if item.default is MISSING and item.default_factory is MISSING:
                raise ReportError(f"{where} lacks the key {key!r}: the file is cut short, or not a detector report.")
            continue
        is_open = data[key] is None and kind is Figure and item.name in _OPEN_ENDS
        part = _OPEN_ENDS[item.name] if is_open else data[key]
        values[item.name] = _decode(hints[item.name], part, f"{where}.{key}")
    return kind(**values)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _expect(value: Any, kind: type, where: str) -> Any:
    # bool is a kind of int to Python, and to nobody else
    if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
        return value
    raise ReportError(f"{where} should be of type {kind.__name__}, and is {value!r:.40}.")


def _check_references(data: Mapping[str, Any]) -> None:
    """Raise ReportError for the first article or claim id that points at nothing."""
    for target, places in _REFERENCES.items():
        known = {item["id"] for item in data[target]}
        for table, key in (place.split(".") for place in places):
            for i, item in enumerate(data[table]):
                where = f"report.{table}[{i}]"
                value = _expect(item, dict, where).get(key)
                ids = value if isinstance(value, list) else [value]
                for one in [position["claim_id"] for position in ids] if key == "positions" else ids:
                    if not isinstance(one, str) or one not in known:
                        raise ReportError(f"{where}.{key} names {one!r}, which is none of the report's {target}.")
