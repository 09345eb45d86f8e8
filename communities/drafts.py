"""Where a draft belongs, and which one a form opens with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from communities import permissions
from communities.models import Answer, Comment, Community, Draft, DraftKind, Membership, Post, Suggestion
from communities.models.draft import KEPT_FIELDS, TEXT_FIELDS, DraftQuerySet
from markup import plain_text, render
from markup.lead import lead

FORMS = {
    DraftKind.ANSWER: "answer_create",
    DraftKind.COMMENT_ON_POST: "post_comment",
    DraftKind.COMMENT_ON_ANSWER: "answer_comment",
    DraftKind.POST_EDIT: "post_edit",
    DraftKind.ANSWER_EDIT: "answer_edit",
    DraftKind.COMMENT_EDIT: "comment_edit",
    DraftKind.POST_SUGGESTION: "post_suggest",
    DraftKind.ANSWER_SUGGESTION: "answer_suggest",
    DraftKind.SUGGESTION_REWORK: "suggestion_rework",
}
"""The route of the form by kind; it takes the id of the target."""
RENDERED, SHOWN = 1_000, 180  # characters of a draft in the list of drafts, as it is written and as plain words


@dataclass(frozen=True)
class Place:
    """One form: that of a new post in a community, of an answer to a post, of a change to a comment, …"""

    kind: DraftKind
    target: Community | Post | Answer | Comment | Suggestion

    @property
    def community(self) -> Community:
        return self.target if isinstance(self.target, Community) else self.target.post.community

    @property
    def columns(self) -> dict[str, int | None]:
        """What a draft of this place has in its columns."""
        target = self.target
        post = target.pk if isinstance(target, Post) else getattr(target, "post_id", None)
        answer = target.pk if isinstance(target, Answer) else getattr(target, "answer_id", None)
        return {
            "community_id": self.community.pk,
            "post_id": post,
            "answer_id": answer,
            "comment_id": target.pk if isinstance(target, Comment) else None,
            "suggestion_id": target.pk if isinstance(target, Suggestion) else None,
        }

    @property
    def save_url(self) -> str:
        return reverse("communities:draft_save", args=[self.kind, self.target.pk])

    @property
    def form_url(self) -> str:
        if isinstance(self.target, Community):
            return reverse("communities:post_ask", args=[self.target.slug])
        return reverse(f"communities:{FORMS[self.kind]}", args=[self.target.pk])

    @property
    def anchor(self) -> str:
        return f"draft-{self.kind}-{self.target.pk}"

    def may_write(self, me: Membership | None, by: User) -> bool:
        """Whoever may send the form may keep a draft of it."""
        target = self.target
        if isinstance(target, Community):
            return permissions.can_ask(me)
        if isinstance(target, Suggestion):
            return target.decided_at is None and permissions.can_rework(me, target, by)
        if self.kind in (DraftKind.POST_EDIT, DraftKind.ANSWER_EDIT, DraftKind.COMMENT_EDIT):
            return permissions.can_edit(me, target)
        if self.kind == DraftKind.ANSWER:
            return isinstance(target, Post) and permissions.can_answer(me, target)
        if isinstance(target, Comment):
            return False
        if self.kind in (DraftKind.POST_SUGGESTION, DraftKind.ANSWER_SUGGESTION):
            return permissions.can_suggest(me, target)
        return permissions.can_comment(me, target)


@dataclass(frozen=True)
class Known:
    """The draft that a window began with, as it was then; its form carries it as `17-3`."""

    pk: int
    version: int

    @classmethod
    def read(cls, value: str) -> "Known | None":
        pk, _, version = value.partition("-")
        is_sane = all(part.isascii() and part.isdigit() and len(part) < 10 for part in (pk, version))
        return cls(int(pk), int(version)) if is_sane else None

    def __str__(self) -> str:
        return f"{self.pk}-{self.version}"


@dataclass(frozen=True)
class Opened:
    """What a form shows of drafts: where it saves to, the one it holds, and others of the same place."""

    place: Place
    draft: Draft | None = None
    known: Known | None = None
    others: list[Draft] = field(default_factory=list)
    sentence: str = ""
    """Why the text is not saved."""

    @property
    def fields(self) -> dict[str, str]:
        return self.draft.fields if self.draft else {}


def at(place: Place, author: User) -> DraftQuerySet:
    return Draft.objects.of(author).filter(kind=place.kind, **place.columns)


def opened(place: Place, author: User, *, wanted: str = "") -> Opened:
    """The latest draft of the place, or the `wanted` one."""
    drafts = list(at(place, author))
    chosen = next((draft for draft in drafts if str(draft.pk) == wanted), next(iter(drafts), None))
    known = Known(chosen.pk, chosen.version) if chosen else None
    return Opened(place, chosen, known, [draft for draft in drafts if draft != chosen])


def opened_again(place: Place, author: User, sent: Mapping[str, Any], *, sentence: str = "") -> Opened:
    """A form that comes back goes on with the draft that it had begun with; it is saved if it says the same there."""
    known = Known.read(sent.get("draft", ""))
    drafts = list(at(place, author))
    begun = next((draft for draft in drafts if known and draft.pk == known.pk), None)
    saved = begun if begun and begun.fields == texts_of(sent) else None
    return Opened(place, saved, known, [draft for draft in drafts if draft != begun], sentence)


def opened_on(place: Place, author: User, draft: Draft) -> Opened:
    """A form whose text has just been saved as this draft."""
    others = at(place, author).exclude(pk=draft.pk)
    return Opened(place, draft, Known(draft.pk, draft.version), list(others))


def texts_of(sent: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a form that a draft keeps, the same whether a browser or a script sent them.

    PostgreSQL's JSON holds no NUL.
    """
    kept = {name: value for name, value in sent.items() if name in KEPT_FIELDS}
    return {name: value.replace("\0", "").replace("\r\n", "\n") for name, value in kept.items()}


def beginning(draft: Draft) -> SafeString:
    """How it reads below its title: rendered, as far as a list has room."""
    texts = (draft.fields.get(name, "") for name in TEXT_FIELDS if name != "title")
    text = "\n\n".join(text for text in texts if text.strip())
    begins = lead(render(text[:RENDERED])) or escape(plain_text(text[:RENDERED], SHOWN))
    return mark_safe(begins)  # noqa: S308 - sanitised by lead, or escaped


def says_something(fields: Mapping[str, str]) -> bool:
    return any(fields.get(name, "").strip() for name in TEXT_FIELDS)
