"""Bytes -> clean text: encodings, newlines, control characters."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from detector.records import Skipped

# UTF-32 goes first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NEWLINE = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL_SHARE = 0.005
_BLANK = "\ufeff\u200b \t\r\n\f\v\xa0"
_CHUNK = 1 << 20
# French or Spanish in Windows-1252 has some 5 % of bytes above 127; other scripts have far more.
_FOREIGN_SHARE = 0.2
# What UTF-8 punctuation and accents look like when they are taken for Windows-1252.
_GARBLED = re.compile("â€|Ã[\x80-\u02ff]|Â[\xa0-\xbf]")


def load_text(path: Path) -> str | Skipped:
    """Read a file as text, or say why that cannot be done.

    Args:
        path: the file.

    Returns:
        The text as `decode_bytes` gives it, or a `Skipped` for a file that cannot be opened, is empty or is no text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        return Skipped(str(path), f"cannot be read: {error.strerror or error}")
    return decode_bytes(data, str(path))


def load_lines(path: Path) -> Iterator[str] | Skipped:
    """Return the lines of a file, as `load_text` gives them, or say why there are none.

    A file in UTF-8 is read line by line, so that an archive in one file is never held as a whole: once to see that it is
    text, and once more for its lines. Others are read at once.

    Args:
        path: the file.
    """
    try:
        if _is_plain(path):
            return _split_file(path)
    except OSError as error:
        return Skipped(str(path), f"cannot be read: {error.strerror or error}")
    text = load_text(path)
    return text if isinstance(text, Skipped) else iter(text.split("\n"))


def _is_plain(path: Path) -> bool:
    """Whether a file is text in UTF-8 by the rules of `decode_bytes`."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    length = controls = 0
    filled = False
    with path.open("rb") as file:
        while data := file.read(_CHUNK):
            try:
                text = decoder.decode(data)
            except UnicodeDecodeError:
                return False
            if "\x00" in text:
                return False
            length += len(text)
            controls += len(_CONTROL.findall(text))
            filled = filled or bool(text.strip(_BLANK))
    return filled and controls <= _CONTROL_SHARE * length and not decoder.getstate()[0]


def _split_file(path: Path) -> Iterator[str]:
    """Yield the normalised lines of a file in UTF-8; none of the signs that end a line elsewhere crosses a newline."""
    with path.open("rb") as file:
        for raw in file:
            lines = normalise_text(raw.decode("utf-8")).split("\n")
            yield from lines[:-1] if raw.endswith(b"\n") else lines


def decode_bytes(data: bytes, where: str) -> str | Skipped:
    """Decode bytes as UTF-8, as UTF-16 or UTF-32 with a byte order mark, or as Windows-1252 that looks like text.

    Args:
        data: the content of a file.
        where: what a `Skipped` is to name.

    Returns:
        The normalised text (see `normalise_text`), or a `Skipped` for what is empty or no text.
    """
    text = _decode(data)
    if text is None or "\x00" in text or len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        reason = "binary file" if b"\x00" in data or text is not None else "not text in UTF-8, UTF-16 or Windows-1252"
        return Skipped(where, f"{reason}; save it as UTF-8 text")
    if not text.strip(_BLANK):
        return Skipped(where, "empty")
    return normalise_text(text)


def normalise_text(text: str) -> str:
    r"""Return text in Unicode NFC, with "\n" as the only newline and without control characters or lone surrogates."""
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", _CONTROL.sub("", _NEWLINE.sub("\n", text)))


def _decode(data: bytes) -> str | None:
    encodings = [next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")]
    if encodings == ["utf-8"] and sum(byte > 127 for byte in data) <= _FOREIGN_SHARE * len(data):
        encodings.append("cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252" and _GARBLED.search(text):
            return None
        return text
    return None
