"""Articles -> Stories; the claims of one story and their matrix -> Topics with labels."""

from detector.group.aspects import add_aspects, order_topics
from detector.group.named import OwnTopic, Wish, embed_wishes, measure_wishes
from detector.group.stories import DEFAULT_THRESHOLD, article_texts, group_stories, make_story
from detector.group.topics import GROUPING, group_claims, group_story

__all__ = [
    "DEFAULT_THRESHOLD",
    "GROUPING",
    "OwnTopic",
    "Wish",
    "add_aspects",
    "article_texts",
    "embed_wishes",
    "group_claims",
    "group_stories",
    "group_story",
    "make_story",
    "measure_wishes",
    "order_topics",
]
