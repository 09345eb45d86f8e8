"""A large file in parts: nothing is sent twice, and nothing is mixed up."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ai_assist import rules
from ai_assist.models import Document, PartialUpload
from ai_assist.tasks import forget_partial_uploads
from tests.communities.at_once import at_once
from tests.factories import make_community, make_document

WHOLE = b"The first part. The second part. The third."
HTMX = {"HX-Request": "true"}


def send(browser, content=None, offset=None, address="/library/parts/", **given):
    fields = {"audience": "private", "folder": "", "name": "notes.md", "size": len(WHOLE), "modified": 1, **given}
    if content is not None:
        fields |= {"part": SimpleUploadedFile("blob", content), "offset": offset}
    return browser.post(address, fields, headers=HTMX)


def test_parts_in_order_become_the_document(ada, client_of, read):
    browser = client_of(ada)
    asked = send(browser)
    assert (asked.status_code, asked["Upload-Offset"]) == (204, "0")
    first = send(browser, WHOLE[:16], 0)
    assert (first.status_code, first["Upload-Offset"]) == (204, "16")
    assert Document.objects.count() == 0
    last = send(browser, WHOLE[16:], 16)
    document = Document.objects.get()
    assert read(last).select_one(".document")["id"] == f"document-{document.uuid}"
    assert (document.file.read(), document.filename, PartialUpload.objects.count()) == (WHOLE, "notes.md", 0)
    assert default_storage.listdir("parts")[1] == []


def test_ask_again_after_a_lost_connection_says_where_to_go_on(ada, client_of, read):
    send(client_of(ada), WHOLE[:16], 0)
    browser = client_of(ada)
    assert send(browser)["Upload-Offset"] == "16"
    said = read(browser.get("/library/")).select_one(".upload-panel__begun").get_text()
    wanted = "Of “notes.md” 16 bytes of 43 bytes are here. Choose the same file again to go on."
    assert said.replace("\xa0", " ") == wanted


@pytest.mark.parametrize(("content", "offset"), [(WHOLE[16:], 16), (WHOLE[:8], 4), (WHOLE + b"more", 0)])
def test_part_that_does_not_fit_is_not_written(ada, client_of, content, offset):
    response = send(client_of(ada), content, offset)
    assert (response.status_code, PartialUpload.objects.get().received) == (409, 0)


def test_same_part_twice_counts_once(ada, client_of):
    browser = client_of(ada)
    assert [send(browser, WHOLE[:16], 0).status_code for _ in range(2)] == [204, 409]
    send(browser, WHOLE[16:], 16)
    assert Document.objects.get().file.read() == WHOLE


def test_what_a_broken_write_left_behind_is_written_over(ada, client_of):
    browser = client_of(ada)
    send(browser, WHOLE[:16], 0)
    with default_storage.open(PartialUpload.objects.get().key, "ab") as file:
        file.write(b"half of what came next, and much longer than the file will be")
    send(browser, WHOLE[16:], 16)
    assert Document.objects.get().file.read() == WHOLE


def test_parts_of_others_and_of_other_files_stay_apart(ada, bob, client_of):
    make_community(ada, bob)
    send(client_of(ada), WHOLE[:16], 0)
    others = (
        send(client_of(bob)),
        send(client_of(ada), modified=2),
        send(client_of(ada), address="/c/algebra/library/parts/", audience="community"),
    )
    assert [response["Upload-Offset"] for response in others] == ["0", "0", "0"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"size": rules.FILE_MAX + 1}, "notes.md This file is larger than 25 MB. Split it, or save it smaller."),
        ({"size": 0}, "notes.md This file is empty: it has 0 bytes."),
        ({"size": -1}, "Size: Ensure this value is greater than or equal to 0."),
        ({"name": ""}, "Name: This field is required."),
        ({"modified": "x"}, "Modified: Enter a whole number."),
    ],
)
def test_file_that_cannot_be_taken_is_refused_before_it_comes(ada, client_of, read, given, said):
    response = send(client_of(ada), **given)
    line = " ".join(read(response).select_one(".upload--refused").get_text().split())
    assert (response.status_code, line, PartialUpload.objects.count()) == (422, said, 0)


def test_name_with_folders_is_kept_without_them(ada, client_of):
    send(client_of(ada), name="../../etc/C:\\x\\notes.md")
    assert PartialUpload.objects.get().name == "notes.md"


def test_whole_file_that_is_there_already_leads_to_the_first(ada, client_of, read):
    make_document(ada, name="first.md", text=WHOLE.decode())
    response = send(client_of(ada), WHOLE, 0)
    assert "This file is here already, as" in read(response).select_one(".upload").get_text()
    assert (Document.objects.count(), PartialUpload.objects.count()) == (1, 0)


def test_sixth_that_is_begun_forgets_the_oldest(ada, client_of):
    browser = client_of(ada)
    for number in range(6):
        send(browser, WHOLE[:4], 0, name=f"{number}.md")
    kept = PartialUpload.objects.order_by("pk")
    assert [partial.name for partial in kept] == [f"{number}.md" for number in range(1, 6)]
    assert len(default_storage.listdir("parts")[1]) == 5


def test_what_nobody_goes_on_with_is_forgotten_after_a_day(ada, client_of):
    browser = client_of(ada)
    for name in ("old.md", "new.md"):
        send(browser, WHOLE[:4], 0, name=name)
    PartialUpload.objects.filter(name="old.md").update(changed_at=timezone.now() - timedelta(days=1, minutes=1))
    forget_partial_uploads()
    assert (PartialUpload.objects.get().name, len(default_storage.listdir("parts")[1])) == ("new.md", 1)


@pytest.mark.django_db(transaction=True)
def test_same_part_from_two_windows_at_once_counts_once(ada, client_of):
    send(client_of(ada))
    browsers = [client_of(ada) for _ in range(4)]
    answers = at_once([lambda browser=browser: send(browser, WHOLE[:16], 0).status_code for browser in browsers])
    assert sorted(answers, key=str) == [204, 409, 409, 409]
    assert PartialUpload.objects.get().received == 16
