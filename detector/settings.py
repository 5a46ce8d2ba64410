"""Settings: defaults < detector.toml < flags. The only home of defaults that a user can change."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from detector.errors import SettingsError

DEFAULT_FILE = "detector.toml"
DEFAULT_NLI = "claim-nli"
_SHARES = ("gate", "min_confidence", "check_confidence")
_NO_CHECKS = 1.0
_ENGINES = ("local", "ray", "ray://HOST:PORT")
_ADDRESS = re.compile(r"ray://[^/\s:]+:\d+")
_NOT_REPORTED = {"cache", "cache_mb"}  # a report is the same with any cache
_TOPICS = ("topics", "examples")
_TOPIC_KEYS = ("terms", "examples")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run can be told.

    Attributes:
        model: embedding model: a name or folder; the default is packaged.
        nli: cross-encoder for natural language inference: "claim-nli" for the one in `models/claim-nli`, another name, or a
            folder; "" for none.
        precision: "auto", "float32" or "bfloat16".
        runtime: "auto", "openvino" (for the models that come along) or "torch" (PyTorch).
        engine: where the work is done: "local", "ray" (workers on this machine) or "ray://HOST:PORT" (a running Ray cluster).
        weights: a weights file for the judge; "" for the packaged one.
        window_days: articles further apart than this are not one story.
        gate: score from which two claims are compared; 0 compares all.
        top_k: most pairs that a claim may have with all other articles together, on average over its story.
        min_confidence: findings below it are counted, not shown.
        check_confidence: those below it that differ or develop and reach this are shown apart, to be checked by hand; at most
            `min_confidence`, and with the same value, or 1.0, there are none.
        max_findings: most findings shown a story.
        cache: the cache's folder; "" for the user's cache folder. The variable DETECTOR_CACHE goes before it.
        cache_mb: megabytes that the cache may take; what was not used for longest is dropped.
        topics: an editor's own topics: name -> describing terms.
        examples: example sentences for some of them: name -> sentences.
    """

    model: str = "all-MiniLM-L6-v2"
    nli: str = DEFAULT_NLI
    precision: str = "auto"
    runtime: str = "auto"
    engine: str = "local"
    weights: str = ""
    window_days: int = 14
    gate: float = 0.5
    top_k: int = 12
    min_confidence: float = 0.5
    check_confidence: float = 0.35
    max_findings: int = 200
    cache: str = ""
    cache_mb: int = 2048
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check the values.

        Raises:
            SettingsError: a value is out of range.
        """
        for name in _SHARES:
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise SettingsError(f"{name} = {getattr(self, name)} is out of range; it must be between 0 and 1")
        if self.min_confidence < self.check_confidence < _NO_CHECKS:
            raise SettingsError(
                f"check_confidence = {self.check_confidence} is above min_confidence = {self.min_confidence}; findings to check by "
                f"hand are less sure than those shown: set it to {self.min_confidence} or less, or to 1.0 for none"
            )
        for name in ("window_days", "top_k", "max_findings", "cache_mb"):
            if getattr(self, name) < 1:
                raise SettingsError(f"{name} = {getattr(self, name)} is out of range; it must be at least 1")
        if self.engine not in _ENGINES[:2] and not _ADDRESS.fullmatch(self.engine):
            raise SettingsError(f"engine {self.engine!r} is unknown; use one of: {', '.join(_ENGINES)}")
        if unknown := sorted(set(self.examples) - set(self.topics)):
            raise SettingsError(f"examples are given for {unknown[0]!r}, which is none of the topics; add it to topics")

    def as_dict(self) -> dict[str, Any]:
        """Return the settings as plain values for the report: those that it can depend on. The engine goes without its address."""
        lists = {key: {name: list(texts) for name, texts in getattr(self, key).items()} for key in _TOPICS}
        plain = {**asdict(self), **lists, "engine": self.engine.partition(":")[0]}
        return {name: value for name, value in plain.items() if name not in _NOT_REPORTED}


def load_settings(path: Path | None = None, **flags: Any) -> Settings:
    """Read settings from a TOML file and lay the given flags over them.

    Args:
        path: the file; None means `detector.toml` in the working folder, if there is one.
        flags: values by name; None means not given. `topics` adds to those of the file; the terms of a flag win over those
            that the file has for the same name.

    Returns:
        The settings. Where a lower `min_confidence` is given and no `check_confidence`, the latter goes down with it.

    Raises:
        SettingsError: the file is missing or damaged, or has an unknown key or a value of the wrong type.
    """
    given = {name: value for name, value in flags.items() if value is not None}
    file = path or Path(DEFAULT_FILE)
    values: dict[str, Any] = {}
    if path is not None or file.is_file():
        values = _read_file(file)
    topics = {**values.pop("topics", {}), **given.pop("topics", {})}
    values |= given
    least = values.get("min_confidence")
    if least is not None and least < Settings().check_confidence:
        values.setdefault("check_confidence", least)
    return replace(Settings(), **values, topics=topics)


def _read_file(path: Path) -> dict[str, Any]:
    """Read and check one settings file."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot read the settings: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not valid TOML: {error}") from error
    known = {item.name: type(getattr(Settings(), item.name)) for item in fields(Settings) if item.name != "examples"}
    values: dict[str, Any] = {}
    for key, value in raw.items():
        if key not in known:
            raise SettingsError(f"{path}: unknown key {key!r}; known are: {', '.join(sorted(known))}")
        if key == "topics":
            values |= _read_topics(path, value)
            continue
        wanted = known[key]
        fits = isinstance(value, (int, float)) if wanted is float else isinstance(value, wanted)
        if not fits or isinstance(value, bool):
            raise SettingsError(f"{path}: {key} must be a {wanted.__name__}, not {value!r}")
        values[key] = float(value) if wanted is float else value
    return values


def _read_topics(path: Path, table: Any) -> dict[str, dict[str, tuple[str, ...]]]:
    """Read the [topics] table: name = "terms, by comma", name = ["term", "term"], or a table with terms and examples."""
    if not isinstance(table, dict):
        raise SettingsError(f"{path}: [topics] must be a table of names with their describing terms")
    topics: dict[str, tuple[str, ...]] = {}
    examples: dict[str, tuple[str, ...]] = {}
    for key, value in table.items():
        name = key.strip()
        if not name:
            raise SettingsError(f"{path}: [topics] has a topic without a name: {key!r}")
        if same := [other for other in topics if other.casefold() == name.casefold()]:
            raise SettingsError(f"{path}: topic {name!r} stands there twice, as {same[0]!r} too; keep one of them")
        given = value if isinstance(value, dict) else {"terms": value}
        if unknown := sorted(set(given) - set(_TOPIC_KEYS)):
            raise SettingsError(
                f"{path}: topic {name!r}: unknown key {unknown[0]!r}; known are: {', '.join(sorted(_TOPIC_KEYS))}"
            )
        terms = given.get("terms", [])
        topics[name] = _read_texts(path, name, "terms", terms.split(",") if isinstance(terms, str) else terms)
        if sentences := _read_texts(path, name, "examples", given.get("examples", [])):
            examples[name] = sentences
    return {"topics": topics, "examples": examples}


def _read_texts(path: Path, name: str, key: str, value: Any) -> tuple[str, ...]:
    """Read a topic's terms or examples, a list of texts; empty ones are dropped."""
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise SettingsError(f"{path}: topic {name!r} needs a list of {key}, not {value!r}")
    return tuple(text.strip() for text in value if text.strip())
