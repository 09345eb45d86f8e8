"""Achievements that members reached, and how rare each is."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models import Community


class Tier(models.IntegerChoices):
    BRONZE = 1, _("Bronze")
    SILVER = 2, _("Silver")
    GOLD = 3, _("Gold")
    PLATINUM = 4, _("Platinum")


class AwardQuerySet(models.QuerySet["Award"]):
    def of(self, user: User) -> "AwardQuerySet":
        return self.filter(user=user)

    def standing(self) -> "AwardQuerySet":
        """Not revoked."""
        return self.filter(revoked_at=None)

    def visible_to(self, user: User | AnonymousUser) -> "AwardQuerySet":
        """Of no community, or of one that the person may see."""
        return self.filter(Q(community=None) | Q(community__in=Community.objects.visible_to(user)))


class Award(models.Model):
    """That a member reached a tier of the achievement `key`, in a community or altogether. Given once, and for good:
    only moderators revoke it, and then it is not given again.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="awards", db_index=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, null=True, related_name="+")
    key = models.CharField(max_length=30)
    tier = models.PositiveSmallIntegerField(choices=Tier)
    at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    revoked_for = models.CharField(_("why it is taken back"), max_length=300, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key", "tier", "community"], nulls_distinct=False, name="award_once"
            ),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="award_tier_known"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None, revoked_for="")
                | Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_for=""),
                name="revoked_award_says_who_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.tier} of {self.user_id}"

    def get_absolute_url(self) -> str:
        """On the page of its member, who alone is led there."""
        return f"{reverse('gamification:achievements')}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """Its id on the page of its member."""
        return f"in-{self.community_id}-{self.key}" if self.community_id else self.key

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None


class Rarity(models.Model):
    """How many of the members who were active lately have a tier of an achievement; measured each night."""

    key = models.CharField(max_length=30)
    tier = models.PositiveSmallIntegerField(choices=Tier)
    holders = models.PositiveIntegerField()
    active = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "rarities"
        constraints = [
            models.UniqueConstraint(fields=["key", "tier"], name="rarity_once"),
            models.CheckConstraint(
                condition=Q(active__gt=0, holders__lte=models.F("active")), name="rarity_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holders} of {self.active} have {self.key} {self.tier}"

    @property
    def percent(self) -> int:
        """Rounded up, so that what somebody has is never 0 %."""
        return -(-100 * self.holders // self.active)
