"""Near-synonyms, opposites and verbal nouns, from WordNet 3.0 and a short newsroom supplement.

`lexicon.json.gz` is made by `models/lexicon/make_lexicon.py`; its licence is LICENSE.wordnet. WordNet knows opposites of words, not of
events, so the supplement adds the pairs that news turns on and WordNet lacks.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib.resources import files
from typing import Any

# Pairs that decide a story and that WordNet does not link as opposites.
_NEWS_OPPOSITES = """
    accept:reject,refuse,decline,rebuff,spurn,dismiss  agree:reject,refuse,disagree  approve:reject,veto,block,scrap
    confirm:deny,refute,dismiss  admit:deny  support:oppose,reject  back:oppose  endorse:oppose,reject
    survive:die,perish  alive:dead  recover:die,worsen  find:lose,miss  locked:unlocked,open  lock:open,unlock
    release:arrest,detain,hold,jail  free:jail,detain,hold  acquit:convict  clear:convict,charge  guilty:innocent
    rise:fall,drop,decline,decrease,slip,shrink  climb:fall,drop,slip  grow:shrink,fall,decline,contract
    increase:decrease,fall,drop,cut,reduce,shrink  gain:lose,fall,drop  raise:cut,lower,reduce  expand:shrink,contract,cut
    win:lose  beat:lose  succeed:fail  pass:reject,fail  begin:end,stop,halt  start:end,stop,halt  resume:suspend,halt
    open:close,shut  reopen:close,shut  continue:stop,halt,end,suspend  extend:end,cut  keep:drop,abandon,scrap
    stay:leave,quit,resign  remain:leave,quit  join:leave,quit
    withdraw:deploy,stay,remain  advance:retreat,withdraw  attack:defend  allow:ban,forbid,block,bar,prohibit  permit:ban,forbid,bar
    legal:illegal  lift:impose  improve:worsen,deteriorate  safe:dangerous,unsafe  likely:unlikely  honour:violate,break
    respect:violate,breach  comply:violate  intact:damaged,destroyed  vital:unnecessary  strengthen:weaken  ease:tighten
    sign:reject  uphold:overturn  ratify:reject  hire:fire,sack  buy:sell  borrow:lend  attend:miss,skip  profit:loss  surplus:deficit
    accidental:deliberate,intentional  accident:attack,sabotage  stable:critical  certain:doubtful  proceed:cancel,abandon
    postpone:proceed  cancel:proceed,hold
"""

# Plain verbs of one kind of event that WordNet keeps in different synsets.
_NEWS_SYNONYMS = """
    truce ceasefire armistice | troop soldier | toll death fatality dead kill killed die died perish lives
    | hurt injure injured wound wounded casualty
    | provide offer give supply
    propose present unveil announce launch | meet gather convene assemble | say state tell | vital necessary essential crucial key important
    reject refuse decline | need require | aid assistance help | guarantee assurance | begin start open launch
    arrest detain | quake earthquake tremor | blaze fire | crash accident collision | minister secretary | boss chief head
    people person | firm company business | buy acquire purchase | rise increase climb grow | fall drop decline decrease
    postpone delay | cancel scrap abandon | find discover recover | win beat defeat | vote poll | meeting gathering talks summit
    | home house structure building | plane jet aircraft airliner airplane | abduct kidnap | find recover retrieve discover
    | blast explosion bombing | expel deport
    | gunman shooter attacker | suspect accused
    | involve represent attend join participate invite include gather together assemble
    | missing unaccounted | striker walkout strike | raise rise increase hike |
    turnout participation | fugitive escapee | passenger traveller | house home | evacuate flee displace | homeless displaced
    | sentence jail prison imprison imprisonment
"""


_SHORTEST_STEM = 3
_ENDINGS = (("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"))


@cache
def _read_tables() -> dict[str, Any]:
    """Return WordNet's tables as they lie in the file: `synonyms` by part of speech, `opposites`, `verb_of`, `forms`."""
    tables: dict[str, Any] = json.loads(gzip.decompress((files("detector.facts") / "lexicon.json.gz").read_bytes()))
    return tables


@cache
def _news_senses() -> dict[str, frozenset[int]]:
    """Return the senses that the supplement gives its words, numbered below zero."""
    senses: dict[str, set[int]] = {}
    for i, group in enumerate(_NEWS_SYNONYMS.split("|")):
        for word in group.split():
            senses.setdefault(word, set()).add(-1 - i)
    return {word: frozenset(numbers) for word, numbers in senses.items()}


@cache
def _news_opposites() -> dict[str, frozenset[str]]:
    """Return the opposites that the supplement gives its words, both ways round."""
    opposites: dict[str, set[str]] = {}
    for entry in _NEWS_OPPOSITES.split():
        word, others = entry.split(":")
        for other in others.split(","):
            opposites.setdefault(word, set()).add(other)
            opposites.setdefault(other, set()).add(word)
    return {word: frozenset(others) for word, others in opposites.items()}


@cache
def _senses(word: str) -> frozenset[int]:
    """Return a word's first senses in every part of speech, none if it is unknown; a run needs few of the 60,000 words."""
    found = _news_senses().get(word, frozenset())
    return found.union(*(table.get(word, ()) for table in _read_tables()["synonyms"].values()))


@cache
def _opposites(word: str) -> frozenset[str]:
    return _news_opposites().get(word, frozenset()).union(_read_tables()["opposites"].get(word, ()))


def are_synonyms(a: str, b: str) -> bool:
    """Whether two lemmas are the same word or share one of their first senses."""
    if a == b:
        return True
    a, b = a.replace("-", ""), b.replace("-", "")
    return a == b or bool(_senses(a) & _senses(b))


def find_senses(lemma: str) -> frozenset[str]:
    """Return keys for a lemma and its first senses: two lemmas are synonyms if they have a key in common."""
    word = lemma.replace("-", "")
    return frozenset({word, *(f"#{number}" for number in _senses(word))})


def are_opposites(a: str, b: str) -> bool:
    """Whether two lemmas are opposites ("accept", "reject")."""
    return b in _opposites(a)


def is_known(word: str) -> bool:
    """Whether the word or a form of it is in the lexicon at all."""
    return any(_senses(lemma) for lemma in find_lemmas(word))


def has_opposite(lemma: str) -> bool:
    """Whether the lemma has an opposite at all."""
    return bool(_opposites(lemma))


def find_verb(noun: str) -> str | None:
    """Return the verb that a noun is made from ("acceptance" -> "accept"), or None."""
    verbs = _read_tables()["verb_of"].get(noun)
    return verbs[0] if verbs else None


@cache
def find_lemmas(word: str) -> frozenset[str]:
    """Return the words that a form can be a form of, itself included ("killing" -> "kill", "killing").

    Irregular forms by WordNet's lists, the others by taking off the usual endings, as WordNet's own morphy does.
    """
    forms = _read_tables()["forms"]
    found = {word}
    if word in forms:
        found.add(forms[word])
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            stem = word[: -len(ending)] + instead
            if len(stem) > 3 and stem[-1] == stem[-2] and ending in ("ing", "ed") and _senses(stem[:-1]):
                found.add(stem[:-1])
            if _senses(stem):
                found.add(stem)
    return frozenset(found)
