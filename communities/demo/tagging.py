"""The tags of one demo community: its tree of topics, other words for them, and which post carries which."""

from accounts.models import User
from communities.counts import recount_tags
from communities.demo.threads import Place, Word
from communities.models import Community, Post, PostTag, Tag, tag_slug
from communities.writing import write_wiki


def plant_tags(community: Community, place: Place, people: dict[str, User], posts: list[Post]) -> None:
    """Makes what `tags.toml` describes and what posts name beyond it; `posts` are those of the threads, in order."""
    tags = {tag_slug(word.name): _tag(community, word, place, people) for word in place.words}
    for slug in sorted({slug for thread in place.threads for slug in thread.tags} - tags.keys()):
        tags[slug] = _tag(community, Word(slug), place, people)
    below = {tag_slug(word.name): word.below for word in place.words if word.below}
    Tag.objects.bulk_create(tag for slug, tag in tags.items() if slug not in below)
    for slug, parent in below.items():
        tags[slug].parent = tags[parent]
    Tag.objects.bulk_create(tags[slug] for slug in below)
    Tag.objects.bulk_create(
        _tag(community, Word(name), place, people, synonym_of=tags[tag_slug(word.name)])
        for word in place.words
        for name in word.also
    )
    PostTag.objects.bulk_create(
        PostTag(post=post, tag=tags[slug], place=number, posted_at=post.created_at)
        for thread, post in zip(place.threads, posts, strict=True)
        for number, slug in enumerate(thread.tags)
    )
    recount_tags(community.tags.all())


def _tag(community: Community, word: Word, place: Place, people: dict[str, User], synonym_of: Tag | None = None) -> Tag:
    """Approved by the owner, unless somebody proposes it."""
    tag = Tag(
        community=community,
        name=word.name,
        slug=tag_slug(word.name),
        is_topic=word.is_topic,
        synonym_of=synonym_of,
        proposed_by=people[word.by or place.owner],
        approved_by=None if word.by else people[place.owner],
        approved_at=None if word.by else community.created_at,
        created_at=community.created_at,
    )
    write_wiki(tag, word.wiki.strip())
    return tag
