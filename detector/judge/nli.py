"""The slow signal: a cross-encoder for natural language inference, asked in both directions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from detector.errors import ModelMissing
from detector.facts.names import fold_accents
from detector.progress import silence_loading
from detector.records import Pair

_FOLLOWS, _DENIED = 0.1, 0.2  # entailment or contradiction of the first direction from which the second is asked
_NOTHING = 0.9  # the same, of the prediction that the two have nothing to do with each other: below it
_TRIPLE = 3  # what every model tells
_BOTH, _ONE_SIDED = 0.6, 0.65  # contradiction below which a direction sees none, and what the other then counts at most
_WORD = re.compile(r"\w+(?:[.,'’]\w+)*|[-−+](?=[\d$€£¥])|[$€£¥%°]")
_SMALL = frozenset(("a", "an", "the", "as", "that", "is", "was", "are", "were", "says", "said", "claims", "claimed"))
Texts = Sequence[tuple[str, str]]
Prediction = tuple[float, float, float, float]
Scores = list[tuple[float, ...]]
"""One row a pair: entailment, neutral, contradiction; and, of a model that tells relations, agree, differ, develop, unrelated."""


class Nli(Protocol):
    """Anything that gives probabilities for (premise, hypothesis) pairs."""

    @property
    def name(self) -> str:
        """What the model is called."""
        ...

    def score(self, pairs: Texts) -> Scores:
        """Return one row for each pair: a triple that sums to 1, and four more that do where the model tells relations."""
        ...


class CrossEncoderNli:
    """A sequence-classification cross-encoder: a folder, or a name in the local hub cache.

    The label order is read from the model's config (`id2label`), never assumed.

    Raises:
        ModelMissing: the model is not on this machine, or is no NLI model.
    """

    runtime, precision = "torch", "float32"

    def __init__(self, name: str, batch_size: int = 32) -> None:
        import torch
        from sentence_transformers import CrossEncoder

        self.name = name
        self._batch_size = batch_size
        try:
            with silence_loading():
                self._model = CrossEncoder(name, local_files_only=Path(name).is_dir())
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise ModelMissing(
                f"cannot load the NLI model {name!r}: {reason}. Give a cross-encoder's folder or name with --nli"
            ) from error
        self._order = find_label_order(self._model.config.id2label, name)
        self._softmax = torch.nn.Softmax(dim=1)

    def score(self, pairs: Texts) -> Scores:
        """Return (entailment, neutral, contradiction) for each (premise, hypothesis)."""
        return score_distinct(pairs, self._score_sorted)

    def _score_sorted(self, pairs: Texts) -> Scores:
        rows: Any = self._model.predict(
            pairs,
            batch_size=self._batch_size,
            activation_fn=self._softmax,
            show_progress_bar=False,
            convert_to_tensor=True,
        )
        return order_columns(rows.float().cpu().tolist(), self._order)


def score_distinct(pairs: Texts, score: Callable[[Texts], Scores]) -> Scores:
    """Score each distinct pair once, longest first, so that little is padding and no score depends on the order given.

    Args:
        pairs: n pairs in any order.
        score: gives the scores of distinct pairs that are sorted by length; never called with none.

    Returns:
        n scores, in the order of `pairs`.
    """
    if not pairs:
        return []
    distinct = sorted(set(pairs), key=lambda pair: (-len(pair[0]) - len(pair[1]), pair))
    place = dict(zip(distinct, score(distinct), strict=True))
    return [place[pair] for pair in pairs]


def order_columns(table: Sequence[Sequence[float]], order: tuple[int, int | None, int]) -> Scores:
    """Return (entailment, neutral, contradiction) for each row of probabilities; a missing neutral class is 0."""
    e, n, c = order
    return [(row[e], 0.0 if n is None else row[n], row[c]) for row in table]


def find_label_order(id2label: dict[int, str], name: str) -> tuple[int, int | None, int]:
    """Return the places of (entailment, neutral, contradiction) in a model's output.

    Raises:
        ModelMissing: the config does not name entailment and contradiction.
    """
    places = {str(label).lower(): int(i) for i, label in id2label.items()}

    def find(*starts: str) -> int | None:
        return next((i for label, i in places.items() if label.startswith(starts)), None)

    entailment, neutral, contradiction = find("entail"), find("neutral"), find("contra")
    if entailment is None or contradiction is None:
        raise ModelMissing(
            f"{name!r} is no NLI model: its labels are {', '.join(sorted(places))}; entailment and contradiction are needed"
        )
    return entailment, neutral, contradiction


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a model says of two claims, whichever is read first; `prediction` as in `Signals`."""

    entailment: float
    contradiction: float
    prediction: Prediction | None = None


def score_pairs(pairs: Sequence[Pair], nli: Nli) -> list[Meaning]:
    """Ask the model of each pair, in both directions where that may matter.

    Of entailment and contradiction the greater of both directions counts; a contradiction that one alone sees is not sure. The
    prediction is the mean of both. The longer text is the premise first: what the shorter one says it can hold, seldom the other way
    round. Where that direction sees nothing (`needs_second`), the second is not asked. Of a sentence that both print, or all but print, the
    model is asked nothing: it has taken such a one for its own contradiction.
    """
    found = [Meaning(1.0, 0.0)] * len(pairs)
    told = [(pair.earlier.reading or pair.earlier.text, pair.later.reading or pair.later.text) for pair in pairs]
    places = [i for i, (a, b) in enumerate(told) if _fold_text(a) != _fold_text(b)]
    texts = [(a, b) if (len(a), a) >= (len(b), b) else (b, a) for a, b in (told[i] for i in places)]
    first = nli.score(texts)
    open_ = [i for i, row in enumerate(first) if needs_second(row)]
    second = dict(zip(open_, nli.score([(texts[i][1], texts[i][0]) for i in open_]), strict=True))
    for i, place in enumerate(places):
        f, s = first[i], second.get(i, first[i])
        found[place] = Meaning(max(f[0], s[0]), _join_denials(f[2], s[2]), _join_predictions(f[3:], s[3:]))
    return found


def _fold_text(text: str) -> str:
    """Return a text without what may differ between two prints of it: capitals, accents, marks, and words that tell nothing alone."""
    plain = fold_accents(text.casefold().replace("’", "'"))
    return " ".join(word for word in _WORD.findall(plain) if word not in _SMALL)


def needs_second(row: Sequence[float]) -> bool:
    """Whether the second direction is asked, too, after what the first one said."""
    return row[0] >= _FOLLOWS or row[2] >= _DENIED or (len(row) > _TRIPLE and row[-1] < _NOTHING)


def _join_denials(there: float, back: float) -> float:
    """Return the greater contradiction, less than surely where only one direction sees it: if A denies B, then B denies A."""
    return max(there, back) if min(there, back) >= _BOTH else min(max(there, back), _ONE_SIDED)


def _join_predictions(there: Sequence[float], back: Sequence[float]) -> Prediction | None:
    """Return the mean of both directions; None of a model that tells no relations."""
    if not there:
        return None
    agree, differ, develop, unrelated = (round((x + y) / 2, 4) for x, y in zip(there, back, strict=True))
    return agree, differ, develop, unrelated
