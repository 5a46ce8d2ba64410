"""The documents: what they show runs and gives that output, and what they list is what there is."""

from __future__ import annotations

import re
import runpy
import shlex
import shutil
from dataclasses import fields
from itertools import pairwise

import pytest
import typer
from conftest import ROOT, SEEDS
from test_architecture import ALLOWED

import detector
from detector import load_settings
from detector.cli import app, main
from detector.judge.levels import COMPARISONS
from detector.pair import RULES
from detector.read import READERS
from detector.records import KINDS
from detector.render.files import FILES
from detector.report_json import load_schema
from detector.settings import Settings

README = (ROOT / "README.md").read_text(encoding="utf-8")
JUDGEMENT = (ROOT / "docs" / "judgement.md").read_text(encoding="utf-8")
REPORT_JSON = (ROOT / "docs" / "report-json.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("C*.md")), *sorted((ROOT / "docs").glob("*.md"))]
PAGES += [ROOT / "models" / "README.md", ROOT / "models" / "judge" / "README.md", ROOT / "reports" / "README.md"]

# (language, body) of each fenced block of the README, in order
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
LEFT_OUT = "..."


def list_commands():
    """Return (command line, expected output) of every `$ detector` in the console blocks."""
    found = []
    for language, body in BLOCKS:
        if language == "console":
            parts = re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]
            found += [tuple(part.split("\n", 1)) for part in parts]
    return found


