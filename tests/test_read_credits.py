import pytest

from detector.read.clean import find_furniture, is_furniture
from detector.read.credited import choose_credit, read_staff
from detector.read.credits import Credit, read_credit, read_ending
from detector.read.plain import parse_plain
from detector.read.tables import parse_jsonl


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Source: Qatar Tribune", "Qatar Tribune"),
        ("Source - Daily Sabah", "Daily Sabah"),
        ("SOURCE: Reuters.", "Reuters"),
        ("(Source: ANI)", "ANI"),
        ("Source: Qatar News Agency (QNA)", "Qatar News Agency (QNA)"),
        ("Source: Xinhua Editor: huaxia", "Xinhua"),
        ("Source: https://www.news.example/a/1", "news.example"),
        ("This article was originally published by Deutsche Welle.", "Deutsche Welle"),
        ("This article originally appeared at Reuters. Copyright 2014. Follow Reuters on Twitter.", "Reuters"),
        ("This story originally appeared on News.com.au.", "News.com.au"),
        ("This story originally appeared in The Daily Mail:", "The Daily Mail"),
        ("Source: Jane Doe/Getty Images", None),
        ("© Depositphotos.com/ Jane Doe", None),
        ("© Copyright 2019 by Creators.com, Inc.", "Creators.com"),
        ("By Jane Doe, Reuters", "Reuters"),
        ("By Jane Doe | The Guardian", "The Guardian"),
        ("By: Jane van der Meer | Politik Heute", "Politik Heute"),
        ("By Jane Doe and John Roe, Associated Press", "Associated Press"),
        ("By Jane Doe in Kyiv and John Roe, The Guardian", "The Guardian"),
        ("By Jane Doe for The Atlantic", "The Atlantic"),
        ("By Reuters Staff", "Reuters"),
        ("Jane Doe, Reuters", "Reuters"),
        ("By Jane Doe | April 11, 2025", None),
        ("By Jane Doe, Political Correspondent", None),
        ("BY JANE DOE", None),
        ("— AP", "AP"),
        ("– Agence France-Presse", "Agence France-Presse"),
        ("[AFP]", "AFP"),
        ("Reuters", "Reuters"),
        ("© 2024 The Times", "The Times"),
        ("Copyright 2025 The Associated Press. All rights reserved.", "The Associated Press"),
    ],
)
def test_a_credit_line_names_its_outlet_if_it_has_one(line, source):
    credit = read_credit(line)

    assert credit is not None
    assert credit.source == source


@pytest.mark.parametrize(
    "line",
    [
        "Originally published on March 21",
        "By Friday, the talks had stalled",
        "By Early April, Talks Stall",
        "By sheer luck Kyiv survived",
        "By the time he came, it was over",
        "Source: close to the talks, a minister said that they had failed.",
        "Source of tension",
        "Copyright law is reviewed in 2024",
        "— Winston Churchill",
        "(NATO)",
        "World",
        "Spa",
        "picture.JPG",
        "Keir Starmer, Prime Minister",
    ],
)
def test_text_is_no_credit(line):
    assert read_credit(line) is None


@pytest.mark.parametrize("headline", ["Source: Trump to announce new tariffs", "By Sheer Luck, Kyiv Survives"])
def test_a_headline_is_no_credit(headline):
    assert read_credit(headline, first=True) is None


def test_a_credit_may_end_the_last_paragraph():
    assert read_ending("The talks go on, he said. (AFP)").source == "AFP"
    assert read_ending("“They go on,” he said.” — AP").source == "AP"
    assert read_ending("He spoke to the alliance. (NATO)") is None
    assert read_ending("He spoke to the AP") is None


