"""Lists that a member keeps under a name of their own."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities import rules


class SavedListQuerySet(models.QuerySet["SavedList"]):
    def of(self, owner: User) -> "SavedListQuerySet":
        return self.filter(owner=owner)


class SavedList(models.Model):
    """The address of a list with its tab, tag and words. What it shows is decided anew each time it is opened."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_lists", db_index=False)
    name = models.CharField(_("name"), max_length=rules.LIST_NAME_MAX)
    address = models.CharField(max_length=rules.LIST_ADDRESS_MAX)
    default_since = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SavedListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_list_name_once"),
            models.UniqueConstraint(
                fields=["owner"], condition=Q(default_since__isnull=False), name="one_default_list_per_member"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.address
