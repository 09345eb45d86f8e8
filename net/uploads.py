"""How much of an upload is written down."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class Bounded(FileUploadHandler):
    """Drops what comes after the first bytes of each file: enough to see that it is too large, and no full disk."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        room = settings.FILE_UPLOAD_MAX_SIZE + 1 - start
        return raw_data[:room] if room > 0 else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None
