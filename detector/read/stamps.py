"""Whole lines that date a text: "Apr 11, 2025", "Published: 11 April 2025 14:05 GMT", "Updated 2 hours ago"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from detector.read.clean import is_furniture
from detector.read.credits import read_credit
from detector.read.dates import DAY_OF_YEAR, MONTH, WEEKDAY, YEAR, is_date, parse_date, part_clock

_PARTIAL = re.compile(rf"(?:{WEEKDAY},?\s+)?(?P<day>{DAY_OF_YEAR})|{MONTH},?\s+{YEAR}", re.IGNORECASE)
_RELATIVE = re.compile(
    r"(?:just now|today|yesterday|(?:about |over )?(?:\d+|an?|one|two|three)\s*"
    r"(?:[smhd]|secs?|mins?|hrs?|seconds?|minutes?|hours?|days?|weeks?|months?|years?)(?: ago)?)"
    r"(?:,? (?:at )?\d\d?[:.]\d\d.{0,10})?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?P<label>(?:article |story |first |originally |last )?"
    r"(?:published|posted|issued|released|created|updated|modified|upd|update|dated?|publication date|pubdate))"
    r"(?:\s+(?:on|at))?\s*[:\-–—]?\s*(?=\S)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?:[A-Z][\w.'’-]*[ ,]+){1,4}(?=\d|[A-Z][a-z]+\.? \d)")
_SEGMENT = re.compile(
    r"\s*[|•·]\s*|\s/\s|(?<=\d)(?=updated|modified)|(?<=\S)(?<!last)(?<!first)(?<!ally)(?<!article)(?<!story)[\s,;(]*"
    r"(?=\b(?:first |last )?(?:updated|published|posted|modified)\b)",
    re.IGNORECASE,
)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Stamp:
    """A whole line that only dates the text. `when` is None if it does not give a full, unambiguous date.

    `label` is "published", "updated" or "" for a bare date; `day` is a date without a year ("March 3").
    """

    when: datetime | None
    label: str
    day: str | None = None


def read_stamp(line: str) -> Stamp | None:
    """Read a line that says when the text was published or updated, and no more.

    Args:
        line: one line; parts between bars ("Apr 11, 2025 | Updated 2 hours ago") are read one by one, and a byline or
            a reading time may stand among them.

    Returns:
        What the line says, or None if any part of it is something else.
    """
    if len(line) > _LONGEST:
        return None
    line = part_clock(" ".join(line.split()))
    segments = [part for part in _SEGMENT.split(line.strip(" *_()[]|•·-–—.")) if part.strip(" ()")]
    found = {part: stamp for part in segments if (stamp := _read_segment(part))}
    if not found or not all(part in found or is_furniture(part) or read_credit(part) for part in segments):
        return None
    return min(found.values(), key=lambda stamp: (stamp.when is None, stamp.label == "updated"))


def _read_segment(segment: str) -> Stamp | None:
    segment = segment.strip(" ()")
    label = ""
    if match := _LABEL.match(segment):
        label = "updated" if re.search("upd|modif", match["label"], re.IGNORECASE) else "published"
        segment = segment[match.end() :]
    elif place := _PLACE.match(segment):  # "Brussels, 11 April 2025", as press releases have it
        bare = segment[place.end() :]
        segment = bare if is_date(bare) else segment
    if is_date(segment):
        return Stamp(parse_date(segment), label)
    if partial := _PARTIAL.fullmatch(segment.strip(" .,;")):
        return Stamp(None, label, partial["day"])
    if _RELATIVE.fullmatch(segment) and (label or segment.endswith("ago")):
        return Stamp(None, label)
    return None
