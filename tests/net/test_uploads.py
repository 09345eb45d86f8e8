"""However large an upload is, little more than the limit is written down."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import ResolverMatch

from net.uploads import Room, takes


@pytest.mark.parametrize(("size", "received"), [(3_000, 3_000), (10_000, 10_000), (10_001, 10_001), (500_000, 10_001)])
@pytest.mark.parametrize("in_memory", [1_000_000, 1])
def test_upload_beyond_the_limit_ends_one_byte_after_it(settings, size, received, in_memory):
    settings.FILE_UPLOAD_MAX_SIZE = 10_000
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = in_memory
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("x", b"x" * size), "after": "kept"})
    upload = request.FILES["file"]
    assert (upload.size, len(upload.read()), request.POST["after"]) == (received, received, "kept")


def test_files_of_one_request_share_the_limit(settings):
    settings.FILE_UPLOAD_MAX_SIZE = 10_000
    files = {name: SimpleUploadedFile(name, b"x" * 8_000) for name in ("one", "two")}
    request = RequestFactory().post("/", files)
    assert {name: upload.size for name, upload in request.FILES.items()} == {"one": 8_000, "two": 2_001}


def test_file_too_many_is_not_written_down():
    request = RequestFactory().post("/", {str(n): SimpleUploadedFile("x", b"x") for n in range(4)})
    assert [upload.size for upload in request.FILES.values()] == [1, 1, 0, 0]


def test_view_that_takes_more_gets_more(settings, rf):
    settings.FILE_UPLOAD_MAX_SIZE = 10_000

    @takes(Room(3, 25_000))
    def view(request):
        return None

    request = rf.post("/", {str(n): SimpleUploadedFile("x", b"x" * 8_000) for n in range(4)})
    request.resolver_match = ResolverMatch(view, (), {})
    assert [upload.size for upload in request.FILES.values()] == [8_000, 8_000, 8_000, 0]


def test_request_with_more_files_than_any_form_has_is_refused_unread(db, client, read):
    files = {str(n): SimpleUploadedFile("x", b"x") for n in range(101)}
    response = client.post("/settings/", files)
    said = "These are more than 100 files, which is the most that Cairn looks at. Nothing of it was saved."
    assert (response.status_code, read(response).select_one(".sorry__text").get_text()) == (400, said)
