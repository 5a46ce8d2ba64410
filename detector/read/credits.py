"""Who published a text: source lines, bylines, credit lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from detector.agencies import AGENCIES

_OUTLET_WORD = re.compile(
    r"\b(?:news|times|post|press|agency|agencies|tribune|guardian|journal|herald|telegraph|gazette|chronicle|independent"
    r"|daily|weekly|observer|mirror|standard|mail|express|review|bulletin|examiner|inquirer|dispatch|courier|monitor"
    r"|globe|sun|star|today|newspaper|magazine|media|broadcasting|television|tv|radio|newswire|wire|pravda|zeitung)\b",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+(?!(?:jpe?g|png|gif|webp|pdf|html?|docx?|mp[34])$)[a-z]{2,}", re.IGNORECASE)
_PICTURES = re.compile(
    r"\b(?:getty|giphy|shutterstock|istock|alamy|depositphotos|imgur|flickr|wikimedia|youtube|screenshot|images)\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"[A-Z]{2,5}")
# Short forms of places and bodies that stand in parentheses like an agency.
_NO_AGENCY = re.compile("US|USA|UK|UAE|EU|UN|NATO|DC|NY|LA|DRC|UTC|GMT|CET|BST|EST|EDT|PST|PDT|ET|AET|AM|PM")
_ROLE = re.compile(
    r"\b(?:editors?|correspondents?|reporters?|staff|writers?|analysts?|columnists?|chief|bureau|producers?|contributors?"
    r"|fellow|professor|desk|specialist|photographers?|director|author|team)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\d|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|(?:mon|tues|wednes|thurs|fri|satur|sun)day|early|late|mid)"
    r"(?:uary|ruary|ch|il|ust|ember|ober)?\b",
    re.IGNORECASE,
)
_SOURCE_LINE = re.compile(
    r"(?:news )?source\s*(?:[:|]|\s[-–—]\s)\s*(?P<name>\S.{0,119})|SOURCE (?P<name2>[A-Z].{1,60})"
    r"|(?:this (?:article|story|report) (?:was |is )?)?(?:originally |first )(?:published|appeared) (?:by|in|on|at) "
    r"(?P<name3>.{2,60}?)(?:(?: (?:on|in) |[.,:](?= )).{4,120})?[.:]?",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?:©|\(c\)|copyright)?\s*"
    r"(?P<year>(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?,?\s*)?(?:by\s+)?(?P<name>(?-i:[A-Z]).{1,60}?)"
    r"(?:,? (?:inc|ltd|llc|plc|limited|gmbh)\b\.?.*|[.,|](?:\s.*)?|\s+all rights.*|\s+(?:19|20)\d\d\W*)?",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|BY|By|(?:Written|Words|Story|Report(?:ed|ing)?) by)(?:\s*:\s*|\s+)(?P<rest>\S.{2,110})")
_PIECES = re.compile(r"(\s*[|•·]\s*|\s+[-–—]\s+|\s*[,/(]\s*|\s+(?:and|&|for|in|at)\s+)")
_PARTICLES = re.compile(
    r"d[eiou]|del|della|de[rn]|das?|dos|v[ao]n|bint?|[ae]l|l[ae]|te[nr]|y|e|of|the|for|and|in|at", re.IGNORECASE
)
_CLOSING = re.compile(r"(?:[-–—]{1,2}|[(\[/])\s*(?P<name>[^()\[\]/]{2,50}?)\s*[)\]/]?")
_CLOSING_INLINE = re.compile(r"[.!?][\"'”’»]?\s*(?:[-–—]{1,2}\s?|[(\[/])(?P<name>[^()\[\]/.]{2,40})[)\]/]?\.?")


CLEAR = 5
"""A credit of a rank up to this one is of the text; of a higher one, it may be of a picture."""


@dataclass(frozen=True, slots=True)
class Credit:
    """A line that credits somebody. `source` is the outlet it names, or None; `rank` orders kinds, the best first."""

    source: str | None
    rank: int
    url: str | None = None


def is_agency(name: str) -> bool:
    """Tell whether a name is that of a known agency or outlet, or an acronym that can only be one."""
    bare = name.strip(" .,")
    return _bare(bare) in AGENCIES or (bool(_ACRONYM.fullmatch(bare)) and not _NO_AGENCY.fullmatch(bare))


def is_outlet(name: str) -> bool:
    """Tell whether a name is that of an outlet: a known one, a web address, or one with a word such as "Times"."""
    bare = name.strip(" .,")
    if _bare(bare) in AGENCIES or _DOMAIN.fullmatch(bare):
        return True
    words = bare.split()
    return 2 <= len(words) <= 6 and not _ROLE.search(bare) and bool(_OUTLET_WORD.search(bare)) and _is_name(bare)


def read_credit(line: str, *, first: bool = False) -> Credit | None:
    """Read a whole line as a source line, a byline, a credit or a copyright notice.

    Args:
        line: one line.
        first: it is the first line of the text, where a headline may look like a byline.

    Returns:
        The credit, or None if the line is none.
    """
    line = line.strip(" \t\xa0*_")
    return (
        _read_source_line(line, first=first)
        or _read_byline(line, first=first)
        or _read_closing(line)
        or _read_notice(line)
    )


def read_ending(line: str) -> Credit | None:
    """Read the credit at the end of a last paragraph: '... he said. (AFP)'."""
    match = next((m for m in _CLOSING_INLINE.finditer(line) if m.end() == len(line.rstrip())), None)
    return Credit(match["name"].strip(), 4) if match and _bare(match["name"]) in AGENCIES else None


def _read_source_line(line: str, *, first: bool) -> Credit | None:
    line = line[1:-1].strip() if line[:1] + line[-1:] in ("()", "[]") else line
    if not (match := _SOURCE_LINE.fullmatch(line)):
        return None
    name = re.split(
        r"\s+(?:editor|edited by|author)\s*:", match["name"] or match["name2"] or match["name3"], flags=re.I
    )[0]
    name = name.strip(" |,;-–—")
    if match["name3"] and _WHEN.search(name) and not is_outlet(name):
        return None  # "Originally published on March 21"
    if match["name2"] and (first or not line.startswith("SOURCE")):
        return None
    if re.match(r"https?://", name):
        host = urlsplit(name).hostname or ""
        return Credit(host.removeprefix("www.") or None, 0, url=name)
    if len(name.split()) > 8 or (name.endswith((".", "?", "!")) and len(name.split()) > 5):
        return None  # "Source: close to the talks, a minister said ..." is a sentence
    if first and len(name.split()) > 3 and not is_outlet(name):
        return None  # "Source: Trump to announce new tariffs" is a headline
    return Credit(None if _PICTURES.search(name) else name.removesuffix(".") or None, 0)


def _read_byline(line: str, *, first: bool) -> Credit | None:
    match = _BYLINE.fullmatch(line)
    if match is None:
        parts = re.split(r"\s*[|,•·]\s*", line)
        named = len(parts) == 2 and _is_person(parts[0]) and _bare(parts[1]) in AGENCIES and not first
        return Credit(parts[1], 1) if named else None
    pieces = _PIECES.split(match["rest"].strip(" )"))
    names, marks = pieces[::2], ["", *(mark.strip() for mark in pieces[1::2])]
    if _WHEN.search(names[0]) or not (
        _is_person(names[0]) or is_outlet(names[0]) or is_agency(names[0]) or _ROLE.search(names[0])
    ):
        return None
    if not all(_is_name(name) or _ROLE.search(name) or _WHEN.search(name) for name in names):
        return None
    source = None
    for name, mark in zip(names, marks, strict=True):
        fits = is_outlet(name) or is_agency(name)
        fits = fits or (mark in ("|", "•", "·", "for") and not _ROLE.search(name))
        if fits and not _WHEN.search(name):
            source = name.strip(" .,").removesuffix(" Staff")
            break
    return None if first and source is None else Credit(source, 1)


def _read_closing(line: str) -> Credit | None:
    # A short word alone is an agency only in capitals: "PAP", not "Spa".
    if (_bare(line) in AGENCIES and (len(line) > 4 or line.isupper())) or (
        _DOMAIN.fullmatch(line) and line.count(".") <= 3
    ):
        return Credit(line, 3)
    match = _CLOSING.fullmatch(line)
    if match and (is_outlet(match["name"]) or is_agency(match["name"])):
        return Credit(match["name"], 3)
    return None


def _read_notice(line: str) -> Credit | None:
    match = _NOTICE.fullmatch(line)
    if match is None or not (
        match["year"] or "©" in line or "(c)" in line.casefold() or "rights reserved" in line.casefold()
    ):
        return None
    rank = CLEAR if match["year"] or "rights reserved" in line.casefold() else CLEAR + 1  # "© AFP" may be of a picture
    return Credit(None if _PICTURES.search(line) else match["name"].strip(" ,."), rank)


def _bare(name: str) -> str:
    folded = name.strip(" .,").casefold()
    return folded if folded in AGENCIES else folded.removeprefix("the ")


def _is_name(text: str) -> bool:
    words = text.strip(" .,()").split()
    return 0 < len(words) <= 7 and all(word[:1].isupper() or _PARTICLES.fullmatch(word) for word in words)


def _is_person(text: str) -> bool:
    words = text.strip(" .,").split()
    return 2 <= len(words) <= 5 and _is_name(text) and not _WHEN.search(text)
