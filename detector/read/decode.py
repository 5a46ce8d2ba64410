"""Bytes -> clean text: encodings, newlines, control characters."""

from __future__ import annotations

import codecs
import re
import unicodedata
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
    if not text.strip("\ufeff\u200b \t\r\n\f\v\xa0"):
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
