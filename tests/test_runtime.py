"""The packaged models through OpenVINO: the same as through PyTorch, without it, and what is said when they cannot run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, SEEDS, make_article
from test_claim_nli import LONG, PAIRS, find_gap, make_student

sys.path.append(str(ROOT / "models" / "recipe"))
from ship import ship_model

from detector import Settings, compare, read_articles
from detector.embed import DEFAULT_MODEL, SentenceTransformerEmbedder, find_model, has_graph, load_embedder
from detector.errors import ModelMissing, SettingsError
from detector.judge import claim_files
from detector.judge.claim_nli import ClaimNli, load_nli
from detector.judge.claim_openvino import OpenVinoClaimNli
from detector.runtime import choose
from detector.runtime.choose import LARGE, RUNTIMES, Choice, choose_runtime
from detector.runtime.embedder import OpenVinoEmbedder, find_graphs
from detector.runtime.session import CONSTANTS, GRAPH, GraphSession

TEXTS = [
    "The dam broke at noon.",
    "A truce of thirty days was agreed between both governments after long talks.",
    "Zażółć gęślą jaźń — “quoted”, 1,234.5 %",
    "  spaced\tout ",
    "word " * 700,
    "",
]

COLUMNS = ("entailment", "neutral", "contradiction", "agree", "differ", "develop", "unrelated")


@pytest.fixture(scope="module")
def quick():
    return load_embedder(DEFAULT_MODEL, "float32", "openvino")


@pytest.fixture(scope="module")
def fixed():
    lines = (ROOT / "tests" / "data" / "nli_fixed.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """A tiny model, shipped with the graph that is made of it."""
    top = tmp_path_factory.mktemp("graphs")
    ship_model(make_student(top / "student"), top / "claim-nli", max_length=40)
    return top / "claim-nli"


@pytest.fixture
def able(monkeypatch):
    """A machine with a GPU, and a processor that multiplies bytes and bfloat16, without matrix units."""
    monkeypatch.setattr(choose, "has_matrix_units", lambda: False)
    for question in ("has_byte_products", "has_bfloat16_products", "has_gpu"):
        monkeypatch.setattr(choose, question, lambda: True)


@pytest.mark.parametrize(
    ("runtime", "precision", "name", "size", "wanted"),
    [
        ("auto", "float32", DEFAULT_MODEL, 10, Choice("openvino", "float32")),
        ("auto", "bfloat16", DEFAULT_MODEL, 10, Choice("openvino", "bfloat16")),
        ("auto", "auto", DEFAULT_MODEL, 10, Choice("openvino", "bfloat16")),
        ("auto", "auto", DEFAULT_MODEL, 2 * LARGE, Choice("torch", "auto")),
        ("openvino", "auto", DEFAULT_MODEL, 2 * LARGE, Choice("openvino", "bfloat16")),
        ("torch", "auto", DEFAULT_MODEL, 10, Choice("torch", "auto")),
        ("auto", "auto", "some/other-model", 10, Choice("torch", "auto")),
    ],
)
@pytest.mark.usefixtures("able")
def test_one_function_decides(runtime, precision, name, size, wanted):
    assert choose_runtime(runtime, precision, name, has_graph, size) == wanted


@pytest.mark.usefixtures("able")
def test_a_model_in_bytes_is_multiplied_in_bytes():
    assert choose_runtime("auto", "auto", DEFAULT_MODEL, has_graph, 10, has_bytes=True) == Choice("openvino", "int8")
    assert choose_runtime("auto", "float32", DEFAULT_MODEL, has_graph, 10, has_bytes=True).precision == "float32"


@pytest.mark.usefixtures("able")
def test_where_there_are_matrix_units_bfloat16_is_multiplied(monkeypatch):
    monkeypatch.setattr(choose, "has_matrix_units", lambda: True)
    assert choose_runtime("auto", "auto", DEFAULT_MODEL, has_graph, 10, has_bytes=True) == Choice(
        "openvino", "bfloat16"
    )


def test_a_plain_processor_computes_in_float32(monkeypatch):
    monkeypatch.setattr(choose, "has_byte_products", lambda: False)
    monkeypatch.setattr(choose, "has_bfloat16_products", lambda: False)
    assert choose_runtime("auto", "auto", DEFAULT_MODEL, has_graph, 10, has_bytes=True) == Choice("openvino", "float32")
    assert choose_runtime("auto", "bfloat16", DEFAULT_MODEL, has_graph, 10) == Choice("torch", "bfloat16")
    with pytest.raises(SettingsError, match='has no precision "bfloat16" here'):
        choose_runtime("openvino", "bfloat16", DEFAULT_MODEL, has_graph, 10)


@pytest.mark.parametrize(
    ("runtime", "name", "said"),
    [
        ("cuda", DEFAULT_MODEL, f"runtime 'cuda' is unknown; use one of: {', '.join(RUNTIMES)}"),
        ("openvino", "some/other-model", "cannot run 'some/other-model'.*use \"auto\""),
    ],
)
def test_what_cannot_be_is_refused(runtime, name, said):
    with pytest.raises(SettingsError, match=said):
        choose_runtime(runtime, "auto", name, has_graph, 10)


def test_vectors_are_those_of_torch(quick):
    exact = SentenceTransformerEmbedder(precision="float32").embed(TEXTS)
    rows = quick.embed(TEXTS)
    assert (rows.shape, rows.dtype) == ((len(TEXTS), 384), np.float32)
    assert (exact * rows).sum(axis=1).min() > 0.999
    assert quick.embed([]).shape == (0, 384)
    assert (quick.name, quick.runtime, quick.precision) == (DEFAULT_MODEL, "openvino", "float32")


def test_half_the_digits_give_nearly_the_same_vectors(quick):
    rows = load_embedder(DEFAULT_MODEL, "bfloat16", "openvino").embed(TEXTS)
    assert (rows * quick.embed(TEXTS)).sum(axis=1).min() > 0.999


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_a_vector_depends_on_its_text_alone(precision):
    embedder = load_embedder(DEFAULT_MODEL, precision, "openvino")
    texts = [*TEXTS, *(f"{word} bridges fell in the flood." for word in ("Two", "Six", "Ten", "Some", "Many", "Nine"))]
    rows = embedder.embed(texts)
    assert np.array_equal(embedder.embed(texts[::-1])[::-1], rows)
    assert all(np.array_equal(embedder.embed([text])[0], row) for text, row in zip(texts, rows, strict=True))


@pytest.mark.parametrize("precision", ["float32", "bfloat16", "int8"])
def test_a_score_depends_on_its_pair_alone(precision, fixed):
    """Though pairs of some lengths are padded and go together: a call holds two, or twenty."""
    nli = load_nli("claim-nli", precision, "openvino")
    texts = [(row["premise"], row["hypothesis"]) for row in fixed[:2]]
    texts += [(f"{word} dams broke in {word} floods.", "A dam broke.") for word in ("Two", "Six", "Most")]
    others = [(f"In town {i} a dam broke at noon, " * (1 + i % 3), "Nothing broke.") for i in range(60)]
    rows = nli.score([*texts, *others])[: len(texts)]
    assert nli.score(texts[::-1])[::-1] == rows
    assert [nli.score([pair])[0] for pair in texts] == rows


def test_padding_changes_nothing_but_the_last_digit(quick):
    """Texts of 3 to 34 tokens: each remainder of what they are padded to."""
    texts = ["word " * count for count in range(1, 33)]
    exact = SentenceTransformerEmbedder(precision="float32").embed(texts)
    assert np.abs(exact - quick.embed(texts)).max() < 1e-5


def test_threads_that_share_a_model_get_their_own_vectors(quick):
    lists = [[f"{word} bridges fell in flood {i}." for i in range(40)] for word in ("Two", "Some", "Nearly all", "No")]
    alone = [quick.embed(texts) for texts in lists]
    with ThreadPoolExecutor(max_workers=len(lists)) as pool:
        together = list(pool.map(quick.embed, lists))
    assert all(np.array_equal(a, b) for a, b in zip(alone, together, strict=True))


@pytest.mark.parametrize(
    ("precision", "most", "mean"), [("float32", 1e-3, 1e-4), ("bfloat16", 0.15, 0.01), ("int8", 0.2, 0.01)]
)
def test_scores_are_those_of_the_card(fixed, precision, most, mean):
    nli = load_nli("claim-nli", precision, "openvino")
    texts = [(row["premise"], row["hypothesis"]) for row in fixed]
    scores = np.array(nli.score(texts))
    gaps = np.abs(scores - [[row[label] for label in COLUMNS] for row in fixed])
    assert (gaps.max() < most, gaps.mean() < mean) == (True, True), (gaps.max(), gaps.mean())
    card = np.array([[row["entailment"], row["neutral"], row["contradiction"]] for row in fixed])
    sure = card.max(axis=1) >= 0.6  # between two like probabilities rounding may decide
    assert sure.sum() > 0.8 * len(fixed)
    assert (scores[sure, :3].argmax(axis=1) == card[sure].argmax(axis=1)).all()
    assert [nli.score([pair])[0] for pair in texts[:3]] == [tuple(row) for row in scores[:3].tolist()]


def test_a_shipped_model_gets_a_graph_that_gives_what_torch_gives(shipped):
    exact = ClaimNli(shipped, "float32").score([*PAIRS, LONG])
    assert find_gap(exact, OpenVinoClaimNli(shipped, "float32").score([*PAIRS, LONG])) < 1e-4
    assert find_gap(exact, OpenVinoClaimNli(shipped, "int8").score([*PAIRS, LONG])) < 0.03
    assert OpenVinoClaimNli(shipped).score([]) == []
    files = json.loads((shipped / claim_files.CARD).read_bytes())["files"]
    assert {GRAPH, CONSTANTS} < set(files)


@pytest.mark.parametrize("folder", [find_graphs(), claim_files.find_model()], ids=["embedding", "nli"])
def test_graphs_hold_no_weights_and_nothing_of_a_machine(folder):
    for name in (GRAPH, CONSTANTS):
        data = (folder / name).read_bytes()
        assert len(data) < 400_000
        assert not [word for word in (b"/home", b"/tmp", b"/usr", b"/root", b"site-packages", b".py") if word in data]


def test_seeds_are_judged_alike():
    articles, _ = read_articles([str(path) for path in sorted(SEEDS.glob("*.txt"))[:2]])
    told = {}
    for runtime in ("openvino", "torch"):
        report = compare(articles, settings=Settings(runtime=runtime), one_story=True)
        assert {text.split()[0] for text in report.settings["runtimes"].values()} == {runtime}
        # What a person is to look at lies at the edge of being shown, where the last digit decides.
        told[runtime] = {item.id: (item.relation, item.confidence) for item in report.findings if not item.check}
    assert len(told["openvino"]) > 3
    assert {name: item[0] for name, item in told["openvino"].items()} == {
        name: item[0] for name, item in told["torch"].items()
    }
    for name, (_, confidence) in told["openvino"].items():
        assert confidence == pytest.approx(told["torch"][name][1], abs=0.02)


def test_a_damaged_graph_is_named_with_the_remedy(shipped, tmp_path):
    folder = Path(shutil.copytree(shipped, tmp_path / "claim-nli"))
    data = (folder / GRAPH).read_bytes()
    (folder / GRAPH).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(ModelMissing, match=r"graph\.xml is damaged: its sha256 .*models/recipe/ship\.py"):
        OpenVinoClaimNli(folder)
    (folder / GRAPH).unlink()
    with pytest.raises(ModelMissing, match=r"graph\.xml is missing\."):
        OpenVinoClaimNli(folder)


def test_a_folder_without_a_graph_says_so(tmp_path):
    ship_model(make_student(tmp_path / "student"), tmp_path / "out", graphs=False)
    with pytest.raises(ModelMissing, match=r"has no graph for OpenVINO: its card does not list graph\.xml\. Make it"):
        OpenVinoClaimNli(tmp_path / "out")


GRAPHS = {name: (find_graphs() / name).read_bytes() for name in (GRAPH, CONSTANTS)}


@pytest.mark.parametrize(
    ("files", "stored", "said"),
    [
        ({CONSTANTS: GRAPHS[CONSTANTS]}, None, "needs 'graph.xml', which is missing"),
        (GRAPHS | {GRAPH: b"nothing"}, None, "cannot load graph.xml"),
        (GRAPHS | {CONSTANTS: b""}, None, "cannot load graph.xml"),
        (GRAPHS, {}, "needs 'embeddings.word_embeddings.weight', which is missing"),
        (GRAPHS, {"embeddings.LayerNorm.bias": np.zeros(3, dtype=np.float32)}, "cannot load graph.xml"),
    ],
)
def test_a_graph_that_cannot_run_is_named_with_the_remedy(files, stored, said):
    from safetensors.numpy import load_file

    own = load_file(Path(find_model(DEFAULT_MODEL)) / "model.safetensors")
    with pytest.raises(ModelMissing, match=rf'here: .*{said}.*runtime = "torch"'):
        GraphSession("here", files, {} if stored == {} else own | (stored or {}), "float32")


def test_a_missing_embedding_model_is_named(tmp_path):
    with pytest.raises(ModelMissing, match=r"cannot read .*model\.safetensors: No such file"):
        OpenVinoEmbedder("name", tmp_path)


def run_python(code, *arguments):
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def test_a_diff_loads_no_torch(tmp_path):
    for name, text in (
        ("a", "The dam broke at noon. Four people died."),
        ("b", "A dam broke at noon. Nine people died."),
    ):
        (tmp_path / f"{name}.txt").write_text(make_article(text).text)
    code = """
import sys
from detector.cli import main
try: main(["diff", *sys.argv[1:]])
except SystemExit as stop: assert stop.code in (0, 1), stop.code
print([name for name in ("torch", "transformers", "sentence_transformers", "sklearn", "pandas") if name in sys.modules])
"""
    assert run_python(code, str(tmp_path / "a.txt"), str(tmp_path / "b.txt")) == "[]"


def test_torch_can_be_loaded_after_the_language():
    code = """
import sys
from detector.facts.language import load_language
language = load_language()
print("torch" in sys.modules, end=" ")
import torch
print(torch.ones(2).sum().item(), [token.pos_ for token in language("The dam broke.")][:3])
"""
    assert run_python(code) == "False 2.0 ['DET', 'NOUN', 'VERB']"


def test_openvino_is_imported_without_what_reports_it():
    code = """
import sys
from detector.runtime.silent import import_openvino
print(import_openvino().__name__, [name for name in sys.modules if "telemetry" in name])
"""
    assert run_python(code) == "openvino []"
