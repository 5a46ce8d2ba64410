"""The NLI seam, on a tiny cross-encoder made here."""

from __future__ import annotations

import pytest
from conftest import make_pair

from detector.errors import ModelMissing
from detector.judge.nli import CrossEncoderNli, Meaning, find_label_order, score_pairs


def make_model(folder, labels):
    """Save a random two-layer BERT classifier with the given labels."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    torch.manual_seed(3)
    words = [
        "the",
        "truce",
        "holds",
        "is",
        "over",
        "has",
        "ended",
        "not",
        "rejected",
        "accepted",
        "by",
        "both",
        "sides",
        ".",
    ]
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]) + "\n")
    tokenizer = BertTokenizerFast(vocab_file=str(folder / "vocab.txt"))
    config = BertConfig(
        vocab_size=len(words) + 5, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
        num_labels=len(labels), id2label=dict(enumerate(labels)), label2id={label: i for i, label in enumerate(labels)},
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    orders = {"enc": ["ENTAILMENT", "neutral", "contradiction"], "cne": ["contradiction", "neutral", "entailment"]}
    return {name: make_model(tmp_path_factory.mktemp(name), labels) for name, labels in orders.items()}


PAIRS = [("the truce holds .", "the truce is over ."), ("both sides accepted .", "the truce has ended .")]


def test_label_order_comes_from_the_config(folders):
    first, second = CrossEncoderNli(folders["enc"]).score(PAIRS), CrossEncoderNli(folders["cne"]).score(PAIRS)
    # The weights are the same, only the names of the outputs differ: entailment and contradiction change places.
    for a, b in zip(first, second, strict=True):
        assert sum(a) == pytest.approx(1, abs=1e-5)
        assert a == pytest.approx(b[::-1], abs=1e-5)


def test_scores_do_not_depend_on_order_or_company(folders):
    nli = CrossEncoderNli(folders["enc"])
    both, reverse, alone = nli.score(PAIRS), nli.score(PAIRS[::-1])[::-1], [nli.score([pair])[0] for pair in PAIRS]
    for a, b, c in zip(both, reverse, alone, strict=True):
        assert a == pytest.approx(b, abs=1e-5)
        assert a == pytest.approx(c, abs=1e-5)


def test_score_pairs_takes_the_greater_of_both_directions(folders):
    nli = CrossEncoderNli(folders["enc"])
    pair = make_pair(*PAIRS[0])
    there, back = nli.score([PAIRS[0]])[0], nli.score([PAIRS[0][::-1]])[0]
    assert score_pairs([pair], nli) == [Meaning(max(there[0], back[0]), max(there[2], back[2]))]
    assert score_pairs([], nli) == []


class OneSidedNli:
    """Sees a contradiction of 0.97 in the first direction, and of `back` in the other."""

    name = "one-sided"

    def __init__(self, back):
        self.back, self.asked = back, 0

    def score(self, pairs):
        self.asked += 1
        denied = 0.97 if self.asked == 1 else self.back
        return [(0.01, 0.99 - denied, denied)] * len(pairs)


@pytest.mark.parametrize(("back", "expected"), [(0.9, 0.97), (0.6, 0.97), (0.5, 0.65), (0.0, 0.65)])
def test_a_contradiction_that_one_direction_sees_is_never_sure(back, expected):
    assert score_pairs([make_pair(*PAIRS[0])], OneSidedNli(back)) == [Meaning(0.01, expected)]


class RelationNli:
    """Sees nothing of NLI; takes the first direction for `there`, the other for `back`: agree, differ, develop, unrelated."""

    name = "relations"

    def __init__(self, there, back):
        self.rows, self.asked = [there, back], []

    def score(self, pairs):
        row = self.rows[len(self.asked)] if pairs else ()
        self.asked += pairs
        return [(0.01, 0.98, 0.01, *row)] * len(pairs)


def test_a_prediction_is_the_mean_of_both_directions():
    nli = RelationNli((0.1, 0.6, 0.1, 0.2), (0.3, 0.2, 0.1, 0.4))
    assert score_pairs([make_pair(*PAIRS[0])], nli)[0].prediction == (0.2, 0.4, 0.1, 0.3)
    assert nli.asked == [PAIRS[0][::-1], PAIRS[0]]


def test_where_the_model_sees_nothing_at_all_it_is_not_asked_the_other_way_round():
    nli = RelationNli((0.02, 0.02, 0.01, 0.95), (0.5, 0.5, 0.0, 0.0))
    assert score_pairs([make_pair(*PAIRS[0])], nli)[0].prediction == (0.02, 0.02, 0.01, 0.95)
    assert len(nli.asked) == 1


def test_two_class_models_work():
    assert find_label_order({0: "not_entailment_or_contradiction?", 1: "entailment", 2: "contradiction"}, "m") == (
        1,
        None,
        2,
    )


def test_other_classifiers_are_refused(tmp_path):
    name = make_model(tmp_path, ["positive", "negative"])
    with pytest.raises(ModelMissing, match="is no NLI model: its labels are negative, positive"):
        CrossEncoderNli(name)


def test_missing_model_says_what_to_do(tmp_path):
    with pytest.raises(ModelMissing, match=r"cannot load the NLI model .*--nli"):
        CrossEncoderNli(str(tmp_path / "nothing"))
