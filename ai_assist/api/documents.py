"""Documents: adding them, following them until they are ready, changing, replacing, fetching and deleting them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from accounts.requests import MemberRequest
from ai_assist.actions.keeping import delete_document_of, retry_document
from ai_assist.actions.opening import NotOpened, open_document
from ai_assist.actions.replacing import NotReplaced, replace_document
from ai_assist.actions.uploading import add_document
from ai_assist.allowances import UsedUp
from ai_assist.api.faults import too_much
from ai_assist.forms.documents import DocumentForm, PasswordForm, PlaceForm, refusal_of
from ai_assist.models import Audience, Document, Folder, State
from ai_assist.sayings import trouble
from ai_assist.views import documents as pages
from ai_assist.views.access import (
    changeable_document,
    count_against_limit,
    library_of,
    seen_document,
    seen_library,
)
from net.faults import checked, unfit
from net.sent import Sent, check_names, file_of

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
    newer: UUID | None = Field(description="The file that takes its place once it has been read.")
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

    @staticmethod
    def resolve_newer(document: Document) -> UUID | None:
        return document.newer.uuid if document.newer else None


class DocumentsOut(Schema):
    documents: list[DocumentOut]
    next: str | None = Field(description="The value of `before` for the next page.")


class PlaceIn(Sent):
    community: str | None = Field(None, description="A slug; without one it is your own library.")
    audience: Audience | None = Field(None, description="The usual one of the library, unless you say.")
    folder: int | None = None


class DocumentIn(Sent):
    """What is not named stays as it is."""

    title: str | None = None
    folder: int | None = Field(None, description="Of the same library; `null` takes it out of all.")
    audience: Audience | None = None


class PasswordIn(Sent):
    password: str


@router.get("documents", response=DocumentsOut, url_name="documents", summary="The documents of a library")
def list_documents(
    request: MemberRequest,
    community: str | None = None,
    folder: int | None = None,
    before: int | None = None,
    name: str = "",
) -> dict[str, Any]:
    """Newest first, 30 at a time: your own, or those of a community; of a folder; with these words in the title."""
    library = seen_library(request, community)
    inside = get_object_or_404(Folder.objects.visible_to(request.user), pk=folder) if folder is not None else None
    shown, has_more = library.turn(folder=inside, name=name, before=before)
    return {"documents": shown, "next": str(shown[-1].pk) if has_more else None}


@router.post(
    "documents",
    response={201: DocumentOut, 200: DocumentOut},
    url_name="document_add",
    summary="Add a document",
)
def add(request: MemberRequest, file: File[UploadedFile], place: Form[PlaceIn]) -> Status[Document]:
    """It is read in the background; ask for it until its state is `ready` or something is wrong. 200 when the same file
    is in the library already."""
    library = seen_library(request, place.community)
    check_names(request, "file", *PlaceIn.model_fields)
    count_against_limit(request, "upload")
    given = {"audience": place.audience or library.audiences[0][0], "folder": place.folder}
    wanted = checked(PlaceForm(given, library=library))
    if sentence := refusal_of(file):
        raise unfit({"file": sentence})
    try:
        document, is_new = add_document(
            file,
            by=request.user,
            name=file.name or "",
            community=library.community,
            folder=wanted["folder"],
            audience=Audience(wanted["audience"]),
        )
    except UsedUp as used_up:
        raise too_much(used_up) from None
    return Status(201 if is_new else 200, document)


@router.get("documents/{uuid:uuid}", response=DocumentOut, url_name="document", summary="A document and its state")
def document(request: MemberRequest, uuid: UUID) -> Document:
    return seen_document(request, uuid)[0]


@router.patch(
    "documents/{uuid:uuid}", response=DocumentOut, url_name="document_change", summary="Rename, move or share it"
)
def change(request: MemberRequest, uuid: UUID, wanted: DocumentIn) -> Document:
    """Who may not read it any more finds nothing in it from now on."""
    found, me = changeable_document(request, uuid)
    given = wanted.dict(exclude_unset=True)
    form = DocumentForm(given, library=library_of(request, found, me))
    for name in set(form.fields) - set(given):
        del form.fields[name]
    changed = checked(form)
    count_against_limit(request, "document")
    pages.change(found, changed, by=request.user)
    return seen_document(request, uuid)[0]


@router.get(
    "documents/{uuid:uuid}/file",
    url_name="document_file",
    summary="The file itself",
    openapi_extra={"responses": {200: file_of("application/octet-stream")}},
)
def file(request: MemberRequest, uuid: UUID) -> HttpResponseBase:
    return pages.download(request, uuid=uuid)


@router.post(
    "documents/{uuid:uuid}/file",
    response={202: DocumentOut},
    url_name="document_replace",
    summary="Replace it by a newer file",
)
def replace(request: MemberRequest, uuid: UUID, file: File[UploadedFile]) -> Status[Document]:
    """The document stays as it is until the newer file has been read, and for good when it cannot be."""
    found, _me = changeable_document(request, uuid)
    check_names(request, "file")
    count_against_limit(request, "upload")
    if sentence := refusal_of(file):
        raise unfit({"file": sentence})
    try:
        replace_document(found, file, by=request.user, name=file.name or "")
    except NotReplaced as same:
        raise unfit({"file": str(same)}) from None
    except UsedUp as used_up:
        raise too_much(used_up) from None
    return Status(202, seen_document(request, uuid)[0])


@router.post("documents/{uuid:uuid}/retry", response=DocumentOut, url_name="document_retry", summary="Read it again")
def retry(request: MemberRequest, uuid: UUID) -> Document:
    """From where it failed. Nothing happens to one that did not fail."""
    found, _me = changeable_document(request, uuid)
    count_against_limit(request, "document")
    retry_document(found, by=request.user)
    return seen_document(request, uuid)[0]


@router.post(
    "documents/{uuid:uuid}/password", response=DocumentOut, url_name="document_password", summary="Give its password"
)
def unlock(request: MemberRequest, uuid: UUID, given: PasswordIn) -> Document:
    """It opens the file once, and is not kept. Nothing happens to a document that asks for none."""
    found, _me = changeable_document(request, uuid)
    password = checked(PasswordForm({"password": given.password}))["password"]
    count_against_limit(request, "password")
    try:
        open_document(found, by=request.user, password=password)
    except NotOpened as refused:
        raise unfit({"password": str(refused)}) from None
    return seen_document(request, uuid)[0]


@router.delete("documents/{uuid:uuid}", response={204: None}, url_name="document_delete", summary="Delete a document")
def delete(request: MemberRequest, uuid: UUID) -> Status[None]:
    """The file and everything that was made of it."""
    found, _me = seen_document(request, uuid)
    count_against_limit(request, "document")
    delete_document_of(found, by=request.user)
    return Status(204, None)
