"""How much of an upload is written down."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class Bounded(FileUploadHandler):
    """Drops what comes after the first bytes of all files together: enough to see that it is too large, and no full
    disk."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room = settings.FILE_UPLOAD_MAX_SIZE + 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        taken = raw_data[: self.room]
        self.room -= len(taken)
        return taken or None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None
