from __future__ import annotations

import gc
import importlib.util
import json
import os
import pickle
import sys
import time
import warnings
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS, make_article

from detector import compare, read_articles, report_to_json
from detector.engine import LocalEngine, open_engine
from detector.errors import EngineError, ExtraMissing, ModelMissing, SettingsError
from detector.recipes import write_recipes
from detector.settings import Settings

HAS_RAY = importlib.util.find_spec("ray") is not None
needs_ray = pytest.mark.skipif(not HAS_RAY, reason="Ray is not installed: pip install 'detector[ray]'")
# Ray's own code leaves sockets and files to the garbage collector and uses what Python calls old; ours raises warnings as errors.
pytestmark = pytest.mark.filterwarnings(
    "default::ResourceWarning", "default::DeprecationWarning", "default::FutureWarning"
)

FLOODS = [
    ("Alpha", "At least 95 people died in floods in Valencia, officials said. Rescuers searched the town of Paiporta."),
    ("Beta", "Floods in Valencia killed 70 people, the government said. The town of Paiporta was hit worst."),
]


@pytest.fixture(scope="module")
def cluster():
    """An engine on a Ray cluster of two worker processes, stopped after the tests of this file, and what it told of dead workers."""
    from detector.engine.cluster import open_ray

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OMP_NUM_THREADS", "1")
        patch.setenv(
            "PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
        )  # for its functions
        told = []
        with open_ray("ray", told.append, size=2) as engine:
            yield engine, told
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # Ray does not wait for the processes that it has stopped
        gc.collect()


@pytest.fixture(params=["local", pytest.param("ray", marks=needs_ray)])
def engine(request):
    """Each engine in turn."""
    if request.param == "ray":
        yield request.getfixturevalue("cluster")[0]
        return
    with open_engine(request.param, pytest.fail) as opened:
        yield opened


@pytest.fixture
def articles():
    """Two stories and an article like no other."""
    read, _ = read_articles([SEEDS])
    floods = [
        make_article(text, source=source, day="2024-10-30", title="Floods in Valencia") for source, text in FLOODS
    ]
    alone = make_article(
        "The museum of clocks opens its doors again on Monday after repairs.", source="Gamma", day="2024-03-01"
    )
    return [*read, *floods, alone]


def take_time(item):
    """Be the slower, the earlier the item comes."""
    time.sleep(0.2 if item == 0 else 0.0)
    return item * item


def find_process(_item):
    return os.getpid()


def fail_at_two(item):
    if item == 2:
        raise ModelMissing("no model for 2")
    return item


def die_once(item):
    """Kill the own process when the marker file is not there yet."""
    number, marker = item
    if number == 1 and not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), 9)
    return number, os.getpid()


def die_always(_item):
    os.kill(os.getpid(), 9)


@dataclass(frozen=True)
class DyingTask:
    """Does its work, and at the first story kills its own process before the result is handed over: once."""

    function: Any
    marker: Path

    def __call__(self, item):
        result = self.function(item)
        if isinstance(item, tuple) and item[0] == 1 and not self.marker.exists():
            self.marker.touch()
            os.kill(os.getpid(), 9)
        return result


@dataclass(frozen=True)
class BreakingEngine:
    """An engine of whose workers one dies."""

    engine: Any
    marker: Path
    here = False
    name = "ray"

    def map(self, function, items):
        return self.engine.map(DyingTask(function, self.marker), items)

    def describe(self):
        return self.engine.describe()


def make_json(articles, settings, **more):
    """Return a report's JSON without the time and the engine, and what it says of the engine."""
    values = json.loads(report_to_json(compare(articles, settings=settings, **more)))
    values.pop("made_at")
    name = values["settings"].pop("engine")
    return json.dumps(values, ensure_ascii=False), name


def test_results_come_in_order(engine):
    assert list(engine.map(take_time, range(20))) == [i * i for i in range(20)]
    assert list(engine.map(take_time, [])) == []


def test_items_are_taken_as_they_are_needed(engine):
    taken = []

    def offer():
        for i in count():
            taken.append(i)
            yield i

    assert list(islice(engine.map(take_time, offer()), 3)) == [0, 1, 4]
    assert len(taken) <= 12
    assert list(engine.map(take_time, range(3))) == [0, 1, 4]  # an engine left early goes on


def test_known_errors_come_through(engine):
    with pytest.raises(ModelMissing, match=r"^no model for 2$"):
        list(engine.map(fail_at_two, range(5)))


def test_engine_names_itself(engine):
    assert engine.describe().split(";")[0] == engine.name


def test_local_map_does_nothing_ahead():
    taken = []
    results = LocalEngine().map(taken.append, range(3))
    assert taken == []
    next(results)
    assert taken == [0]


@needs_ray
def test_workers_are_other_processes_and_stay(cluster):
    engine, _ = cluster
    list(engine.map(find_process, range(4)))
    first = set(engine.map(find_process, range(40)))
    assert set(engine.map(find_process, range(40))) & first
    assert os.getpid() not in first
    assert len(first) <= 2


@needs_ray
def test_work_of_a_dead_worker_is_done_again(cluster, tmp_path):
    engine, told = cluster
    before, died = len(told), engine.died
    results = list(engine.map(die_once, [(i, str(tmp_path / "died")) for i in range(8)]))
    assert [number for number, _ in results] == list(range(8))
    assert (tmp_path / "died").exists()
    assert engine.died == died + 1
    assert len(told) == before + 1
    assert told[-1].startswith("a worker of engine 'ray' died (")


