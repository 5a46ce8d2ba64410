"""Words fitted into a box of a picture, where nothing wraps by itself.

The reader's typeface is not known, so widths are estimates: those of DejaVu Sans Bold, wider than most.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

LINE = 1.22
"""The height of a line, in font sizes."""
_WIDTHS = {character: width for width, characters in (
    (0.40, " ijlI.,;:'|/‘’·\u00a0"), (0.49, "frtJ-()[]!\"*"), (0.93, "wOQ&"), (1.06, "mMW@%—…≠→◇"),
) for character in characters}  # fmt: skip
_CAPITAL, _OTHER, _EAST_ASIAN = 0.83, 0.70, 1.0
_REGULAR = 0.92  # letters that are not bold are narrower


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of text at one font size; `whole` is False where some of the text is cut."""

    size: float
    lines: tuple[str, ...]
    whole: bool = True

    @property
    def height(self) -> float:
        """The height of all lines."""
        return len(self.lines) * self.size * LINE


def measure_text(text: str, size: float, *, bold: bool = True) -> float:
    """Return about how wide `text` is at a font size, rather too much than too little."""
    return sum(map(_measure_character, text)) * size * (1.0 if bold else _REGULAR)


def fit_text(text: str, width: float, height: float, sizes: Sequence[float], *, bold: bool = True) -> Fitted:
    """Return `text` wrapped at the first of `sizes` that fits the box; at the last one, cut with "…" where it does not.

    A word is broken only where the last size leaves no other way. No line at all fits a box lower than one line.
    """
    words = text.split(" ")  # what a no-break space joins stays together
    face = 1.0 if bold else _REGULAR
    for size in sizes:
        lines = _wrap(words, width, size * face)
        if len(lines) * size * LINE <= height and all(measure_text(line, size * face) <= width for line in lines):
            return Fitted(size, tuple(lines))
    size = sizes[-1]
    lines = [part for line in _wrap(words, width, size * face) for part in _break_line(line, width, size * face)]
    room = max(0, int(height / (size * LINE)))
    if len(lines) <= room and lines:
        return Fitted(size, tuple(lines))
    lines = lines[:room]
    if lines:
        lines[-1] = cut_text(lines[-1].rstrip(" -,;:…") + "…", width, size, bold=bold)
    return Fitted(size, tuple(line for line in lines if line), whole=False)


def pick_text(choices: Sequence[str], width: float, size: float, *, bold: bool = True) -> str:
    """Return the first of `choices` that fits one line, or ""."""
    return next((text for text in choices if measure_text(text, size, bold=bold) <= width), "")


def cut_text(text: str, width: float, size: float, *, bold: bool = True) -> str:
    """Return `text` on one line: as it is, or cut and ending in "…"; "" where not even one character and the dots fit."""
    if measure_text(text, size, bold=bold) <= width:
        return text
    for end in range(len(text) - 1, 0, -1):
        cut = text[:end].rstrip(" -,;:…") + "…"
        if len(cut) > 1 and measure_text(cut, size, bold=bold) <= width:
            return cut
    return ""


def _measure_character(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return _EAST_ASIAN
    return _WIDTHS.get(character, _CAPITAL if character.isupper() else _OTHER)


def _wrap(words: Sequence[str], width: float, size: float) -> list[str]:
    """Return lines of whole words; a word wider than the box has a line of its own."""
    lines: list[str] = []
    for word in words:
        if lines and measure_text(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _break_line(line: str, width: float, size: float) -> list[str]:
    """Return a line in parts that fit; parts of a broken word end in a hyphen."""
    parts: list[str] = []
    while line and measure_text(line, size) > width:
        longest = max(1, len(line) - 3)  # no letter or two on a line of their own
        end = next((i for i in range(longest, 0, -1) if measure_text(line[:i] + "-", size) <= width), 0)
        if not end:
            return parts  # not one character fits
        parts.append(line[:end] + "-")
        line = line[end:]
    return [*parts, line]
