"""The models are loaded once, and while the articles are split."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from conftest import make_article

from detector.errors import ModelMissing
from detector.loading import find_embedder, find_nli_model, start_loading
from detector.progress import stay_silent
from detector.runtime.choose import LARGE
from detector.settings import Settings
from detector.shares import split_story
from detector.store import open_store

ARTICLE = make_article("The harbour of Eastmere was closed on Monday. Two ferries lay at anchor.")


def wait_for_loading():
    for thread in threading.enumerate():
        if thread.name == "loading models":
            thread.join()


def test_what_was_loaded_aside_is_what_is_found():
    settings = Settings(precision="float32")
    start_loading(settings, 100)
    embedder, nli = find_embedder(settings, 100), find_nli_model(settings, 100)
    wait_for_loading()
    assert find_embedder(settings, 100) is embedder
    assert find_nli_model(settings, 100) is nli


@pytest.mark.parametrize(("size", "loads"), [(100, True), (LARGE, False)])
def test_a_large_job_loads_its_models_in_turn(size, loads):
    code = f"""
import sys, threading
from detector.loading import start_loading
from detector.settings import Settings
start_loading(Settings(precision="float32", nli=""), {size})
[thread.join() for thread in threading.enumerate() if thread.name == "loading models"]
print("openvino" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(loads)]


def test_an_error_is_raised_where_the_model_is_asked_for(tmp_path, capfd):
    (tmp_path / "claim_nli.json").write_text("{")
    (tmp_path / "graph.xml").write_text("<net/>")
    settings = Settings(nli=str(tmp_path))
    start_loading(settings, 100, embedder=False)
    wait_for_loading()
    assert capfd.readouterr().err == ""
    with pytest.raises(ModelMissing, match="damaged"):
        find_nli_model(settings, 100)


def test_loading_begins_only_when_an_article_must_be_split(tmp_path):
    called = []
    with open_store(tmp_path) as store:
        for _ in range(2):
            split_story([ARTICLE, make_article("The port opened again.")], store, stay_silent, lambda: called.append(1))
    assert called == [1]


def test_spacy_brings_its_commands_only_when_they_are_asked_for():
    code = """
import sys
from detector.facts.language import load_language
load_language()
print("spacy.cli" in sys.modules)
import spacy
print("en" in str(spacy.info(markdown=True, silent=True)) and "spacy.cli" in sys.modules)
print(sys.modules["spacy.cli.info"].__file__ is not None)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", "True"]
