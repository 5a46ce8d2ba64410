"""Markdown -> plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def strip_markdown(text: str) -> tuple[str, str | None]:
    """Take the markup out of Markdown (CommonMark and tables, parsed by markdown-it-py).

    Args:
        text: Markdown without front matter.

    Returns:
        The plain text, one blank line between blocks, and the first top heading (of any level if there is no
        top one), or None.
    """
    from markdown_it import MarkdownIt  # imported here: most runs read no Markdown

    tokens = MarkdownIt("commonmark").enable("table").parse(_COMMENT.sub("", text))
    blocks: list[str] = []
    headings: list[tuple[str, str]] = []
    row: list[str] | None = None
    for at, token in enumerate(tokens):
        block = ""
        if token.type == "inline":
            block = _flatten_inline(token.children or ())
            if tokens[at - 1].type == "heading_open" and block.strip():
                headings.append((tokens[at - 1].tag, block))
        elif token.type in ("code_block", "fence", "html_block"):
            block = _TAG.sub("", token.content) if token.type == "html_block" else token.content
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            block, row = " | ".join(row), None
        if row is not None and block:
            row.append(block)
        elif block.strip():
            blocks.append(block.strip("\n"))
    top = next((heading for tag, heading in headings if tag == "h1"), headings[0][1] if headings else None)
    return "\n\n".join(blocks), top


def _flatten_inline(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak") or (token.type == "html_inline" and "<br" in token.content):
            parts.append("\n")
    return "".join(parts)
