"""The tree of topics: in the order of a page, and what may stand below what."""

from collections import defaultdict
from collections.abc import Iterable

from communities import rules
from communities.models import Community, Tag

Step = tuple[Tag, int]
"""A topic and how deep it stands: 0 = a root."""


def topic_tree(topics: Iterable[Tag]) -> list[Step]:
    """Each topic below its parent; those of one parent by name."""
    below: dict[int | None, list[Tag]] = defaultdict(list)
    for topic in topics:
        below[topic.parent_id].append(topic)

    def walk(parent: int | None, depth: int) -> list[Step]:
        children = sorted(below[parent], key=lambda topic: topic.name.lower())
        return [step for topic in children for step in [(topic, depth), *walk(topic.pk, depth + 1)]]

    return walk(None, 0)


def named(tree: Iterable[Step]) -> list[tuple[Tag, str]]:
    """For a select: each topic with its name, set in as deep as it stands."""
    return [(topic, f"{'– ' * depth}{topic.name}") for topic, depth in tree]


def parents_for(community: Community, tag: Tag | None) -> list[Step]:
    """The topics below which `tag` (None = a new one) may stand with all that stands below it."""
    tree = topic_tree(Tag.objects.topics().filter(community=community))
    within, height = _reach(tree, tag)
    return [(topic, depth) for topic, depth in tree if topic.pk not in within and depth + height < rules.TOPIC_DEPTH]


def _reach(tree: list[Step], tag: Tag | None) -> tuple[set[int], int]:
    """The tag with everything below it, and how many levels that is."""
    within: dict[int, int] = {}
    for topic, depth in tree:
        if (tag is not None and topic.pk == tag.pk) or topic.parent_id in within:
            within[topic.pk] = depth
    depths = within.values()
    return set(within), max(depths) - min(depths) + 1 if within else 1
