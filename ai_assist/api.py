"""Documents for programs: the same actions and the same rights as on the pages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Field, File, Form, Router, Schema, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile

from ai_assist import rules
from ai_assist.actions.keeping import delete_document_of
from ai_assist.actions.uploading import add_document
from ai_assist.allowances import UsedUp
from ai_assist.forms.documents import PlaceForm, refusal_of
from ai_assist.models import Audience, Document, State
from ai_assist.sayings import trouble
from ai_assist.views import documents as pages
from ai_assist.views.access import count_against_limit, seen_document, seen_library
from net.uploads import Room

ROOMS = {"documents": Room(1, rules.FILE_MAX + rules.MB)}
"""What an address takes in one request: a file that is a little too large is still refused with a sentence."""

router = Router(tags=["documents"])


class Progress(Schema):
    done: int
    total: int = Field(description="0 as long as nobody knows.")


class DocumentOut(Schema):
    uuid: UUID
    title: str
    filename: str
    format: str
    bytes: int
    pages: int
    is_paged: bool = Field(description="Pages have the numbers that its readers see; otherwise they are sections.")
    passages: int
    audience: Audience
    community: str | None = Field(description="The slug of the community in whose library it is.")
    folder: int | None
    owner: str
    state: State
    progress: Progress
    trouble: str = Field(description="Why it could not be read, and what to do; empty when it could.")
    created_at: datetime

    @staticmethod
    def resolve_passages(document: Document) -> int:
        return document.chunks

    @staticmethod
    def resolve_community(document: Document) -> str | None:
        return document.community.slug if document.community else None

    @staticmethod
    def resolve_folder(document: Document) -> int | None:
        return document.folder_id

    @staticmethod
    def resolve_owner(document: Document) -> str:
        return document.owner.username

    @staticmethod
    def resolve_progress(document: Document) -> dict[str, int]:
        return {"done": document.done, "total": document.total}

    @staticmethod
    def resolve_trouble(document: Document) -> str:
        return trouble(document.error_code)


class DocumentsOut(Schema):
    documents: list[DocumentOut]
    next: str | None = Field(description="The value of `before` for the next page.")


class PlaceIn(Schema):
    community: str | None = Field(None, description="A slug; without one it is your own library.")
    audience: Audience | None = Field(None, description="The usual one of the library, unless you say.")
    folder: int | None = None


@router.get("documents", response=DocumentsOut, url_name="documents", summary="The documents of a library")
def list_documents(
    request: HttpRequest, community: str | None = None, before: int | None = None, name: str = ""
) -> dict[str, Any]:
    """Newest first, 30 at a time: your own, or those of a community."""
    shown, has_more = seen_library(request, community).turn(name=name, before=before)
    return {"documents": shown, "next": str(shown[-1].pk) if has_more else None}


@router.post(
    "documents",
    response={201: DocumentOut, 200: DocumentOut},
    url_name="document_add",
    summary="Add a document",
)
def add(request: HttpRequest, file: File[UploadedFile], place: Form[PlaceIn]) -> Status[Document]:
    """It is read in the background; ask for it until its state is `ready` or something is wrong. 200 when the same file
    is in the library already."""
    library = seen_library(request, place.community)
    count_against_limit(request, "upload")  # type: ignore[arg-type]
    given = {"audience": place.audience or library.audiences[0][0], "folder": place.folder}
    form = PlaceForm(given, library=library)
    if not form.is_valid():
        raise HttpError(422, " ".join(str(sentence) for sentences in form.errors.values() for sentence in sentences))
    if sentence := refusal_of(file):
        raise HttpError(422, sentence)
    try:
        document, is_new = add_document(
            file,
            by=request.user,  # type: ignore[arg-type]
            name=file.name or "",
            community=library.community,
            folder=form.cleaned_data["folder"],
            audience=Audience(form.cleaned_data["audience"]),
        )
    except UsedUp as used_up:
        raise HttpError(429, str(used_up)) from None
    return Status(201 if is_new else 200, document)


@router.get("documents/{uuid:uuid}", response=DocumentOut, url_name="document", summary="A document and its state")
def document(request: HttpRequest, uuid: UUID) -> Document:
    return seen_document(request, uuid)[0]


@router.get("documents/{uuid:uuid}/file", url_name="document_file", summary="The file itself")
def file(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    return pages.download(request, uuid=uuid)


@router.delete("documents/{uuid:uuid}", response={204: None}, url_name="document_delete", summary="Delete a document")
def delete(request: HttpRequest, uuid: UUID) -> Status[None]:
    """The file and everything that was made of it."""
    found, _me = seen_document(request, uuid)
    delete_document_of(found, by=request.user)  # type: ignore[arg-type]
    return Status(204, None)
