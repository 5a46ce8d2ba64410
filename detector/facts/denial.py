"""Whether a sentence says that something is so, is not so, or does not say either."""

from __future__ import annotations

from typing import Any

from detector.facts.lexicon import is_known
from detector.facts.speech import is_speech_verb

NEGATIVE = {
    "refuse",
    "fail",
    "decline",
    "deny",
    "reject",
    "avoid",
    "stop",
    "cease",
    "prevent",
    "neglect",
    "hesitate",
    "forbid",
    "block",
    "oppose",
    "balk",
    "baulk",
}
NEGATIVE_ADJECTIVES = {
    "unlikely",
    "unable",
    "unwilling",
    "reluctant",
    "hesitant",
    "unready",
    "unprepared",
    "loath",
    "averse",
    "opposed",
}
_READY = {"ready", "willing", "prepared", "eager", "keen", "inclined"}
_GIVES_WORD = {"commit", "agree", "consent", "offer", "pledge", "promise", "undertake"}
_LEADS_ON = ("to", "at")  # "commit to deploying", "balk at sending"; "by sending" says how, and denies nothing
_NO = {"no", "neither", "none", "nobody", "nothing", "nor"}
_NEVER = {"never", "hardly", "barely", "scarcely"}
CARRIERS = {
    "plan",
    "expect",
    "seem",
    "appear",
    "continue",
    "want",
    "agree",
    "begin",
    "start",
    "set",
    "try",
    "seek",
    "need",
    "manage",
    "intend",
    "be",
    "have",
} | NEGATIVE
_UNREAL = {
    "lie",
    "hope",
    "wish",
    "fear",
    "pretend",
    "ask",
    "urge",
    "demand",
    "threaten",
    "imagine",
    "wonder",
    "accuse",
    "doubt",
    "call",
    "consider",
    "try",
    "seek",
}
_CONDITIONS = {"if", "unless", "whether", "once", "until"}


def find_root_negation(sentence: Any) -> bool:
    """Whether the sentence's main statement is denied; verbs of saying are looked through."""
    token = sentence.root
    while is_speech_verb(token):
        inner = [child for child in token.children if child.dep_ in ("ccomp", "parataxis")]
        if _is_denied(token) or not inner:
            break
        token = inner[0]
    carried = [child for child in token.children if child.dep_ == "xcomp"]
    if token.lemma_ in NEGATIVE and any(is_ruled_out(child) or child.lemma_ in NEGATIVE for child in carried):
        return _is_denied(token)  # "refused to rule out"
    if _is_denied(token) or token.lemma_ in NEGATIVE or is_ruled_out(token) or _is_yet_to(token):
        return True
    acomp = [child for child in token.children if child.dep_ in ("acomp", "oprd")]
    return any(child.lower_ in NEGATIVE_ADJECTIVES or _is_undone(child.lower_) for child in acomp)


def _is_undone(word: str) -> bool:
    """Whether an adjective denies the rest of its word ("unchanged")."""
    return word.startswith("un") and is_known(word[2:])


def is_denied(token: Any) -> bool:
    """Whether a verb is denied, by itself or by what governs it ("refused to", "has yet to", "hesitant to commit to")."""
    denied = _is_denied(token)
    head = find_governor(token)
    if head is None:
        return denied
    if head.lower_ == "without" and any(one.pos_ in ("VERB", "AUX") and _is_denied(one) for one in head.ancestors):
        return denied  # "will not talk without obtaining it": it is wanted, and not denied
    if head.lemma_ in NEGATIVE or head.lower_ in NEGATIVE_ADJECTIVES or head.lower_ == "without":
        return denied == _is_denied_there(head)
    if _is_yet_to(head):
        return True
    if head.lower_ in _READY and _is_denied_there(head):
        return not denied
    if head.lemma_ in CARRIERS | _GIVES_WORD and is_denied(head):
        return not denied
    return denied


def find_governor(token: Any) -> Any | None:
    """Return what carries a verb: "hesitant" of "hesitant to send", "balked" of "balked at sending"; None if nothing does."""
    head = token.head
    if head == token or token.dep_ not in ("xcomp", "ccomp", "pcomp"):
        return None
    return head.head if token.dep_ == "pcomp" and head.lower_ in _LEADS_ON else head


def _is_denied_there(head: Any) -> bool:
    """Whether a word that carries a verb is denied; of an adjective, the "is" before it is."""
    return _is_denied(head) or (head.dep_ in ("acomp", "oprd") and _is_denied(head.head))


def is_unreal(token: Any) -> bool:
    """Whether the verb stands under one that does not say that it is so ("lied when it said", "hoped that", "if")."""
    above = [token, *(ancestor for ancestor in token.ancestors if ancestor.i < token.i)]
    if any(
        child.lower_ in _CONDITIONS and child.dep_ in ("mark", "advmod") for verb in above for child in verb.children
    ):
        return True
    if token.dep_ == "relcl" and _picks_out(token):
        return True
    return any(ancestor.lemma_ in _UNREAL and ancestor.i < token.i for ancestor in token.ancestors)


def _picks_out(token: Any) -> bool:
    """Whether a relative clause only says which ones are meant ("drivers who do not pass"): bare plural, no comma."""
    head = token.head
    subject = next((child.lower_ for child in token.children if child.dep_ in ("nsubj", "nsubjpass")), "")
    if subject not in ("who", "which", "that"):
        return False
    bare = not any(child.dep_ in ("det", "poss", "nummod") for child in head.children)
    return head.tag_ == "NNS" and bare and not any(t.text == "," for t in head.doc[head.i : token.i])


def _is_denied(token: Any) -> bool:
    """Whether the verb has a "not" or "never" of its own, or a "no" on its subject or object."""
    for child in token.children:
        if child.dep_ == "neg" or child.lower_ in _NEVER:
            # "not only" and "no longer" differ: the first denies nothing.
            following = child.nbor() if child.i + 1 < len(child.doc) else None
            if following is None or following.lower_ not in ("only", "just", "least"):
                return True
        without = child.lower_ in _NO or any(grand.lower_ in _NO and grand.dep_ == "det" for grand in child.children)
        if without and child.dep_ in ("dobj", "nsubj", "nsubjpass", "attr"):
            return True
    return False


def _is_yet_to(token: Any) -> bool:
    """Whether the verb is the "has" of "has yet to"."""
    return token.lemma_ in ("have", "be") and any(child.lower_ == "yet" for child in token.children)


def is_ruled_out(token: Any) -> bool:
    """Whether the verb is "rule out" or "turn down"."""
    particles = {child.lower_ for child in token.children if child.dep_ == "prt"}
    return (token.lemma_ == "rule" and "out" in particles) or (token.lemma_ == "turn" and "down" in particles)
