"""Holds the import table of the design against the code, and keeps the light parts light."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest
from conftest import ROOT

PACKAGE = ROOT / "detector"

# module or package -> what it may import from the project, besides itself
ALLOWED = {
    "moments": set(),
    "records": {"moments", "render"},  # render only inside the methods that show a report
    "errors": set(),
    "settings": {"errors"},
    "progress": set(),
    "precision": {"errors"},
    "runtime": {"errors", "precision"},
    "report_json": {"records", "errors"},
    "store": {"errors"},
    "engine": {"errors"},
    "agencies": set(),
    "spool": {"records", "errors"},
    "read": {"records", "errors", "agencies", "spool"},
    "facts": {"records", "errors"},
    "sentences": {"facts"},
    "antecedent": {"records", "facts"},
    "split": {"records", "facts", "sentences", "antecedent"},
    "embed": {"errors", "precision", "progress", "runtime"},
    "group": {"records", "errors"},
    "pair": {"records", "facts"},
    "judge": {"records", "errors", "facts", "precision", "progress", "runtime"},
    "cached": {"records", "store", "embed", "judge", "runtime"},
    "loading": {"cached", "embed", "errors", "judge", "precision", "recipes", "runtime", "settings", "store"},
    "recipes": {"embed", "judge", "precision", "runtime", "settings"},
    "dating": {"records", "facts"},
    "versions": {"records", "judge"},
    "origins": {"records", "agencies"},
    "rank": {"records", "origins"},
    "cards": {"records", "origins"},
    "render": {"records", "errors", "report_json"},
    "assemble": {"records"},
    "shares": {
        "records", "settings", "split", "embed", "group", "pair", "judge", "dating", "cards", "assemble", "progress", "rank",
        "cached", "store", "engine",
    },
    "pipeline": {
        "records", "errors", "settings", "embed", "group", "judge", "dating", "versions", "cards", "assemble", "progress",
        "rank", "shares", "loading", "store", "engine", "recipes", "spool",
    },
    "archive": {"engine", "records", "settings", "assemble", "pipeline", "progress", "rank", "render", "spool", "store"},
    "options": {"records", "errors"},
    "console": {"engine", "records", "options", "progress", "render", "settings", "store"},
    "saved": {"records", "errors", "report_json"},
    "extend": {"records", "saved"},
    "labelled": {"records", "errors", "read"},
    "trial": {
        "records", "errors", "settings", "labelled", "saved", "split", "embed", "pair", "judge", "dating", "progress", "store",
        "cached", "loading",
    },
    "judging": {"errors", "settings", "options", "console", "labelled", "saved", "trial", "judge", "render"},
    "caching": {"settings", "options", "console", "store"},
    "cli": {
        "archive", "caching", "errors", "extend", "settings", "options", "console", "judging", "read", "pipeline", "render", "records",
        "spool",
    },
    "__init__": {"records", "errors", "settings", "read", "pipeline", "render", "report_json"},
    "__main__": {"cli"},
}  # fmt: skip


def find_imports(path, *, top_only=False):
    """Return the project modules that a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_only else list(ast.walk(tree))
    found = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "detector":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("detector.")}
    return found


def list_units():
    """Return (unit, file) for every file of the package; a package is one unit."""
    units = []
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        units.append((relative.parts[0].removesuffix(".py"), path))
    return units


@pytest.mark.parametrize(("unit", "path"), list_units(), ids=lambda value: str(value).rsplit("/", 1)[-1])
def test_imports_follow_the_table(unit, path):
    assert unit in ALLOWED, f"{path.name} is not in the table: give it a line"
    assert find_imports(path) - {unit} <= ALLOWED[unit]


def test_table_names_only_what_exists():
    assert {unit for unit, _ in list_units()} == set(ALLOWED)


def test_records_imports_only_the_nouns_of_time_at_load():
    assert find_imports(PACKAGE / "records.py", top_only=True) == {"moments"}


@pytest.mark.parametrize(
    "module", ["detector", "detector.cli", "detector.render", "detector.report_json", "detector.read"]
)
def test_light_modules_load_no_model(module):
    heavy = "torch", "spacy", "sklearn", "sentence_transformers", "transformers"
    code = f"import sys, {module}; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_files_stay_small():
    long = {path.name: lines for _, path in list_units() if (lines := len(path.read_text().splitlines())) > 375}
    assert long == {}


def test_public_names_exist():
    import detector

    assert detector.__all__ == sorted(detector.__all__)
    assert all(getattr(detector, name) is not None for name in detector.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = detector.nonsense
