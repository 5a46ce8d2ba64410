"""Sentences, offsets, what is left out, who speaks."""

from __future__ import annotations

import pytest
from conftest import SEEDS, make_article

from detector.read import read_articles
from detector.split import parse_claim, split_claims


def split(text, **fields):
    return split_claims([make_article(text, **fields)])


def test_offsets_are_exact_on_the_seeds():
    articles, _ = read_articles([SEEDS])
    claims = split_claims(articles)
    texts = {article.id: article.text for article in articles}
    assert len(claims) > 40
    for claim in claims:
        assert texts[claim.article_id][claim.start : claim.end] == claim.text
        assert claim.text == claim.text.strip()
        assert "\n" not in claim.text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The U.S. Senate met on Monday. It passed the bill.", 2),
        ("Mr. Hale met Dr. Ortiz at 5 p.m. in St. Louis.", 1),
        ("The price rose by 3.5 percent. Analysts were surprised.", 2),
        ("The bridge fell at dawn\nNobody was hurt.", 2),
        ('"We are ready. We will win," Coach Dana Holt said.', 2),
        ("Sen. Smith of the U.S. voted no. The bill failed.", 2),
        ("", 0),
        ("   \n  \n", 0),
    ],
)
def test_sentences(text, count):
    assert len(split(text)) == count


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Hale lost on Tuesday. Story Continued Below With all votes counted, Moor had won the county.",
            ["Hale lost on Tuesday.", "With all votes counted, Moor had won the county."],
        ),
        (
            "Photos: The vote Moor speaks to voters. Hide Caption 3 of 15 Hale left the hall at noon. Hide Caption 4 of 15 Photos",
            ["Photos: The vote Moor speaks to voters.", "Hale left the hall at noon."],
        ),
        ("Moor won. Advertisement Hale called him at noon.", ["Moor won.", "Hale called him at noon."]),
        ("Advertisement revenue fell by a third.", ["Advertisement revenue fell by a third."]),
        ("FILE PHOTO: Moor speaks to voters in Belmar.", ["Moor speaks to voters in Belmar."]),
    ],
)
def test_what_a_page_puts_between_sentences_is_in_none(text, sentences):
    claims = split_claims([make_article(text=text)])
    assert [claim.text for claim in claims] == sentences
    assert all(text[claim.start : claim.end] == claim.text for claim in claims)


def test_offsets_survive_odd_spaces_and_letters():
    text = "  Café  Noir   reopened on Monday.   The  owner “Élodie” was glad.\r\n\n\tNobody minded the noise."
    for claim in split(text):
        assert text[claim.start : claim.end] == claim.text


@pytest.mark.parametrize(
    ("text", "title", "reasons"),
    [
        ("Mayor resigns\nThe mayor resigned on Monday after a long fight.", "Mayor resigns", ["headline", None]),
        ("What happens next\nThe council will vote on Friday.", "", ["headline", None]),
        ("Mayor resigns after a long fight.", "Mayor resigns after a long fight.", [None]),
        ("Mayor resigns after a long fight", "", [None]),
        ("A long night", "A long night", ["fragment"]),
        ("Will the council agree on a budget this week?", "", ["question"]),
        ("A long and bitter night.", "", ["fragment"]),
        ("...or the harbour will be closed by the council.", "", ["fragment"]),
        ("“… the harbour will be closed,” the council said.", "", ["fragment"]),
        ("“… The harbour will be closed,” the council said.", "", [None]),
        ("Let me tell you a story about the harbour and the council.", "", ["fragment"]),
        ("Sign up for the harbour's morning newsletter.", "", ["fragment"]),
        ("Read the law: the harbour will be closed by the council.", "", [None]),
        ("“Let me be clear that the harbour will be closed,” she said.", "", [None]),
        ("Would have been tied to the money for the harbour.", "", ["fragment"]),
        ("Had the harbour been closed, the council would have paid.", "", [None]),
        ("Hale asks on the recording.", "", ["fragment"]),
        ("- Harbour Post's Ann Lee, Bo Roe and Cy Dee contributed to this report.", "", ["fragment"]),
        ("Ann Lee of the Harbour Post contributed reporting from Dalby.", "", ["fragment"]),
        ("Reporting by Ann Lee in Dalby; editing by Bo Roe.", "", ["fragment"]),
        ("Dalby contributed to the report on the harbour that the council wrote.", "", [None]),
        ("Reporting by the council shows that the harbour will be closed.", "", [None]),
        ("Reporting by Ann Lee shows that the harbour will be closed.", "", [None]),
        ("Three towns contributed money for the harbour.", "", [None]),
        ("Hale asked for three more boats.", "", [None]),
        ("They rejected the offer at once.", "", ["unclear"]),
        ("Mayor Lena Ortiz spoke on Monday. She rejected the offer at once.", "", [None, None]),
        ("Lena Ortiz met Juan Delgado on Monday. She rejected the offer at once.", "", [None, "unclear"]),
        ("It is clear that the dam will not hold.", "", [None]),
    ],
)
def test_what_is_left_out(text, title, reasons):
    assert [claim.left_out for claim in split(text, title=title)] == reasons


def test_context_is_headline_and_sentence_before():
    claims = split("The dam broke at noon. Two villages were flooded by the water.", title="Dam breaks")
    assert claims[0].context == "Dam breaks"
    assert claims[1].context == "Dam breaks The dam broke at noon."


def test_a_quote_over_two_sentences_keeps_its_speaker():
    claims = split('"The dam was never safe. We warned them for years," engineer Ida Holm said.')
    assert [claim.speaker for claim in claims] == ["engineer Ida Holm", "engineer Ida Holm"]


def test_surname_and_pronoun_get_the_full_name():
    claims = split(
        "Transport Minister Ida Holm opened the line. Holm said the work took nine years. It was worth it, she added."
    )
    assert claims[1].speaker == "Ida Holm"
    assert claims[2].speaker == "Ida Holm"


def test_ids_are_stable_and_follow_the_text():
    first, second = (
        split("The dam broke at noon. Two villages were flooded."),
        split("The dam broke at noon. Two villages were flooded."),
    )
    assert [claim.id for claim in first] == [claim.id for claim in second]
    assert [claim.id for claim in first] == sorted(claim.id for claim in first)


def test_parse_claim_takes_the_whole_text():
    claim = parse_claim(make_article("The dam broke at noon. Nobody was hurt."))
    assert (claim.start, claim.end) == (0, len("The dam broke at noon. Nobody was hurt."))
