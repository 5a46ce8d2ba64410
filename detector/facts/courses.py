"""The usual courses that news takes, each an order of stages: missing, then found; on trial, then convicted, then sentenced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from detector.records import Span

# A block a course, a line a stage, in the order in which they are reached; "~" stands for up to four words in between. What a story is
# about comes first ("talks", "strike", "missing"), what has become of it later.
_COURSES = """
    at large, on the run, manhunt, being sought, hunting for, wanted by, escaped, no arrests, unidentified
    arrested, detained, captured, caught, seized, in custody, into custody, under arrest, turned himself in, turned herself in,
    ~ surrendered, recaptured
    charged, indicted, arraigned
    on trial, stood trial, stand trial, pleaded, jury retired, jurors retired
    convicted, found ~ guilty, pronounced ~ guilty, acquitted, cleared, not guilty
    sentenced, jailed for

    suspended from duty, on leave, questioned, fired, under investigation, opened proceedings, opened an investigation,
    ~ opened an inquiry, suspected of
    charged, indicted, fined, convicted, sentenced, banned for, disqualified, stripped of, exonerated, reinstated

    awaiting ~ verdict, trial opened, trial began, on trial, will hear, to hear, appealed, will appeal, would appeal,
    ~ filed ~ complaint, filed ~ lawsuit, challenged, will challenge, would challenge, sued, will sue, would sue, jury retired,
    ~ jurors retired, deliberating, go to court, applied to
    ruled, threw out, thrown out, dismissed, upheld, overturned, struck down, found ~ guilty, pronounced ~ guilty, acquitted,
    ~ cleared, convicted, quashed, annulled, unconstitutional, awarded, settled

    missing, unaccounted for, whereabouts, searching, search for, combing, looking for, trapped, buried under, stranded, stuck,
    ~ adrift, disappeared, vanished
    found, rescued, recovered, pulled out, pulled from, pulled to safety, freed, brought out, brought to safety, located,
    ~ turned up, body of, bodies of
    gave up, given up, called off the search, ended the search, search was called off, search ended

    in hospital, to hospital, hospitalised, hospitalized, critical condition, fighting for ~ life, in a coma, intensive care,
    ~ wounded, injured, hurt, being treated
    died, dead, discharged, left hospital, succumbed, recovered

    being held, held, detained, imprisoned, hostage, hostages, captive, captives, kidnapped, abducted, in prison, in custody,
    ~ jailed
    freed, released, let go, are free, is free, set free, on bail, left ~ prison, returned home, walked free

    burning, out of control, raging, rising, leaking, gushing, flooded, under water, on fire
    contained, extinguished, put out, under control, sealed, plugged, died down, receded, stopped flowing, stopped leaking,
    ~ stopped coming

    closed, shut, halted, suspended, stopped, stood still, standstill, impassable, grounded, frozen, cannot, unable to, blocked,
    ~ barred, banned, down, without electricity, without power, out of service, evacuated, disrupted, paralysed, paralyzed,
    ~ cancelled, canceled, offline, stuck, until further notice
    again, resumed, reopened, restarted, restored, started up, lifted, back in, back on, back to normal, once more, reinstated

    as usual, not affected, unaffected, no reason to, go ahead, going ahead, carry on, full capacity, remain open, stay open,
    ~ no plans to, can begin, will continue, would continue, remain in place, no intention
    called off, cancelled, canceled, suspended, halted, shut down, banned, forbidden, spread to, not take place, scrapped,
    ~ given up, put off, postponed, on hold, withdrawn, abandoned, grounded, evacuated, reversed

    not resign, no intention of resigning, not step down, stay in office, remain in office, serve out, stay on, full confidence,
    ~ refused to resign, should resign, must resign, to resign, calls ~ resignation
    resigned, stepped down, stepping down, has quit, left office, leaving office, ousted, dismissed, sacked,
    ~ handed in ~ resignation
    sworn in, succeeded by, took over, took the oath

    on strike, stopped work, walked out, walkout, stoppage, strike began, began ~ strike, blockade
    called off, return to work, returned to work, back to work, is over, was over, came to an end, ended, settled

    negotiating, negotiate, haggling, in talks, mediate, made an offer, no deal, end in sight, close to collapse, deadlock,
    ~ deadlocked
    come to terms, came to terms, signed, reached ~ deal, reached ~ agreement, struck ~ deal, accepted, turned down, collapsed,
    ~ broke down, agreed on, have agreed, had agreed, has agreed
    took effect, came into force, entered into force, carried out

    introduce, introduced, tabled, proposed, propose, drafted, in committee
    passed, approved, adopted, voted down, ratified
    signed, vetoed, took effect, came into force, entered into force, enacted
    struck down, repealed, annulled

    veto, refuses to sign, would not sign
    signed, vetoed

    considering, weighing, weigh, not yet decided, undecided, studying, study the, deliberate, deliberating, hesitates,
    ~ depends on
    decided, approved, ordered, imposed, recommending, recommended, recommends, chose, chosen, opted, turned down, granted,
    ~ terminated

    counting, first count, exit poll, exit polls, ahead, leading, leads, polls closed, neck and neck, too close to call
    won, elected, re-elected, conceded, defeated, final result, victory, recount, declared ~ winner

    forecast, approaching, bearing down, heading for, headed for, braced, bracing
    made landfall, battered, came ashore, tore through
    downgraded, weakened, moved on, moved away, clean-up, dissipated

    took effect, in force, in effect, holding
    prolonged, extended, collapsed, expired

    liftoff, lift-off, countdown, to launch, be launched, blast off
    took off, lifted off, blasted off, reached orbit, exploded, lost contact, docked, landed, splashed down