@needs_ray
def test_work_that_kills_every_worker_ends_the_run(cluster):
    engine, told = cluster
    before = len(told)
    with pytest.raises(EngineError, match="3 workers of engine 'ray' died"):
        list(engine.map(die_always, [0]))
    assert len(told) == before + 2


@needs_ray
def test_ray_finds_what_local_finds(cluster, articles):
    settings = Settings(topics={"troop numbers": ("soldiers", "deployment")})
    local, name = make_json(articles, settings)
    assert name == "local"
    again, name = make_json(articles[::-1], replace(settings, engine="ray"), engine=cluster[0])
    assert again == local
    assert name.startswith("ray")


@needs_ray
def test_a_worker_killed_in_mid_run_changes_nothing_but_what_is_said_of_the_engine(cluster, articles, tmp_path):
    """The worker dies at the end of the largest story, before it can hand over what it found."""
    local, _ = make_json(articles, Settings())
    engine, told = cluster
    before, died = len(told), engine.died
    again, name = make_json(articles, Settings(engine="ray"), engine=BreakingEngine(engine, tmp_path / "died"))
    assert (tmp_path / "died").exists()
    assert again == local
    assert engine.died == died + 1
    assert len(told) == before + 1
    assert name == f"ray; {engine.died} worker{'s' * (engine.died > 1)} died, and the work was done again"


@needs_ray
def test_an_archive_is_written_alike_and_resumed_with_another_engine(cluster, articles, tmp_path):
    from detector.archive import write_archive
    from detector.spool import Spool

    local, ray = tmp_path / "local", tmp_path / "ray"
    totals, _ = write_archive(articles, local, settings=Settings(nli=""))
    assert totals.stories == 2
    ray_settings = Settings(nli="", engine="ray")
    with Spool(tmp_path, 1) as spool:  # read here, and sent to the workers
        for article in articles:
            spool.add(article)
        assert write_archive(spool, ray, settings=ray_settings, engine=cluster[0])[0] == totals
    assert (ray / "findings.csv").read_bytes() == (local / "findings.csv").read_bytes()
    assert len(list(ray.glob("stories/*/report.json"))) == 2
    again, _ = write_archive(articles, ray, settings=Settings(nli=""), resume=True)
    assert again == totals


@needs_ray
def test_command_line_names_the_engine_in_the_report(cluster, run_cli, tmp_path):
    cluster[0].close()  # its workers leave the processors to those of the command line
    done = run_cli("report", SEEDS, "--engine", "ray", "--nli", "", "-o", tmp_path, "--quiet")
    assert (done.code, done.err) == (0, "")
    assert json.loads((tmp_path / "report.json").read_text())["settings"]["engine"] == "ray"


@needs_ray
def test_a_model_that_a_worker_lacks_is_named(cluster, articles):
    with pytest.raises(ModelMissing, match="cannot load the embedding model"):
        compare(articles, settings=Settings(engine="ray", model="no/such-model", nli=""), engine=cluster[0])


@needs_ray
def test_models_handed_in_are_refused(cluster, articles, embedder):
    with pytest.raises(SettingsError, match="cannot be sent to the workers of engine 'ray'; name them in the settings"):
        compare(articles, settings=Settings(engine="ray"), embedder=embedder, engine=cluster[0])


def test_recipes_are_settled_and_give_the_models_they_name(embedder):
    recipe, nli = pickle.loads(pickle.dumps(write_recipes(Settings(), 100)))
    assert recipe.embed(["a ceasefire of 30 days"]) @ embedder.embed(["a truce for a month"]).T > 0.5
    assert "auto" not in (recipe.runtime, recipe.precision, nli.runtime, nli.precision)
    assert sum(nli.score([("It rains.", "It is wet.")])[0][:3]) == pytest.approx(1)
    assert write_recipes(Settings(nli=""), 100)[1] is None


def test_a_models_folder_is_named_by_its_whole_path(tmp_path, monkeypatch):
    (tmp_path / "model").mkdir()
    monkeypatch.chdir(tmp_path)
    assert write_recipes(Settings(model="model", nli=""), 100)[0].name == str(tmp_path / "model")


def test_without_ray_the_error_says_what_to_install(monkeypatch, articles, run_cli):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ExtraMissing, match=r"pip install 'detector\[ray\]', or use --engine local"):
        compare(articles, settings=Settings(engine="ray"))
    done = run_cli("report", SEEDS, "--engine", "ray://127.0.0.1:10001")
    assert done.code == 2
    assert "engine 'ray://127.0.0.1:10001' needs Ray, which is not installed" in done.err


@pytest.mark.parametrize("name", ["dask", "Ray", "ray://", "ray://host", "ray://host:port", "", "ray://host:1/x"])
def test_unknown_engine_is_refused(name):
    with pytest.raises(SettingsError, match=r"unknown; use one of: local, ray, ray://HOST:PORT$"):
        Settings(engine=name)


def test_report_has_the_engine_without_its_address():
    assert Settings(engine="ray://head.example:10001").as_dict()["engine"] == "ray"


def test_one_story_is_compared_here_whatever_the_engine():
    pair = [make_article(text, source=source, day="2024-10-30") for source, text in FLOODS]
    report = compare(pair, settings=Settings(engine="ray", nli=""), one_story=True)
    assert report.settings["engine"] == "local"
