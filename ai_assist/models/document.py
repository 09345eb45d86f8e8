"""Documents: files that members uploaded, and how far the work on them is."""

from collections.abc import Iterable
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from ai_assist import rules, sayings
from ai_assist.models.folder import Folder
from communities.models import Community, Language, Visibility


class Audience(models.TextChoices):
    """Who may read a document, and get answers from it."""

    PRIVATE = "private", _("Only me")
    COMMUNITY = "community", _("Members of the community")
    PUBLIC = "public", _("Everyone")


WITH_THE_LINK = _("Everyone who has the link")
"""Such are the public documents of a member's own library."""


class State(models.TextChoices):
    """Where a document is on its way."""

    RECEIVED = "received", _("Waiting")
    CHECKING = "checking", _("Checking the file")
    PARSING = "parsing", _("Reading pages")
    OCR = "ocr", _("Reading scans")
    CHUNKING = "chunking", _("Cutting into passages")
    EMBEDDING = "embedding", _("Learning what it says")
    INDEXING = "indexing", _("Making it findable")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    NEEDS_PASSWORD = "needs_password", _("Needs its password")
    EMPTY = "empty", _("No text found")
    REJECTED = "rejected", _("Not accepted")
    DELETING = "deleting", _("Being deleted")


WORKING = (State.CHECKING, State.PARSING, State.OCR, State.CHUNKING, State.EMBEDDING, State.INDEXING)
"""A worker is busy with it, or was when it died."""
ENDED = (State.READY, State.FAILED, State.NEEDS_PASSWORD, State.EMPTY, State.REJECTED)
OWN = Q(community=None)
LISTED = Q(replaces=None) & ~Q(state=State.DELETING)
"""What is read to take the place of another document stands with that one."""


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: User | AnonymousUser) -> "DocumentQuerySet":
        """One's own in whatever state; those of others once they are ready: in one's communities and public ones.

        What was made public in a community that is private today is for its members.
        """
        standing = self.exclude(state=State.DELETING)
        public = Q(audience=Audience.PUBLIC) & (Q(community=None) | Q(community__visibility=Visibility.PUBLIC))
        if user.pk is None:
            return standing.filter(public, state=State.READY)
        here = Q(community__in=Community.objects.with_member(user), audience__in=(Audience.COMMUNITY, Audience.PUBLIC))
        still_here = Q(community=None) | Q(community__in=Community.objects.with_member(user))
        mine = Q(owner=user) & (Q(audience=Audience.PRIVATE) | still_here)
        return standing.filter(mine | Q(public | here, state=State.READY))

    def listed(self) -> "DocumentQuerySet":
        return self.filter(LISTED)

    def waiting(self, states: Iterable[State]) -> Iterable[int]:
        """Ids of those in such a state that a worker should be busy with by now: nobody took them, or who did has been
        silent."""
        now = timezone.now()
        untaken = Q(heartbeat_at=None, changed_at__lt=now - rules.TAKEN_WITHIN)
        silent = Q(heartbeat_at__lt=now - rules.SILENT_FOR)
        due = Q(retry_at=None) | Q(retry_at__lt=now)
        unfinished = self.filter(due, untaken | silent, state__in=list(states))
        return unfinished.order_by("pk").values_list("pk", flat=True)

    def to_rescope(self) -> Iterable[int]:
        """Ids of those whose passages still say what was true before its audience changed."""
        differing = self.filter(state=State.READY).exclude(indexed_scope=F("scope"))
        return differing.order_by("pk").values_list("pk", flat=True)

    def to_retitle(self) -> Iterable[int]:
        """Ids of those whose passages are still found by the title that they had."""
        due = Q(retry_at=None) | Q(retry_at__lt=timezone.now())
        differing = self.filter(due, state=State.READY).exclude(indexed_title=F("title"))
        return differing.order_by("pk").values_list("pk", flat=True)


