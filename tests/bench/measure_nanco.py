"""Table 2: NAnCo, same answer or not. Whatever is chosen or fitted is so on three questions, and measured on the fourth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from judge_scores import draw_shares, find_margin, find_split, measure_auc, measure_balanced
from judge_text import say_sample, show
from judged import JUDGE, Run
from nanco import Question, Truth, Values, link_average, measure_question, read_questions
from page import make_table  # models/recipe
from sklearn.linear_model import LogisticRegression

Signals = Mapping[str, Values]
# From the signals of all questions and the questions that may be learned from to an (n, n) matrix of scores for each question.
Score = Callable[[Sequence[Question], Sequence[Signals], Sequence[int]], list[Values]]
_DRAWN = 300  # resamples: the weighted areas take longer than tables


@dataclass(frozen=True, slots=True)
class Held:
    """Every labelled pair as it came out when its question was left out; `chosen` are those called one answer."""

    question: np.ndarray
    truth: Truth
    scores: Values
    chosen: Truth


def take(name: str) -> Score:
    """Return the row of one signal."""
    return lambda questions, signals, train: [one[name] for one in signals]


def add(*parts: Score, link: float = 0.0) -> Score:
    """Return the row of a sum of rows; `link` adds, so many times, at which value of the sum two answers come into one group."""

    def score(questions: Sequence[Question], signals: Sequence[Signals], train: Sequence[int]) -> list[Values]:
        made = [part(questions, signals, train) for part in parts]
        sums = [np.sum(matrices, axis=0) for matrices in zip(*made, strict=True)]
        return [total + link * link_average(total) for total in sums] if link else sums

    return score


def fit(*names: str, strength: float = 0.01) -> Score:
    """Return the row of a logistic regression over signals, in log-odds: every question counts the same, and so do its two classes.

    Args:
        names: the signals.
        strength: the inverse of the penalty; little, since three questions are few to learn from.
    """

    def score(questions: Sequence[Question], signals: Sequence[Signals], train: Sequence[int]) -> list[Values]:
        tables = [np.stack([one[name] for name in names], axis=2) for one in signals]
        rows = np.concatenate([tables[k][questions[k].left, questions[k].right] for k in train])
        truth = np.concatenate([questions[k].same for k in train])
        shares = np.concatenate([weigh_classes(questions[k].same) for k in train])
        centre, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
        model = LogisticRegression(C=strength, max_iter=1000)
        model.fit((rows - centre) / spread, truth, sample_weight=shares * len(truth) / shares.sum())
        slopes = model.coef_[0] / spread
        return [np.asarray(table @ slopes + model.intercept_[0] - centre @ slopes) for table in tables]

    return score


def weigh_classes(truth: Truth) -> Values:
    """Return a weight for each pair with which both classes have the same sum."""
    return np.where(truth, 0.5 / max(1, truth.sum()), 0.5 / max(1, (~truth).sum()))


SIGNALS = (
    "word overlap",
    "cosine",
    "cosine, mean subtracted",
    "entailment, mean",
    "entailment, max",
    "predicted agreement",
    "contradiction",
    "judge",
)
_BOTH = add(take("cosine"), take("cosine, mean subtracted"))
_ALL = add(_BOTH, take("entailment, mean"))
_PREDICTED = add(_BOTH, take("predicted agreement"))
ROWS: dict[str, Score] = {
    "word overlap": take("word overlap"),
    "cosine": take("cosine"),
    "entailment, mean of the directions": take("entailment, mean"),
    "entailment, greater": take("entailment, max"),
    "entailment, lesser": take("entailment, min"),
    f"{JUDGE}: probability of agreement": take("judge"),
    "cosine, the question's mean subtracted": take("cosine, mean subtracted"),
    "sum of both cosines": _BOTH,
    "sum of both cosines, groups": add(_BOTH, link=1.0),
    "sum of both cosines and entailment (mean)": _ALL,
    "sum of both cosines and entailment (mean), groups": add(_ALL, link=1.0),
    "predicted agreement, mean of the directions": take("predicted agreement"),
    "sum of both cosines and predicted agreement": _PREDICTED,
    "sum of both cosines and predicted agreement, groups": add(_PREDICTED, link=1.0),
    "logistic regression on all signals": fit(*SIGNALS),
    "logistic regression on all signals, groups": add(fit(*SIGNALS), link=1.0),
}


def measure_nanco(run: Run) -> dict[str, Any]:
    """Return the figures of each row."""
    questions = read_questions(run)
    signals = [measure_question(run, question, f"nanco{k}") for k, question in enumerate(questions)]
    shares = np.concatenate([draw_shares(question.keys, _DRAWN) for question in questions], axis=1)
    rows = {name: measure_row(leave_out(questions, signals, score), shares) for name, score in ROWS.items()}
    sizes = [
        [question.text, len(question.answers), len(question.same), int(question.same.sum())] for question in questions
    ]
    return {"rows": rows, "questions": sizes, "sample": run.sample}


def leave_out(questions: Sequence[Question], signals: Sequence[Signals], score: Score) -> Held:
    """Score the pairs of each question with what was learned, and the threshold chosen, on the other questions."""
    scores, chosen = [], []
    for k in range(len(questions)):
        train = [other for other in range(len(questions)) if other != k]
        values = [
            question.take(matrix) for question, matrix in zip(questions, score(questions, signals, train), strict=True)
        ]
        truth = np.concatenate([questions[other].same for other in train])
        split = find_split(truth, np.concatenate([values[other] for other in train]))
        scores.append(values[k])
        chosen.append(values[k] >= split.threshold)
    numbers = np.repeat(np.arange(len(questions)), [len(question.same) for question in questions])
    truth = np.concatenate([question.same for question in questions])
    return Held(numbers, truth, np.concatenate(scores), np.concatenate(chosen))


def measure_row(held: Held, shares: Values) -> dict[str, Any]:
    """Return a row's figures; the margins are of answers drawn anew, since pairs that share an answer are not independent."""
    areas = measure_areas(held)
    return {
        "balanced": [
            measure_balanced(held.truth, held.chosen),
            find_margin([_balance(held, share) for share in shares]),
        ],
        "auc": [float(np.mean(areas)), find_margin([float(np.mean(measure_areas(held, share))) for share in shares])],
        "areas": areas,
        "by_question": [
            measure_balanced(held.truth[held.question == k], held.chosen[held.question == k])
            for k in np.unique(held.question)
        ],
    }


def measure_areas(held: Held, shares: Values | None = None) -> list[float]:
    """Return the area under the ROC curve of each question."""
    parts = [held.question == k for k in np.unique(held.question)]
    return [measure_auc(held.truth[p], held.scores[p], None if shares is None else shares[p]) for p in parts]


def _balance(held: Held, shares: Values) -> float:
    return measure_balanced(held.truth, held.chosen, shares)


def render_nanco(found: dict[str, Any]) -> str:
    """Return the table in Markdown."""
    names = [f"Question {number}" for number in range(1, len(found["questions"]) + 1)]
    lines = [
        [name, show(row["balanced"]), show(row["auc"]), *(f"{area:.3f}" for area in row["areas"])]
        for name, row in found["rows"].items()
    ]
    sizes = "; ".join(
        f"{n + 1}: {a} answers, {p} pairs, {s} the same" for n, (_, a, p, s) in enumerate(found["questions"])
    )
    table = make_table(["Score", "Balanced accuracy", "Area, mean of questions", *names], lines)
    return f"{table}\n\nQuestions: {sizes}.{say_sample(found)}"
