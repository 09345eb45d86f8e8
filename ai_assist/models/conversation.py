"""Conversations with documents: questions, answers, and the passages that the answers rest on."""

from collections.abc import Iterable
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from ai_assist import rules
from ai_assist.models.chunk import Chunk
from ai_assist.models.document import Document
from ai_assist.models.folder import Folder
from communities.models import Community


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, user: User) -> "ConversationQuerySet":
        """One's own: what somebody asks concerns nobody else."""
        return self.filter(owner=user)


class Reach(models.TextChoices):
    """Which documents a conversation asks."""

    DOCUMENTS = "documents", _("Chosen documents")
    FOLDER = "folder", _("A folder")
    COMMUNITY = "community", _("The library of a community")
    OWN = "own", _("All your documents")


class Conversation(models.Model):
    """Questions to some documents. Which these are, and which of them may be read, is asked anew for each question; of
    a folder or a document that is gone nothing is left, and nothing else takes its place."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="conversations", db_index=False)
    reach = models.CharField(max_length=10, choices=Reach, default=Reach.OWN)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, null=True, related_name="+")
    folder = models.ForeignKey(Folder, on_delete=models.SET_NULL, null=True, related_name="+")
    documents = models.ManyToManyField(Document, related_name="+")
    title = models.CharField(_("name"), max_length=rules.CONVERSATION_TITLE_MAX)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reach__in=Reach.values), name="conversation_reach_known"),
            models.CheckConstraint(
                condition=~Q(reach=Reach.COMMUNITY) | Q(community__isnull=False),
                name="conversation_with_community_names_it",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-changed_at"], name="conversation_of_owner")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ai_assist:conversation", args=[self.uuid])


UNANSWERED = ("pending", "streaming")


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: User) -> "MessageQuerySet":
        """What oneself has asked."""
        return self.filter(asker=user)

    def unanswered(self) -> "MessageQuerySet":
        return self.filter(state__in=UNANSWERED)

    def waiting(self) -> Iterable[int]:
        """Ids of those that a worker should be busy with by now."""
        silent = timezone.now() - rules.SILENT_FOR
        late = self.unanswered().filter(Q(heartbeat_at__lt=silent) | Q(heartbeat_at=None, created_at__lt=silent))
        return late.order_by("pk").values_list("pk", flat=True)


class MessageState(models.TextChoices):
    """Where an answer is on its way."""

    PENDING = "pending", _("Waiting")
    STREAMING = "streaming", _("Being written")
    DONE = "done", _("Answered")
    REFUSED = "refused", _("Not found")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Stopped")


class Message(models.Model):
    """A question and its answer. `text` is Markdown with markers `[1]`, each of which is a citation.

    `model` is empty when passages were quoted and no chat model wrote. `retrieval` says which passages were found, with
    their scores; and the documents whose words may be in the answer of a chat model (`written_from`), in `standalone`
    (`said_in`).
    """

    State = MessageState

    class Feedback(models.TextChoices):
        HELPFUL = "helpful", _("Helpful")
        UNHELPFUL = "unhelpful", _("Not helpful")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="message_set", db_index=False)
    asker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    question = models.TextField()
    standalone = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    note = models.CharField(max_length=30, blank=True)
    model = models.CharField(max_length=100, blank=True)
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    retrieval = models.JSONField(default=dict)
    feedback = models.CharField(max_length=10, choices=Feedback, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    stop_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["pending", "streaming", "done", "refused", "failed", "cancelled"]),
                name="message_state_known",
            ),
            models.UniqueConstraint(
                fields=["asker"],
                condition=Q(state__in=UNANSWERED),
                name="message_one_unanswered_per_member",
            ),
        ]
        indexes = [
            models.Index(fields=["conversation", "id"], name="message_of_conversation"),
            models.Index(fields=["created_at"], condition=Q(state__in=UNANSWERED), name="message_unanswered"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    def get_absolute_url(self) -> str:
        """Where it stands in its conversation."""
        return f"{self.conversation.get_absolute_url()}#{self.anchor}"

    @property
    def is_unanswered(self) -> bool:
        return self.state in UNANSWERED

    @property
    def anchor(self) -> str:
        return f"question-{self.pk}"

    def source_anchor(self, marker: int) -> str:
        return f"source-{self.pk}-{marker}"


class Citation(models.Model):
    """What a marker in an answer leads to. It keeps its words, so a new index loses none; but it shows them only to
    those who may read the document today."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="citations", db_index=False)
    marker = models.PositiveSmallIntegerField()
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="+")
    chunk = models.ForeignKey(Chunk, on_delete=models.SET_NULL, null=True, db_constraint=False, related_name="+")
    title = models.CharField(max_length=rules.TITLE_MAX)
    heading_path = models.CharField(max_length=500, blank=True)
    page = models.PositiveIntegerField()
    quote = models.TextField()
    passage = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "marker"], name="citation_once_per_marker")]

    def __str__(self) -> str:
        return f"[{self.marker}] of message {self.message_id}"

    def get_absolute_url(self) -> str:
        """Of the page on which it stands, with the passage. Its document is there."""
        page = reverse("ai_assist:read", args=[self.document.uuid if self.document else "", self.page])
        return f"{page}?passage={self.chunk_id}" if self.chunk_id else page
