"""Folders of a library."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from ai_assist import rules
from communities.models import Community


class FolderQuerySet(models.QuerySet["Folder"]):
    def visible_to(self, user: User | AnonymousUser) -> "FolderQuerySet":
        """One's own, and those of the communities that one belongs to."""
        if user.pk is None:
            return self.none()
        return self.filter(
            Q(community=None, owner=user) | Q(community__in=Community.objects.with_member(user)),
        )


class Folder(models.Model):
    """One level; `owner` made it. Without a community it is in its owner's own library."""

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=rules.FOLDER_NAME_MAX)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FolderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], condition=Q(community=None), name="folder_name_once_in_own_library"
            ),
            models.UniqueConstraint(
                fields=["community", "name"],
                condition=Q(community__isnull=False),
                name="folder_name_once_in_community",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def asking_url(self) -> str:
        return f"{reverse('ai_assist:conversation_new')}?folder={self.pk}"
