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
        ("gaet = 0.6", "unknown key 'gaet'; known are: gate"),
        ("gate = 3", "gate = 3.0 is out of range"),
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


def test_missing_file_is_an_error(tmp_path):
    with pytest.raises(SettingsError, match="cannot read the settings"):
        load_settings(tmp_path / "none.toml")
