"""Folders of a library."""

from collections.abc import Iterable

from ninja import Field, Router, Schema, Status

from accounts.requests import MemberRequest
from ai_assist.actions.folders import FolderRefused, delete_folder, make_folder, rename_folder
from ai_assist.forms.documents import FolderForm
from ai_assist.models import Folder
from ai_assist.views.access import changeable_folder, count_against_limit, seen_library
from net.faults import checked, unfit
from net.sent import Sent

router = Router(tags=["folders"])


class FolderOut(Schema):
    id: int
    name: str


class FoldersOut(Schema):
    folders: list[FolderOut]


class FolderIn(Sent):
    name: str


class NewFolderIn(FolderIn):
    community: str | None = Field(None, description="A slug; without one it is in your own library.")


@router.get("folders", response=FoldersOut, url_name="folders", summary="The folders of a library")
def list_folders(request: MemberRequest, community: str | None = None) -> dict[str, Iterable[Folder]]:
    """All of them, by name: your own, or those of a community."""
    return {"folders": seen_library(request, community).folders}


@router.post("folders", response={201: FolderOut}, url_name="folder_create", summary="Make a folder")
def create(request: MemberRequest, wanted: NewFolderIn) -> Status[Folder]:
    library = seen_library(request, wanted.community)
    name = checked(FolderForm({"name": wanted.name}))["name"]
    count_against_limit(request, "document")
    try:
        return Status(201, make_folder(by=request.user, name=name, community=library.community))
    except FolderRefused as refused:
        raise unfit({"name": str(refused)}) from None


@router.patch("folders/{int:pk}", response=FolderOut, url_name="folder_rename", summary="Rename a folder")
def rename(request: MemberRequest, pk: int, wanted: FolderIn) -> Folder:
    folder, _library = changeable_folder(request, pk)
    name = checked(FolderForm({"name": wanted.name}))["name"]
    count_against_limit(request, "document")
    try:
        rename_folder(folder, by=request.user, name=name)
    except FolderRefused as refused:
        raise unfit({"name": str(refused)}) from None
    return folder


@router.delete("folders/{int:pk}", response={204: None}, url_name="folder_delete", summary="Delete a folder")
def delete(request: MemberRequest, pk: int) -> Status[None]:
    """Its documents stay in the library."""
    folder, _library = changeable_folder(request, pk)
    count_against_limit(request, "document")
    delete_folder(folder, by=request.user)
    return Status(204, None)
