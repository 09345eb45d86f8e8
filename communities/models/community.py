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


class Licence(models.TextChoices):
    """What others may do with what is written in a community."""

    CC_BY_SA_4 = "CC BY-SA 4.0", _("CC BY-SA 4.0: everybody may reuse it, naming the author")
    INTERNAL = "internal", _("Internal: for members only")


class Downvotes(models.TextChoices):
    """What members may vote down."""

    OFF = "off", _("Nothing")
    ANSWERS = "answers", _("Answers")
    ALL = "all", _("Answers and posts")


class Language(models.TextChoices):
    """What a community writes in: PostgreSQL's name of the rules by which its words are searched."""

    SIMPLE = "simple", _("Several languages")
    ARABIC = "arabic", _("Arabic")
    DANISH = "danish", _("Danish")
    DUTCH = "dutch", _("Dutch")
    ENGLISH = "english", _("English")
    FINNISH = "finnish", _("Finnish")
    FRENCH = "french", _("French")
    GERMAN = "german", _("German")
    GREEK = "greek", _("Greek")
    HINDI = "hindi", _("Hindi")
    HUNGARIAN = "hungarian", _("Hungarian")
    INDONESIAN = "indonesian", _("Indonesian")
    ITALIAN = "italian", _("Italian")
    NORWEGIAN = "norwegian", _("Norwegian")
    PORTUGUESE = "portuguese", _("Portuguese")
    ROMANIAN = "romanian", _("Romanian")
    RUSSIAN = "russian", _("Russian")
    SPANISH = "spanish", _("Spanish")
    SWEDISH = "swedish", _("Swedish")
    TURKISH = "turkish", _("Turkish")


LANGUAGE_CODES = {
    Language.ARABIC: "ar",
    Language.DANISH: "da",
    Language.DUTCH: "nl",
    Language.ENGLISH: "en",
    Language.FINNISH: "fi",
    Language.FRENCH: "fr",
    Language.GERMAN: "de",
    Language.GREEK: "el",
    Language.HINDI: "hi",
    Language.HUNGARIAN: "hu",
    Language.INDONESIAN: "id",
    Language.ITALIAN: "it",
    Language.NORWEGIAN: "no",
    Language.PORTUGUESE: "pt",
    Language.ROMANIAN: "ro",
    Language.RUSSIAN: "ru",
    Language.SPANISH: "es",
    Language.SWEDISH: "sv",
    Language.TURKISH: "tr",
}
"""As browsers and screen readers know them (BCP 47); a community of several languages says nothing."""
LANGUAGES_BY_CODE = {code: language for language, code in LANGUAGE_CODES.items()} | {
    "nb": Language.NORWEGIAN,
    "nn": Language.NORWEGIAN,
}


class Role(models.TextChoices):
    """Granted by people, unlike trust. Each may do what the roles below it may."""

    OWNER = "owner", _("Owner")
    MODERATOR = "moderator", _("Moderator")
    MENTOR = "mentor", _("Mentor")
    MEMBER = "member", _("Member")
    READ_ONLY = "read-only", _("Reads only")


MENTORING = (Role.OWNER, Role.MODERATOR, Role.MENTOR)
"""Whose word about an answer counts."""


class Trust(models.IntegerChoices):
    """How well a community knows a member; earned there, and counted anew by `communities.trust`."""

    NEW = 0, _("New")
    KNOWN = 1, _("Known")
    TRUSTED = 2, _("Trusted")
    LEADING = 3, _("Leading")


DECIDING = Q(role__in=MENTORING) | Q(role=Role.MEMBER, trust_level__gte=Trust.TRUSTED)
"""Memberships of which `decides_edits` is true."""


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

    def moderated_by(self, user: User) -> "CommunityQuerySet":
        """Those in which the person has a moderator's rights."""
        roles = Membership.objects.filter(user=user, role__in=(Role.OWNER, Role.MODERATOR))
        return self.filter(pk__in=roles.values("community")).order_by("name", "pk")


