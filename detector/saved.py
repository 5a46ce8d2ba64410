"""A saved report: read from its file or folder, and its findings found by their ids."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from detector.errors import ReportError
from detector.records import Finding, Report
from detector.report_json import report_from_json

_NEAREST = 3
_LISTED = 5


def read_saved(path: Path | str, purpose: str) -> Report:
    """Read the report at `path`: a report.json, or the folder that `detector report` wrote.

    Args:
        path: the file or folder.
        purpose: what the report is for, for the message: "extend", "explain".

    Raises:
        ReportError: there is no report, or it cannot be understood.
    """
    given = Path(path)
    file = given / "report.json" if given.is_dir() else given
    try:
        return report_from_json(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ReportError(
            f"{given}: no report to {purpose}: {file.name}: {error.strerror or error}; give the folder that "
            "'detector report' wrote, or its report.json"
        ) from error
    except (ReportError, UnicodeDecodeError) as error:
        raise ReportError(f"{file}: no report to {purpose}: {error}") from error


def find_findings(report: Report, name: str) -> tuple[Finding, ...]:
    """Return the finding of an id, or all findings of the card of an id; a unique start of an id is enough.

    Raises:
        ReportError: there is none of that name, or several ids start with it.
    """
    of_cards = {card.id: card.finding_ids for card in report.cards}
    cards = [name] if name in of_cards else [one for one in of_cards if name and one.startswith(name)]
    if len(cards) == 1 and not any(finding.id.startswith(name) for finding in report.findings):
        wanted = of_cards[cards[0]]
        if found := tuple(finding for finding in report.findings if finding.id in wanted):
            return found
    return (find_finding(report, name, also=of_cards),)


def find_finding(report: Report, name: str, *, also: Iterable[str] = ()) -> Finding:
    """Return the finding of an id, or of a unique start of one.

    Args:
        report: where to look.
        name: the id, or its start.
        also: further ids that could have been meant, for the message.

    Raises:
        ReportError: there is none of that name, or several ids start with it.
    """
    if not report.findings:
        raise ReportError(f"no finding {name!r}: the report has no findings")
    by_id = {finding.id: finding for finding in report.findings}
    starting = [one for one in by_id if name and one.startswith(name)]
    if name in by_id or len(starting) == 1:
        return by_id[name if name in by_id else starting[0]]
    if starting:
        more = ", ..." if len(starting) > _LISTED else ""
        raise ReportError(
            f"{len(starting)} findings start with {name!r}: {', '.join(starting[:_LISTED])}{more}; give more of the id"
        )
    nearest = get_close_matches(name, [*by_id, *also], n=_NEAREST, cutoff=0.0)
    raise ReportError(
        f"no finding {name!r} in the report; the nearest ids are {', '.join(nearest)} (findings.csv lists all findings)"
    )
