"""Following, and telling followers what is new."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.languages import Said
from accounts.models import User
from communities.actions.locking import lock_readers
from communities.models import Answer, Comment, Community, Follow, Level, Membership, Post, Role, Tag, Telling
from communities.models.content import NOT_DELETED
from notifications.actions import notify
from notifications.models import Kind, Notification

Target = Community | Tag | Post | User


def follow(target: Target, *, by: User, level: str) -> Follow:
    """Makes `level` what `by` hears of the target. Idempotent. Of what they may not see they hear nothing anyway."""
    if target == by:
        raise PermissionDenied(_("You can't follow yourself."))
    noun = "person" if isinstance(target, User) else type(target).__name__.lower()
    whom: dict[str, Any] = {"follower": by, noun: target}
    made, _created = Follow.objects.update_or_create(**whom, defaults={"level": level})
    return made


def follow_by_writing(post: Post, *, by: User) -> None:
    """Whoever writes a post, or below it, follows it from then on; a level that they chose before stays."""
    Follow.objects.bulk_create([Follow(follower=by, post=post, level=Level.ALL)], ignore_conflicts=True)


def move_followers(tag: Tag, into: Tag) -> None:
    """Whoever followed `tag` follows `into`; who followed both keeps the level they gave to `into`."""
    there = Follow.objects.filter(tag=into).values("follower")
    Follow.objects.filter(tag=tag).exclude(follower__in=there).update(tag=into)
    Follow.objects.filter(tag=tag).delete()


def tell_followers(pk: int) -> None:
    """Tells the followers of a new post, answer or comment, each once. Idempotent: the row goes with the telling.

    Nobody hears of their own text, of what they were told of already, or of what they may not see.
    """
    with transaction.atomic():
        waiting = Telling.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk)
        around = ("post__community", "post__author", "answer__author", "comment__author")
        telling = waiting.select_related(*around).first()
        if telling is None:
            return
        post, answer, comment = telling.post, telling.answer, telling.comment
        if not any(content.is_deleted for content in (post, answer, comment) if content):
            if comment:
                _tell_those_who_commented(post, answer, comment)
            elif answer:
                _tell(*_answered(post, answer), _followers(Q(post=post), post), answer)
            else:
                _tell(*_posted(post), _followers(_watching(post), post), post)
        telling.delete()


def _tell(kind: Kind, title: Said, url: str, people: QuerySet[User], content: Post | Answer | Comment) -> None:
    told = Notification.objects.filter(url=url).values("recipient")
    untold = list(people.exclude(pk=content.author_id).exclude(pk__in=told))
    reading = lock_readers(content.post.community_id, [person.pk for person in untold])
    for person in untold:
        if person.pk in reading:
            notify(person, kind, title=title, url=url)


def _posted(post: Post) -> tuple[Kind, Said, str]:
    words = {"community": post.community.name, "who": post.author.display_name, "title": post.title}
    return Kind.POST, Said(_("New in %(community)s, by %(who)s: “%(title)s”"), words), post.permanent_url


def _answered(post: Post, answer: Answer) -> tuple[Kind, Said, str]:
    answer.post = post
    words = {"who": answer.author.display_name, "title": post.title}
    of_answer = _("%(who)s answered “%(title)s”, which you follow")
    said = of_answer if post.is_question else _("%(who)s replied to “%(title)s”, which you follow")
    return Kind.ANSWER, Said(said, words), answer.get_absolute_url()


def _watching(post: Post) -> Q:
    """Follows through which one hears of a new post."""
    tagged = Q(tag__tagged__post=post, tag__approved_at__isnull=False)
    return Q(community=post.community) | tagged | Q(person=post.author)


def _followers(followed: Q, post: Post) -> QuerySet[User]:
    """Those who hear of everything there and may read the post."""
    follows = Follow.objects.filter(followed, level=Level.ALL)
    people = User.objects.active().filter(pk__in=follows.values("follower"))
    if post.community.is_private:
        people = people.filter(memberships__community=post.community)
    return people


def _tell_those_who_commented(post: Post, answer: Answer | None, comment: Comment) -> None:
    """On the same text, if they follow the post and may still comment; not while they have one there to read."""
    if answer:
        answer.post = post
    comment.post, comment.answer = post, answer
    words = {"who": comment.author.display_name, "title": post.title}
    said = _("%(who)s commented on “%(title)s”, as you did")
    if answer:
        of_answer = _("%(who)s commented on an answer to “%(title)s”, as you did")
        said = of_answer if post.is_question else _("%(who)s commented on a reply to “%(title)s”, as you did")
    alike = Comment.objects.filter(NOT_DELETED, post=post, answer=answer)
    writing = Membership.objects.filter(community=post.community).exclude(role=Role.READ_ONLY)
    url = comment.get_absolute_url()
    place = url.removesuffix(f"{comment.pk}/")
    unread = Notification.objects.unread().filter(kind=Kind.COMMENT, url__startswith=place)
    people = _followers(Q(post=post), post).filter(pk__in=alike.values("author"))
    people = people.filter(pk__in=writing.values("user")).exclude(pk__in=unread.values("recipient"))
    _tell(Kind.COMMENT, Said(said, words), url, people, comment)
