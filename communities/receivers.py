"""What this floor does about facts from below."""

from django.db.models import F, Q
from django.dispatch import receiver

from accounts.models import User
from accounts.signals import profile_changed
from communities.models import Answer, Post


@receiver(profile_changed)
def show_new_byline(user: User, **_: object) -> None:
    """Marks everything that shows the member's name or picture as changed, so that no cached fragment keeps the old.

    Locks posts, then answers, each in the order of their ids: two people may be renamed at once.
    """
    shown = Q(author=user) | Q(comments__author=user)
    posts = Post.objects.filter(pk__in=Post.objects.filter(shown).values("pk"))
    answers = Answer.objects.filter(pk__in=Answer.objects.filter(shown).values("pk"))
    for changed in (posts, answers):
        pks = list(changed.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
        changed.model._base_manager.filter(pk__in=pks).update(version=F("version") + 1)
