"""Where a report comes from: articles that credit one agency, or are of one outlet, or have mostly one text, are one origin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detector.agencies import fold_name
from detector.records import Article, Claim

_RUN = 5  # words
_FEWEST = 20  # runs; with fewer, a shared quotation would make two short texts one
_COPIED = 0.5
_SAME_SENTENCE = 0.9


class Origins:
    """Which articles of a story have one origin. What was once compared is remembered."""

    def __init__(self, articles: Sequence[Article]) -> None:
        """Take the articles; nothing is compared before it is asked for."""
        self._texts = {article.id: article.text for article in articles}
        self._names = {article.id: find_origin(article) for article in articles}
        self._runs: dict[str, frozenset[tuple[str, ...]]] = {}
        self._copies: dict[tuple[str, str], bool] = {}

    def are_one(self, first: str, second: str) -> bool:
        """Tell whether two articles, by their ids, have one agency or outlet behind them, or the one mostly repeats the other."""
        if first == second or self._names[first] == self._names[second]:
            return True
        key = (min(first, second), max(first, second))
        if key not in self._copies:
            self._copies[key] = self._are_copies(*key)
        return self._copies[key]

    def _are_copies(self, first: str, second: str) -> bool:
        """Tell whether at least half of the shorter text's runs of five words stand in the other.

        The containment of Broder, "On the resemblance and containment of documents" (1997).
        """
        one, two = self._list_runs(first), self._list_runs(second)
        fewer = min(len(one), len(two))
        return fewer >= _FEWEST and len(one & two) >= _COPIED * fewer

    def _list_runs(self, article_id: str) -> frozenset[tuple[str, ...]]:
        if article_id not in self._runs:
            words = _list_words(self._texts[article_id])
            self._runs[article_id] = frozenset(tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))
        return self._runs[article_id]


def find_origin(article: Article) -> str:
    """Return one form of the name of the agency or outlet that an article credits, else of its source."""
    return fold_name(article.credit or article.source)


def count_origins(claims: Sequence[Claim], origins: Origins) -> int:
    """Count the independent origins of sentences: those of one origin, and those of nearly the same words, are one."""
    words = [frozenset(_list_words(claim.text)) for claim in claims]
    group = list(range(len(claims)))
    for i, first in enumerate(claims):
        for j, second in enumerate(claims[:i]):
            same = len(words[i] & words[j]) >= _SAME_SENTENCE * max(len(words[i]), len(words[j]), 1)
            if group[i] != group[j] and (same or origins.are_one(first.article_id, second.article_id)):
                old, new = group[i], group[j]
                group = [new if one == old else one for one in group]
    return len(set(group))


def _list_words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
