"""How much of an upload is written down."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest


@dataclass(frozen=True)
class Room:
    """What a view takes in one request: so many files, and so many bytes of all of them together."""

    files: int
    bytes: int


def takes[View: Callable[..., Any]](room: Room) -> Callable[[View], View]:
    """Says it of a view whose forms take more than others do."""

    def said(view: View) -> View:
        view.room = room  # type: ignore[attr-defined]
        return view

    return said


class Bounded(FileUploadHandler):
    """Drops what comes after the first bytes of all files together, and all of one file too many: enough to see that it
    is too much, and no full disk."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        room = room_at(request)
        self.files, self.bytes = room.files, room.bytes + 1

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.files -= 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        taken = raw_data[: self.bytes] if self.files >= 0 else b""
        self.bytes -= len(taken)
        return taken or None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None


def room_at(request: HttpRequest | None) -> Room:
    """Of the view that this request goes to."""
    match = request.resolver_match if request else None
    usual = Room(settings.FILE_UPLOAD_MAX_COUNT, settings.FILE_UPLOAD_MAX_SIZE)
    return getattr(match.func, "room", usual) if match else usual
