"""Datelines: the place, day and agency that open a report, as in "KYIV, March 3 (Reuters) —"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detector.read.credits import is_agency, is_outlet
from detector.read.dates import DAY_OF_YEAR, WEEKDAY, YEAR

_WORD = r"[A-ZÀ-ÞČĐĞİŁŚŠŞŻŽ][\w.'’]*(?:-[A-Za-z][\w.'’]*)*"
_PLACE = rf"{_WORD}(?:(?: |, ?|/| de | la | al-){_WORD}){{0,4}}(?: ?[\[(][A-Z][\w .'’-]+[\])])?"
_DAY = rf"(?=[A-Z0-9])(?i:(?:{WEEKDAY},? )?{DAY_OF_YEAR}(?:,? {YEAR})?)"
_AGENCY = r"[(\[/]+(?P<{}>[^()\[\]/]{{2,40}})[)\]/]+\.?"
_MARK = r" ?(?:[-–—]{1,2}|:)(?= |[A-Z\"“])"
_OPEN = r" (?=[A-Z\"“])"
# A place, then a day with or without an agency, or an agency alone.
_DATELINE = re.compile(
    rf"(?:(?P<place>{_PLACE})(?P<comma>,? ?))?"
    rf"(?:\(?(?P<day>{_DAY})\)?(?:[,.]? ?{_AGENCY.format('agency1')}(?:{_MARK}|{_OPEN})|{_MARK})"
    rf"|{_AGENCY.format('agency2')}(?:{_MARK}|{_OPEN})|(?P<agency3>CNN|AFP|AP|IANS|ANI|PTI|UPI|TASS){_MARK})"
)
_NO_PLACE = re.compile(
    rf"(?:On|By|In|At|Since|From|Until|After|Before|As|For|The|Between|Today|Yesterday|Tomorrow|{WEEKDAY})\b"
)
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of a report. `text` is its exact wording, `day` a date with or without a year."""

    text: str
    place: str | None
    day: str | None
    agency: str | None


def read_dateline(line: str) -> Dateline | None:
    """Read the dateline that a paragraph opens with.

    Args:
        line: a paragraph; a dateline needs a day or an agency beside its place ("Kyiv — the city" has none).

    Returns:
        The dateline, or None if there is none.
    """
    match = _DATELINE.match(line[:_LONGEST])
    if match is None or (match["place"] and _NO_PLACE.match(match["place"])):
        return None
    name = (match["agency1"] or match["agency2"] or match["agency3"] or "").strip()
    agency = name if is_agency(name) or is_outlet(name) else None
    if agency is None:
        if not (match["day"] and match["place"]):
            return None
        if not (match["comma"].strip() or match["place"].isupper() or match["place"].endswith("]")):
            return None  # "Plan March 3: ..." is a phrase
    return Dateline(match[0].strip(), match["place"], match["day"], agency)
