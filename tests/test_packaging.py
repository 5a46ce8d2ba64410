"""The wheel: everything that the program reads is in it, and a report is shown from it without a model."""

from __future__ import annotations

import subprocess
import sys
import zipfile

import pytest
from conftest import ROOT
from sample_report import make_report

from detector import render_report, report_to_json

pytest.importorskip("hatchling", reason="the wheel is built without a network, so hatchling must be installed")

DATA = [path for path in (ROOT / "detector").rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")]
MODEL = ROOT / "models" / "claim-nli"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel as a release does, and unpack it."""
    top = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(top), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = top.glob("detector-*-py3-none-any.whl")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(top / "unpacked")
    return path, top / "unpacked"


def test_every_file_that_the_program_reads_is_inside(wheel):
    with zipfile.ZipFile(wheel[0]) as archive:
        names = set(archive.namelist())
    for name in (
        "detector/py.typed",
        "detector/report.schema.json",
        "detector/judge/weights.json",
        "detector/facts/lexicon.json.gz",
        "detector/facts/LICENSE.wordnet",
    ):
        assert name in names
    assert {f"detector/{path.relative_to(ROOT / 'detector')}" for path in DATA} <= names
    assert {f"detector/models/claim-nli/{path.name}" for path in MODEL.glob("*")} <= names
    assert any(name.endswith(".html") or ".html." in name for name in names), "no templates"
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_nothing_else_is_inside(wheel):
    with zipfile.ZipFile(wheel[0]) as archive:
        names = archive.namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"detector"}
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]


def test_the_command_is_declared(wheel):
    (entry,) = wheel[1].glob("*.dist-info/entry_points.txt")
    assert "detector = detector.cli:main" in entry.read_text()


def test_a_report_is_shown_from_the_wheel_without_a_model(wheel, tmp_path):
    report = make_report()
    (tmp_path / "report.json").write_text(report_to_json(report), encoding="utf-8")
    code = f"""
import sys
sys.path.insert(0, {str(wheel[1])!r})
import detector
assert detector.__file__.startswith({str(wheel[1])!r}), detector.__file__
from detector.report_json import load_schema
load_schema()
report = detector.report_from_json(open("report.json", encoding="utf-8").read())
for form in ("html", "md", "json"):
    open("out." + form, "w", encoding="utf-8", newline="").write(detector.render_report(report, form))
detector.write_reports(report, "folder")
heavy = [name for name in ("torch", "spacy", "sklearn", "transformers") if name in sys.modules]
assert not heavy, heavy
"""
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
    for form in ("html", "md", "json"):
        assert (tmp_path / f"out.{form}").read_text(encoding="utf-8") == render_report(report, form)
    assert (tmp_path / "folder/report.html").is_file()


def test_the_wheel_reads_its_own_lexicon_and_weights(wheel, tmp_path):
    code = f"""
import sys
sys.path.insert(0, {str(wheel[1])!r})
from detector.facts.lexicon import are_synonyms
from detector.judge.weigh import load_weights
assert are_synonyms("truce", "ceasefire") or are_synonyms("nation", "country")
assert load_weights().note
"""
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
