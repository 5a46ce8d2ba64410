"""Shipping: small files, the same bytes each time, nothing of the machine, and a card that tells the facts."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile

import pytest
from conftest import ROOT
from test_claim_nli import PAIRS, find_gap, make_student

sys.path.append(str(ROOT / "models" / "recipe"))
from card import read_figures, write_card
from pack import quantise_rows, store_weights
from rounding import collect_moments, round_rows
from ship import LABELS, score_fixed, ship_model

from detector.judge.claim_files import CARD
from detector.judge.claim_nli import ClaimNli


@pytest.fixture(scope="module")
def student(tmp_path_factory):
    return make_student(tmp_path_factory.mktemp("student") / "model")


@pytest.fixture(scope="module")
def shipped(student, tmp_path_factory):
    out = tmp_path_factory.mktemp("shipped") / "claim-nli"
    ship_model(student, out, graphs=False)
    return out


def hash_files(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_rows_are_within_half_a_step():
    import torch

    weight = torch.cat([torch.randn(5, 40, generator=torch.Generator().manual_seed(1)), torch.zeros(1, 40)])
    values, scale = quantise_rows(weight)
    assert (values.dtype, values.shape, scale.dtype, scale.shape) == (torch.int8, (6, 40), torch.float32, (6,))
    assert (values.abs().amax(dim=1)[:5] == 127).all()
    assert ((values * scale[:, None] - weight).abs() <= scale[:, None] * 0.5001).all()
    assert (values[5] == 0).all()


def test_rounding_by_the_inputs_keeps_the_outputs_nearer():
    import torch

    chance = torch.Generator().manual_seed(1)
    weight = torch.randn(30, 200, generator=chance)
    inputs = torch.randn(2000, 12, generator=chance) @ torch.randn(12, 200, generator=chance)  # they go together
    values, scale = quantise_rows(weight)
    better = round_rows(weight, scale, inputs.T @ inputs)
    assert (better.dtype, better.shape) == (torch.int8, values.shape)

    def find_error(rounded):
        return ((rounded * scale[:, None] - weight) @ inputs.T).norm()

    assert find_error(better) < find_error(values) / 3


def test_what_was_learned_last_survives_rounding():
    """A pass that began from rounded weights moves them by less than half a step; the nearest step is the old one."""
    import torch

    chance = torch.Generator().manual_seed(2)
    values, scale = quantise_rows(torch.randn(8, 128, generator=chance))
    learned = values * scale[:, None] + 0.3 * scale[:, None]
    learned[values.abs() == 127] = (values * scale[:, None])[values.abs() == 127]
    assert (quantise_rows(learned)[0] == values).all()  # each alone: all is forgotten
    inputs = torch.rand(500, 128, generator=chance)
    kept = round_rows(learned, scale, inputs.T @ inputs) * scale[:, None] @ inputs.T
    before, wanted = values * scale[:, None] @ inputs.T, learned @ inputs.T
    assert (kept - wanted).norm() < (before - wanted).norm() / 5


def test_moments_are_of_the_inputs_of_each_layer(student):
    import torch
    from scoring import open_model

    model, tokenizer, _ = open_model(student, torch.float32)
    moments = collect_moments(model, tokenizer, PAIRS)
    weights = dict(model.named_parameters())
    assert "mpnet.encoder.layer.0.attention.attn.q.weight" in moments
    assert all(moment.shape == (weights[name].shape[1],) * 2 for name, moment in moments.items())
    assert all(torch.equal(moment, moment.T) and moment.diagonal().min() >= 0 for moment in moments.values())
    assert not model.mpnet.encoder.layer[0].attention.attn.q._forward_pre_hooks
    stored, plain = store_weights(model.state_dict(), moments), store_weights(model.state_dict())
    changed = {name for name in stored if not torch.equal(stored[name], plain[name])}
    assert changed
    assert changed <= set(moments)


def test_the_card_lists_every_file_that_is_read(shipped):
    files = json.loads((shipped / CARD).read_bytes())["files"]
    assert {name: facts["sha256"] for name, facts in files.items()} == {
        name: digest for name, digest in hash_files(shipped).items() if name != CARD
    }
    assert set(files) >= {"config.json", "tokenizer.json", "tokenizer_config.json", "model-00001-of-00001.safetensors"}


def test_matrices_are_stored_in_a_byte_each(shipped):
    from safetensors.torch import load_file

    stored = load_file(shipped / "model-00001-of-00001.safetensors")
    kinds = {name: str(weight.dtype).removeprefix("torch.") for name, weight in stored.items()}
    assert kinds["mpnet.embeddings.word_embeddings.weight"] == "int8"
    assert kinds["mpnet.embeddings.word_embeddings.weight.scale"] == "float32"
    assert kinds["mpnet.encoder.layer.0.attention.attn.q.weight"] == "int8"
    assert kinds["mpnet.encoder.relative_attention_bias.weight"] == "float32"
    assert kinds["classifier.out_proj.weight"] == "float32"


def test_the_same_student_gives_the_same_bytes(student, shipped, tmp_path):
    again = tmp_path / "elsewhere" / "model"
    shutil.copytree(student, tmp_path / "student")
    ship_model(tmp_path / "student", again, graphs=False)
    assert hash_files(again) == hash_files(shipped)
    ship_model(tmp_path / "student", again, graphs=False)  # in the place of the one before
    assert hash_files(again) == hash_files(shipped)
    assert not [path.name for path in again.iterdir() if str(tmp_path).encode() in path.read_bytes()]


def test_shards_stay_below_the_limit_and_load_as_one(student, shipped, tmp_path):
    out = tmp_path / "out"
    card = ship_model(student, out, graphs=False, shard_bytes=20_000)
    shards = sorted(out.glob("*.safetensors"))
    assert [path.name for path in shards] == [
        f"model-{n:05}-of-{len(shards):05}.safetensors" for n in range(1, len(shards) + 1)
    ]
    assert len(shards) > 4
    assert max(path.stat().st_size for path in shards) <= 20_000
    assert {path.name for path in shards} < set(card["files"])
    assert ClaimNli(out, "float32").score(PAIRS) == ClaimNli(shipped, "float32").score(PAIRS)


def test_what_cannot_be_shipped_is_refused(student, tmp_path):
    with pytest.raises(ValueError, match="the temperature is 0; it must be greater than 0"):
        ship_model(student, tmp_path / "out", graphs=False, temperature=0)
    with pytest.raises(ValueError, match=r"alone has .* bytes, more than the 4000 of a shard"):
        ship_model(student, tmp_path / "out", graphs=False, shard_bytes=4000)
    other = make_student(tmp_path / "other", labels=("positive", "neutral", "negative"))
    with pytest.raises(ValueError, match="the labels are positive, neutral, negative; they must be entailment"):
        ship_model(other, tmp_path / "out", graphs=False)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "diary.txt").write_text("kept")
    with pytest.raises(ValueError, match="is not empty and no shipped model"):
        ship_model(student, tmp_path / "full", graphs=False)
    assert (tmp_path / "full" / "diary.txt").read_text() == "kept"


def test_the_model_card_tells_the_facts(shipped, tmp_path):
    out = shutil.copytree(shipped, tmp_path / "out")
    (tmp_path / "nli_fixed_ids.txt").write_text("a-002\n")
    rows = [{"id": f"a-00{n}", "premise": a, "hypothesis": b, "label": ""} for n, (a, b) in enumerate(PAIRS)]
    (tmp_path / "nli_kinds.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "figures.json").write_text(json.dumps({"Speed": [{"on": "two cores", "pairs/s": 31.5}]}))

    (fixed,) = score_fixed(out, tmp_path)
    assert json.loads((tmp_path / "nli_fixed.jsonl").read_text()) == fixed
    assert find_gap([[fixed[label] for label in LABELS]], ClaimNli(out, "float32").score(PAIRS[2:3])) < 1e-4
    write_card(out, read_figures(tmp_path / "figures.json"), [{"id": fixed["id"], "entailment": fixed["entailment"]}])
    page = (out / "README.md").read_text(encoding="utf-8")
    for line in (
        "MPNetForSequenceClassification, 2 layers, 64 wide",
        "| Labels, in the order of the output | entailment, neutral, contradiction |",
        "### Speed\n\n| on | pairs/s |\n| --- | ---: |\n| two cores | 31.500 |",
        f"| a-002 | {fixed['entailment']:.3f} |",
        "| snli.dev | CC BY-SA 4.0 | all | 1 |",
    ):
        assert line in page
    for name, digest in hash_files(out).items():
        assert name == "README.md" or digest in page
    assert "$" not in page


@pytest.mark.parametrize("text", ["[]", '{"a": []}', '{"a": [1]}', '{"a": [{"b": 1}, {"c": 1}]}'])
def test_figures_of_another_shape_are_refused(tmp_path, text):
    (tmp_path / "figures.json").write_text(text)
    with pytest.raises(ValueError, match=r"figures\.json"):
        read_figures(tmp_path / "figures.json")


@pytest.fixture(scope="module")
def trees(shipped, tmp_path_factory):
    """A source checkout with a tiny model, and what its wheel unpacks to."""
    pytest.importorskip("hatchling", reason="the wheel is built without a network, so hatchling must be installed")
    top = tmp_path_factory.mktemp("trees")
    shutil.copytree(ROOT / "detector", top / "source" / "detector", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(shipped, top / "source" / "models" / "claim-nli")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, top / "source")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(top), str(top / "source")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = top.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(top / "installed")
    return top


def run_code(tree, code):
    """Run code against the package in a folder; return what it prints."""
    command = [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(tree)!r}); {code}"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tree.parent, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("name", "inside", "remedy"),
    [
        ("source", "models/claim-nli", "git -C {tree} checkout -- models/claim-nli"),
        (
            "installed",
            "detector/models/claim-nli",
            "pip install --force-reinstall --no-deps WHEEL, the file that detector was installed from",
        ),
    ],
)
def test_the_model_is_found_in_a_checkout_and_in_a_wheel(trees, shipped, name, inside, remedy):
    tree = trees / name
    score = (
        "from detector.judge.claim_nli import load_nli; nli = load_nli('claim-nli', 'float32'); "
        f"print(nli.name, nli.score({PAIRS[:1]!r}))"
    )
    wanted = ClaimNli(shipped, "float32").score(PAIRS[:1])
    told, _, scores = run_code(tree, score).partition(" ")
    assert told == "claim-nli"
    assert find_gap(eval(scores), wanted) < 1e-5

    away = (tree / inside).rename(tree / "away")
    miss = (
        "from detector.judge.claim_nli import load_nli; from detector.errors import ModelMissing\n"
        "try: load_nli('claim-nli')\nexcept ModelMissing as error: print(error)"
    )
    said = run_code(tree, miss)
    away.rename(tree / inside)
    assert said == f"the NLI model's folder {tree / inside} is missing. Bring it back with: {remedy.format(tree=tree)}"
