"""A label is held against what the claims mean: chance words go, and what nothing names is no topic."""

import numpy as np
from test_group_labels import make_claim

from detector.group.fitting import fit_labels, fit_topics
from detector.group.labels import Label
from detector.group.phrases import Wording
from detector.group.words import fold, split_words

TEXTS = [
    ("The ferry strike began at night.", "ferry strike | night"),
    ("A ferry strike halted boats at night.", "ferry strike | boats | night"),
    ("Crews of the ferry strike met.", "crews | ferry strike"),
    ("The ferry strike cost crews money.", "ferry strike | crews | money"),
    ("The snow plough cleared roads.", "snow plough | roads"),
    ("Roads saw a snow plough.", "roads | snow plough"),
    ("One snow plough broke on icy roads.", "snow plough | icy roads"),
    ("A snow plough is dear.", "snow plough"),
    ("Apples ripen.", "apples"),
    ("Violins sound.", "violins"),
    ("Glass breaks.", "glass"),
    ("Rivers rise.", "rivers"),
]
CLAIMS = [make_claim(i, "abc"[i % 3], text, phrases) for i, (text, phrases) in enumerate(TEXTS)]
WORDS = sorted({fold(word) for text, _ in TEXTS for word in split_words(text)} - {"the", "a", "at", "of", "on", "is"})


def embed(texts):
    """Return the words of each text as a unit vector; texts of none of the words are far from all."""
    rows = np.zeros((len(texts), len(WORDS) + 1), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        for word in map(fold, split_words(text)):
            row[WORDS.index(word) if word in WORDS else len(WORDS)] += 1.0
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


VECTORS = embed([text for text, _ in TEXTS])
CLOSE = np.clip(VECTORS @ VECTORS.T, 0.0, 1.0)
FERRY, PLOUGH, REST = np.arange(4), np.arange(4, 8), np.arange(8, 12)


def name(wording, text):
    return Label(text, *wording.find_name(text), ())


def fit(groups, texts, taken=()):
    wording = Wording(CLAIMS)
    labels = [name(wording, text) for text in texts]
    return fit_topics(wording, VECTORS, CLOSE, groups, labels, taken, embed, 2)


def test_a_word_that_the_claims_have_by_chance_gives_way():
    _, labels = fit([FERRY, PLOUGH], ["night", "snow plough"])
    assert [label.text for label in labels] == ["ferry strike", "snow plough"]
    assert labels[0].key == {"ferry", "strike"}
    assert not labels[0].key & {word for term in labels[0].terms for word in term.split()}


def test_what_no_label_fits_is_no_topic():
    groups, labels = fit([FERRY, PLOUGH, REST], ["ferry strike", "snow plough", "apples"])
    assert [label.text for label in labels] == ["ferry strike", "snow plough"]
    assert not set(np.concatenate(groups).tolist()) & set(REST.tolist())


def test_a_claim_that_has_nothing_to_do_with_its_topic_is_none_of_it():
    groups, _ = fit([np.array([0, 1, 2, 3, 9]), PLOUGH], ["ferry strike", "snow plough"])
    assert groups[0].tolist() == [0, 1, 2, 3]


def test_a_claim_of_no_topic_joins_the_one_that_it_fits():
    groups, _ = fit([np.array([0, 1, 2]), PLOUGH], ["ferry strike", "snow plough"])
    assert groups[0].tolist() == [0, 1, 2, 3]


def test_no_two_labels_say_the_same_and_none_says_what_an_editor_has_named():
    _, labels = fit([np.array([0, 1]), np.array([2, 3]), PLOUGH], ["ferry strike", "strike", "snow plough"])
    texts = [label.text for label in labels]
    assert sum("ferry" in text for text in texts) <= 1
    assert len(set(texts)) == len(texts)
    _, labels = fit([FERRY, PLOUGH], ["ferry strike", "snow plough"], ["ferry strike"])
    assert all("ferry strike" not in label.text for label in labels)


def test_groups_stay_as_they_are_where_only_labels_are_asked():
    wording = Wording(CLAIMS)
    labels = [name(wording, text) for text in ("night", "roads")]
    fitted = fit_labels(wording, VECTORS, [FERRY, PLOUGH], labels, [], embed)
    assert [label.text for label in fitted] == ["ferry strike", "snow plough"]


def test_each_text_is_embedded_once():
    seen = []

    def note(texts):
        seen.extend(texts)
        return embed(texts)

    wording = Wording(CLAIMS)
    labels = [name(wording, text) for text in ("night", "snow plough")]
    fit_topics(wording, VECTORS, CLOSE, [FERRY, PLOUGH], labels, [], note, 2)
    assert len(seen) == len(set(seen))
