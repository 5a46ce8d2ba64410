"""Whom a text credits with its report."""

from __future__ import annotations

import re
from collections.abc import Iterable

from detector.agencies import find_agency
from detector.read.credits import CLEAR, Credit

# It stands in the agency's own stories; "The Associated Press contributed to this report." says that it did a part.
_STAFF = re.compile(
    r"(?:The )?(?P<name>[A-Z][\w.&' -]{1,40}?) (?:staff |video |diplomatic )?(?:writer|journalist|reporter|correspondent)s? "
    r"[A-Z].{2,200} contributed(?: to this report)?\."
)
_STAFF_RANK = 4


def read_staff(line: str) -> Credit | None:
    """Read the thanks to an agency's own people: "Associated Press writer Jane Doe contributed to this report."."""
    match = _STAFF.fullmatch(line.strip())
    return Credit(match["name"], _STAFF_RANK) if match and find_agency(match["name"]) else None


def choose_credit(found: Iterable[Credit]) -> str | None:
    """Return whom a text credits with its report, by the best credit: an agency, or the outlet that its source line names.

    A byline, a dateline and a closing line count for known agencies alone: other outlets there are where the text was read.

    Args:
        found: all credits of the text, in any order.

    Returns:
        The name of the agency or outlet, for a known one the same whatever the text calls it; None without a clear credit.
    """
    names = [(one.rank, find_agency(one.source) or ("" if one.rank else one.source)) for one in found if one.source]
    return min(((rank, name) for rank, name in names if name and rank <= CLEAR), default=(0, None))[1]
