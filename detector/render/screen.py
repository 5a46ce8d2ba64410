"""The terminal and its limits.

Everything is built as `rich.text.Text`, never as markup: a sentence with "[red]" in it is printed with "[red]" in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from detector.render.marks import Run

COLOURS = {"differ": "red", "develop": "yellow", "agree": "green", "only": "blue", "check": "magenta"}
"""The colour of each group of cards."""
_ASCII = str.maketrans(
    {"≠": "!=", "→": "->", "−": "-", "◇": "*", "·": "|", "…": "...", "«": "[[", "»": "]]"}
    | {"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"'}
)
# Escape sequences and overrides of the writing direction could redraw what was printed before.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Screen:
    """The console with its limits: what it cannot show in colour or in its encoding is shown in another way."""

    console: Console

    @property
    def colours(self) -> bool:
        """Whether marks can be shown by colour."""
        return self.console.is_terminal and self.console.color_system is not None and not self.console.no_color

    def make(self, *parts: tuple[str, str]) -> Text:
        """Join parts of (text, style)."""
        return Text().join(Text(self._clean(text), style=style) for text, style in parts)

    def mark(self, runs: Iterable[Run], colour: str) -> Text:
        """Join plain and marked runs; marks are coloured, or stand in «…» where there are no colours."""
        style = f"bold underline {colour}"
        if self.colours:
            return self.make(*((text, style if marked else "") for text, marked in runs))
        return self.make(*((f"«{text}»" if marked else text, "") for text, marked in runs))

    def say(self, *parts: tuple[str, str], indent: int = 0) -> None:
        """Print parts of (text, style), wrapped and indented."""
        self.put(self.make(*parts), indent)

    def put(self, text: Text, indent: int = 0) -> None:
        """Print wrapped lines, each indented, without blanks at their ends."""
        for line in text.wrap(self.console, max(20, self.console.width - indent)):
            line.rstrip()
            self.console.print(Text(" " * indent).append_text(line) if line else "", soft_wrap=True)

    def _clean(self, text: str) -> str:
        text = _CONTROLS.sub(" ", text)
        if not self.console.options.ascii_only:  # rich's word for "not Unicode"
            return text
        encoding = self.console.encoding
        return text.translate(_ASCII).encode(encoding, "replace").decode(encoding)