def find_missing(expected, real):
    """Return the first expected line that the real output lacks at its place, or None; three dots stand for any text."""
    lines = real.splitlines()
    at, gap = 0, False
    for wanted in expected.rstrip("\n").splitlines():
        if wanted.strip() == LEFT_OUT:
            gap = True
            continue
        pattern = re.compile(".*".join(map(re.escape, wanted.rstrip().split(LEFT_OUT))))
        places = range(at, len(lines) if gap else min(at + 1, len(lines)))
        place = next((i for i in places if pattern.fullmatch(lines[i].rstrip())), None)
        if place is None:
            return wanted
        at, gap = place + 1, False
    return None if gap or at == len(lines) else f"end of output before {lines[at]!r}"


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A folder with the samples that the page names where a clone has them, so that nothing is written into this one."""
    shutil.copytree(SEEDS, tmp_path / "seeds")
    for name in ("reports/sample/report.json", "tests/data/example_pairs.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True)
        shutil.copy(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


@pytest.mark.parametrize(
    ("expected", "real", "missing"),
    [
        ("a\nb\n", "a\nb\n", None),
        ("a\nb\n", "a\nx\nb\n", "b"),
        ("a\n...\nb\n", "a\nx\nb\n", None),
        ("...\nb\na\n", "a\nb\n", "a"),
        ("a ... c\n", "a b c\n", None),
        ("a ... c\n", "a b d\n", "a ... c"),
        ("a\n", "a\nb\n", "end of output before 'b'"),
        ("a\n...\n", "a\nb\n", None),
    ],
)
def test_find_missing(expected, real, missing):
    assert find_missing(expected, real) == missing


@pytest.mark.parametrize(("command", "expected"), list_commands())
def test_console_blocks_show_the_real_output(command, expected, clone, monkeypatch, capsys):
    words = shlex.split(command)
    assert words[0] == "detector"
    monkeypatch.setattr("sys.argv", words)
    with pytest.raises(SystemExit) as stop:
        main()
    printed = capsys.readouterr()
    assert find_missing(expected, printed.err + printed.out) is None
    failed = "detector: " in expected
    assert (stop.value.code == 2) is failed
    if words[1] == "diff" and not failed:
        assert stop.value.code == 1


def test_console_blocks_show_every_command():
    shown = {shlex.split(command)[1] for command, _ in list_commands()}
    assert shown == set(typer.main.get_command(app).commands)


def test_python_blocks_run_and_print_what_is_shown(clone, capsys):
    names = {"__name__": "readme"}
    ran = 0
    for (language, body), (following, shown) in pairwise([*BLOCKS, ("", "")]):
        if language == "python":
            exec(compile(body, "README.md", "exec"), names)
            printed = capsys.readouterr().out
            assert find_missing(shown if following == "text" else "", printed) is None
            ran += 1
    assert ran >= 3


def test_toml_blocks_load_and_name_every_key(tmp_path):
    blocks = [body for language, body in BLOCKS if language == "toml"]
    named = set()
    for body in blocks:
        path = tmp_path / "detector.toml"
        path.write_text(body, encoding="utf-8")
        settings = load_settings(path)
        assert settings.topics
        for item in fields(Settings):
            named |= {item.name} if re.search(rf"^\[?{item.name}\b", body, re.MULTILINE) else set()
            if item.name not in ("topics", "examples"):  # the page says that the others are the defaults
                assert getattr(settings, item.name) == getattr(Settings(), item.name)
    assert named == {item.name for item in fields(Settings)}


def test_readme_names_every_command_and_option():
    for name, command in typer.main.get_command(app).commands.items():
        row = next(line for line in README.splitlines() if line.startswith(f"| `detector {name} "))
        parts = [command, *getattr(command, "commands", {}).values()]
        params = [param for part in parts for param in part.params if param.param_type_name == "option"]
        options = {max(option.opts, key=len) for option in params}
        named = set(re.findall(r"--[a-z-]+", row))
        assert named == options - {"--help"}


@pytest.mark.parametrize("words", [READERS, FILES, [word for kinds in KINDS.values() for word in kinds]])
def test_readme_names_what_the_tables_hold(words):
    assert [word for word in words if not re.search(rf"(?<![\w-]){re.escape(word)}\b", README)] == []


def test_readme_counts_the_comparisons():
    numbers = "nine ten eleven twelve thirteen fourteen fifteen".split()
    assert f"{numbers[len(COMPARISONS) - 9].title()} *comparisons*" in README
    listed = re.search(r"ask one question of a pair: (.*?)\. The answer", README, re.DOTALL)[1]
    assert len(listed.split(",")) == len(COMPARISONS)


def test_readme_names_the_two_commands():
    assert "make report" in README
    assert "make test" in README


@pytest.mark.parametrize("name", ["report", *load_schema()["$defs"]])
def test_json_page_describes_every_key(name):
    definitions = load_schema()["$defs"] | {"report": load_schema()}
    if name == "span":  # a pair of numbers, said once at the top
        assert "[start, end)" in REPORT_JSON
        return
    section = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", REPORT_JSON, re.MULTILINE | re.DOTALL)
    assert section, f"docs/report-json.md has no section {name}"
    cells = [line.split("|")[1] for line in section[1].splitlines() if line.startswith("| `")]
    described = set(re.findall(r"`(\w+)`", " ".join(cells)))
    assert described == set(definitions[name]["properties"])


def test_judgement_page_is_in_step_with_the_code():
    script = runpy.run_path(str(ROOT / "docs" / "write_tables.py"))
    assert script["put_table"](JUDGEMENT) == JUDGEMENT, "run: python docs/write_tables.py"


def test_judgement_page_tells_every_comparison_kind_and_rule():
    assert re.findall(r"^\* \*\*(\w+)\*\* — ", JUDGEMENT, re.MULTILINE) == [c.name for c in COMPARISONS]
    rules = re.search(r"\| Rule \|.*?\n\n", JUDGEMENT, re.DOTALL)[0]
    assert re.findall(r"^\| `(.+?)` \|", rules, re.MULTILINE) == [*RULES, "nearest"]
    kinds = JUDGEMENT.partition("### Kinds")[2].partition("## ")[0]
    listed = re.findall(r"^\| (agree|differ|develop) \| ([\w-]+) \|", kinds, re.MULTILINE)
    assert sorted(listed) == sorted((relation, kind) for relation, words in KINDS.items() for kind in words)


def test_contributing_holds_the_import_table():
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|$", CONTRIBUTING, re.MULTILINE)
    assert {name: set(re.findall(r"`(\w+)`", cell)) for name, cell in rows} == ALLOWED


def test_changelog_has_this_version():
    import tomllib

    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[({re.escape(version)}|Unreleased)\]", changelog, re.MULTILINE)


def test_public_names_are_in_a_document():
    text = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
    assert [name for name in detector.__all__ if not re.search(rf"\b{name}\b", text)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        name, _, anchor = target.partition("#")
        if "://" in name:
            continue
        file = page.parent / name if name else page
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_screenshot_is_a_small_png():
    data = (ROOT / "docs" / "images" / "report.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) < 300_000
