"""Tending the tags of a community: approving, describing, placing in the tree, merging, separating."""

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions
from communities.actions.following import move_followers
from communities.actions.unfit import Unfit
from communities.counts import recount_tags
from communities.models import Community, Membership, Post, PostTag, Tag, tag_slug
from communities.topics import parents_for
from communities.writing import write_wiki

LONGEST_SECONDS = 120  # a hundred thousand posts may show the tag


def create_topic(community: Community, *, by: User, name: str, parent: Tag | None, wiki: str) -> Tag:
    """A new topic, or the tag of this name made one. Moderators only. Locks the tags of the community."""
    with transaction.atomic():
        _check_may_tend(by, community)
        slug = tag_slug(name)
        Tag.objects.bulk_create([Tag(community=community, name=name, slug=slug)], ignore_conflicts=True)
        tag = Tag.objects.get(community=community, slug=slug)
        return describe_tag(tag, by=by, name=name, is_topic=True, parent=parent, wiki=wiki)


def describe_tag(tag: Tag, *, by: User, name: str, is_topic: bool, parent: Tag | None, wiki: str) -> Tag:
    """Renames a tag, gives it its place in the tree, says what it is about. Moderators only.

    With another name comes another address; the old one becomes a synonym. Posts that show the tag are marked as
    changed. Locks them, then the tags of the community: so no two changes make a ring of topics.
    """
    with transaction.atomic():
        _check_may_tend(by, tag.community)
        if tag.name != name or not tag.is_approved:
            _mark_posts(tag.tagged.all())
        locked = _lock_tags(tag.community_id)[tag.pk]
        if locked.synonym_of_id:
            raise Unfit(_("This is a synonym; change the tag it stands for."))
        if parent is not None and parent.pk not in {topic.pk for topic, _depth in parents_for(tag.community, locked)}:
            raise Unfit(_("A topic can't stand below itself, nor on a fourth level."))
        if not is_topic and locked.children.exists():
            raise Unfit(_("Other topics stand below this one; move them first."))
        if locked.slug != tag_slug(name):
            _readdress(locked, tag_slug(name))
        locked.name, locked.is_topic, locked.parent = name, is_topic, parent if is_topic else None
        if not locked.is_approved:
            locked.approved_at, locked.approved_by = timezone.now(), by
        write_wiki(locked, wiki)
        locked.save()
    return locked


def merge_tags(tag: Tag, *, by: User, into: Tag) -> None:
    """Makes `tag` a synonym of `into`: its posts, followers, the topics below it and its own synonyms go there.

    Moderators only. Idempotent. Locks its posts, then the tags of the community, and recounts.
    """
    with transaction.atomic():
        _check_may_tend(by, tag.community)
        _mark_posts(tag.tagged.all())
        tags = _lock_tags(tag.community_id)
        source, target = tags[tag.pk], tags.get(into.pk)
        if source.synonym_of_id == into.pk:
            return
        if target is None or target == source or source.synonym_of_id or target.synonym_of_id or not target.is_approved:
            raise Unfit(_("Choose another tag of this community to merge it into."))
        if source.is_topic and not target.is_topic:
            raise Unfit(_("A topic can only be merged into another topic."))
        if not _can_hold_children(source, target):
            raise Unfit(_("The topics below this one don't fit below the other; move them first."))
        move_followers(source, target)
        source.children.update(parent=target)
        source.synonyms.update(synonym_of=target)
        PostTag.objects.filter(tag=source, post__tagged__tag=target).delete()
        PostTag.objects.filter(tag=source).update(tag=target, merged_from=Coalesce("merged_from", source.pk))
        source.synonym_of, source.is_topic, source.parent = target, False, None
        source.approved_at = source.approved_at or timezone.now()
        source.save()
        recount_tags(Tag.objects.filter(pk__in=[source.pk, target.pk]))


def separate_tag(tag: Tag, *, by: User) -> None:
    """Undoes a merge: the synonym is a tag again, and back on the posts that it came from.

    Not on those whose tags were written anew since, nor on those that carried both; followers and topics stay with the
    other. Moderators only. Idempotent. Locks the posts, then the tags of the community, and recounts.
    """
    with transaction.atomic():
        _check_may_tend(by, tag.community)
        _mark_posts(tag.merged.all())
        source = _lock_tags(tag.community_id)[tag.pk]
        target, source.synonym_of = source.synonym_of_id, None
        if target is None:
            return
        source.save()
        source.merged.update(tag=source, merged_from=None)
        recount_tags(Tag.objects.filter(pk__in=[source.pk, target]))


def approve_tag(tag: Tag, *, by: User) -> None:
    """Lets everybody see a proposed tag, on the posts that carry it already. Idempotent. Moderators only."""
    with transaction.atomic():
        _check_may_tend(by, tag.community)
        _mark_posts(tag.tagged.all())
        Tag.objects.proposed().filter(pk=tag.pk).update(approved_at=timezone.now(), approved_by=by)


def reject_tag(tag: Tag, *, by: User) -> None:
    """Takes a proposed tag away, from its posts, too. Moderators only; what is approved stays."""
    with transaction.atomic():
        _check_may_tend(by, tag.community)
        Tag.objects.proposed().filter(pk=tag.pk).delete()


def _check_may_tend(by: User, community: Community) -> None:
    if not permissions.can_tend_tags(Membership.objects.of(by, community)):
        raise PermissionDenied(_("Only moderators can change tags."))


def _mark_posts(tagged: QuerySet[PostTag]) -> None:
    """No cached fragment keeps the tag as it was. Locks the posts in the order of their ids."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{LONGEST_SECONDS}s'")
    carrying = Post.objects.filter(pk__in=tagged.order_by().values("post"))
    pks = list(carrying.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    Post.objects.filter(pk__in=pks).update(version=F("version") + 1)


def _lock_tags(community: int) -> dict[int, Tag]:
    """All of the community, as they are now."""
    tags = Tag.objects.filter(community=community).order_by("pk").select_for_update(no_key=True, of=("self",))
    return {tag.pk: tag for tag in tags.select_related("community")}


def _readdress(tag: Tag, slug: str) -> None:
    """Under another slug; the old one leads here. An own synonym of the new slug is the tag itself now."""
    Tag.objects.filter(community=tag.community, slug=slug, synonym_of=tag).delete()
    if Tag.objects.filter(community=tag.community, slug=slug).exists():
        raise Unfit(_("There is another tag of this name; merge the two."))
    old = Tag(community=tag.community, name=tag.name, slug=tag.slug, synonym_of=tag, approved_at=timezone.now())
    tag.slug = slug
    tag.save(update_fields=["slug"])
    old.save()


def _can_hold_children(source: Tag, target: Tag) -> bool:
    """Those of `source`, as deep as they go."""
    return all(
        target.pk in {topic.pk for topic, _depth in parents_for(target.community, child)}
        for child in source.children.all()
    )
