"""Front matter: the fenced block of `key: value` lines before a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_ENTRY = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}?)\s*[:=]\s*(?P<value>.*)")
_CONTINUED = re.compile(r"\s|-\s|#|\]|\}|$")
# The closing fence of each opening one: YAML as in Jekyll, TOML as in Hugo.
_FENCES: Mapping[str, tuple[str, ...]] = {"---": ("---", "..."), "+++": ("+++",)}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values of a front matter by lower-case key, and the exact line of each."""

    values: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Split a text into its front matter and the rest.

    Only one-line scalars are read, without YAML: headlines hold colons and quotes that are no valid YAML.

    Args:
        text: a whole file, newlines normalised.

    Returns:
        The front matter, empty if there is none, and the text after it.
    """
    lines = text.lstrip("\ufeff \t\n").split("\n")
    closing = _FENCES.get(lines[0].rstrip(), ())
    end = next((at for at, line in enumerate(lines[1:], start=1) if line.rstrip() in closing), None)
    if end is None:
        return FrontMatter(), text
    values: dict[str, str] = {}
    exact: dict[str, str] = {}
    for line in lines[1:end]:
        if match := _ENTRY.fullmatch(line.rstrip()):
            key, value = match["key"].casefold(), _unquote(match["value"].strip())
            if value:
                values.setdefault(key, value)
                exact.setdefault(key, line.strip())
        elif not _CONTINUED.match(line):  # two rules around a paragraph are no front matter
            return FrontMatter(), text
    return FrontMatter(values, exact), "\n".join(lines[end + 1 :])


def _unquote(value: str) -> str:
    for quote in "\"'":
        if len(value) >= 2 and value[0] == value[-1] == quote:
            return value[1:-1].replace("\\" + quote, quote).replace(quote * 2, quote).strip()
    return value
