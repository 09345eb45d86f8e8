"""The disk is full: one sentence, nothing half kept, and the site goes on."""

from errno import ENOSPC
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ai_assist.actions.parts import path_of
from ai_assist.actions.uploading import add_document
from ai_assist.allowances import Whose, left
from ai_assist.models import Document, PartialUpload, State
from tests.ai_assist.parsing.paper import lines, pdf

NO_ROOM = "There is no room for this file now. Please try again later."
WHOLE = b"The first part. The second part."
HTMX = {"HX-Request": "true"}


class FullDisk(FileSystemStorage):
    """Takes some bytes of a file, then no more."""

    def _save(self, name: str, content: File) -> str:
        super()._save(name, ContentFile(b"half of it"))
        raise OSError(ENOSPC, "No space left on device")


@pytest.fixture
def browser(ada) -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(ada)
    return browser


@pytest.fixture
def full_disk(settings) -> None:
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.FullDisk"}}


def files() -> list[str]:
    return [path.name for path in Path(default_storage.path("")).rglob("*") if path.is_file()]


def test_upload_that_finds_no_room_keeps_nothing_and_counts_nothing(ada, browser, read, full_disk):
    given = {"audience": "private", "documents": SimpleUploadedFile("notes.md", WHOLE)}
    response = browser.post("/library/upload/", given, headers=HTMX)
    assert (response.status_code, read(response).get_text(" ", strip=True).startswith(NO_ROOM)) == (507, True)
    assert (files(), Document.objects.count(), left(Whose(ada)).used["uploads"]) == ([], 0, 0)
    assert browser.get("/library/").status_code == 200


def test_part_that_finds_no_room_is_sent_again_later(ada, browser):
    given = {"audience": "private", "name": "notes.md", "size": len(WHOLE), "modified": 1}
    browser.post("/library/parts/", given, headers=HTMX)
    partial = PartialUpload.objects.get()
    path_of(partial).parent.mkdir(parents=True, exist_ok=True)
    path_of(partial).symlink_to("/dev/full")
    part = given | {"offset": 0, "part": SimpleUploadedFile("blob", WHOLE)}
    response = browser.post("/library/parts/", part, headers=HTMX)
    partial.refresh_from_db()
    assert (response.status_code, partial.received, Document.objects.count()) == (507, 0, 0)
    path_of(partial).unlink()
    browser.post("/library/parts/", part | {"part": SimpleUploadedFile("blob", WHOLE)}, headers=HTMX)
    assert Document.objects.get().file.read() == WHOLE


def test_page_that_is_drawn_is_shown_though_there_is_no_room_to_keep_it(ada, browser, settings):
    document, _ = add_document(ContentFile(pdf(lines("Cairns."))), by=ada, name="one.pdf")
    Document.objects.update(state=State.READY, is_paged=True, pages=1)
    document.page_set.create(number=1)
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.FullDisk"}}
    response = browser.get(f"{document.get_absolute_url()}read/1/picture")
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert files() == [document.file.name.rpartition("/")[2]]
