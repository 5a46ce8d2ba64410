"""Make `detector/facts/lexicon.json.gz` from the WordNet 3.0 database files (Debian package `wordnet-base`).

    python models/lexicon/make_lexicon.py /usr/share/wordnet detector/facts/lexicon.json.gz

Keeps what the comparison of claims needs and nothing else: for single words, their first senses as synset
numbers (two words of one synset are near-synonyms), pairs of opposites, and the verb that a noun is made from.
File format: wndb(5WN) and wninput(5WN) of WordNet.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from pathlib import Path

SENSES = {"n": 2, "v": 3, "a": 2}  # how many senses of a word, most frequent first, count as its meaning
FILES = {"n": "noun", "v": "verb", "a": "adj"}
Synset = tuple[list[str], list[tuple[str, str, str, int, int]]]  # words, pointers (symbol, offset, pos, from, to)


def read_synsets(path: Path) -> dict[str, Synset]:
    """Read a data.* file: synset offset -> its words and pointers."""
    synsets: dict[str, Synset] = {}
    for line in path.read_text(encoding="ascii").splitlines():
        if line.startswith("  "):
            continue
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        words = [fields[4 + 2 * i].split("(")[0] for i in range(count)]
        at = 4 + 2 * count
        pointers = []
        for i in range(int(fields[at])):
            symbol, offset, pos, ends = fields[at + 1 + 4 * i : at + 5 + 4 * i]
            pointers.append((symbol, offset, pos, int(ends[:2], 16), int(ends[2:], 16)))
        synsets[fields[0]] = (words, pointers)
    return synsets


def read_senses(path: Path, most: int) -> dict[str, list[str]]:
    """Read an index.* file: lemma -> its first `most` synset offsets."""
    senses = {}
    for line in path.read_text(encoding="ascii").splitlines():
        if line.startswith("  "):
            continue
        fields = line.split()
        senses[fields[0]] = fields[-int(fields[2]) :][:most]
    return senses


def read_forms(root: Path) -> dict[str, str]:
    """Read the irregular forms of verbs and nouns (*.exc): form -> lemma."""
    forms: dict[str, str] = {}
    for name in ("noun", "verb"):
        for line in (root / f"{name}.exc").read_text(encoding="ascii").splitlines():
            form, lemma = line.split()[:2]
            if form.isalpha() and lemma.isalpha() and form != lemma:
                forms[form] = lemma
    return forms


def plain(word: str) -> str | None:
    """The word as the tool looks it up: lower-case without hyphens; None for names and phrases."""
    if "_" in word or not word.replace("-", "").isalpha() or word != word.lower():
        return None
    return word.replace("-", "")


def main() -> None:
    """Read the database named first, write the lexicon named second."""
    root, out = Path(sys.argv[1]), Path(sys.argv[2])
    data = {pos: read_synsets(root / f"data.{name}") for pos, name in FILES.items()}
    index = {pos: read_senses(root / f"index.{name}", SENSES[pos]) for pos, name in FILES.items()}
    data["s"] = data["a"]
    members: dict[str, set[str]] = defaultdict(set)
    for pos, senses in index.items():
        for lemma, offsets in senses.items():
            word = plain(lemma)
            for offset in offsets if word else ():
                members[pos + offset].add(str(word))
    synsets = {key: words for key, words in members.items() if len(words) > 1}
    numbers = {key: i for i, key in enumerate(sorted(synsets))}
    synonyms: dict[str, dict[str, list[int]]] = {pos: defaultdict(list) for pos in FILES}
    for key, words in synsets.items():
        for word in words:
            synonyms[key[0]][word].append(numbers[key])

    opposites: dict[str, set[str]] = defaultdict(set)
    roots: dict[str, list[str]] = defaultdict(list)
    for pos in FILES:
        for offset, (words, pointers) in data[pos].items():
            for symbol, other, other_pos, first, second in pointers:
                if other_pos not in data or not first:
                    continue
                target = data[other_pos][other][0]
                if symbol == "!":
                    left = members[pos + offset] & {w for w in map(plain, words) if w}
                    right = members[("a" if other_pos == "s" else other_pos) + other]
                    for a in left:
                        opposites[a] |= right
                        for b in right:
                            opposites[b].add(a)
                elif symbol == "+" and pos == "n" and other_pos == "v":
                    noun, verb = plain(words[first - 1]), plain(target[second - 1])
                    if noun and verb and noun != verb and offset in index["n"].get(words[first - 1].lower(), ()):
                        roots[noun].append(verb)
    lexicon = {
        "synonyms": {pos: {w: sorted(s) for w, s in sorted(table.items())} for pos, table in synonyms.items()},
        "opposites": {w: sorted(s - {w}) for w, s in sorted(opposites.items()) if s - {w}},
        "forms": read_forms(root),
        "verb_of": {noun: sorted(set(verbs), key=verbs.index)[:2] for noun, verbs in sorted(roots.items())},
    }
    text = json.dumps(lexicon, separators=(",", ":"), sort_keys=True)
    out.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(f"{out}: {out.stat().st_size:,} bytes, {len(opposites)} words with opposites, {len(roots)} nouns")


if __name__ == "__main__":
    main()
