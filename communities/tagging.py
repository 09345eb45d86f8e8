"""From the words that somebody wrote as tags to the tags a post carries."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from communities import permissions, rules
from communities.models import Community, Membership, Post, PostTag, Tag


@dataclass(frozen=True)
class Chosen:
    """What written tags mean in a community: tags of it, no synonyms among them, and slugs that are new there."""

    tags: list[Tag]
    new: list[str]

    @property
    def has_topic(self) -> bool:
        return any(tag.is_topic for tag in self.tags)


def choose(community: Community, slugs: Sequence[str]) -> Chosen:
    """In the order in which they were written; two synonyms of one tag are that tag once."""
    known = {
        tag.slug: tag for tag in Tag.objects.written(slugs).filter(community=community).select_related("synonym_of")
    }
    tags = {tag.pk: tag for tag in (known[slug].synonym_of or known[slug] for slug in slugs if slug in known)}
    return Chosen(list(tags.values()), [slug for slug in dict.fromkeys(slugs) if slug not in known])


def wants_topic(community: Community) -> bool:
    """A community that has made topics wants one of them on every post."""
    return Tag.objects.topics().filter(community=community).exists()


def put_tags(post: Post, slugs: Sequence[str], *, me: Membership) -> bool:
    """Makes these the tags of the post and counts them; False when they were that before. Makes what is new.

    Of who may not make tags, a new one is proposed. The caller holds the post, and then the tags, to the end of the
    transaction. Raises PermissionDenied for too many tags, and for none that is a topic.
    """
    chosen = choose(post.community, slugs)
    if len(chosen.tags) + len(chosen.new) > rules.TAGS_MAX:
        raise PermissionDenied(_("A post carries at most %(most)s tags.") % {"most": rules.TAGS_MAX})
    if not chosen.has_topic and wants_topic(post.community):
        raise PermissionDenied(_("A post in this community needs one of its topics as a tag."))
    _make_new(chosen.new, post.community, me)
    tags = choose(post.community, slugs).tags if chosen.new else chosen.tags
    before = {tagged.tag_id: tagged.place for tagged in post.tagged.all()}
    if before == {tag.pk: place for place, tag in enumerate(tags)}:
        return False
    tags = _locked(tags, before)
    post.tagged.all().delete()
    PostTag.objects.bulk_create(
        PostTag(post=post, tag=tag, place=place, posted_at=post.created_at) for place, tag in enumerate(tags)
    )
    now = {tag.pk for tag in tags}
    Tag.objects.filter(pk__in=now - before.keys()).update(post_count=F("post_count") + 1)
    Tag.objects.filter(pk__in=before.keys() - now).update(post_count=F("post_count") - 1)
    return True


def count_tags_of(post: Post, step: int) -> None:
    """The post is gone (-1) or back (1), and with it one use of each of its tags."""
    used = Tag.objects.filter(tagged__post=post).order_by("pk").select_for_update(no_key=True, of=("self",))
    Tag.objects.filter(pk__in=[tag.pk for tag in used]).update(post_count=F("post_count") + step)


def slugs_of(post: Post) -> list[str]:
    """As its author wrote them, what is only proposed among them."""
    return list(post.tagged.order_by("place").values_list("tag__slug", flat=True))


def _make_new(slugs: Sequence[str], community: Community, me: Membership) -> None:
    """Somebody else may have made one in this moment; then it is theirs."""
    approved = permissions.can_make_tag(me)
    Tag.objects.bulk_create(
        (
            Tag(
                community=community,
                name=slug,
                slug=slug,
                proposed_by_id=me.user_id,
                approved_by_id=me.user_id if approved else None,
                approved_at=timezone.now() if approved else None,
            )
            for slug in sorted(slugs)
        ),
        ignore_conflicts=True,
    )


def _locked(tags: list[Tag], before: dict[int, int]) -> list[Tag]:
    """Locks old and new tags by their ids; what became a synonym in this moment is replaced."""
    pks = {tag.pk for tag in tags} | before.keys()
    rows = Tag.objects.filter(pk__in=pks).order_by("pk").select_for_update(no_key=True, of=("self",))
    now = {tag.pk: tag for tag in rows.select_related("synonym_of")}
    standing = (now[tag.pk].synonym_of or now[tag.pk] for tag in tags)
    return list({tag.pk: tag for tag in standing}.values())
