"""Articles -> Stories; the claims of one story and their matrix -> Topics with labels."""

from detector.group.stories import article_texts, group_stories, make_story
from detector.group.topics import group_claims

__all__ = ["article_texts", "group_claims", "group_stories", "make_story"]
