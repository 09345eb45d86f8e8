"""Writes the documents of a community anew after it has changed its language."""

from django.db import transaction
from django.utils import timezone

from communities.models import Post, Rewording
from communities.models.content import NOT_DELETED
from communities.searching.documents import BATCH, write_documents


def reword_posts(pk: int) -> None:
    """All of them. Idempotent: the row says how far it came, whoever went on; a newer change begins again."""
    while _reword_some(pk):
        pass


def _reword_some(pk: int) -> bool:
    """Whether there is more to do. Each time a transaction of its own: people go on writing meanwhile."""
    with transaction.atomic():
        rewording = Rewording.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
        if rewording is None:
            return False
        left = Post.objects.filter(NOT_DELETED, community=rewording.community_id, pk__gt=rewording.done_to)
        posts = list(left.order_by("pk").values_list("pk", flat=True)[:BATCH])
        write_documents(posts)
        if len(posts) < BATCH:
            rewording.delete()
            return False
        rewording.done_to, rewording.moved_at = posts[-1], timezone.now()
        rewording.save(update_fields=["done_to", "moved_at"])
        return True
