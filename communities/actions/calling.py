"""@everyone: what moderators may say once a day."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import markup
from accounts.languages import Said
from accounts.models import User
from communities.actions.locking import lock_readers
from communities.models import Answer, Callout, Comment, Membership, Post
from communities.signals import everyone_called
from notifications.actions import notify
from notifications.models import Kind, Notification

EVERYONE = "everyone"  # nobody can be called so


def call_everyone(content: Post | Answer | Comment, me: Membership | None) -> None:
    """Where a moderator wrote @everyone, all members will hear of it; the second time on a day, nobody.

    From anybody else the word is a word. Called in the transaction that publishes the text; announces
    `everyone_called`.
    """
    if me is None or not me.is_moderator or EVERYONE not in markup.mentioned(content.body):
        return
    post = content.post
    url = content.permanent_url
    whose = {"by": me.user, "post": post, "url": url}
    callout, is_new = Callout.objects.get_or_create(community=post.community, day=timezone.now().date(), defaults=whose)
    if is_new:
        everyone_called.send(Callout, callout=callout)


def tell_everyone(pk: int) -> None:
    """Tells each member once. Idempotent: the row says when it was done. Nobody hears of their own text."""
    with transaction.atomic():
        waiting = Callout.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, told_at=None)
        callout = waiting.select_related("post__community", "by").first()
        if callout is None:
            return
        words = {"who": callout.by.display_name, "title": callout.post.title}
        title = Said(_("%(who)s calls everybody to “%(title)s”"), words)
        told = Notification.objects.filter(url=callout.url).values("recipient")
        members = User.objects.active().filter(memberships__community=callout.community_id).exclude(pk__in=told)
        if not callout.post.is_deleted:
            untold = list(members.exclude(pk=callout.by_id))
            reading = lock_readers(callout.community_id, [member.pk for member in untold])
            for member in untold:
                if member.pk in reading:
                    notify(member, Kind.MENTION, title=title, url=callout.url)
        callout.told_at = timezone.now()
        callout.save(update_fields=["told_at"])
