"""Models that can be sent to another machine: what to load and how, and the model itself once a process, when first asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from detector.embed import Embedder, Matrix, load_embedder
from detector.embed import has_graph as has_embedder_graph
from detector.judge.claim_nli import has_graph as has_nli_graph
from detector.judge.claim_nli import load_nli
from detector.judge.nli import Scores, Texts
from detector.precision import choose_precision
from detector.runtime.choose import Choice, choose_runtime
from detector.settings import Settings

load_embedder_once = cache(load_embedder)
"""As `load_embedder`; a process loads each model once."""


@dataclass(frozen=True)
class EmbedderRecipe:
    """An embedder that is loaded where it is asked; its model, runtime and precision are chosen already, so that all compute alike."""

    name: str
    precision: str
    runtime: str

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return an (n, d) matrix of unit-length float32 rows.

        Raises:
            ModelMissing: the model is not on the machine that was asked.
        """
        model: Embedder = load_embedder_once(self.name, self.precision, self.runtime)
        return model.embed(texts)


@dataclass(frozen=True)
class NliRecipe:
    """An NLI model that is loaded where it is asked; as `EmbedderRecipe`."""

    name: str
    precision: str
    runtime: str

    def score(self, pairs: Texts) -> Scores:
        """Return for each (premise, hypothesis) what the model returns.

        Raises:
            ModelMissing: the model is not on the machine that was asked, or is no NLI model.
        """
        return load_nli(self.name, self.precision, self.runtime).score(pairs)


def choose_embedder(settings: Settings, size: int) -> Choice:
    """Return how the embedding model that the settings name is run in a job of `size` characters.

    Raises:
        SettingsError: the runtime or precision is unknown, or the model cannot be run that way.
    """
    return choose_runtime(settings.runtime, settings.precision, settings.model, has_embedder_graph, size)


def choose_nli(settings: Settings, size: int) -> Choice:
    """Return how the NLI model that the settings name is run; as `choose_embedder`."""
    return choose_runtime(settings.runtime, settings.precision, settings.nli, has_nli_graph, size, has_bytes=True)


def write_recipes(settings: Settings, size: int) -> tuple[EmbedderRecipe, NliRecipe | None]:
    """Choose on this machine how the models are run on all.

    Args:
        settings: name the models, the runtime and the precision. A model's folder must lie at one place on all machines.
        size: characters of text in the job.

    Returns:
        The embedder, and the NLI model if the settings name one.

    Raises:
        SettingsError: the runtime or precision is unknown, or a model cannot be run that way.
    """
    how = choose_embedder(settings, size)
    embedder = EmbedderRecipe(_find_place(settings.model), _settle(how.precision), how.runtime)
    if not settings.nli:
        return embedder, None
    how = choose_nli(settings, size)
    return embedder, NliRecipe(_find_place(settings.nli), _settle(how.precision), how.runtime)


def _settle(precision: str) -> str:
    return choose_precision(precision) if precision == "auto" else precision


def _find_place(name: str) -> str:
    """Return a folder's whole path: a worker has another working folder. Other names stay."""
    return str(Path(name).resolve()) if Path(name).is_dir() else name
