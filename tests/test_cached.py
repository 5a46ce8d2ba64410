"""What is in the cache is not computed again, what is not is, and the report is the same."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from conftest import ROOT, SEEDS, make_article

from detector import compare, read_articles, report_to_json
from detector.cached import CachedEmbedder, CachedNli, split_cached
from detector.cached.keys import describe_folder
from detector.embed import find_model
from detector.errors import ModelMissing
from detector.judge.claim_files import find_model as find_nli
from detector.loading import find_embedder, find_nli_model
from detector.settings import Settings
from detector.split import split_claims
from detector.store import open_store

TEXTS = ["The dam broke at noon.", "A truce was agreed.", "Shares fell by nine percent.", "The dam broke at noon."]
HEAVY = ("torch", "spacy", "transformers", "sentence_transformers", "sklearn", "pandas")


class CountingEmbedder:
    """Gives each text a vector of its own, and remembers what it was asked."""

    name = "counting"

    def __init__(self):
        self.asked = []

    def embed(self, texts):
        self.asked += texts
        rows = [np.random.default_rng(len(text)).normal(size=8) for text in texts]
        return np.array([row / np.linalg.norm(row) for row in rows], dtype=np.float32).reshape(len(texts), 8)


class CountingNli:
    """Gives each pair scores of its own, and remembers what it was asked."""

    name = "counting"

    def __init__(self):
        self.asked = []

    def score(self, pairs):
        self.asked += pairs
        return [(1 / (3 + len(a)), 1 / (3 + len(b)), *[0.1] * (len(a) % 2 * 4 + 1)) for a, b in pairs]


def refuse():
    raise AssertionError("a model was loaded, though all is in the cache")


@pytest.fixture
def store(own_cache):
    with open_store(own_cache) as store:
        yield store


def test_vectors_are_asked_for_once_and_come_back_exactly(store):
    model = CountingEmbedder()
    first = CachedEmbedder("key", lambda: model, store).embed(TEXTS[:2])
    again = CachedEmbedder("key", lambda: model, store).embed(TEXTS)
    assert sorted(model.asked) == sorted(set(TEXTS))
    assert np.array_equal(again, CountingEmbedder().embed(TEXTS))
    assert again.dtype == np.float32
    assert np.array_equal(again[:2], first)
    assert np.array_equal(CachedEmbedder("key", refuse, store).embed(TEXTS), again)


def test_scores_are_asked_for_once_and_come_back_exactly(store):
    model, pairs = CountingNli(), [("a", "bc"), ("ab", "c"), ("c", "ab")]
    CachedNli("key", lambda: model, store).score(pairs[:1])
    again = CachedNli("key", lambda: model, store).score([*pairs, pairs[0]])
    assert sorted(model.asked) == sorted(pairs)
    assert again == CountingNli().score([*pairs, pairs[0]])
    assert CachedNli("key", refuse, store).score(pairs) == again[:3]


def test_another_key_is_another_model(store):
    CachedEmbedder("key", CountingEmbedder, store).embed(TEXTS)
    with pytest.raises(AssertionError, match="a model was loaded"):
        CachedEmbedder("other key", refuse, store).embed(TEXTS)


def test_nothing_asked_is_nothing_loaded(store):
    assert len(CachedEmbedder("key", refuse, store).embed([])) == 0
    assert CachedNli("key", refuse, store).score([]) == []


def test_what_is_written_is_written_batch_by_batch(store, own_cache):
    class Failing(CountingEmbedder):
        def embed(self, texts):
            if self.asked:
                raise KeyboardInterrupt
            return super().embed(texts)

    texts = [f"sentence {number}" for number in range(200)]
    with pytest.raises(KeyboardInterrupt):
        CachedEmbedder("key", Failing, store).embed(texts)
    rest = CountingEmbedder()
    with open_store(own_cache) as other:
        CachedEmbedder("key", lambda: rest, other).embed(texts)
    assert 0 < len(rest.asked) < len(texts)


def test_claims_come_back_equal_and_the_pipeline_is_not_asked(store):
    articles, _ = read_articles([SEEDS])
    odd = make_article("He paid $5 or more — “a lot”, she said.\n\nAt least 12 died on Friday. Did they? \U0001f600")
    for article in (*articles, odd):
        claims = split_claims([article])
        assert split_cached(article, split_claims, store) == claims
        assert split_cached(article, split_claims_never, store) == claims


def split_claims_never(_articles):
    raise AssertionError("an article was split, though its claims are in the cache")


split_claims_never.__name__ = split_claims.__name__


@pytest.mark.parametrize("change", [{"text": "It rained."}, {"title": "Rain"}, {"source": "Other"}, {"id": "other"}])
def test_another_article_is_split_anew(change, store):
    from dataclasses import replace

    article = make_article("The dam broke at noon.")
    split_cached(article, split_claims, store)
    other = replace(article, **change)
    assert split_cached(other, split_claims, store) == split_claims([other])


def test_a_thousand_claims_load_fast(store):
    article = make_article(
        "\n".join(f"Some {n} allied troops left Kabul on 3 May 2024, Rishi Sunak said." for n in range(1000))
    )
    claims = split_cached(article, split_claims, store)
    start = time.process_time()
    assert len(split_cached(article, split_claims_never, store)) == len(claims) >= 1000
    assert time.process_time() - start < 0.5  # takes 0.05 s; a slow machine is no fault


def test_a_key_changes_with_the_files_and_not_with_their_place(store, tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    assert describe_folder(folder, store) is None
    (folder / "model.safetensors").write_bytes(b"weights")
    (folder / "config.json").write_bytes(b"{}")
    first = describe_folder(folder, store)
    folder = folder.rename(tmp_path / "moved")
    assert describe_folder(folder, store) == first
    (folder / "config.json").write_bytes(b"{ }")
    assert describe_folder(folder, store) not in (None, first)


def test_a_shipped_folder_that_lacks_a_file_is_no_hit(store, tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    for path in find_nli().iterdir():
        (folder / path.name).symlink_to(path)
    assert describe_folder(folder, store) == describe_folder(find_nli(), store)
    (folder / "model-00003-of-00003.safetensors").unlink()
    assert describe_folder(folder, store) is None
    with pytest.raises(ModelMissing):
        find_nli_model(Settings(nli=str(folder)), 100, store)


def test_a_name_that_this_machine_does_not_have_is_not_cached(store, tmp_path):
    with pytest.raises(ModelMissing, match="cannot load the embedding model"):
        find_embedder(Settings(model=str(tmp_path / "nothing")), 100, store)
    assert isinstance(find_embedder(Settings(model=find_model("all-MiniLM-L6-v2")), 100, store), CachedEmbedder)


def put_on_hub(folder, name, revision, files):
    """Fill the local hub cache with a model, as a download does."""
    repository = folder / f"models--{name.replace('/', '--')}"
    snapshot = repository / "snapshots" / revision
    snapshot.mkdir(parents=True)
    (repository / "refs").mkdir(exist_ok=True)
    (repository / "refs" / "main").write_text(revision)
    for file, data in files.items():
        (snapshot / file).write_bytes(data)
    return snapshot


@pytest.mark.parametrize("name", ["sentence-transformers/tiny", "tiny"])
def test_a_name_from_the_hub_stands_for_the_files_that_are_here(store, tmp_path, monkeypatch, name):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    asked = []
    monkeypatch.setattr("detector.loading.load_embedder", lambda source, *_: asked.append(source) or CountingEmbedder())
    files = {"config.json": b"{}", "model.safetensors": b"first"}
    settings = Settings(model=name, precision="float32")
    for revision in ("one", "two"):
        place = put_on_hub(
            tmp_path / "hub", "sentence-transformers/tiny", revision, {**files, "vocab.txt": revision.encode()}
        )
        for _ in range(2):
            find_embedder(settings, 100, store).embed(["The dam broke."])
        assert asked.pop() == str(place)  # once for each revision, from its files
        assert asked == []
        assert find_embedder(settings, 100, store).name == name


def test_a_model_of_which_only_a_part_is_here_is_not_cached(store, tmp_path, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    put_on_hub(tmp_path / "hub", "org/half", "one", {"config.json": b"{}"})
    asked = []
    monkeypatch.setattr("detector.loading.load_nli", lambda source, *_: asked.append(source) or CountingNli())
    assert isinstance(find_nli_model(Settings(nli="org/half"), 100, store), CountingNli)
    assert asked == ["org/half"]


def strip_time(text):
    return re.sub(r'"made_at": "[^"]*"', "", text)


def make_json(articles, **options):
    return strip_time(report_to_json(compare(articles, settings=Settings(nli=""), **options)))


def test_the_report_is_the_same_without_a_cache_with_an_empty_one_and_with_a_full_one(own_cache):
    articles, _ = read_articles([SEEDS])
    plain = make_json(articles)
    for _ in range(2):
        with open_store(own_cache) as store:
            assert make_json(articles, store=store) == plain


def run_diff(*options, **environment):
    command = [
        sys.executable,
        "-m",
        "detector",
        "diff",
        "--format",
        "json",
        *options,
        *map(str, sorted(SEEDS.glob("00[01]*.txt"))),
    ]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def test_a_run_that_is_killed_goes_on_where_it_was_and_the_next_one_loads_no_model(own_cache):
    plain = run_diff("--no-cache")
    assert plain.returncode == 1, plain.stderr
    assert list(own_cache.iterdir()) == []

    command = [sys.executable, "-m", "detector", "diff", *map(str, sorted(SEEDS.glob("00[01]*.txt")))]
    child = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)
    while child.poll() is None and count_rows(own_cache, "NLI scores") == 0:
        time.sleep(0.02)
    child.send_signal(signal.SIGKILL)
    child.wait()
    before = count_rows(own_cache, "NLI scores")
    assert before > 0

    assert strip_time(run_diff().stdout) == strip_time(plain.stdout)
    assert count_rows(own_cache, "NLI scores") >= before

    code = f"""
