"""Honours: what members earned on the site where an import found them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models.community import Community


class Grade(models.IntegerChoices):
    """As dumps number them; the oldest dumps say none."""

    GOLD = 1, _("Gold")
    SILVER = 2, _("Silver")
    BRONZE = 3, _("Bronze")
    OTHER = 4, _("Other")


class HonourQuerySet(models.QuerySet["Honour"]):
    def in_order(self) -> "HonourQuerySet":
        """Those of one site together, the rarest first."""
        return self.order_by("site", "grade", "-count", "name")


class Honour(models.Model):
    """It came with an import into this community, earned so many times on that site; here it earns nothing."""

    member = models.ForeignKey(User, on_delete=models.CASCADE, related_name="honours", db_index=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="honours")
    site = models.CharField(max_length=200)
    name = models.CharField(max_length=60)
    grade = models.PositiveSmallIntegerField(choices=Grade)
    count = models.PositiveIntegerField()

    objects = HonourQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "site", "name", "grade"], name="honour_once"),
            models.CheckConstraint(condition=Q(grade__in=Grade.values), name="honour_grade_known"),
            models.CheckConstraint(condition=Q(count__gte=1), name="honour_was_earned"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.member_id}"

    @property
    def host(self) -> str:
        """The site as one says it."""
        return self.site.partition("://")[2]
