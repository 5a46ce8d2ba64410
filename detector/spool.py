"""Articles in a temporary file: an archive's texts are not held in memory, but read when their story's turn comes."""

from __future__ import annotations

import pickle
import struct
import sys
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from detector.errors import ReportError
from detector.records import Article

_ROOM = 16 << 20  # bytes held in memory before a file is begun: some 6,000 articles, so that a small run needs no disk
_SIZE = struct.Struct("<I")
_QUICK = 1  # level of compression: half of the size, in a tenth of a millisecond an article


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an article lies in the file, and the characters of its text."""

    place: int
    characters: int


def make_heading(article: Article) -> Article:
    """Return an article's heading: the article with an empty text, and without what rests on the text alone."""
    return replace(article, text="", source=sys.intern(article.source), published_evidence=None, credit=None)


class Spool(Mapping[str, Article]):
    """Articles by id, each read from a temporary file whenever it is asked for; their headings stay in memory.

    The file has no name where the system knows such files (everywhere but on Windows), so that nothing is left of it when the
    process ends, however it ends. It lies on the disk of the output folder: that is to hold the reports, which are larger.

    Args:
        folder: where the run writes to; where it does not exist yet, the file lies in the nearest folder above it that does.
        room: bytes that are held in memory before a file is begun, 1 or more.
    """

    def __init__(self, folder: Path, room: int = _ROOM) -> None:
        self._folder = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.is_dir())
        self._file = tempfile.SpooledTemporaryFile(max_size=room, dir=str(self._folder))  # noqa: SIM115 closed by __exit__
        self._end = 0
        self._places: dict[str, int] = {}
        self._headings: list[Article] = []
        self.characters = 0
        """Characters in the texts of all articles."""

    @property
    def headings(self) -> tuple[Article, ...]:
        """The headings of the articles (`make_heading`), in the order in which they were added."""
        return tuple(self._headings)

    def put(self, article: Article) -> Slot:
        """Write an article down; it is among those of the spool once it is kept.

        Raises:
            ReportError: there is no room left, or the folder cannot be written to.
        """
        data = zlib.compress(pickle.dumps(article, pickle.HIGHEST_PROTOCOL), _QUICK)
        slot = Slot(self._end, len(article.text))
        with self._explain():
            self._file.seek(self._end)
            self._file.write(_SIZE.pack(len(data)) + data)
        self._end += _SIZE.size + len(data)
        return slot

    def keep(self, heading: Article, slot: Slot) -> None:
        """Make an article that was put down one of the spool's."""
        self._places[heading.id] = slot.place
        self._headings.append(heading)
        self.characters += slot.characters

    def add(self, article: Article) -> None:
        """Put an article down and keep it.

        Raises:
            ReportError: as `put`.
        """
        self.keep(make_heading(article), self.put(article))

    def __getitem__(self, name: str) -> Article:
        """Read the article with an id, as it was put down."""
        place = self._places[name]
        with self._explain():
            self._file.seek(place)
            (size,) = _SIZE.unpack(self._file.read(_SIZE.size))
            data = self._file.read(size)
        article: Article = pickle.loads(zlib.decompress(data))  # noqa: S301 nobody but this process can open the file
        return article

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with suppress(OSError):  # what could not be written any more is not wanted any more
            self._file.close()

    @contextmanager
    def _explain(self) -> Iterator[None]:
        """Say of an error of the disk what was done, where, and what helps."""
        try:
            yield
        except OSError as error:
            raise ReportError(
                f"cannot keep the articles that were read in a temporary file in {self._folder}, {self._end / 1e6:,.0f} MB so far: "
                f"{error.strerror or error}. It takes about half of the size of their texts: make room there, or write the report to a "
                "folder on a disk that has it"
            ) from error