class Document(models.Model):
    """One file. `scope` says who may find its passages, and is copied to each of them; `indexed_scope` is the one that
    the index was told, as `indexed_title` is the title that all of them are found by.

    `done` of `total` pages or passages of the present stage. Each worker that takes it raises `lease`, and only the one
    that holds the last may write; `attempts` counts those that never finished. `retry_at`: something outside was away.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="documents")
    community = models.ForeignKey(Community, on_delete=models.PROTECT, null=True, related_name="documents")
    folder = models.ForeignKey(Folder, on_delete=models.SET_NULL, null=True, related_name="documents")
    replaces = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, related_name="replacement")
    audience = models.CharField(_("who can read it"), max_length=10, choices=Audience, default=Audience.PRIVATE)
    scope = models.GeneratedField(
        expression=Case(
            When(audience=Audience.PUBLIC, then=Value("public")),
            When(audience=Audience.COMMUNITY, then=Concat(Value("c:"), Cast("community_id", CharField()))),
            default=Concat(Value("u:"), Cast("owner_id", CharField())),
        ),
        output_field=CharField(max_length=30),
        db_persist=True,
    )

    indexed_scope = models.CharField(max_length=30, blank=True)
    indexed_title = models.CharField(max_length=rules.TITLE_MAX, blank=True)
    title = models.CharField(_("title"), max_length=rules.TITLE_MAX)
    filename = models.CharField(max_length=rules.NAME_MAX)
    format = models.CharField(max_length=20)
    language = models.CharField(max_length=12, choices=Language, default=Language.ENGLISH)
    bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="documents")
    pages = models.PositiveIntegerField(default=0)
    is_paged = models.BooleanField(default=False)
    chunks = models.PositiveIntegerField(default=0)
    pictures = models.PositiveIntegerField(default=0)
    parser_version = models.PositiveSmallIntegerField(default=0)

    state = models.CharField(max_length=20, choices=State, default=State.RECEIVED)
    error_code = models.CharField(max_length=30, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.PositiveIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "community", "sha256"],
                condition=~Q(state=State.DELETING),
                nulls_distinct=False,
                name="document_once_per_library",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="document_state_known"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="document_audience_known"),
            models.CheckConstraint(
                condition=~Q(audience=Audience.COMMUNITY) | Q(community__isnull=False),
                name="document_of_community_is_in_one",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], condition=OWN & LISTED, name="document_in_own_library"),
            models.Index(fields=["community", "-id"], condition=LISTED, name="document_in_community"),
            models.Index(
                fields=["changed_at"],
                condition=Q(state__in=(State.RECEIVED, *WORKING, State.DELETING)),
                name="document_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ai_assist:document", args=[self.uuid])

    @property
    def asking_url(self) -> str:
        return f"{reverse('ai_assist:conversation_new')}?document={self.uuid}"

    @property
    def is_for_everybody(self) -> bool:
        """Strangers may read it."""
        is_open = self.community is None or not self.community.is_private
        return self.audience == Audience.PUBLIC and self.state == State.READY and is_open

    @property
    def is_working(self) -> bool:
        """Something happens to it, or will by itself."""
        return self.state in (State.RECEIVED, *WORKING)

    @property
    def newer(self) -> "Document | None":
        """The file that is to take its place."""
        return getattr(self, "replacement", None)

    @property
    def is_watched(self) -> bool:
        """Its page asks again and again what became of it, or of the file that is to take its place."""
        return self.is_working or (self.newer is not None and self.newer.is_working)

    @property
    def readers(self) -> str:
        """For whom it is, in words."""
        is_linked = self.community_id is None and self.audience == Audience.PUBLIC
        return str(WITH_THE_LINK) if is_linked else self.get_audience_display()

    @property
    def trouble(self) -> str:
        """Why it could not be read, and what to do, in a sentence."""
        return sayings.trouble(self.error_code)


def scopes_of(user: User | AnonymousUser) -> frozenset[str]:
    """The scopes in which the person may find passages."""
    if user.pk is None:
        return frozenset({"public"})
    communities = Community.objects.with_member(user).values_list("pk", flat=True)
    return frozenset({"public", f"u:{user.pk}", *(f"c:{pk}" for pk in communities)})
