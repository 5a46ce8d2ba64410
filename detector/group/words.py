"""What a single English word is worth in a label: counts, times, people's roles, and nouns that name no subject."""

from __future__ import annotations

import calendar
import re
from functools import lru_cache

MOST_WORDS = 5
_EDGES = '"“”`()[]{}<>,;:!?*–—- '
_APOSTROPHES = "'‘’"
_COUNT = re.compile(r"^[$£€]?\d[\d.,:]*(?:%|st|nd|rd|th|bn|m|k)?$")
_POSSESSIVE = re.compile(r"(?<=[\w.])['’]s?$")
_TIMES = {name.lower() for names in (calendar.month_name, calendar.month_abbr, calendar.day_name) for name in names} | {
    "today", "yesterday", "tomorrow", "tonight", "morning", "afternoon", "evening", "day", "days", "week",
    "weeks", "month", "months", "year", "years", "weekend", "hour", "hours", "minute", "minutes", "moment",
    "time", "times", "date", "decade", "decades", "spring", "summer", "autumn", "winter", "utc", "gmt", "est",
    "edt", "et",
}  # fmt: skip
_COUNTS = {
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozen",
    "dozens", "tens", "score", "scores", "hundred", "hundreds", "thousand", "thousands", "million", "millions",
    "billion", "billions", "trillion",
}  # fmt: skip
ROLES = {  # who says or does it; with them the bodies that do
    "administration", "adviser", "advisor", "agency", "agent", "aide", "ally", "analyst", "anchor", "assistant",
    "associate", "attorney", "author", "authority", "boy", "candidate", "ceo", "chairman", "chairwoman", "chief",
    "child", "citizen", "colleague", "commander", "committee", "correspondent", "counsel", "counterpart",
    "daughter", "department", "deputy", "dictator", "diplomat", "director", "editor", "executive", "expert",
    "exporter", "family", "father", "founder", "general", "girl", "government", "governor", "host", "husband",
    "judge", "king", "lawmaker", "lawyer", "leader", "man", "manager", "mayor", "minister", "mother", "mp",
    "national", "observer", "officer", "official", "panel", "parent", "people", "person", "police", "politician",
    "president", "queen", "reporter", "representative", "resident", "secretary", "senator", "son", "source",
    "spokesman", "spokesperson", "spokeswoman", "wife", "witness", "woman",
}  # fmt: skip
VAGUE = {
    "ability", "access", "account", "act", "action", "activity", "addition", "advice", "aim", "am", "amount",
    "answer", "anything", "approach", "approval", "area", "argument", "article", "aspect", "attempt", "attention",
    "attitude", "award", "background", "basis", "beginning", "behavior", "behaviour", "benefit", "bid", "bit",
    "blessing", "book", "boss", "capability", "case", "cause", "center", "centre", "challenge", "chance", "change",
    "circumstance", "claim", "clue", "co", "com", "comment", "commentary", "community", "concern", "conclusion",
    "condition", "conduct", "confirmation", "connection", "consequence", "contact", "contrast", "conversation",
    "copy", "couple", "course", "credit", "critic", "criticism", "danger", "data", "decision", "defence",
    "defendant", "defense", "description", "detail", "development", "difference", "direction", "discussion",
    "divide", "document", "dollar", "doubt", "effect", "effort", "email", "end", "environment", "euro", "event",
    "evidence", "example", "exchange", "experience", "explanation", "extent", "eye", "face", "facility", "fact",
    "factor", "failure", "favor", "favour", "fear", "feature", "feeling", "field", "fight", "figure", "finding",
    "foot", "form", "foundation", "friend", "friendship", "future", "goal", "good", "ground", "group", "guy",
    "hand", "handful", "head", "headline", "heart", "height", "help", "history", "home", "hope", "html", "http",
    "https", "idea", "image", "impact", "implication", "importance", "inch", "indication", "individual",
    "information", "instance", "intent", "intention", "interest", "interview", "involvement", "issue", "item",
    "job", "journalist", "kilometer", "kilometre", "kind", "lack", "language", "left", "length", "level", "life",
    "light", "line", "link", "list", "location", "look", "lot", "magnitude", "majority", "manner", "material",
    "matter", "mean", "means", "measure", "media", "member", "message", "meter", "metre", "mile", "mind", "model",
    "name", "nature", "need", "news", "newspaper", "note", "nothing", "number", "object", "occasion", "offer",
    "office", "one", "opinion", "opportunity", "option", "order", "organisation", "organization", "other",
    "outcome", "outlet", "pair", "paper", "part", "participant", "partner", "party", "past", "path", "pattern",
    "percent", "percentage", "period", "phone", "photo", "phrase", "picture", "piece", "place", "plan", "point",
    "portion", "position", "possibility", "post", "potential", "pound", "power", "practice", "presence",
    "presidency", "pressure", "principle", "problem", "process", "product", "program", "programme", "progress",
    "promise", "proof", "prospect", "purpose", "push", "question", "quote", "range", "rate", "reality", "reason",
    "record", "reference", "region", "relation", "relationship", "release", "remark", "report", "request",
    "reservation", "resource", "response", "responsibility", "rest", "result", "return", "right", "risk", "role",
    "room", "scene", "section", "sense", "series", "set", "side", "sign", "situation", "solution", "something",
    "sort", "speech", "spot", "staff", "stage", "stake", "stance", "standard", "start", "state", "statement",
    "step", "story", "strategy", "structure", "stuff", "subject", "success", "support", "supporter", "surprise",
    "system", "table", "talking", "target", "task", "team", "television", "term", "theory", "thing", "thought",
    "title", "tone", "topic", "total", "touch", "transaction", "truth", "tweet", "type", "uncertainty", "url",
    "use", "vacuum", "version", "view", "viewer", "visitor", "voice", "way", "week", "will", "word", "work",
    "worker", "world", "writer", "www",
}  # fmt: skip

