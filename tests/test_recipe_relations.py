"""How the model learns relations beside the classes of NLI: its wider head, the loss, the mean with a narrower model, the mix."""

from __future__ import annotations

import random
import sys

import pytest
import torch
from conftest import ROOT
from test_claim_nli import make_student

sys.path.append(str(ROOT / "models" / "recipe"))
from average import average_models
from relation_mix import label_pairs, label_real, pair_strangers
from scoring import open_model
from sets import LABELS, RELATIONS
from train import add_relations, build_model, encode_rows, measure_loss

EVENT = {"event": "dam", "a": "The dam broke.", "b": "The dam holds."}


@pytest.fixture(scope="module")
def wide(tmp_path_factory):
    """A folder with three classes, and the same model with seven, saved by transformers."""
    folder = make_student(tmp_path_factory.mktemp("wide") / "three")
    model = build_model(str(folder), None)
    add_relations(model)
    model.save_pretrained(folder.with_name("seven"))
    open_model(folder, torch.float32)[1].save_pretrained(folder.with_name("seven"))
    return folder, folder.with_name("seven")


def test_the_wider_head_keeps_what_it_said_and_is_read_back(wide):
    three, seven = (build_model(str(folder), None).state_dict() for folder in wide)
    last = "classifier.out_proj.weight"
    assert torch.equal(seven[last][:3], three[last])
    assert torch.equal(seven[last][3], three[last][0])  # two that agree begin as what follows
    again = build_model(str(wide[1]), None)
    add_relations(again)
    assert torch.equal(again.state_dict()[last], seven[last]), "a head that is wide already stays"
    assert again.config.id2label == dict(enumerate((*LABELS, *RELATIONS)))


def test_a_row_without_a_relation_teaches_none():
    logits = torch.tensor([[2.0, 0.0, -1.0, 1.0, 0.5, 0.0, 3.0]], requires_grad=True)
    rows = [{"premise": "a", "hypothesis": "b", "label": "neutral"}]
    target = torch.tensor([encode_rows(rows, Words())[0]["target"]])
    measure_loss(logits, target).backward()
    assert logits.grad[0, :3].abs().min() > 0
    assert logits.grad[0, 3:].tolist() == [0, 0, 0, 0]


def test_the_two_questions_are_learned_apart():
    logits = torch.zeros(1, 7)
    rows = [{"premise": "a", "hypothesis": "b", "label": "neutral", "relation": "develop"}]
    target = torch.tensor([encode_rows(rows, Words())[0]["target"]])
    assert target.tolist() == [[0, 1, 0, 0, 0, 1, 0]]
    assert measure_loss(logits, target).item() == pytest.approx(
        torch.log(torch.tensor(3.0)) + torch.log(torch.tensor(4.0))
    )
    assert measure_loss(logits[:, :3], target).item() == pytest.approx(torch.log(torch.tensor(3.0)))


class Words:
    """Stands for a tokenizer; the targets do not depend on it."""

    def __call__(self, first, second, **_):
        return {"input_ids": [[0]] * len(first)}


def test_the_mean_with_a_narrower_model_keeps_the_rows_that_it_lacks(wide, tmp_path):
    three, seven = wide
    wider = build_model(str(seven), None)
    with torch.no_grad():
        for weight in wider.parameters():
            weight += 1.0
    wider.save_pretrained(tmp_path / "learned")
    open_model(seven, torch.float32)[1].save_pretrained(tmp_path / "learned")
    average_models(three, tmp_path / "learned", 0.5, tmp_path / "mean")
    before, after, mean = (
        open_model(f, torch.float32)[0].state_dict() for f in (three, tmp_path / "learned", tmp_path / "mean")
    )
    last = "classifier.out_proj.weight"
    assert torch.allclose(mean[last][:3], before[last] + 0.5, atol=1e-6)
    assert torch.equal(mean[last][3:], after[last][3:])
    with pytest.raises(ValueError, match="not of one architecture"):
        average_models(make_student(tmp_path / "bert", "Bert"), tmp_path / "learned", 0.5, tmp_path / "other")


def test_real_pairs_are_learned_by_their_readers_codes():
    rows = list(
        label_real([EVENT | {"relation": "agree", "code": "EN"}, EVENT | {"relation": "unrelated", "code": "TT"}])
    )
    assert [(row.get("label"), row.get("relation")) for row in rows[:2]] == [
        ("entailment", "agree"),
        ("neutral", "agree"),
    ]
    assert all("relation" not in row and "soft" in row for row in rows[2:]), "a tension has no relation"


def test_only_what_agrees_is_put_to_the_model():
    asked = []

    def score(texts):
        asked.extend(texts)
        return [(0.5, 0.25, 0.25)] * len(texts)

    pairs = [EVENT | {"relation": "differ"}, EVENT | {"relation": "agree"}, EVENT | {"relation": "unrelated"}]
    rows = list(label_pairs(pairs, score))
    assert asked == [(EVENT["a"], EVENT["b"]), (EVENT["b"], EVENT["a"])]
    assert [row["relation"] for row in rows] == ["differ", "agree", "unrelated"] * 2
    assert rows[1]["soft"][0] == pytest.approx((0.5 / 0.75 + 0.8) / 2, abs=1e-4)


def test_strangers_are_unrelated():
    pairs = [EVENT, EVENT | {"a": "The court rose.", "b": "The court sat."}]
    rows = list(pair_strangers(pairs, 4, random.Random(1)))
    assert len(rows) == 4
    assert {row["relation"] for row in rows} == {"unrelated"}
    assert not any({row["premise"], row["hypothesis"]} == {EVENT["a"], EVENT["b"]} for row in rows)
