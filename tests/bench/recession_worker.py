"""One whole run in a process of its own. Usage: python recession_worker.py JSONL REPORT SAMPLE STARTED; prints JSON.

JSONL holds the articles, REPORT is the folder that the report is written to, SAMPLE how many pairs of sentences are read
afterwards, and STARTED the time at which this process was started. There is no cache.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

from peak import read_peak

_SEED = 5


class Laps:
    """The seconds, by the clock and of the processor, of what a run says that it is doing."""

    def __init__(self, started: float) -> None:
        self.spent: dict[str, tuple[float, float]] = {}
        self._started = time.perf_counter() - (time.time() - started)
        self._what, self._last = "starting", (self._started, 0.0)

    def tell(self, what: str, _done: int = 0, _total: int = 0) -> None:
        """Close one lap and begin another; a story's number in front of it does not count."""
        now = time.perf_counter(), time.process_time()
        clock, used = self.spent.get(self._what, (0.0, 0.0))
        self.spent[self._what] = clock + now[0] - self._last[0], used + now[1] - self._last[1]
        self._what, self._last = what.rpartition(": ")[2], now

    def count_all(self) -> tuple[float, float]:
        """Return the seconds since the start."""
        return time.perf_counter() - self._started, time.process_time()


def main() -> None:
    """Run, and say what it took."""
    source, folder, sample, laps = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), Laps(float(sys.argv[4]))
    from detector.loading import find_nli_model
    from detector.pipeline import compare
    from detector.read import read_articles
    from detector.render import write_reports
    from detector.settings import Settings

    laps.tell("reading")
    articles, skipped = read_articles([source])
    laps.tell("loading claim-nli")
    model = find_nli_model(Settings(), sum(len(article.text) for article in articles))
    if model is None:
        raise SystemExit("the settings name no model for the comparisons of meaning")
    asked: list[tuple[str, str]] = []

    class Counted:
        """The model, with what it was asked."""

        name = model.name
        runtime, precision = getattr(model, "runtime", ""), getattr(model, "precision", "")

        def score(self, pairs):  # type: ignore[no-untyped-def]
            asked.extend(set(pairs))
            return model.score(pairs)

    report = compare(articles, skipped=skipped, nli=Counted(), progress=laps.tell)
    laps.tell("writing the report")
    write_reports(report, folder)
    laps.tell("")
    seconds, peak = laps.count_all(), read_peak()

    texts = {text for claim in report.claims for text in (claim.text, claim.reading) if text}
    whole = {frozenset(pair) for pair in asked if texts.issuperset(pair)}
    from detector.sentences import find_sentences

    told = [[article.text[one.start : one.end] for one in find_sentences(article.text)] for article in articles]
    sizes = [len(sentences) for sentences in told]
    total = (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2
    rng = random.Random(_SEED)
    places = [tuple(rng.sample(range(len(told)), 2)) for _ in range(sample * 2)]
    drawn = [(rng.choice(told[a]), rng.choice(told[b])) for a, b in places if told[a] and told[b]][:sample]
    clock, used = time.perf_counter(), time.process_time()
    model.score(drawn)
    each = (time.perf_counter() - clock) / len(drawn), (time.process_time() - used) / len(drawn)
    print(
        json.dumps(
            {
                "articles": len(articles),
                "stories": sum(len(story.article_ids) > 1 for story in report.stories),
                "claims": report.counts["claims"],
                "pairs": sum(report.counts["pairs"].values()),
                "asked": len(whole),
                "questions": len(asked),
                "findings": len(report.findings),
                "seconds": seconds,
                "peak": peak,
                "stages": {what: laps.spent[what] for what in laps.spent},
                "every": {
                    "sentences": sum(sizes),
                    "pairs": total,
                    "sample": len(drawn),
                    "hours": [total * one / 3600 for one in each],
                },
            }
        )
    )


if __name__ == "__main__":
    main()
