"""Communities and who belongs to them."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities import rules


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Everyone can read, members write")
    PRIVATE = "private", _("Only members can read and write")


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    MEMBER = "member", _("Member")


class CommunityQuerySet(models.QuerySet["Community"]):
    def visible_to(self, user: User | AnonymousUser) -> "CommunityQuerySet":
        """Public ones, and those the person belongs to."""
        if user.pk is None:
            return self.filter(visibility=Visibility.PUBLIC)
        mine = Membership.objects.filter(community=OuterRef("pk"), user=user)
        return self.filter(Q(visibility=Visibility.PUBLIC) | Exists(mine))

    def with_member(self, user: User | AnonymousUser) -> "CommunityQuerySet":
        """Those the person belongs to."""
        if user.pk is None:
            return self.none()
        return self.filter(pk__in=Membership.objects.filter(user=user).values("community"))


class Community(models.Model):
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=rules.COMMUNITY_NAME_MAX)
    slug = models.SlugField(max_length=60, unique=True)
    tagline = models.CharField(_("in one line"), max_length=rules.TAGLINE_MAX)
    about = models.TextField(_("about"), blank=True, max_length=rules.ABOUT_MAX)
    about_html = models.TextField(blank=True, editable=False)
    markup_version = models.PositiveSmallIntegerField(default=0, editable=False)
    visibility = models.CharField(_("who can read"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    invite_key = models.CharField(max_length=32, unique=True, null=True, editable=False)
    member_count = models.PositiveIntegerField(default=0, editable=False)
    post_count = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "communities"
        constraints = [
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="community_visibility_known"),
        ]
        indexes = [models.Index(fields=["-member_count", "id"], name="community_directory")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("communities:community_home", args=[self.slug])

    @property
    def is_private(self) -> bool:
        return self.visibility == Visibility.PRIVATE


class MembershipQuerySet(models.QuerySet["Membership"]):
    def of(self, user: User | AnonymousUser, community: "Community | int") -> "Membership | None":
        """The person's membership, or None: nobody is a member while signed out."""
        if user.pk is None:
            return None
        return self.filter(user=user, community=community).first()


class Membership(models.Model):
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "user"], name="member_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.community}"

    @property
    def is_owner(self) -> bool:
        return self.role == Role.OWNER
