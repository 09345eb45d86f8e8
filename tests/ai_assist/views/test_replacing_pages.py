"""The pages on which a document gets a newer file, or its password."""

from io import BytesIO

import pypdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from ai_assist import rules
from ai_assist.actions.replacing import replace_document
from ai_assist.actions.uploading import add_document
from ai_assist.models import Document, State
from ai_assist.pipeline import work
from tests.ai_assist.parsing.paper import lines, pdf
from tests.factories import make_document

PASSWORD = "open sesame"


@pytest.fixture
def locked(ada) -> Document:
    """A PDF that asks for its password."""
    writer, content = pypdf.PdfWriter(clone_from=BytesIO(pdf(lines("A secret.")))), BytesIO()
    writer.encrypt(PASSWORD, algorithm="AES-256")
    writer.write(content)
    document, _is_new = add_document(ContentFile(content.getvalue()), by=ada, name="secret.pdf")
    work.index(document.pk)
    document.refresh_from_db()
    return document


def replace(browser, document, name="new.md", content=b"new words"):
    address = f"{document.get_absolute_url()}replace/"
    return browser.post(address, {"document": SimpleUploadedFile(name, content)})


def state_of(page) -> str:
    """What is said, without what can be done."""
    said = page.select(".document-state p:not(.document-state__acts)")
    return " ".join(" ".join(part.get_text().split()) for part in said)


def test_replace_shows_both_until_the_new_one_is_ready(ada, client_of, read):
    document = make_document(ada, name="old.md")
    browser = client_of(ada)
    assert replace(browser, document)["Location"] == document.get_absolute_url()
    page = read(browser.get(document.get_absolute_url()))
    assert state_of(page) == "Ready · 0 sections A new file is being read: new.md Waiting"
    assert page.select_one(".document-state").has_attr("hx-get")
    newer = Document.objects.get(replaces=document)
    assert browser.get(newer.get_absolute_url())["Location"] == document.get_absolute_url()


def test_replacement_that_failed_is_told_and_can_be_given_up(ada, client_of, read):
    document = make_document(ada, name="old.md")
    newer = replace_document(document, ContentFile(b"new"), by=ada, name="new.md")
    Document.objects.filter(pk=newer.pk).update(state=State.FAILED, error_code="corrupt_file")
    browser = client_of(ada)
    page = read(browser.get(document.get_absolute_url()))
    assert page.select_one(".document-state__newer strong").get_text() == (
        "The new file did not take its place: new.md."
    )
    response = browser.post(page.select_one(".document-state__newer button")["formaction"])
    assert response["Location"] == document.get_absolute_url()
    assert state_of(read(browser.get(document.get_absolute_url()))) == "Ready · 0 sections"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.md", b"", "This file is empty: it has 0 bytes."),
        ("large.md", b"x" * (rules.FILE_MAX + 1), "This file is larger than 25 MB. Split it, or save it smaller."),
        ("same.md", b"old.md", "This is the same file."),
    ],
)
def test_replace_with_what_cannot_be_taken_says_why(ada, client_of, read, name, content, said):
    response = replace(client_of(ada), make_document(ada, name="old.md"), name, content)
    page = read(response)
    assert (response.status_code, page.select_one("#id_document_error").get_text(strip=True)) == (422, said)
    assert Document.objects.count() == 1


def test_password_opens_the_document_and_is_kept_nowhere(ada, client_of, locked):
    key = locked.file.name
    assert locked.state == State.NEEDS_PASSWORD
    client_of(ada).post(f"{locked.get_absolute_url()}password/", {"password": PASSWORD})
    locked.refresh_from_db()
    assert (locked.state, PASSWORD.encode() in locked.file.read()) == (State.RECEIVED, False)
    work.index(locked.pk)
    locked.refresh_from_db()
    assert (locked.state, locked.page_set.get().blocks[0]["text"]) == (State.READY, "A secret.")
    assert locked.file.name != key


@pytest.mark.parametrize("password", ["close sesame", "", "x" * 201, "a\0b"])
def test_password_that_is_wrong_changes_nothing_and_does_not_come_back(ada, client_of, read, locked, password):
    response = client_of(ada).post(f"{locked.get_absolute_url()}password/", {"password": password})
    field = read(response).select_one("#id_password")
    locked.refresh_from_db()
    assert (response.status_code, field.get("value"), locked.state) == (422, None, State.NEEDS_PASSWORD)


def test_password_for_what_asks_for_none_leads_to_the_document(ada, client_of):
    document = make_document(ada)
    response = client_of(ada).post(f"{document.get_absolute_url()}password/", {"password": PASSWORD})
    assert response["Location"] == document.get_absolute_url()
