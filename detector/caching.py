"""`detector cache info` and `detector cache clear`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from detector.console import make_console, open_cache
from detector.options import SettingsFile

if TYPE_CHECKING:
    from detector.store import Holding

cache_app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)
OlderThan = Annotated[
    int,
    typer.Option("--older-than", metavar="DAYS", min=0, help="Drop only what was not used for so many days; 0: all."),
]


@cache_app.callback()
def start_cache() -> None:
    """Say what the cache holds, or empty it. It keeps claims, vectors and NLI scores, so that no article is read twice."""


@cache_app.command("info", short_help="Say where the cache lies, how large it is, and what it holds.")
def info_command(settings: SettingsFile = None) -> None:
    """Say where the cache lies, how large it is, and what it holds, by kind and model.

    Example: detector cache info
    """
    from detector.settings import load_settings

    chosen = load_settings(settings)
    with open_cache(chosen, no_cache=False) as store:
        assert store is not None
        held, size = store.describe(), store.measure_size()
        typer.echo(f"{store.path}: {_phrase_size(size)} of at most {chosen.cache_mb:,} MB")
        if held:
            _print_holdings(held)


@cache_app.command("clear", short_help="Empty the cache, or drop what was long not used.")
def clear_command(settings: SettingsFile = None, older_than: OlderThan = 0) -> None:
    """Empty the cache, or drop what was not used for some days.

    Example: detector cache clear --older-than 30
    """
    from detector.settings import load_settings

    with open_cache(load_settings(settings), no_cache=False) as store:
        assert store is not None
        gone = store.clear(older_than)
        typer.echo(f"dropped {gone:,} rows; {store.path} has {_phrase_size(store.measure_size())} now")


def _print_holdings(held: Sequence[Holding]) -> None:
    from rich.table import Table

    table = Table("Kind", "Model", "Last used")
    for name in ("Rows", "Size"):
        table.add_column(name, justify="right")
    for one in held:
        # Of versions and hashes the first words tell enough.
        table.add_row(one.kind, one.model.split(",")[0], _phrase_days(one), f"{one.rows:,}", _phrase_size(one.size))
    make_console().print(table)


def _phrase_days(one: Holding) -> str:
    first, last = (datetime.fromtimestamp(0, UTC) + timedelta(days=day) for day in (one.oldest, one.newest))
    return f"{last:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"


def _phrase_size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