@pytest.mark.parametrize(
    "line",
    [
        "Back to list",
        "< BACK TO LIST",
        "Share this article",
        "Read more: Ten die in Kyiv",
        "ALSO READ | Ten die in Kyiv",
        "Advertisement",
        "ADVERTISEMENT - CONTINUE READING BELOW",
        "Subscribe to our newsletter",
        "Related articles:",
        "Follow us on Twitter",
        "Follow Kyiv Post on Telegram",
        "All rights reserved",
        "Copyright 2024",
        "© The Times",
        "Home > World > Europe",
        "We use cookies to improve your visit.",
        "Accept all cookies",
        "Tags: Ukraine, NATO",
        "Reporting by Jane Doe; Editing by J. Roe.",
        "Photo: Reuters",
        "5 min read",
        "Facebook Twitter WhatsApp",
        "* * *",
    ],
)
def test_lines_of_the_page_are_furniture(line):
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Follow the money",
        "Share prices fall",
        "Read my lips",
        "Watch: Zelensky arrives",
        "Home secretary resigns",
        "Reporting by state media suggests that it fell.",
        "Copyright ruling in 2024 shakes the web",
        "More talks planned",
        "Search for survivors goes on",
        "Close call",
        "Join the army on xenophobia",
        "By using force they agree to talks",
        "Google uses cookies, and regulators do not like it.",
        "Credit Suisse falls",
        "Sign up for war: a soldier's story",
    ],
)
def test_text_is_no_furniture(line):
    assert not is_furniture(line)


def test_headlines_under_related_articles_go_with_their_heading():
    lines = [
        "Talks fail.",
        "Related articles",
        "",
        "Ten die in Kyiv",
        "Starmer meets Macron",
        "The talks go on.",
        "No end",
    ]

    assert find_furniture(lines) == {1, 3, 4}


STORY = "Flood closes the bridge at Harrow\n\n{}The river rose by two metres on Monday, police said.\n\nSchools stay shut.{}"


@pytest.mark.parametrize(
    ("head", "tail", "credit"),
    [
        ("", "", None),
        ("By Jane Doe, Associated Press\n\n", "", "Associated Press"),
        ("By Jane Doe\nAssociated Press\n\n", "", "Associated Press"),
        ("HARROW, March 3 (Reuters) — ", "", "Reuters"),
        ("HARROW (AP) — ", "", "Associated Press"),
        ("(Reuters) - ", "", "Reuters"),
        ("", " (AFP)", "Agence France-Presse"),
        ("", "\n\nSource: AFP", "Agence France-Presse"),
        ("", "\n\nSource: Harrow Gazette", "Harrow Gazette"),
        ("", "\n\nThis article was first published by The Guardian.", "The Guardian"),
        ("", "\n\nCopyright 2025 The Associated Press. All rights reserved.", "Associated Press"),
        ("", "\n\nAssociated Press writer Jane Doe in Harrow contributed to this report.", "Associated Press"),
        ("", "\n\nThe Associated Press contributed to this report.", None),  # a part of it
        ("", "\n\n© AFP", None),  # of a picture, for all we know
        ("By Jane Doe, The Harrow Post\n\n", "", None),  # where the text was read
        ("", "\n\nHarrow Post writer Jane Doe contributed to this report.", None),
        ("", "\n\nPhoto: Reuters", None),
    ],
)
def test_whom_a_text_credits(head, tail, credit):
    text = STORY.format(head, tail)
    assert parse_plain(text, where="a.txt", name="a").credit == credit
    fronted = parse_plain(f"---\nsource: Daily Planet\n---\n{text}", where="a.txt", name="a")
    assert (fronted.source, fronted.credit) == ("Daily Planet", credit)


def test_a_table_states_the_source_and_the_text_whom_it_credits():
    import json

    row = json.dumps({"source": "Daily Planet", "text": STORY.format("HARROW (Reuters) - ", "")})
    (article,) = parse_jsonl([row], where="a.jsonl", name="a")
    assert (article.source, article.credit) == ("Daily Planet", "Reuters")


def test_thanks_to_an_agencys_own_people():
    assert read_staff("AP writers Jane Doe in Kyiv and John Roe contributed.").source == "AP"
    assert read_staff("The Associated Press contributed to this report.") is None
    assert read_staff("Reuters reporters said that he contributed to the fund") is None


def test_the_best_credit_counts_in_any_order():
    found = [Credit("AP", 4), Credit("Reuters", 2), Credit(None, 0), Credit("Harrow Post", 1)]
    assert choose_credit(found) == choose_credit(found[::-1]) == "Reuters"
    assert choose_credit([]) is None
