"""The templates. HTML is escaped always, as article text is not to be trusted; Markdown by its own filter."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from detector.render.dates import NO_DATE
from detector.render.lookup import make_anchor
from detector.render.marks import clip_text
from detector.render.only_in import ONLY_SHOWN
from detector.render.topic_svg import WIDTHS, draw_map
from detector.render.verdict import format_weight
from detector.render.words import CHECK_NOTE, ONLY_EMPTY, ONLY_HEADING, ONLY_SYMBOL, phrase_number


@lru_cache(maxsize=1)
def load_environment() -> Environment:
    """Return the Jinja environment over `detector/render/templates`."""
    environment = Environment(
        loader=PackageLoader("detector.render"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        check_note=CHECK_NOTE,
        draw_map=draw_map,
        map_widths=tuple(WIDTHS),
        no_date=NO_DATE,
        only_empty=ONLY_EMPTY,
        only_heading=ONLY_HEADING,
        only_shown=ONLY_SHOWN,
        only_symbol=ONLY_SYMBOL,
        phrase_number=phrase_number,
    )
    environment.filters.update(anchor=make_anchor, clip=clip_text, short=format_short, weight=format_weight)
    return environment


def format_short(number: float) -> str:
    """Return a coordinate with one decimal at most: "12", "12.5"."""
    return f"{number:.1f}".removesuffix(".0")


def render_page(template: str, **values: Any) -> str:
    """Render an HTML page with its style and script inside it.

    The page's own policy admits that one script, by its hash, and no address at all: even a hole in the escaping
    could neither run a script nor send anything out.
    """
    environment = load_environment()
    style, script = (environment.get_template(name).render() for name in ("style.css", "filter.js"))
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = environment.get_template(template)
    return page.render(style=Markup(style), script=Markup(script), digest=digest, **values)  # noqa: S704  (our own files)
