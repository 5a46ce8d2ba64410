"""Builders and session-wide models for the tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

os.environ.setdefault("HF_HUB_OFFLINE", "1")

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"


def make_article(
    text: str, *, source: str = "Daily Planet", day: str | None = None, name: str = "", **fields: Any
) -> Any:
    """Return an Article with a stable id; `day` is an ISO date."""
    import hashlib

    from detector.records import Article

    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    name = name or hashlib.sha256(f"{source}|{text}|{day}".encode()).hexdigest()[:12]
    fields.setdefault("title", "")
    return Article(
        id=name, source=source, text=text, published=published, published_basis="metadata" if day else None, **fields
    )


def make_claim(text: str, *, day: str | None = "2025-04-10", source: str = "Daily Planet", name: str = "") -> Any:
    """Return the one claim that a text makes, with its dates resolved."""
    from detector.dating import resolve_claims
    from detector.split import parse_claim

    article = make_article(text, source=source, day=day, name=name)
    return resolve_claims([article], [parse_claim(article)])[0]


def make_pair(
    a: str, b: str, *, days: tuple[str | None, str | None] = ("2025-04-10", "2025-04-10"), closeness: float = 0.7
) -> Any:
    """Return the pair of two texts of two sources."""
    from detector.records import Pair

    dates = [datetime.fromisoformat(day).date() if day else None for day in days]
    apart = (dates[1] - dates[0]).days if dates[0] and dates[1] else None
    first, second = (
        make_claim(a, day=days[0], source="Alpha", name="a"),
        make_claim(b, day=days[1], source="Beta", name="b"),
    )
    return Pair(first, second, "test", closeness, days=apart)


def find_outcome(
    comparison: str, a: str, b: str, *, days: tuple[str | None, str | None], closeness: float
) -> str | None:
    """Return the outcome of one comparison of two texts of two sources, None where it abstains."""
    from detector.judge.measure import measure_pair

    found = getattr(measure_pair(make_pair(a, b, days=days, closeness=closeness)), comparison)
    return found.outcome if found else None


@pytest.fixture(scope="session")
def language() -> Any:
    """The English pipeline."""
    from detector.facts.language import load_language

    return load_language()


@pytest.fixture(scope="session")
def read_sentence(language: Any) -> Callable[[str], Any]:
    """Turn a text into one spaCy sentence."""
    return lambda text: language(text)[:]


@pytest.fixture(scope="session")
def embedder() -> Any:
    """The packaged embedding model."""
    from detector.embed import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder()


@pytest.fixture(scope="session")
def seed_report(embedder: Any) -> Any:
    """The report on the three sample articles."""
    from detector import compare, read_articles

    articles, skipped = read_articles([SEEDS])
    return compare(articles, skipped=skipped, embedder=embedder)


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty cache of its own: none may hang on what another left, or touch the user's."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("DETECTOR_CACHE", str(folder))
    return folder


@pytest.fixture
def seeds() -> Path:
    """The folder of sample articles."""
    return SEEDS


class Done(NamedTuple):
    """How a run of the command line ended, and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def run_cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Run the command line in this process, as the installed command does, 100 columns wide."""
    from detector.cli import main

    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: Any) -> Done:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return Done(int(stop.value.code or 0), printed.out, printed.err)

    return run
