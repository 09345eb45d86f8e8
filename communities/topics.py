"""The tree of topics, as pages show it."""

from collections import defaultdict
from collections.abc import Iterable

from communities.models import Tag


def topic_tree(topics: Iterable[Tag]) -> list[tuple[Tag, int]]:
    """Each topic below its parent, beside it how deep it stands (0 = a root); those of one parent by name."""
    below: dict[int | None, list[Tag]] = defaultdict(list)
    for topic in topics:
        below[topic.parent_id].append(topic)

    def walk(parent: int | None, depth: int) -> list[tuple[Tag, int]]:
        children = sorted(below[parent], key=lambda topic: topic.name.lower())
        return [step for topic in children for step in [(topic, depth), *walk(topic.pk, depth + 1)]]

    return walk(None, 0)