import sys
from detector.cli import main
try:
    main({["diff", "--format", "json", *map(str, sorted(SEEDS.glob("00[01]*.txt")))]!r})
except SystemExit:
    pass
print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stderr.strip() == "[]"
    assert strip_time(done.stdout) == strip_time(plain.stdout)


def count_rows(folder, kind):
    if not (folder / "cache.sqlite").is_file():
        return 0
    with open_store(folder, warn=lambda _: None) as store:
        return sum(holding.rows for holding in store.describe() if holding.kind == kind)


def test_cache_commands_say_what_is_there_and_empty_it(run_cli, own_cache, store):
    CachedEmbedder("some-model 12ab, float32", CountingEmbedder, store).embed(TEXTS)
    shown = run_cli("cache", "info")
    assert shown.code == 0
    assert str(own_cache / "cache.sqlite") in shown.out.replace("\n", "")
    assert re.search(r"vectors\s+│ some-model 12ab\s+│ \d{4}-\d\d-\d\d │\s+3 │", shown.out)
    assert "dropped 0 rows" in run_cli("cache", "clear", "--older-than", "1").out
    assert "dropped 3 rows" in run_cli("cache", "clear").out
    assert "some-model" not in run_cli("cache", "info").out


def test_the_command_line_goes_on_without_a_cache_that_cannot_be_used(run_cli, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DETECTOR_CACHE", str(tmp_path / "file" / "x"))
    for name, text in (
        ("a.txt", "The dam broke at noon. It held for years."),
        ("b.txt", "The dam broke at noon! It held for years."),
    ):
        (tmp_path / name).write_text(text)
    done = run_cli("diff", tmp_path / "a.txt", tmp_path / "b.txt")
    assert done.code == 0
    assert done.err.count("going on without the cache") == 1
    assert run_cli("cache", "clear").code == 2


def test_the_cache_is_no_setting_that_a_report_shows(own_cache):
    assert not [name for name in json.loads(json.dumps(Settings().as_dict())) if "cache" in name]
