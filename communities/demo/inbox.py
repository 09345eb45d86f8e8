"""What waits in the inbox of the demo's first account: the newest things that were said to her."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from accounts.models import User
from communities.actions.telling import tell_about_acceptance, tell_about_answer, tell_about_comment
from communities.models import Answer, Comment
from notifications.models import Notification

OF_EACH_SORT = 2

News = tuple[datetime, Callable[[], None]]


def fill_inbox(user: User) -> int:
    """Tells the member what is new, oldest first, and says how much. A filled inbox gets nothing."""
    inbox = Notification.objects.of(user)
    if inbox.exists():
        return 0
    for at, tell in sorted(_news(user), key=lambda news: news[0]):
        tell()
        Notification.objects.filter(pk=inbox.latest("pk").pk).update(created_at=at)
    return inbox.count()


def _news(user: User) -> Iterator[News]:
    answers = Answer.objects.select_related("author", "post__author", "post__community")
    for answer in answers.filter(post__author=user).exclude(author=user).order_by("-created_at", "-pk")[:OF_EACH_SORT]:
        yield answer.created_at, partial(tell_about_answer, answer, [])
    accepted = answers.filter(author=user, accepted_at__isnull=False).exclude(accepted_by=user)
    for answer in accepted.select_related("accepted_by").order_by("-accepted_at", "-pk")[:OF_EACH_SORT]:
        if answer.accepted_at and answer.accepted_by:
            yield answer.accepted_at, partial(tell_about_acceptance, answer, answer.accepted_by)
    comments = Comment.objects.select_related("author", "answer__author", "post__author", "post__community")
    to_her = comments.filter(answer__author=user) | comments.filter(answer=None, post__author=user)
    for comment in to_her.exclude(author=user).order_by("-created_at", "-pk")[:OF_EACH_SORT]:
        yield comment.created_at, partial(tell_about_comment, comment, [])