class Community(models.Model):
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=rules.COMMUNITY_NAME_MAX)
    slug = models.SlugField(max_length=60, unique=True)
    tagline = models.CharField(_("in one line"), max_length=rules.TAGLINE_MAX)
    about = models.TextField(_("about"), blank=True, max_length=rules.ABOUT_MAX)
    about_html = models.TextField(blank=True, editable=False)
    markup_version = models.PositiveSmallIntegerField(default=0, editable=False)
    question_template = models.TextField(_("what a question should say"), blank=True, max_length=rules.TEMPLATE_MAX)
    asking_hints = models.TextField(_("hints"), blank=True, max_length=rules.HINTS_MAX)
    asking_hints_html = models.TextField(blank=True, editable=False)
    visibility = models.CharField(_("who can read"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    language = models.CharField(_("language"), max_length=12, choices=Language, default=Language.ENGLISH)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.CC_BY_SA_4)
    downvotes = models.CharField(
        _("what can be voted down"), max_length=10, choices=Downvotes, default=Downvotes.ANSWERS
    )
    has_second_answers = models.BooleanField(_("one member may give two answers"), default=True)
    has_ai_use = models.BooleanField(_("AI may use validated answers"), default=True)
    invite_key = models.CharField(max_length=32, unique=True, null=True, editable=False)
    member_count = models.PositiveIntegerField(default=0, editable=False)
    post_count = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "communities"
        constraints = [
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="community_visibility_known"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="community_language_known"),
            models.CheckConstraint(condition=Q(licence__in=Licence.values), name="community_licence_known"),
            models.CheckConstraint(condition=Q(downvotes__in=Downvotes.values), name="community_downvotes_known"),
        ]
        indexes = [models.Index(fields=["-member_count", "id"], name="community_directory")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("communities:community_home", args=[self.slug])

    @property
    def language_code(self) -> str:
        """For the attribute `lang`; "" when the texts are in several languages."""
        return LANGUAGE_CODES.get(Language(self.language), "")

    @property
    def is_private(self) -> bool:
        return self.visibility == Visibility.PRIVATE

    @property
    def is_new(self) -> bool:
        """Too few people or too little time for members to earn trust in the usual way."""
        young = timezone.now() - self.created_at < rules.NEW_COMMUNITY_AGE
        return young or self.member_count < rules.NEW_COMMUNITY_MEMBERS


class MembershipQuerySet(models.QuerySet["Membership"]):
    def of(self, user: User | AnonymousUser, community: "Community | int") -> "Membership | None":
        """The person's membership, or None: nobody is a member while signed out."""
        if user.pk is None:
            return None
        return self.filter(user=user, community=community).first()


class Membership(models.Model):
    """`looked_at`: when they last looked at the list of posts; `new_since`: when their visit before ended.

    `xp` is the sum of what counts here, which may lie below zero; `level` the highest that it ever reached.
    """

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    trust_level = models.PositiveSmallIntegerField(choices=Trust, default=Trust.NEW, editable=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    looked_at = models.DateTimeField(null=True, editable=False)
    new_since = models.DateTimeField(null=True, editable=False)
    xp = models.IntegerField(default=0, db_default=0, editable=False)
    level = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "user"], name="member_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(condition=Q(trust_level__in=Trust.values), name="membership_trust_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.community}"

    @property
    def is_owner(self) -> bool:
        return self.role == Role.OWNER

    @property
    def is_moderator(self) -> bool:
        """Owners moderate too."""
        return self.role in (Role.OWNER, Role.MODERATOR)

    @property
    def is_mentor(self) -> bool:
        """Whose word about an answer counts: mentors, moderators, owners."""
        return self.role in MENTORING

    @property
    def decides_edits(self) -> bool:
        """Has a word in every suggested edit here."""
        return self.is_writer and (self.is_mentor or self.trust_level >= Trust.TRUSTED)

    @property
    def is_writer(self) -> bool:
        return self.role != Role.READ_ONLY

    def stands_as_high_as(self, other: "Membership") -> bool:
        """By role, of which `Role` names the highest first."""
        roles = list(Role)
        return roles.index(Role(self.role)) <= roles.index(Role(other.role))

    @property
    def trust(self) -> int:
        """The level that decides what they may do: the earned one, or what comes with their role."""
        return max(self.trust_level, rules.TRUST_OF_ROLES) if self.is_mentor else self.trust_level


def moderating(user: User, community: OuterRef) -> MembershipQuerySet:
    """The person's membership there, if it moderates."""
    return Membership.objects.filter(user=user, community=community, role__in=(Role.OWNER, Role.MODERATOR))


def sharing_a_community(reader: User) -> Q:
    """Which members belong to a community that the reader belongs to."""
    mine = Membership.objects.filter(user=reader).values("community")
    return Q(Exists(Membership.objects.filter(user=OuterRef("pk"), community__in=mine)))
