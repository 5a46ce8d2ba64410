"""Word lists for figures: verbs that measure, nouns that group, things that news counts when it says "no"."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


MEASURES = _set(
    "number total reach exceed cost weigh measure rise fall drop climb grow increase decrease decline jump stand "
    "be hit surge gain lose slip average top surpass near last tumble plunge soar shrink slow edge remain value "
    "estimate price put raise cut come reduce expect slash lower boost double worth amount account comprise span "
    "stretch run go move advance dip approach range vary"
)
"""Verbs whose subject is what a figure with a unit measures."""

COUNTS = _set(
    "number total reach exceed rise fall drop climb grow increase decrease decline jump stand be surge remain top "
    "approach"
)
"""Verbs whose subject is what a bare number counts."""

LASTS = _set("be last take run stretch span total number reach exceed average remain extend")
"""Verbs whose subject is what a duration is the length of."""

HOLLOW = _set("number total sum tune group team crowd batch list majority rest maximum minimum average range amount")
"""Nouns that stand before "of" and say nothing of what is counted."""

GROUPS = _set("group total number crowd majority rest toll team convoy fleet series list")
"""Nouns before "of" that play the part of the counted noun in the clause."""

OTHERS = _set("other others more additional further extra")
"""Words that make a figure an addition to an earlier one."""

TIMES = _set(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow january february march "
    "april june july august september october november december week year month"
)
"""Nouns right of a figure that are not what it counts."""

CALM = _set(
    "casualty injury death fatality survivor victim arrest passenger troop soldier civilian person people hostage "
    "prisoner case child woman man worker employee resident officer house home building vote goal shot missile "
    "rocket drone attack incident infection damage injured loss player student crew migrant refugee fighter "
    "militant suspect detainee"
)
"""What "no" counts as zero of: "no casualties", not "no plans"."""

HARMS = _set("kill hurt injure die harm wound survive arrest charge rescue evacuate")
"""Verbs with which "no one" counts people."""

NOT_ONE = _set(
    "day time thing point way side hand example reason part case moment another more of and or that who whose "
    "which area aspect word step place instance occasion night morning"
)
"""Nouns with which "one" is a figure of speech ("one day")."""

LIGHT = _set("be leave have see include say report tell contain")
"""Verbs that say little of the things counted when these carry a clause of their own."""

CUES = _set(
    "at least most about around some more than nearly almost over up to fewer less under roughly approximately an "
    "estimated as many much no another the a just between from its their his her our reported"
)
"""Words between a verb and its figure that belong to the figure."""

OPENERS = _set("after when while where because as before if that")
"""Words that open a clause of their own."""
