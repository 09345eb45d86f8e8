"""Pictures that members put into their texts."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from communities.models.community import Community
from communities.models.draft import Draft
from communities.models.suggestion import Suggestion


class PictureQuerySet(models.QuerySet["Picture"]):
    def visible_to(self, user: User | AnonymousUser) -> "PictureQuerySet":
        """In a community that the person may read."""
        return self.filter(community__in=Community.objects.visible_to(user))

    def unused(self) -> "PictureQuerySet":
        """No text that was saved has ever shown them, nor does one that their owner still writes or suggests."""
        owned, key = OuterRef("owner"), OuterRef("key")
        begun = Draft.objects.filter(author=owned).annotate(kept=Cast("fields", models.TextField()))
        suggested = Suggestion.objects.waiting().filter(author=owned, body__contains=key)
        return self.filter(~Exists(begun.filter(kept__contains=key)), ~Exists(suggested), used_at=None)


class Picture(models.Model):
    """What it shows belongs to the community; `key` cannot be guessed, and who asks is checked all the same."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="pictures", db_index=False)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="pictures")
    key = models.CharField(max_length=32, unique=True)
    file = models.FileField(upload_to="pictures")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "owner", "sha256"], name="picture_once"),
        ]
        indexes = [models.Index(fields=["created_at"], condition=Q(used_at=None), name="picture_unused")]

    def __str__(self) -> str:
        return f"picture {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("communities:picture", args=[self.key])