BROAD = {
    "agreement", "ambassador", "announcement", "attack", "bill", "board", "border", "business", "campaign",
    "ceremony", "charge", "church", "city", "commission", "company", "conference", "congress", "council", "country",
    "court", "crime", "crisis", "day", "deal", "death", "debate", "demand", "democracy", "economy", "election",
    "encounter", "enemy", "expectation", "fire", "force", "game", "gift", "government", "hearing", "hotel", "house",
    "incident", "industry", "intelligence", "investigation", "judgment", "justice", "law", "lawsuit", "letter",
    "market", "meeting", "military", "mission", "money", "morning", "movement", "nation", "negotiation",
    "nomination", "operation", "opposition", "pact", "parliament", "peace", "police", "policy", "politics", "price",
    "proceeding", "project", "property", "proposal", "protest", "race", "regime", "review", "rule", "school",
    "season", "security", "service", "show", "society", "street", "study", "suit", "talk", "tension", "territory",
    "test", "threat", "town", "trade", "travel", "trial", "trip", "victim", "video", "visit", "vote", "voter",
    "war", "weapon",
}  # fmt: skip
MEDIA = {  # a newspaper or channel says something; the claim is about something else
    "abc", "afp", "ap", "axios", "bbc", "beast", "bloomberg", "cbs", "cnbc", "cnn", "facebook", "gazette",
    "guardian", "herald", "journal", "magazine", "msnbc", "nbc", "news", "politico", "post", "press", "reuters",
    "telegraph", "times", "today", "tribune", "twitter", "youtube",
}  # fmt: skip
BLAND = {
    "able", "additional", "bad", "big", "certain", "clear", "close", "common", "different", "early", "entire",
    "extreme", "few", "final", "full", "further", "good", "great", "high", "huge", "important", "individual", "key",
    "large", "last", "late", "likely", "little", "long", "low", "main", "major", "many", "massive", "more", "much",
    "myriad", "new", "next", "numerous", "old", "only", "other", "particular", "percent", "possible", "potential", "previous",
    "previously", "prime", "prior", "real", "recent", "relevant", "same", "separate", "serious", "several",
    "significant", "similar", "small", "so-called", "specific", "strong", "subsequent", "successful", "such",
    "sure", "total", "true", "various", "very", "wide", "young",
}  # fmt: skip
TITLES = {"mr", "mrs", "ms", "miss", "dr", "rep", "sen", "gov", "gen", "president", "senator", "representative"}
COMMON = ROLES | VAGUE | BROAD


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return a word in lower case without dots and a possessive ending, so that "U.S." and "US" are one."""
    return _POSSESSIVE.sub("", word.lower()).replace(".", "")


@lru_cache(maxsize=1 << 16)
def split_words(phrase: str) -> tuple[str, ...]:
    """Split a phrase at spaces; words lose quotes and commas at their edges, the last its possessive; "U.S." stays."""
    words = (word.strip(_EDGES).lstrip(_APOSTROPHES) for word in phrase.split())
    kept = [word if word.count(".") > 1 else word.rstrip(".") for word in words]
    kept = [word if word.endswith(("s'", "s’")) else word.rstrip(_APOSTROPHES) for word in kept]
    kept = [word for word in kept if word]
    if kept:
        kept[-1] = _POSSESSIVE.sub("", kept[-1])
    return tuple(kept)


def drop_titles(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return a phrase's words without titles in front ("Mr. Trump's tweet", "President Macron")."""
    start = 0
    while start < len(words) - 1 and fold(words[start]) in TITLES and words[start + 1][:1].isupper():
        start += 1
    return words[start:]


def is_count(word: str) -> bool:
    """Whether a word is a bare number, in digits or letters."""
    return bool(_COUNT.match(word)) or word.lower() in _COUNTS


def is_time(word: str) -> bool:
    """Whether a word names a time, so that a phrase with it tells when, not what."""
    return word.lower() in _TIMES
