"""The text of one article -> its title, source, date and body, and the `Article` itself."""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from detector.read.clean import find_furniture
from detector.read.credited import choose_credit, read_staff
from detector.read.credits import Credit, read_credit, read_ending
from detector.read.datelines import Dateline, read_dateline
from detector.read.dates import complete_day
from detector.read.stamps import Stamp, read_stamp
from detector.records import Article

_LONGEST_TITLE = 150
_SHORT_TITLE = 100
# Where a page puts what it says about the text: above and below it.
_HEAD, _TAIL = 8, 5
# Headline, kicker, standfirst, and then the paragraph that may open with a dateline.
_OPENING = 4
# More bare dates than "published, updated" are the steps of a chronology.
_MOST_DATES = 2
_LABELLED = re.compile(
    r"(?:title|headline)\s*:\s*(?P<title>\S.*)|(?:url|link)\s*:\s*(?P<url>https?://\S+)", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://\S+")
_STOP = re.compile(r"(?<![A-Z]\.[A-Z])[.…][\"'”’»)\]]*$")
_SENTENCE = re.compile(
    r".+?(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|No))(?<!\b(?:Mrs|Gen|Sen|Rep|Gov))[.!?…][\"'”’»)\]]*(?=\s+[\"“‘(]?[A-Z0-9])"
)


@dataclass(frozen=True, slots=True)
class Body:
    """An article text apart from the lines around it. A value is None where the text does not say."""

    text: str
    title: str = ""
    source: str | None = None
    published: datetime | None = None
    evidence: str | None = None
    url: str | None = None
    credit: str | None = None


def read_body(text: str, *, heading: str | None = None, hints: Sequence[str] = ()) -> Body:
    """Take the lines that are no article text out of a text, and read them.

    Args:
        text: one article without markup, newlines normalised.
        heading: its headline where the markup names one.
        hints: texts that may hold the year of a dateline (a URL, a file's name), in order of trust.

    Returns:
        The headline and all paragraphs as `text`, with what the other lines say.
    """
    lines = [line.strip() for line in text.strip("\ufeff\n").split("\n")]
    filled = [at for at, line in enumerate(lines) if line]
    edges = {*filled[:_HEAD], *filled[-_TAIL:]}
    addresses: dict[int, str] = {}
    for at in filled:
        if match := _LABELLED.fullmatch(lines[at]):
            if at in edges and match["title"]:
                lines[at], heading = match["title"], heading or match["title"]
            elif match["url"]:
                addresses[at] = match["url"]
        elif _ADDRESS.fullmatch(lines[at]):
            addresses[at] = lines[at]
    dated = _find_stamps(lines, filled, edges)
    credited = _find_credits(lines, filled, edges, dated)
    dropped = find_furniture(lines) | addresses.keys() | dated.keys() | credited.keys()
    kept = [at for at in filled if at not in dropped]
    datelines = [found for at in kept[:_OPENING] if (found := read_dateline(lines[at]))][:1]
    published, evidence = _choose_date(lines, dated, datelines, [*addresses.values(), *hints])
    sources = [credit for _, credit in sorted(credited.items())]
    sources += [Credit(found.agency, 2) for found in datelines if found.agency]
    sources += [ending for at in kept[-1:] if (ending := read_ending(lines[at]))]
    staff = [thanks for at in kept[-1:] if (thanks := read_staff(lines[at]))]
    named = min((credit for credit in sources if credit.source), key=lambda credit: credit.rank, default=None)
    links = {*addresses.values(), *(credit.url for credit in sources if credit.url)}
    return Body(
        text=re.sub(r"\n{3,}", "\n\n", "\n".join(line for at, line in enumerate(lines) if at not in dropped)).strip(),
        title=" ".join(heading.split()) if heading else _infer_title([lines[at] for at in kept]),
        source=named.source if named else None,
        published=published,
        evidence=evidence,
        url=links.pop() if len(links) == 1 else None,
        credit=choose_credit([*sources, *staff]),
    )


def make_article(
    body: Body,
    *,
    source: str | None,
    name: str,
    path: str,
    published: datetime | None = None,
    evidence: str | None = None,
) -> Article:
    """Build the article of a body, with what is known from outside the text in front of what the text says.

    Args:
        body: the text and what it says; `title` and `url` are final.
        source: the source that metadata names, or None.
        name: the source to fall back on: the file's name.
        path: where the article was read.
        published: the time that metadata gives, timezone-aware, or None.
        evidence: the metadata that `published` rests on.

    Returns:
        The article; its id is a hash of source, title, text and time.
    """
    source = " ".join(source.split()) if source else None
    when = published or body.published
    article = Article(
        id="",
        source=source or body.source or name,
        title=body.title,
        text=body.text,
        published=when,
        published_basis=("metadata" if published else "text") if when else None,
        published_evidence=(evidence if published else body.evidence) if when else None,
        source_basis="metadata" if source else "text" if body.source else "file",
        url=body.url,
        path=path,
        credit=body.credit,
    )
    return replace(article, id=hash_content(article))


def hash_content(article: Article) -> str:
    """Return the id of an article's content: 12 hexadecimal digits of the SHA-256 of source, title, text and time."""
    when = article.published.astimezone(UTC).isoformat() if article.published else ""
    content = "\x1f".join((article.source, article.title, article.text, when))
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _find_stamps(lines: Sequence[str], filled: Sequence[int], edges: set[int]) -> dict[int, Stamp]:
    found = {at: dated for at in filled if (dated := read_stamp(lines[at]))}
    bare = [at for at, dated in found.items() if not dated.label]
    chronology = len({lines[at] for at in bare}) > _MOST_DATES
    return {at: dated for at, dated in found.items() if dated.label or (at in edges and not chronology)}


def _find_credits(
    lines: Sequence[str], filled: Sequence[int], edges: set[int], stamped: Collection[int]
) -> dict[int, Credit]:
    found: dict[int, Credit] = {}
    for at in filled:
        parts = [lines[at], *re.split(r"\s*[|•·]\s*", lines[at])] if at in stamped else [lines[at]]
        read = [credit for part in parts if (credit := read_credit(part, first=at == filled[0]))] if at in edges else []
        if read:
            found[at] = min(read, key=lambda credit: (credit.source is None, credit.rank))
    # Of several source lines the last one speaks of the whole text; the others are of its pictures.
    for at in [at for at, credit in found.items() if credit.rank == 0][:-1]:
        found[at] = replace(found[at], source=None, url=None)
    return found


def _choose_date(
    lines: Sequence[str], dated: Mapping[int, Stamp], datelines: Iterable[Dateline], hints: Sequence[str]
) -> tuple[datetime | None, str | None]:
    """Return the time and its evidence: a line that says "published", a bare date, a line "updated", the dateline."""
    order = {"published": 0, "": 1, "updated": 2}
    ranked = sorted(dated.items(), key=lambda item: (order[item[1].label], item[0]))
    for at, line in ranked:
        if line.when:
            return line.when, lines[at]
    years = [*(lines[at] for at, _ in ranked), *hints]
    days = [(line.day, lines[at]) for at, line in ranked if line.day]
    for day, evidence in [*days, *((found.day, found.text) for found in datelines if found.day)]:
        if when := complete_day(day, years):
            return when, evidence
    return None, None


def _infer_title(lines: Sequence[str]) -> str:
    """Return the headline: a first line that is short, no sentence, and followed by text; else the first sentence."""
    if not lines:
        return ""
    first = lines[0].removeprefix("# ").strip()
    if len(lines) > 1 and len(first) <= _LONGEST_TITLE and not _STOP.search(first):
        return first
    sentence = _SENTENCE.match(first)
    return textwrap.shorten(sentence[0] if sentence else first, _SHORT_TITLE, placeholder="…")
