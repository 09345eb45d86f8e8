"""Lists that a member keeps under a name of their own."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities import rules


class SavedListQuerySet(models.QuerySet["SavedList"]):
    def of(self, owner: User) -> "SavedListQuerySet":
        return self.filter(owner=owner)

    def with_news_due(self) -> "SavedListQuerySet":
        """Of which their owner wants to hear, and has not heard lately."""
        return self.filter(news_since__lte=timezone.now() - rules.LIST_NEWS_AFTER, owner__is_active=True)


class SavedList(models.Model):
    """The address of a list with its tab, tag and words. What it shows is decided anew each time it is opened.

    `news_since`: up to when its owner was told what is new there; None: they do not want to hear of it.
    """

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_lists", db_index=False)
    name = models.CharField(_("name"), max_length=rules.LIST_NAME_MAX)
    address = models.CharField(max_length=rules.LIST_ADDRESS_MAX)
    default_since = models.DateTimeField(null=True, editable=False)
    news_since = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SavedListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_list_name_once"),
            models.UniqueConstraint(
                fields=["owner"], condition=Q(default_since__isnull=False), name="one_default_list_per_member"
            ),
        ]
        indexes = [
            models.Index(fields=["news_since"], condition=Q(news_since__isnull=False), name="saved_list_news"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.address

    @property
    def permanent_url(self) -> str:
        """A short one that leads there, whatever is searched for."""
        return reverse("communities:list_open", args=[self.pk])
