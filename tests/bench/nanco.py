"""NAnCo: answers of news outlets to four questions, and which two are one answer; and what can be measured of two answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from judge_methods import measure_overlap
from judged import Item, Run, score_both_ways
from numpy.typing import NDArray
from samples import embed_texts
from scipy.cluster.hierarchy import average, cophenet
from scipy.spatial.distance import squareform
from sets import read_lines  # models/recipe

Values = NDArray[np.float64]
Truth = NDArray[np.bool_]


@dataclass(frozen=True)
class Question:
    """One question, its distinct answers, and the labelled pairs: places in `answers`, and whether the two are one answer."""

    text: str
    answers: tuple[str, ...]
    left: NDArray[np.intp]
    right: NDArray[np.intp]
    same: Truth

    @cached_property
    def items(self) -> list[Item]:
        """Every two answers, each behind its question: an answer alone is a fragment. Both ends once, in the order of `answers`."""
        texts = [f"{self.text} {answer}" for answer in self.answers]
        rows, columns = np.triu_indices(len(texts), 1)
        return [Item(texts[i], texts[j], "", event=self.text) for i, j in zip(rows, columns, strict=True)]

    @property
    def keys(self) -> list[tuple[str, str]]:
        """The two answers of each labelled pair."""
        return [(self.answers[i], self.answers[j]) for i, j in zip(self.left, self.right, strict=True)]

    def square(self, values: Values, diagonal: float) -> Values:
        """Return an (n, n) symmetric matrix from one value for each two answers."""
        matrix: Values = squareform(np.asarray(values, dtype=np.float64), checks=False)
        np.fill_diagonal(matrix, diagonal)
        return matrix

    def take(self, matrix: Values) -> Values:
        """Return the values of the labelled pairs."""
        return np.asarray(matrix[self.left, self.right])


def read_questions(run: Run) -> list[Question]:
    """Return the questions in the order of their texts; in a run on samples with fewer answers each."""
    rows = list(read_lines(run.data / "news" / "nanco" / "pairs.dev.jsonl.gz"))
    questions = []
    for text in sorted({row["question"] for row in rows}):
        own = [row for row in rows if row["question"] == text]
        answers = run.draw(sorted({row[side] for row in own for side in ("answer1", "answer2")}))
        place = {answer: i for i, answer in enumerate(answers)}
        kept = [row for row in own if row["answer1"] in place and row["answer2"] in place]
        ends = [np.array([place[row[side]] for row in kept], dtype=np.intp) for side in ("answer1", "answer2")]
        same = np.array([row["label"] == "same_answer" for row in kept])
        questions.append(Question(text, tuple(answers), ends[0], ends[1], same))
    return questions


def measure_question(run: Run, question: Question, name: str) -> dict[str, Values]:
    """Return every signal of every two answers, as (n, n) matrices."""
    vectors = embed_texts(question.answers).astype(np.float64)
    apart = vectors - vectors.mean(axis=0)
    apart /= np.linalg.norm(apart, axis=1, keepdims=True)
    nli = score_both_ways(question.items, run.nli)
    verdicts = run.judge(name, question.items)
    listed = {
        "entailment, mean": nli[:, :, 0].mean(axis=1),
        "entailment, max": nli[:, :, 0].max(axis=1),
        "entailment, min": nli[:, :, 0].min(axis=1),
        "predicted agreement": nli[:, :, 3].mean(axis=1),
        "contradiction": nli[:, :, 2].max(axis=1),
        "judge": np.array([verdict.agree for verdict in verdicts]),
    }
    overlap = np.array([[measure_overlap(a, b) for b in question.answers] for a in question.answers])
    return {
        "word overlap": overlap,
        "cosine": vectors @ vectors.T,
        "cosine, mean subtracted": apart @ apart.T,
        **{signal: question.square(values, 1.0) for signal, values in listed.items()},
    }


def link_average(matrix: Values) -> Values:
    """Return (n, n): the likeness at which two answers come into one group, when the likest groups are joined first (average linkage)."""
    top = float(matrix.max())
    far = squareform(top - matrix, checks=False)
    return np.asarray(top - squareform(cophenet(average(far))))
