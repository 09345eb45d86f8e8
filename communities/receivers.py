"""What this floor does about facts from below."""

from django.db.models import F, Q
from django.dispatch import receiver

from accounts.models import User
from accounts.signals import profile_changed
from communities.models import Answer, Post


@receiver(profile_changed)
def show_new_byline(user: User, **_: object) -> None:
    """Marks everything that shows the member's name or picture as changed, so that no cached fragment keeps the old."""
    shown = Q(author=user) | Q(comments__author=user)
    Post.objects.filter(pk__in=Post.objects.filter(shown).values("pk")).update(version=F("version") + 1)
    Answer.objects.filter(pk__in=Answer.objects.filter(shown).values("pk")).update(version=F("version") + 1)
