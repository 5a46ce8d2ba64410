"""One story's topics and pairs in a process of their own. Usage: python speed_worker.py PICKLE; prints JSON.

The pickle holds (story, claims, vectors, views, sizes, published). Nothing else is loaded but the model that labels are embedded
with, so that the peak is theirs.
"""

from __future__ import annotations

import json
import pickle
import sys
import time
from pathlib import Path

from peak import read_peak

from detector.embed import embed_texts, load_embedder
from detector.group import group_claims
from detector.pair import measure_closeness, pair_claims
from detector.progress import stay_silent
from detector.settings import Settings


def main() -> None:
    """Time the three stages."""
    story, claims, vectors, views, sizes, published = pickle.loads(Path(sys.argv[1]).read_bytes())
    embedder = load_embedder()
    embedder.embed(["a first text, so that the model is loaded"])
    before = read_peak()
    marks = [time.perf_counter()]
    topics = group_claims(story, claims, vectors, embed=lambda texts: embed_texts(texts, embedder, stay_silent, ""))
    marks.append(time.perf_counter())
    closeness, chosen = measure_closeness(views, sizes)
    marks.append(time.perf_counter())
    settings = Settings()
    gate, top_k = settings.gate, settings.top_k
    pairs = pair_claims(claims, closeness, chosen, topics, published, gate=gate, top_k=top_k)
    marks.append(time.perf_counter())
    stages = ("group_claims", "measure_closeness", "pair_claims")
    seconds = {name: end - start for name, start, end in zip(stages, marks, marks[1:], strict=False)}
    print(
        json.dumps(
            {"seconds": seconds, "before": before, "peak": read_peak(), "topics": len(topics), "pairs": len(pairs)}
        )
    )


if __name__ == "__main__":
    main()
