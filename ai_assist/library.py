"""A library as one person sees it: its documents a page at a time, its folders, and where each of its pages is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from ai_assist import permissions, rules
from ai_assist.allowances import Left, Whose, left
from ai_assist.models import WITH_THE_LINK, Audience, Document, Folder, Page, PartialUpload
from ai_assist.models.document import DocumentQuerySet
from communities.models import Community, Membership
from communities.rules import ID_DIGITS


class Row(NamedTuple):
    """A document, and what the reader may do with it."""

    document: Document
    may_change: bool
    may_delete: bool


@dataclass(frozen=True)
class Listed:
    """One page of documents; `next_url` "" says that it is the last."""

    rows: list[Row]
    next_url: str
    is_lost: bool
    """Where it was to begin makes no sense, so it is the first one."""


@dataclass(frozen=True)
class Library:
    """Of a community, or without one the reader's own."""

    reader: User | AnonymousUser
    community: Community | None = None
    me: Membership | None = None

    @property
    def documents(self) -> DocumentQuerySet:
        if self.community is not None:
            return Document.objects.visible_to(self.reader).listed().filter(community=self.community)
        return Document.objects.listed().filter(community=None, owner=self.reader.pk)

    @property
    def folders(self) -> Iterable[Folder]:
        folders = Folder.objects.visible_to(self.reader).filter(community=self.community)
        return folders.order_by("name", "pk")

    @property
    def may_add(self) -> bool:
        reader = self.reader
        return reader.is_authenticated and permissions.can_add_document(reader, self.community, self.me)

    @property
    def audiences(self) -> list[tuple[str, str | Promise]]:
        """For whom a document can be here: its words, the usual one first."""
        return audiences_in(self.community)

    @property
    def allowances(self) -> list[Left]:
        """What is left to the reader, and to the community."""
        if isinstance(self.reader, AnonymousUser):
            return []
        whose = [Whose(member=self.reader)]
        return [left(one) for one in (*whose, *([Whose(community=self.community)] if self.community else []))]

    @property
    def unfinished(self) -> Iterable[PartialUpload]:
        """Files of the reader of which only the beginning has come."""
        begun = PartialUpload.objects.filter(owner=self.reader.pk, community=self.community, received__gt=0)
        return begun.order_by("-changed_at")

    @property
    def url(self) -> str:
        return self.address("library")

    @property
    def usage_url(self) -> str:
        """What was used here, for who moderates; for others what they used themselves."""
        is_theirs = self.me is not None and self.me.is_moderator
        return self.address("usage") if is_theirs else reverse("ai_assist:usage")

    @property
    def asking_url(self) -> str:
        """Where all of it can be asked."""
        new = reverse("ai_assist:conversation_new")
        return f"{new}?community={self.community.slug}" if self.community else new

    def address(self, name: str) -> str:
        """Of the page that is called so in one's own library, and in that of a community."""
        if self.community is None:
            return reverse(f"ai_assist:{name}")
        return reverse(f"ai_assist:community_{name}", args=[self.community.slug])

    def page(self, *, folder: Folder | None, name: str, before: str) -> Listed:
        """Newest first, those in the folder and with these words in the name, older than the id `before`."""
        is_lost = bool(before) and not (before.isascii() and before.isdigit() and len(before) <= ID_DIGITS)
        older_than = int(before) if before and not is_lost else None
        rows, has_more = self.turn(folder=folder, name=name, before=older_than)
        further = {"folder": folder.pk if folder else "", "name": name, "before": rows[-1].pk if has_more else ""}
        query = urlencode({key: value for key, value in further.items() if value})
        return Listed([self.row(one) for one in rows], f"{self.url}?{query}" if has_more else "", is_lost)

    def turn(
        self, *, folder: Folder | None = None, name: str = "", before: int | None = None
    ) -> tuple[list[Document], bool]:
        """The documents of one page, and whether there are more."""
        documents = self.documents
        if folder is not None:
            documents = documents.filter(folder=folder)
        if name:
            documents = documents.filter(title__icontains=name)
        if before is not None:
            documents = documents.filter(pk__lt=before)
        found = list(with_surroundings(documents).order_by("-pk")[: rules.DOCUMENTS_PER_PAGE + 1])
        return found[: rules.DOCUMENTS_PER_PAGE], len(found) > rules.DOCUMENTS_PER_PAGE

    def row(self, document: Document) -> Row:
        return row_for(document, self.reader, self.me)


def row_for(document: Document, reader: User | AnonymousUser, me: Membership | None) -> Row:
    if isinstance(reader, AnonymousUser):
        return Row(document, may_change=False, may_delete=False)
    return Row(
        document,
        may_change=permissions.can_change_document(reader, document, me),
        may_delete=permissions.can_delete_document(reader, document, me),
    )


def with_surroundings(documents: DocumentQuerySet) -> DocumentQuerySet:
    """What a row shows beside the document itself. `has_unread`: some pages are pictures that nobody has read yet."""
    unread = Page.objects.filter(document=OuterRef("pk"), needs_ocr=True)
    around = documents.select_related("owner", "folder", "community", "replacement")
    return around.annotate(has_unread=Exists(unread))


def audiences_in(community: Community | None) -> list[tuple[str, str | Promise]]:
    words = dict(Audience.choices)
    if community is None:
        return [(Audience.PRIVATE, words[Audience.PRIVATE]), (Audience.PUBLIC, WITH_THE_LINK)]
    usual = [Audience.COMMUNITY] if community.is_private else [Audience.COMMUNITY, Audience.PUBLIC]
    return [(audience, words[audience]) for audience in (*usual, Audience.PRIVATE)]


def link_to_library(request: HttpRequest, *, community: Community) -> SafeString:
    """Among the pages of a community."""
    address = reverse("ai_assist:community_library", args=[community.slug])
    return format_html('<a href="{}">{}</a>', address, _("Library"))
