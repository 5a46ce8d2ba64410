"""Tables in Markdown, and putting them into a page that people write around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path


def make_table(head: Sequence[str], rows: Iterable[Sequence[str]], texts: int = 1) -> str:
    """Return a Markdown table whose first `texts` columns are text and whose others are figures."""
    lines = [head, [*["---"] * texts, *["---:"] * (len(head) - texts)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def put_block(page: Path, name: str, block: str) -> None:
    """Replace what stands between `<!-- NAME -->` and `<!-- end of NAME -->` in a page.

    Raises:
        ValueError: The page lacks the two marks.
        OSError: There is no such page.
    """
    start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, found, rest = page.read_text(encoding="utf-8").partition(start)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"{page} needs the marks {start} and {end}")
    page.write_text(f"{before}{start}\n\n{block}\n\n{end}{after}", encoding="utf-8")
