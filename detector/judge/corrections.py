"""Whether a sentence corrects an earlier report, by its words."""

from __future__ import annotations

import re

# What a report gives and can get wrong, and how it gives it: "revised" alone may be a bill, "mistaken" a person.
_GIVEN = (
    r"(?:figures?|reports?|counts?|tolls?|statements?|numbers?|results?|accounts?|information|totals?|tally|estimates?"
    r"|names?|dates?|list|data)"
)
_GAVE = (
    r"(?:said|reported|put|stated|given|counted|recorded|listed|identified|named|announced|told|included|added|attributed"
    r"|described|entered|published)"
)
_NOT_SO = r"(?:mistakenly|wrongly|erroneously|incorrectly|falsely)"
_ITS = r"(?:its|the|his|her|their)"
_CORRECTION = re.compile(
    rf"\b(?:corrected|correct(?:s|ing) (?:{_ITS}|an?)|corrections? (?:to|of)|(?:a|the) correction|retract(?:ed|s|ing|ion)|in error"
    rf"|{_NOT_SO} (?:been )?{_GAVE}|{_GAVE} (?:{_NOT_SO}|by mistake)"
    rf"|(?:mistaken|wrong|erroneous|incorrect) {_GIVEN}"
    rf"|{_GIVEN} (?:\S+ ){{0,8}}(?:was|were|had been|is|are) (?:wrong|mistaken|incorrect|too (?:high|low)|a mistake)"
    rf"|revis(?:ed|es|ing) (?:down|up|upwards?|downwards?|{_GIVEN}|{_ITS} (?:[a-z]+ ){{0,2}}{_GIVEN})|revision of {_ITS} {_GIVEN}"
    rf"|amended {_ITS} {_GIVEN}|misreported|earlier {_GIVEN}|initially (?:said|reported|put|given|announced|stated)"
    rf"|not [^.;]{{0,30}}as (?:\S+ ){{0,4}}(?:first|initially|earlier|previously|originally) {_GAVE}"
    rf"|miscount\w*|put right|withdrew {_ITS} {_GIVEN})\b",
    re.IGNORECASE,
)


def tells_correction(text: str) -> bool:
    """Whether a sentence says that something reported before was wrong: "revised the toll down", "wrongly counted"."""
    return _CORRECTION.search(text) is not None
