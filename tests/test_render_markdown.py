"""Markdown: a real parser must read back what was published, with the marks in bold."""

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from sample_report import (
    HOSTILE,
    make_empty_report,
    make_report,
    make_two_story_report,
    make_versions_report,
)

from detector.render import render_report
from detector.render.markdown import escape_markdown, mark_markdown
from detector.render.marks import cut_runs

PARSER = MarkdownIt("commonmark").enable("table")


def read_inline(text):
    """Return the plain text and the bold parts that a Markdown parser sees in one paragraph."""
    tokens = PARSER.parse(text)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"], text
    plain, bold, strong = "", [], False
    for token in tokens[1].children:
        assert token.type in ("text", "text_special", "strong_open", "strong_close"), (token.type, text)
        strong = token.type == "strong_open" or (strong and token.type != "strong_close")
        if token.type == "strong_open":
            bold.append("")
        plain += token.content
        if strong:
            bold[-1] += token.content
    return plain, bold


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE.replace("&quot;", ""),
        "1. first",
        "12) first",
        "- dash",
        "+ plus",
        "> quote",
        "# heading",
        "=== line",
        "--- line",
        "*stars* and _lines_ and `code` and ~~strike~~",
        "![image](http://a.example/b.png) [ref][x] <http://a.example>",
        "a | b \\ c &amp; d &#65; e & f",
        "It cost $5, then $6.",
        "    indented code",
        "a\n\nb",
        "[x]: http://a.example",
        "<b>bold</b>",
        "***",
    ],
)
def test_escaped_text_comes_back(text):
    assert read_inline(escape_markdown(text))[0] == " ".join(text.split())


def test_plain_prose_is_left_alone():
    prose = 'At 5 p.m. on 3 May, the ministry\'s chief (a former admiral) said: "No comment" - twice!'
    assert escape_markdown(prose) == prose
    assert escape_markdown("It cost $5.") == "It cost $5."


@pytest.mark.parametrize(
    ("text", "marked", "bold"),
    [
        ("At least 37 people", "At least 37", ["At least 37"]),
        ("some US$30 million", "$30", ["US$30"]),
        ('He said "thirty-seven", twice', '"thirty', ['"thirty-seven",']),
        ("the U.S.'s plan", "U.S.", ["U.S.'s"]),
        ("2 * 3 * 4", "3", ["3"]),
        ("*odd* words", "*odd*", ["*odd*"]),
        ("1. first", "1.", ["1."]),
        ("end.", "end", ["end."]),
    ],
)
def test_marks_are_bold_to_a_parser(text, marked, bold):
    start = text.index(marked)
    assert read_inline(mark_markdown(cut_runs(text, [(start, start + len(marked))]))) == (text, bold)


@pytest.mark.parametrize("make", [make_report, make_versions_report, make_two_story_report, make_empty_report])
def test_report_is_clean_markdown(make):
    text = render_report(make(), "md")
    assert not re.search(r"\n{3,}|[ \t]+\n|\{\{|\{%", text)
    tokens = PARSER.parse(text)
    types = {token.type for token in tokens}
    assert not types & {"html_block", "code_block", "fence"}
    inline = [child for token in tokens for child in token.children or ()]
    assert not {"link_open", "html_inline", "image", "code_inline"} & {child.type for child in inline}
    assert [token.tag for token in tokens if token.type == "heading_open"].count("h1") == 1


def test_report_reads_in_the_order_of_the_page():
    text = render_report(make_report(), "md")
    parts = (
        "# Ferry Aurelia aground off Port Velmar",
        "- **Island Radio** 4 May 2031 (from its text)",
        "≠ 1 differs | → 1 developed | = 1 agrees | ? 2 to check by hand | ◇ 4 in one source only",
        "(NLI) had no model",
        "| Injured passengers | ≠ differs: at least 37 | ≠ differs: 52 | → may have developed: thirty | silent |",
        "## Where they differ",
        "### ≠ How many people were hurt?",
        "  > **At least 37** people were taken to hospital.",
        "numbers: different numbers of the same thing (+2.1)",
        "## What developed",
        "First reported: Harbour Gazette",
        "## Where they agree",
        "*agree · reworded · 3 outlets, 2 origins · confidence 0.95*",
        "## Check by hand\n\nThe judge cannot tell whether these differ: read both sentences",
        "### ≠ Did the radar fail?\n\n*may differ · disputed",
        "## In one source only",
        "### Harbour Gazette",
        "## Left out, and why",
        "- inbox/empty.txt: the file is empty",
        "made 1 Jun 2031, 12:00 UTC",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_versions_and_empty_states():
    text = render_report(make_versions_report(), "md")
    places = [text.index(part) for part in ("## Changed", "## Added and dropped", "### + Added", "## Unchanged")]
    assert places == sorted(places)
    assert "No differences found. That is not proof" in render_report(make_empty_report(), "md")
    assert "No two of the articles" in render_report(replace(make_empty_report(), stories=()), "md")
