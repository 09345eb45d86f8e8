"""Following, and telling followers what is new."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Answer, Community, Follow, Level, Post, Tag, Telling
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


def move_followers(tag: Tag, into: Tag) -> None:
    """Whoever followed `tag` follows `into`; who followed both keeps the level they gave to `into`."""
    there = Follow.objects.filter(tag=into).values("follower")
    Follow.objects.filter(tag=tag).exclude(follower__in=there).update(tag=into)
    Follow.objects.filter(tag=tag).delete()


def tell_followers(pk: int) -> None:
    """Tells the followers of a new post or answer, each once. Idempotent: the row goes with the telling.

    Nobody hears of their own text, of what they were told of already, or of what they may not see.
    """
    with transaction.atomic():
        waiting = Telling.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk)
        telling = waiting.select_related("post__community", "post__author", "answer__author").first()
        if telling is None:
            return
        post, answer = telling.post, telling.answer
        if not post.is_deleted and not (answer and answer.is_deleted):
            kind, title, url = _answered(post, answer) if answer else _posted(post)
            for person in _followers(post, answer, url):
                notify(person, kind, title=title, url=url)
        telling.delete()


def _posted(post: Post) -> tuple[Kind, str, str]:
    words = {"community": post.community.name, "who": post.author.display_name, "title": post.title}
    return Kind.POST, _("New in %(community)s, by %(who)s: “%(title)s”") % words, post.permanent_url


def _answered(post: Post, answer: Answer) -> tuple[Kind, str, str]:
    answer.post = post
    words = {"who": answer.author.display_name, "title": post.title}
    return Kind.ANSWER, _("%(who)s answered “%(title)s”, which you follow") % words, answer.get_absolute_url()


def _followers(post: Post, answer: Answer | None, url: str) -> QuerySet[User]:
    if answer is not None:
        followed = Q(post=post)
    else:
        followed = Q(community=post.community) | Q(tag__tagged__post=post, tag__approved_at__isnull=False)
        followed |= Q(person=post.author)
    follows = Follow.objects.filter(followed, level=Level.ALL)
    told = Notification.objects.filter(url=url).values("recipient")
    people = User.objects.active().filter(pk__in=follows.values("follower")).exclude(pk__in=told)
    if post.community.is_private:
        people = people.filter(memberships__community=post.community)
    return people.exclude(pk=(answer or post).author_id)
