"""The page in a real browser: wide and narrow, light and dark, with and without JavaScript, on paper."""

import os
from pathlib import Path

import pytest
from sample_report import (
    make_big_report,
    make_long_report,
    make_report,
    make_two_level_report,
    make_two_story_report,
    make_versions_report,
)

from detector.render import write_reports

playwright = pytest.importorskip("playwright.sync_api", reason="the playwright package is not installed")
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM} (set CHROMIUM to its path)"),
]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

# Text elements whose colour stands out too little from what is painted behind them (WCAG 2.2, 1.4.3).
FIND_PALE = """() => {
  const read = (colour) => { const p = colour.match(/[\\d.]+/g).map(Number); return p.length < 4 ? [...p, 1] : p; };
  const light = (rgb) => { const [r, g, b] = rgb.map((v) => { v /= 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = (node) => { for (; node; node = node.parentElement) {
    const colour = read(getComputedStyle(node).backgroundColor); if (colour[3] === 1) return colour; }
    return [255, 255, 255, 1]; };
  const pale = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility() || node.closest("script,style")) continue;
    const a = light(read(getComputedStyle(node).color)), b = light(behind(node));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) pale.push([walker.currentNode.data.trim().slice(0, 40), ratio]);
  }
  return pale;
}"""

# Lines of the visible map that leave their tile, meet another line, or are too pale against what their tile is filled with.
FIND_BAD_LINES = """() => {
  const read = (colour) => colour.match(/[\\d.]+/g).map(Number).slice(0, 3);
  const light = (rgb) => { const [r, g, b] = rgb.map((v) => { v /= 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const bad = [], seen = [];
  for (const text of document.querySelectorAll(".map text")) {
    if (!text.checkVisibility()) continue;
    const rect = text.parentElement.querySelector("rect"), a = text.getBoundingClientRect(), b = rect.getBoundingClientRect();
    if (a.left < b.left || a.right > b.right || a.top < b.top || a.bottom > b.bottom + 1) bad.push(["out", text.textContent]);
    for (const [c, other] of seen)
      if (a.left < c.right && c.left < a.right && a.top + 3 < c.bottom && c.top + 3 < a.bottom)
        bad.push(["over", text.textContent, other]);
    seen.push([a, text.textContent]);
    const one = light(read(getComputedStyle(text).fill)), two = light(read(getComputedStyle(rect).fill));
    if ((Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05) < 4.5) bad.push(["pale", text.textContent]);
  }
  return [seen.length, bad];
}"""


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    top = tmp_path_factory.mktemp("reports")
    write_reports(make_report(), top / "one")
    write_reports(make_versions_report(), top / "versions")
    write_reports(make_two_story_report(), top / "two")
    write_reports(make_big_report(500), top / "big")
    write_reports(make_two_level_report(), top / "levels")
    write_reports(make_long_report(), top / "long")
    return top


@pytest.fixture
def open_page(browser, folder):
    """Open a page of the reports; afterwards hold it to have said nothing and asked for nothing."""
    contexts, noise = [], []

    def open_one(name="one/report.html", width=1200, anchor="", **options):
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        address = (folder / name).as_uri()
        page.on(
            "request", lambda request: None if request.url.startswith((address, "data:")) else noise.append(request.url)
        )
        page.goto(address + anchor)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert noise == []


def count_shown(page, selector):
    return page.locator(selector).filter(visible=True).count()