"""  # fmt: skip

_GAP = r"(?:\S+\s+){0,4}?"  # what "~" stands for

# What stands before a stage that is not reached: it is denied, wanted, feared or still to come.
_NOT_REACHED = re.compile(
    r"(?:\b(?:will|would|could|may|might|should|can|cannot|must|not|never|no|nor|nobody|without|if|unless|until|to|whether|before|demand\w*"
    r"|call(?:s|ed) for|den(?:y|ies|ied)|fear(?:s|ed)?|considering|weighing|rule[sd]? out)|n[’']t)\b[^.;,]{0,25}$|\b(?:an?|any) $",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 14)  # a claim stands in many pairs
def find_stages(text: str) -> Mapping[int, tuple[int, int, Span]]:
    """Return how far a sentence tells each of the usual courses of news to have come.

    Args:
        text: a sentence.

    Returns:
        For each course that is spoken of, by its number: the furthest stage that is reached (-1 where all are denied, planned, wanted or
        feared), the furthest that is spoken of at all, and where the words of the former, else of the latter, stand.
    """
    found: dict[int, tuple[int, int, Span]] = {}
    for number, course in enumerate(_read_courses()):
        reached, spoken, span = -1, -1, (0, 0)
        for stage, pattern in enumerate(course):
            for match in pattern.finditer(text):
                spoken = stage
                if not _NOT_REACHED.search(text[max(0, match.start() - 60) : match.start()]):
                    reached, span = stage, match.span()
                    break
                span = span if reached >= 0 else match.span()
        if spoken >= 0:
            found[number] = (reached, spoken, span)
    return MappingProxyType(found)


@cache
def _read_courses() -> tuple[tuple[re.Pattern[str], ...], ...]:
    """Return the stages of each course; a line that begins with "~" goes on with the stage before."""
    courses: list[list[str]] = []
    for block in _COURSES.strip().split("\n\n"):
        stages: list[str] = []
        for line in block.splitlines():
            text = line.strip()
            if text.startswith("~ "):
                stages[-1] += " " + text.removeprefix("~ ")
            else:
                stages.append(text)
        courses.append(stages)
    return tuple(tuple(_compile(stage) for stage in stages) for stages in courses)


def _compile(stage: str) -> re.Pattern[str]:
    """Return the pattern of a stage's words, longer ones first."""
    words = sorted((word.strip() for word in stage.split(",") if word.strip()), key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(_write_pattern, words))})\b", re.IGNORECASE)


def _write_pattern(words: str) -> str:
    parts = (_GAP if part == "~" else re.escape(part) + r"\s+" for part in words.split())
    return "".join(parts).removesuffix(r"\s+")
