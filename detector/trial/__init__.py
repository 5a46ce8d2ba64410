"""The judge on trial: labelled pairs are measured as the pipeline measures them, judged, and compared with their labels."""

from detector.trial.compare import ComparisonScore, score_comparisons
from detector.trial.learn import Lesson, check_enough, is_held_out, learn_weights
from detector.trial.measure import Case, measure_cases
from detector.trial.score import RelationScore, Score, judge_cases, score_cases, score_relations

__all__ = [
    "Case",
    "ComparisonScore",
    "Lesson",
    "RelationScore",
    "Score",
    "check_enough",
    "is_held_out",
    "judge_cases",
    "learn_weights",
    "measure_cases",
    "score_cases",
    "score_comparisons",
    "score_relations",
]
