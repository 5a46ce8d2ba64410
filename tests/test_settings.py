"""Defaults < file < flags; wrong keys and values are named."""

from __future__ import annotations

import pytest

from detector.errors import SettingsError
from detector.settings import Settings, load_settings


def write(tmp_path, text):
    path = tmp_path / "detector.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults_without_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_settings() == Settings()


def test_file_in_the_working_folder_counts(tmp_path, monkeypatch):
    write(tmp_path, "gate = 0.6\n")
    monkeypatch.chdir(tmp_path)
    assert load_settings().gate == 0.6


def test_flags_beat_the_file_and_topics_add_up(tmp_path):
    path = write(
        tmp_path, 'gate = 0.6\ntop_k = 5\n[topics]\n"troop numbers" = "soldiers, deployment"\ntruce = ["ceasefire"]\n'
    )
    settings = load_settings(path, gate=0.7, model=None, topics={"backstop": ("guarantee",)})
    assert (settings.gate, settings.top_k) == (0.7, 5)
    assert settings.topics == {
        "troop numbers": ("soldiers", "deployment"),
        "truce": ("ceasefire",),
        "backstop": ("guarantee",),
    }


def test_a_topic_can_be_a_table_with_terms_and_examples(tmp_path):
    path = write(
        tmp_path,
        '[topics]\nmoney = ""\n[topics."troop numbers"]\nterms = ["soldiers ", ""]\nexamples = ["Some 5,000, all told."]\n'
        '[topics.truce]\nterms = "ceasefire, armistice"\n[topics.oil]\n',
    )
    settings = load_settings(path, topics={"truce": ("talks",)})
    assert settings.topics == {"money": (), "troop numbers": ("soldiers",), "truce": ("talks",), "oil": ()}
    assert settings.examples == {"troop numbers": ("Some 5,000, all told.",)}
    assert settings.as_dict()["examples"] == {"troop numbers": ["Some 5,000, all told."]}


def test_examples_need_a_topic():
    with pytest.raises(SettingsError, match="examples are given for 'oil', which is none of the topics"):
        Settings(examples={"oil": ("The barrel costs more.",)})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("gaet = 0.6", "unknown key 'gaet'; known are: cache, cache_mb, check_confidence, engine, gate"),
        ("gate = 3", "gate = 3.0 is out of range"),
        ("check_confidence = -0.1", "check_confidence = -0.1 is out of range"),
        (
            "check_confidence = 0.6",
            "check_confidence = 0.6 is above min_confidence = 0.5; .* 0.5 or less, or to 1.0 for none",
        ),
        ("min_confidence = 0.3\ncheck_confidence = 0.35", "check_confidence = 0.35 is above min_confidence = 0.3"),
        ('gate = "high"', "gate must be a float"),
        ("top_k = 0", "top_k = 0 is out of range"),
        ("top_k = true", "top_k must be a int"),
        ("gate = ", "not valid TOML"),
        ("[topics]\ntruce = 3", "topic 'truce' needs a list of terms"),
        ("topics = 3", r"\[topics\] must be a table"),
        ("[topics.truce]\nterms = 3", r"detector.toml: topic 'truce' needs a list of terms, not 3"),
        ("[topics.truce]\nterms = [3]", r"topic 'truce' needs a list of terms, not \[3\]"),
        (
            "[topics.truce]\nexamples = 'It holds.'",
            "detector.toml: topic 'truce' needs a list of examples, not 'It holds.'",
        ),
        (
            "[topics.truce]\nexample = []",
            "detector.toml: topic 'truce': unknown key 'example'; known are: examples, terms",
        ),
        ('[topics]\n" " = "x"', r"detector.toml: \[topics\] has a topic without a name"),
        ("[topics]\ntruce = ''\nTruce = ''", "topic 'Truce' stands there twice, as 'truce' too"),
        ("[topics]\ntruce = ''\ntruce = ''", "not valid TOML"),
        ("examples = {}", "unknown key 'examples'"),
    ],
)
def test_wrong_settings_say_what_and_where(tmp_path, text, message):
    path = write(tmp_path, text)
    with pytest.raises(SettingsError, match=message):
        load_settings(path)


@pytest.mark.parametrize(
    ("text", "least", "check"),
    [
        ("", None, 0.35),
        ("", 0.6, 0.35),
        ("", 0.2, 0.2),  # a lower least takes the default down with it: there is nothing to check by hand then
        ("min_confidence = 0.3", None, 0.3),
        ("min_confidence = 0.3", 0.4, 0.35),
        ("check_confidence = 0.5", None, 0.5),
        ("check_confidence = 1.0", None, 1.0),
        ("check_confidence = 0.1", 0.2, 0.1),
    ],
)
def test_what_is_checked_by_hand_is_less_sure_than_what_is_shown(tmp_path, text, least, check):
    assert load_settings(write(tmp_path, text), min_confidence=least).check_confidence == check


def test_missing_file_is_an_error(tmp_path):
    with pytest.raises(SettingsError, match="cannot read the settings"):
        load_settings(tmp_path / "none.toml")
