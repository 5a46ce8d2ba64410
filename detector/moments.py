"""The nouns of time: the days and the times of day that a sentence names. Imports nothing of the project.

They stand beside `records`, which has them under its own name, too: take them from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DateMention:
    """A stretch of time that a sentence names, as days [first, last], or unresolved (both None).

    `grain` is "day", "week", "month", "season", "year" or "period". `relative` means that it needs the article's date
    ("Thursday", "two weeks ago"). `partial` is what can be compared without a year or a base: "04-10", "thursday", or "".
    """

    text: str
    start: int
    end: int
    grain: str
    relative: bool
    partial: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day that a sentence names, as minutes after midnight [first, last]; a moment has both alike.

    A range past midnight ends after minute 1440. `grain` is "minute" or "hour". `hedge` is "" (at), "about", "shortly after", "shortly
    before", "after", "before", "by", "from" or "until". `zone` is as written ("ET", "Moscow time"), or "" where none is given, as with
    "local time"; `offset` is its minutes east of UTC, or None where that is not known. `either_half` means that the sentence leaves open
    whether it is before or after noon ("6 o'clock"): then `first` is the earlier one. `event` is the base form of the verb or noun that
    the time belongs to ("strike"), or "".
    """

    text: str
    start: int
    end: int
    first: int
    last: int
    grain: str
    hedge: str = ""
    zone: str = ""
    offset: int | None = None
    either_half: bool = False
    event: str = ""
