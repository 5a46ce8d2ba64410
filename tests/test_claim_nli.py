"""The shipped NLI model: a tiny random one is shipped, loaded, asked and damaged; the real one keeps its figures."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
import torch
from conftest import ROOT

sys.path.append(str(ROOT / "models" / "recipe"))
from ship import LABELS, RELATIONS, SHARD_BYTES, ship_model

from detector.errors import ModelMissing
from detector.judge.claim_files import CARD, find_model
from detector.judge.claim_nli import ClaimNli, load_model, load_nli
from detector.judge.claim_openvino import OpenVinoClaimNli
from detector.judge.nli import CrossEncoderNli

WORDS = "the a truce dam court holds is over has ended broke not rejected accepted by both sides no one three four . ,"
PAIRS = [
    ("the truce holds .", "the truce is over ."),
    ("both sides accepted .", "the court rejected the truce ."),
    ("the dam broke , the truce has ended .", "a dam broke ."),
    ("three sides accepted the truce , no one rejected it .", "four sides accepted the truce ."),
    ("no one has ended the truce .", "the dam holds ."),
]
LONG = ("the truce holds , " * 300, "the truce is over .")
MAX_LENGTH = 40


def make_student(folder, kind="MPNet", labels=LABELS):
    """Save a random two-layer classifier and its tokenizer; the same weights for one kind, whatever the labels."""
    import torch
    import transformers

    special = {
        "MPNet": ["<s>", "<pad>", "</s>", "[UNK]", "<mask>"],
        "Bert": ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"],
    }
    names = [*special[kind], *WORDS.split(), *(f"##{number}" for number in range(60))]
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(names) + "\n")
    getattr(transformers, f"{kind}TokenizerFast").from_pretrained(folder).save_pretrained(folder)
    config = getattr(transformers, f"{kind}Config")(
        vocab_size=len(names), hidden_size=64, num_hidden_layers=2, num_attention_heads=4, intermediate_size=128,
        max_position_embeddings=66, id2label=dict(enumerate(labels)), label2id={b: a for a, b in enumerate(labels)},
    )  # fmt: skip
    torch.manual_seed(7)
    model = getattr(transformers, f"{kind}ForSequenceClassification")(config)
    with torch.no_grad():
        for weight in model.parameters():
            if weight.dim() == 2:
                weight.normal_(0, 0.25)
    model.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module", params=["MPNet", "Bert"])
def student(request, tmp_path_factory):
    return make_student(tmp_path_factory.mktemp("student") / "model", request.param)


@pytest.fixture(scope="module")
def shipped(student, tmp_path_factory):
    out = tmp_path_factory.mktemp("shipped") / "claim-nli"
    ship_model(student, out, graphs=False, max_length=MAX_LENGTH)
    return out


@pytest.fixture
def broken(shipped, tmp_path):
    """A copy of the shipped folder, to be damaged."""
    return Path(shutil.copytree(shipped, tmp_path / "claim-nli"))


def find_gap(left, right):
    """Return the greatest difference of two lists of probabilities."""
    return max(abs(a - b) for x, y in zip(left, right, strict=True) for a, b in zip(x, y, strict=True))


def test_int8_is_close_to_float32(student, shipped):
    exact, stored = CrossEncoderNli(str(student)).score(PAIRS), ClaimNli(shipped, "float32").score(PAIRS)
    assert find_gap(exact[:-1], exact[1:]) > 0.2, "the pairs must differ for the comparison to mean something"
    assert find_gap(exact, stored) < 0.03
    assert [sum(row) for row in stored] == pytest.approx([1] * len(PAIRS), abs=1e-5)


def test_bfloat16_is_close_to_float32(shipped):
    assert find_gap(ClaimNli(shipped, "float32").score(PAIRS), ClaimNli(shipped, "bfloat16").score(PAIRS)) < 0.05


def test_weights_are_restored_in_the_asked_format(shipped):
    import torch

    model, _, card = load_model(shipped, torch.bfloat16)
    assert {weight.dtype for weight in model.parameters()} == {torch.bfloat16}
    assert not model.training
    assert not any(buffer.is_meta for buffer in model.buffers())
    assert (card["temperature"], card["max_length"], card["labels"]) == (1.0, MAX_LENGTH, list(LABELS))


def test_label_order_comes_from_the_config(tmp_path):
    orders = LABELS, ("contradiction", "ENTAILMENT", "neutral")
    scores = []
    for number, labels in enumerate(orders):
        ship_model(make_student(tmp_path / f"student{number}", labels=labels), tmp_path / f"out{number}", graphs=False)
        scores.append(ClaimNli(tmp_path / f"out{number}", "float32").score(PAIRS))
    assert find_gap([(b, c, a) for a, b, c in scores[0]], scores[1]) < 1e-6


def test_a_model_that_tells_relations_gives_four_shares_more(tmp_path):
    labels = (*RELATIONS, *LABELS)  # the config says where each is
    ship_model(make_student(tmp_path / "student", labels=labels), tmp_path / "out", temperature=2.0)
    rows = ClaimNli(tmp_path / "out", "float32").score(PAIRS)
    assert [len(row) for row in rows] == [7] * len(PAIRS)
    for part in (slice(0, 3), slice(3, 7)):
        assert [sum(row[part]) for row in rows] == pytest.approx([1] * len(PAIRS), abs=1e-5)
    model, tokenizer, _ = load_model(tmp_path / "out", torch.float32)
    logits = model(**tokenizer(*PAIRS[0], return_tensors="pt")).logits[0].double()
    assert rows[0][:3] == pytest.approx((logits[4:] / 2).softmax(dim=0).tolist(), abs=1e-5)
    assert rows[0][3:] == pytest.approx(logits[:4].softmax(dim=0).tolist(), abs=1e-5)
    assert find_gap(rows, OpenVinoClaimNli(tmp_path / "out", "float32").score(PAIRS)) < 1e-4


def test_temperature_is_applied(student, shipped, tmp_path):
    ship_model(student, tmp_path / "out", graphs=False, temperature=2.0, max_length=MAX_LENGTH)
    plain, flat = ClaimNli(shipped, "float32").score(PAIRS), ClaimNli(tmp_path / "out", "float32").score(PAIRS)
    roots = [[share**0.5 for share in row] for row in plain]
    assert find_gap([[share / sum(row) for share in row] for row in roots], flat) < 1e-5


def test_scores_do_not_depend_on_order_company_or_repetition(shipped):
    nli = ClaimNli(shipped, "float32", batch_size=2)
    every = nli.score(PAIRS)
    assert nli.score([*PAIRS[::-1], *PAIRS]) == [*every[::-1], *every]
    assert find_gap(every, [nli.score([pair])[0] for pair in PAIRS]) < 1e-5
    assert nli.score([]) == []


def test_long_pairs_are_cut_and_the_longer_text_first(shipped):
    shorter = (" ".join(LONG[0].split()[:200]), LONG[1])
    nli = ClaimNli(shipped, "float32")
    assert find_gap(nli.score([LONG]), nli.score([shorter])) < 1e-6
    assert find_gap(nli.score([LONG]), nli.score([(LONG[0], PAIRS[1][1])])) > 1e-3, "the hypothesis must be seen"


def test_names_and_folders(student, shipped):
    assert load_nli(str(shipped)).name == str(shipped)
    assert isinstance(load_nli(str(shipped)), ClaimNli)
    assert isinstance(load_nli(str(student)), CrossEncoderNli)


def damage(folder, name, change):
    path = folder / name
    path.write_bytes(change(path.read_bytes()))


def change_card(folder, **values):
    damage(folder, CARD, lambda data: json.dumps({**json.loads(data), **values}).encode())


SHARD = "model-00001-of-00001.safetensors"
REMEDY = ". Make it again with models/recipe/ship.py, or name another model with --nli"
DAMAGES = {
    "no folder": (shutil.rmtree, "the NLI model's folder {folder} is missing"),
    "no card": (lambda folder: (folder / CARD).unlink(), "{folder}/claim_nli.json is missing"),
    "no shard": (lambda folder: (folder / SHARD).unlink(), f"{{folder}}/{SHARD} is missing"),
    "no tokenizer": (lambda folder: (folder / "tokenizer.json").unlink(), "{folder}/tokenizer.json is missing"),
    "a shard cut short": (
        lambda folder: damage(folder, SHARD, lambda data: data[:1000]),
        f"{{folder}}/{SHARD} has 1000 bytes instead of {{size}}",
    ),
    "a shard with one bit turned": (
        lambda folder: damage(folder, SHARD, lambda data: data[:-1] + bytes([data[-1] ^ 1])),
        f"{{folder}}/{SHARD} is damaged: its sha256 is {{new}}… instead of {{old}}…",
    ),
    "a card cut short": (
        lambda folder: damage(folder, CARD, lambda data: b"{"),
        "{folder}/claim_nli.json is damaged: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
    ),
    "a card of another kind": (
        lambda folder: damage(folder, CARD, lambda data: b'{"format": 1, "files": {}, "max_length": 9}'),
        "{folder}/claim_nli.json is damaged: it lacks architecture, temperature, transformers",
    ),
    "a later format": (
        lambda folder: change_card(folder, format=2),
        "{folder}/claim_nli.json has format 2; this detector reads 1",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DAMAGES)
def test_what_is_missing_or_damaged_is_named_with_the_remedy(broken, case):
    from hashlib import sha256

    harm, message = DAMAGES[case]
    facts = json.loads((broken / CARD).read_bytes())["files"][SHARD]
    harm(broken)
    new = sha256((broken / SHARD).read_bytes()).hexdigest()[:12] if (broken / SHARD).exists() else ""
    with pytest.raises(ModelMissing) as raised:
        ClaimNli(broken, "float32")
    wanted = message.format(folder=broken, size=facts["bytes"], old=facts["sha256"][:12], new=new) + REMEDY
    assert str(raised.value) == wanted


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"architecture": "NoSuchModel"}, "NoSuchModel"),
        ({"architecture": "DistilBertForSequenceClassification"}, ""),
    ],
)
def test_a_transformers_that_does_not_fit_is_named_with_the_remedy(broken, values, reason):
    change_card(broken, **values, transformers="9.8.7")
    with pytest.raises(
        ModelMissing, match=rf"cannot load the NLI model in .*{reason}.*pip install transformers==9\.8\.7$"
    ):
        ClaimNli(broken, "float32")


def test_the_shipped_model_gives_the_figures_of_its_card():
    lines = (ROOT / "tests" / "data" / "nli_fixed.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) == 20
    scores = ClaimNli(precision="float32").score([(row["premise"], row["hypothesis"]) for row in rows])
    assert find_gap(scores, [[row[label] for label in (*LABELS, *RELATIONS)] for row in rows]) < 1e-3
    card = (find_model() / "README.md").read_text(encoding="utf-8")
    for row in rows:
        assert f"| {row['id']} | {' | '.join(f'{row[label]:.3f}' for label in LABELS)} |" in card


def test_the_shipped_model_is_small_enough_for_the_repository():
    sizes = [path.stat().st_size for path in find_model().iterdir()]
    assert max(sizes) <= SHARD_BYTES
    assert sum(sizes) < 100_000_000
