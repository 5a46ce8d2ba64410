"""Lines of a page that are no article text: navigation, sharing, promotion, notices."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_MEDIA = r"(?:facebook|twitter|instagram|whatsapp|linkedin|telegram|messenger|reddit|youtube|tiktok|threads|bluesky|x)"
_PIECE = r"(?:article|story|page|post|item|news|report|video)"
_PAGE = r"(?:list|top|home ?page|home|news|main(?: page| menu)?|results|overview|index|articles?|stories|section)"
# Capitals matter here: "Reporting by Jane Doe" is a credit, "Reporting by state media suggests ..." a sentence.
_DESK = r"(?:additional )?(?:reporting|writing|editing|compiled) by (?=(?-i:[A-Z]))(?:[^.!?;]|\b(?-i:[A-Z])\.){1,120}"

# Each pattern must match a whole line, in any case, without decoration at its ends. A new kind of line is one entry.
FURNITURE: Mapping[str, tuple[str, ...]] = {
    "navigation": (
        rf"(?:back|return|go back)(?: to(?: the)? {_PAGE})?",
        r"skip to (?:the )?(?:main )?(?:content|navigation|footer)",
        r"(?:main |site |open |close )?(?:menu|navigation)",
        r"search|home|close|log ?in|sign (?:in|up|out)|register|my account|site ?map",
        r"contact(?: us)?|about us|advertise with us|privacy(?: policy| notice)?",
        r"terms(?: of (?:use|service)| (?:and|&) conditions)?",
        r"home\s*(?:[>»›/|][^>»›/|.]{1,40})+",
        rf"(?:previous|next)(?: {_PIECE})?",
        r"(?:load|show|see|view) (?:more|all)",
        r"page \d+(?: of \d+)?",
    ),
    "sharing": (
        rf"share(?: (?:this|the)(?: {_PIECE})?)?(?: (?:on|via|with|by) .{{1,60}})?\s*:?",
        rf"(?:{_MEDIA}|e-?mail|copy link|print|link copied)(?:[\s,|/]+(?:{_MEDIA}|e-?mail|copy link|print))*",
        rf"(?:print|e-?mail|save|bookmark) (?:this )?{_PIECE}",
        r"\d+ (?:shares|comments?|views)",
    ),
    "read more": (
        r"(?:read|(?:read|see|watch|listen)(?: more| also| next| now)|related(?: \w+)?)\s*[:|–—].{1,200}",
        r"(?:also|must) (?:read|see|watch)(?:\s*[:|–—].{1,200})?",
        r"(?:read|see) (?:more|next)(?: (?:on|about|at|in|from) .{1,100})?",
        r"read (?:the )?(?:full|original) (?:article|story).{0,60}",
        r"continue reading.{0,60}",
        r"(?:click|tap) here.{0,80}",
    ),
    "advertising": (
        r"(?:advertisements?|advert|ads?|sponsored(?: content| post)?|promoted)(?: [-–—].{0,40})?",
        r"(?:advertisement\W+)?(?:(?:story|article|content) )?continues? (?:reading )?(?:below|after)(?: .{0,30})?",
        r"scroll (?:down )?to continue.{0,30}",
    ),
    "newsletter": (
        r"subscribe(?: now| today| here)?|newsletters?",
        r"subscribe to (?:our|the|my) .{1,120}",
        r"sign up (?:for|to) (?:our .{1,120}|.{1,80}\b(?:newsletters?|alerts?|updates?|briefings?|e-?mails?)\b.{0,60})",
        r"get (?:the|our) (?:latest|best|top|daily) .{0,80}(?:inbox|e-?mail|newsletter|alerts?)\W*",
        r"(?:join|follow) (?:our|us on|the) .{0,40}(?:channel|group|community|newsletter)\W*",
        r"download (?:our|the) .{0,30}\bapp\W*",
    ),
    "following": (
        rf"(?:follow|like|find|join) (?:us|\S+(?: \S+){{0,4}}) on (?:our )?(?:{_MEDIA}|google news)\b.{{0,60}}",
        r"(?:follow|connect with) us\b.{0,40}",
    ),
    "tags": (r"(?:tags?|topics?|categor(?:y|ies)|keywords|filed under|labels|more on)\s*:.{0,200}",),
    "comments": (
        r"(?:leave|post|write|add)(?: (?:a|your))? (?:comment|reply)",
        r"(?:view|show|read)(?: all)? comments",
        r"comments(?: are closed| \(\d+\))?",
        r"join the (?:conversation|discussion)\W*",
    ),
    "picture credit": (
        r"\W*(?:file |stock )?(?:photo|image|picture)(?:graph)?s?(?: by |\s*[:/]\s*)[^.!?]{1,60}",
        r"\W*(?:photo|image|picture|video) (?:credit|source|courtesy)\s*[:,]?\s*[^.!?]{1,60}",
        r"\W*credit:\s*[^.!?]{1,60}",
    ),
    "copyright": (
        r"copyright",
        r"(?:copyright:?\s*)?(?:©|\(c\)).{1,200}",
        r"copyright:?(?: by)? (?:19|20)\d\d\b.{0,200}",
        r"copyright:?(?: by)? .{1,60}, ?(?:19|20)\d\d\W*",
        r".{0,80}\ball rights reserved\b.{0,200}",
        r"this material may not be (?:published|reproduced).{0,200}",
    ),
    "desk": (
        rf"\W*{_DESK}(?:; ?{_DESK})*\)?",
        rf"\W*{_DESK}(?:; ?{_DESK})+\W*",
    ),
    "reading time": (
        r"(?:estimated )?(?:reading|read) time\W.{0,20}",
        r"\d+[- ]min(?:ute)?s?(?: to)? (?:read|listen|watch)",
        r"listen to (?:this|the) (?:article|story).{0,40}",
    ),
    "cookies": (
        r"(?:we|this (?:web)?site|our (?:web)?site)(?: and our partners)? uses? cookies.{0,300}",
        r"cookie (?:policy|settings|preferences|notice)",
        r"(?:accept|reject|allow|manage)(?: all)?(?: (?:cookies?|preferences|settings|consent))+\W*",
        r"(?:accept|reject) all",
        r"by (?:continuing|using|clicking) .{1,80}\byou (?:agree|accept|consent)\b.{0,200}",
    ),
}
# Headings above a list of other stories.
RELATED: tuple[str, ...] = (
    r"related(?: (?:articles?|stor(?:y|ies)|news|topics?|content|posts?|links?|coverage|reading|items?))?",
    r"more (?:on this (?:story|topic)|related (?:news|stories)|(?:from|in|like) (?:this|the|our) .{1,30}|stories|news)",
    r"recommended(?: for you| stories| reading)?",
    r"you (?:may|might) (?:also )?(?:like|be interested in)",
    r"editor['’]?s['’]? picks?",
    r"most (?:read|popular|viewed|shared|recent)",
    r"trending(?: now| stories)?|top stories|latest (?:news|stories)",
    r"(?:read|up) next|(?:see|read) also|don['’]t miss",
)
_FURNITURE = re.compile("|".join(f"(?:{line})" for lines in FURNITURE.values() for line in lines), re.IGNORECASE)
_RELATED = re.compile(f"(?:{'|'.join(RELATED)})\\s*:?", re.IGNORECASE)
_DECORATION = " \t\xa0<>»›→←«‹↑↓|•·*–—-_=#"
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_LONGEST_HEADLINE = 150
_LONGEST = 400


def is_furniture(line: str) -> bool:
    """Tell whether a whole line is no article text (see `FURNITURE`), a rule such as "----" included."""
    bare = line.strip(_DECORATION)
    if not bare:
        return bool(line.strip())
    return len(bare) <= _LONGEST and bool(_FURNITURE.fullmatch(bare) or _RELATED.fullmatch(bare))


def find_furniture(lines: Sequence[str]) -> set[int]:
    """Find the lines that are no article text, with the list of other stories' headlines under "Related articles".

    Args:
        lines: all lines of a text.

    Returns:
        Indexes into `lines`.
    """
    found: set[int] = set()
    listing = False
    for at, line in enumerate(lines):
        if is_furniture(line):
            found.add(at)
            listing = listing or bool(_RELATED.fullmatch(line.strip(_DECORATION)))
        elif line.strip() and listing:
            # Headlines end without a stop; the first line that ends like a sentence is the article again.
            listing = len(line) <= _LONGEST_HEADLINE and not _SENTENCE_END.search(line.strip())
            if listing:
                found.add(at)
    return found
