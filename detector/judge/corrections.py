"""Whether a sentence corrects an earlier report, tells that something has moved since, or is so for now only: by its words."""

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
# A count that says that it has moved speaks of another one before it.
_MOVED = re.compile(
    r"\b(?:(?:rose|risen|rises|grew|grown|climbed|jumped|increased|up|swollen|swelled|spread|extended|widened|raised|fell|fallen|dropped|slipped"
    r"|shrunk|shrank|decreased|declined|narrowed|down|cut|reduced|improved|worsened) (?:sharply |slightly |further )?to"
    r"|(?:has|have) (?:now |already )?(?:reached|passed|exceeded|topped)|(?:br(?:ings?|inging|ought)|tak(?:es?|ing)|push(?:ed|ing))"
    r" (?:the|its) (?:\S+ ){1,8}to"
    r"|so far|meanwhile|no longer|after all|once more|in the end)\b",
    re.IGNORECASE,
)
# What holds until further news.
_PROVISIONAL = re.compile(
    r"\b(?:still|so far|for now|for the time being|until further notice|not yet|has yet to|have yet to|initial(?:ly)?"
    r"|provisional(?:ly)?|preliminary|as of|early results"
    r"|first (?:count|findings|estimates?|statement|inventory|results)|remain(?:s|ed)?|in the first hours"
    r"|with (?:about |some |nearly )?(?:\S+ ){1,4}(?:votes|ballots|precincts|districts) counted)\b",
    re.IGNORECASE,
)


def tells_movement(text: str) -> bool:
    """Whether a sentence says that something has moved since: "has risen to", "so far", "no longer"."""
    return _MOVED.search(text) is not None


def is_provisional(text: str) -> bool:
    """Whether a sentence says of itself that it holds for now: "still", "until further notice", "the first count"."""
    return _PROVISIONAL.search(text) is not None


def tells_correction(text: str) -> bool:
    """Whether a sentence says that something reported before was wrong: "revised the toll down", "wrongly counted"."""
    return _CORRECTION.search(text) is not None
