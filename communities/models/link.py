"""Links between posts: which was asked before as which, and which are related."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.post import Post


class LinkKind(models.TextChoices):
    DUPLICATE = "duplicate", _("Asked before as")
    RELATED = "related", _("Related")


class PostLink(models.Model):
    """A duplicate was asked before as `other`; what is related leads there.

    `origin` is the site that an import took it from, and empty for links made here.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="links", db_index=False)
    other = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="linked_from", db_index=False)
    kind = models.CharField(max_length=10, choices=LinkKind)
    origin = models.CharField(max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "other", "kind"], name="link_once"),
            models.CheckConstraint(condition=Q(kind__in=LinkKind.values), name="link_kind_known"),
            models.CheckConstraint(condition=~Q(post=F("other")), name="post_is_not_linked_to_itself"),
        ]
        indexes = [models.Index(fields=["other", "kind", "-created_at"], name="link_to_post")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.kind} {self.other_id}"