@pytest.mark.parametrize("width", [1200, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["one/report.html", "versions/report.html", "two/index.html", "long/report.html"])
def test_page_fits_and_is_legible(open_page, name, width, scheme):
    page = open_page(name, width, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate(FIND_PALE) == []


@pytest.mark.parametrize("width", [1200, 360])
def test_filters_by_relation_and_by_source(open_page, width):
    page = open_page(width=width)
    status, cards = page.get_by_role("status"), ".card"
    assert status.inner_text() == "Showing all 5 cards"
    assert count_shown(page, cards) == 3  # two to check by hand are folded away
    assert page.get_by_role("heading", name="Check by hand").is_visible()

    differ = page.get_by_role("button", name="differ")
    differ.click()
    assert differ.get_attribute("aria-pressed") == "true"
    assert count_shown(page, ".card.differ") == count_shown(page, cards) == 1
    assert status.inner_text() == "Showing 1 of 5 cards"
    assert not page.get_by_role("heading", name="Where they agree").is_visible()

    page.get_by_role("button", name="developed").click()
    assert status.inner_text() == "Showing 2 of 5 cards"
    page.get_by_role("button", name="to check by hand").click()
    assert status.inner_text() == "Showing 4 of 5 cards"
    assert count_shown(page, cards) == 4
    page.get_by_role("button", name="The Meridian Post-Intelligencer").click()
    assert status.inner_text() == "Showing 2 of 5 cards"
    page.get_by_role("button", name="Island Radio").click()
    assert status.inner_text() == "Showing 1 of 5 cards"
    assert page.get_by_role("heading", name="How many are in hospital?").is_visible()

    differ.click()
    assert differ.get_attribute("aria-pressed") == "false"
    page.get_by_role("button", name="Show all").click()
    assert status.inner_text() == "Showing all 5 cards"
    assert count_shown(page, cards) == 5
    assert page.locator("button[aria-pressed=true]").count() == 0
    assert not page.get_by_role("button", name="Show all").is_visible()


def test_filter_of_lone_sentences(open_page):
    page = open_page()
    page.get_by_role("button", name="in one source only").click()
    assert count_shown(page, ".card") == 0
    assert count_shown(page, ".lone") == 3
    page.get_by_role("button", name="Island Radio").click()
    assert count_shown(page, ".lone") == 1


def test_link_to_a_hidden_card_shows_it(open_page):
    page = open_page()
    page.get_by_role("button", name="= agree").click()
    page.locator(".grid a[href='#card-c1']").first.click()
    page.wait_for_function("document.activeElement.id === 'card-c1'")
    assert page.locator("#card-c1").is_visible()
    assert page.get_by_role("status").inner_text() == "Showing all 5 cards"


def test_link_into_an_article_opens_it(open_page):
    page = open_page()
    assert count_shown(page, ".text p") == 0
    page.locator("#card-c1 .intext").first.click()
    page.wait_for_function("document.activeElement.textContent === 'At least 37 people were taken to hospital.'")
    assert count_shown(page, ".text p") > 0


def test_address_with_an_anchor_leads_to_its_card(open_page):
    page = open_page(anchor="#card-c4")
    assert page.evaluate("document.activeElement.id") == "card-c4"


def test_keyboard_reaches_the_findings_and_the_filters(open_page):
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the findings"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'main'")
    button = page.get_by_role("button", name="differ")
    button.focus()
    page.keyboard.press("Space")
    assert button.get_attribute("aria-pressed") == "true"
    summary = page.locator(".verdict summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator(".fall").first.is_visible()


@pytest.mark.parametrize("width", [1200, 360])
def test_without_javascript_all_is_there_and_the_filters_are_not(open_page, width):
    page = open_page(width=width, java_script_enabled=False)
    assert count_shown(page, ".filters") == 0
    assert count_shown(page, "button") == 0
    assert count_shown(page, ".card") == 3
    page.locator(".fold > summary").click()
    assert count_shown(page, ".card") == 5
    page.locator(".verdict summary").first.click()
    assert page.locator(".fall").first.is_visible()


def test_paper_shows_the_cards_and_nothing_to_press(open_page):
    page = open_page(color_scheme="dark")
    page.evaluate("document.querySelector('.verdict').open = true")
    page.emulate_media(media="print")
    assert count_shown(page, ".filters, .verdict, .fall, .intext, .skip, .texts") == 0
    assert count_shown(page, ".card") == 5
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(27, 29, 33)"
    assert page.evaluate(FIND_PALE) == []


def test_wide_table_scrolls_in_its_own_box_under_a_fixed_first_column(open_page):
    page = open_page(width=360)
    before = page.locator(".grid tbody th").first.bounding_box()["x"]
    moved = page.evaluate(
        "(() => { const box = document.querySelector('.scroll'); box.scrollLeft = 150; return box.scrollLeft; })()"
    )
    assert moved == 150
    assert abs(page.locator(".grid tbody th").first.bounding_box()["x"] - before) <= 1


@pytest.mark.parametrize("width", [1280, 768, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["one", "levels", "long"])
def test_map_is_legible(open_page, name, width, scheme):
    page = open_page(f"{name}/report.html", width, color_scheme=scheme)
    assert count_shown(page, "svg.map") == 1
    number, bad = page.evaluate(FIND_BAD_LINES)
    assert bad == []
    assert number >= 10
    assert page.locator("svg.map").filter(visible=True).bounding_box()["width"] > 0.9 * min(width, 1040) - 30
    small = page.evaluate("""() => Math.min(...[...document.querySelectorAll('.map text')].filter((t) => t.checkVisibility())
      .map((t) => t.getAttribute('font-size') * t.getScreenCTM().a))""")
    assert small >= 10.5  # pixels, on a phone too


@pytest.mark.parametrize("width", [1200, 360])
def test_tile_leads_to_its_row_by_mouse_and_by_keyboard(open_page, width):
    page = open_page(width=width)
    tile = page.get_by_role("link", name="The radar: 1 may differ. 2 claims from 2 of 4 sources.")
    assert tile.count() == 1  # the other picture is hidden from readers too
    tile.click()
    page.wait_for_function("document.activeElement.id === 'topic-radar'")
    lone = page.get_by_role("link", name="The choir from Sund: one source only.")
    lone.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash === '#only'")


def test_map_on_paper_has_a_width_of_its_own_and_dark_ink(open_page):
    page = open_page(width=390, color_scheme="dark")
    page.emulate_media(media="print")
    assert count_shown(page, "svg.map") == count_shown(page, "svg.map.medium") == 1
    assert page.evaluate("getComputedStyle(document.querySelector('.map .label')).fill") == "rgb(27, 29, 33)"


def test_long_table_keeps_its_head_in_sight(open_page):
    page = open_page("long/report.html", 1280)
    box = page.locator(".scroll")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")  # eight sources side by side
    page.locator(".grid tbody tr").last.evaluate("row => row.scrollIntoView()")
    top = "box => box.querySelectorAll('th')[1].getBoundingClientRect().top - box.getBoundingClientRect().top"
    assert abs(box.evaluate(top)) < 3
    assert box.evaluate("box => box.scrollTop") > 500


def test_page_of_500_findings_answers_at_once(open_page):
    page = open_page("big/report.html")
    milliseconds = page.evaluate("""() => { const start = performance.now();
      document.querySelector("button[data-relation=differ]").click(); document.body.offsetHeight;
      return performance.now() - start; }""")
    assert page.get_by_role("status").inner_text() == "Showing 167 of 500 cards"
    assert milliseconds < 2000


def test_index_leads_to_a_story_and_its_top_finding(open_page, browser, folder):
    page = browser.new_page()
    page.goto((folder / "two/index.html").as_uri())
    page.get_by_role("link", name="How many people were hurt?").last.click()
    page.wait_for_function("document.activeElement.id.startsWith('card-')")
    assert page.get_by_role("heading", level=1).inner_text() == "Café blaze — Östra’s 2nd"
    page.close()
