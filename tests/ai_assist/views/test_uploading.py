"""Files on their way into a library: taken or refused one by one, by a plain form and by a script."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ai_assist import allowances, rules
from ai_assist.actions.folders import make_folder
from ai_assist.models import Audience, Document, State
from ai_assist.pipeline import work
from ai_assist.sayings import TROUBLES
from communities.models import Visibility
from net.limits import Rate
from tests.ai_assist.parsing.office import archive
from tests.ai_assist.parsing.paper import lines, pdf
from tests.factories import make_community, make_document

HTMX = {"HX-Request": "true"}
PLACE = {"audience": "private", "folder": ""}


def a_file(name: str, content: bytes = b"# Notes\n\nSome words.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(browser, *files, address="/library/upload/", headers=None, **place):
    return browser.post(address, {"documents": files, **PLACE, **place}, headers=headers)


def refusals(page) -> list[str]:
    return [" ".join(line.get_text().split()) for line in page.select(".upload--refused")]


def test_upload_several_adds_each_and_comes_back(ada, client_of, read):
    folder = make_folder(by=ada, name="Exam")
    browser = client_of(ada)
    response = send(browser, a_file("one.md"), a_file("two.txt", b"two"), audience="public", folder=folder.pk)
    assert response["Location"] == "/library/"
    kept = Document.objects.order_by("pk").values_list("title", "audience", "folder", "state", "community")
    assert list(kept) == [(title, "public", folder.pk, "received", None) for title in ("one", "two")]
    said = read(browser.get("/library/")).select_one(".toast__text").get_text()
    assert said == "2 documents are here and being read."


def test_upload_to_a_community_is_for_its_members(ada, otto, client_of):
    community = make_community(otto, ada)
    send(client_of(ada), a_file("one.md"), address="/c/algebra/library/upload/", audience="community")
    assert Document.objects.values_list("community", "audience").get() == (community.pk, "community")


@pytest.mark.parametrize(
    ("visibility", "audience"),
    [(None, "community"), (Visibility.PRIVATE, "public"), (Visibility.PUBLIC, "everyone"), (None, "")],
)
def test_upload_for_an_audience_that_is_not_offered_adds_nothing(ada, client_of, visibility, audience):
    address = "/library/upload/"
    if visibility:
        make_community(ada, visibility=visibility)
        address = "/c/algebra/library/upload/"
    response = send(client_of(ada), a_file("one.md"), address=address, audience=audience)
    assert (response.status_code, Document.objects.count()) == (422, 0)


def test_upload_into_a_folder_of_somebody_else_adds_nothing(ada, bob, client_of):
    response = send(client_of(ada), a_file("one.md"), folder=make_folder(by=bob, name="Secret").pk)
    assert (response.status_code, Document.objects.count()) == (422, 0)


FORMATS = (
    "PDF, Word, PowerPoint, Excel, EPUB, Markdown, HTML, plain text, CSV, notebooks, source code and pictures of text"
)
TOO_LARGE = "This file is larger than 25 MB. Split it, or save it smaller."


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.md", b"", "This file is empty: it has 0 bytes."),
        ("a.exe", b"MZ", f"Files of this kind (.exe) are not read. These are: {FORMATS}."),
        ("a.svg", b"<svg/>", f"Files of this kind (.svg) are not read. These are: {FORMATS}."),
        ("README", b"words", f"Files of this kind (without an ending) are not read. These are: {FORMATS}."),
        ("large.txt", b"x" * (rules.FILE_MAX + 1), TOO_LARGE),
    ],
)
def test_upload_that_cannot_be_taken_is_named_and_the_others_go_on(ada, client_of, read, name, content, sentence):
    response = send(client_of(ada), a_file(name, content), a_file("good.md"))
    page = read(response)
    assert (response.status_code, refusals(page)) == (422, [f"{name} {sentence}"])
    assert [link.get_text() for link in page.select(".document__link")] == ["good"]
    assert page.select_one("#id_audience [selected]")["value"] == "private"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a zip in a.pdf", archive({"a.txt": "x"}), "wrong_type"),
        ("both.pdf", pdf(lines("Text.")) + archive({"a.txt": "x"}), "wrong_type"),
        ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "wrong_type"),
        ("program.txt", b"MZ\x90\x00" + bytes(100), "wrong_type"),
        ("cut.docx", archive({"word/document.xml": "x" * 5000})[:-40], "corrupt_file"),
    ],
)
def test_upload_of_a_hostile_file_ends_with_one_clear_sentence(ada, client_of, read, name, content, code):
    browser = client_of(ada)
    send(browser, a_file(name, content))
    document = Document.objects.get()
    work.index(document.pk)
    page = read(browser.get(document.get_absolute_url()))
    document.refresh_from_db()
    state = State.REJECTED if code == "wrong_type" else State.FAILED
    assert (document.state, document.error_code) == (state, code)
    assert str(TROUBLES[code]) in " ".join(page.select_one(".document-state").get_text().split())


def test_upload_of_exactly_25_mb_is_taken(ada, client_of):
    send(client_of(ada), a_file("large.txt", b"x" * rules.FILE_MAX))
    assert Document.objects.get().bytes == rules.FILE_MAX


def test_upload_without_a_file_says_so(ada, client_of, read):
    response = client_of(ada).post("/library/upload/", PLACE)
    assert (response.status_code, read(response).select_one("#id_documents_error").get_text(strip=True)) == (
        422,
        "Choose a file first.",
    )


def test_upload_of_too_many_at_once_adds_none(ada, client_of, read):
    response = send(client_of(ada), *(a_file(f"{n}.md", f"{n}".encode()) for n in range(21)))
    said = "20 files at once are the most; these are 21. None of them was taken."
    assert (response.status_code, read(response).select_one("#id_documents_error").get_text(strip=True)) == (422, said)
    assert Document.objects.count() == 0


def test_upload_beyond_what_one_request_takes_refuses_what_came_last(ada, client_of, read, monkeypatch):
    monkeypatch.setattr(rules, "BYTES_AT_ONCE", 1000)
    response = send(client_of(ada), *(a_file(f"{n}.md", f"{n}".encode() * 400) for n in range(4)))
    said = "These files together are larger than 0 MB. Send this one by itself."
    assert refusals(read(response)) == [f"2.md {said}", f"3.md {said}"]
    assert Document.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.md", "passwd.md"),
        ("C:\\notes\\one.md", "one.md"),
        ("tur\u202ened\x00.md", "turned.md"),
        (f"{'x' * 300}.md", f"{'x' * 197}.md"),
        ("con.cairn <script>.md", "con.cairn <script>.md"),
    ],
)
def test_upload_with_a_strange_name_is_taken_under_a_plain_one(ada, client_of, given, kept):
    send(client_of(ada), a_file(given))
    document = Document.objects.get()
    assert (document.filename, len(document.title) <= rules.TITLE_MAX) == (kept, True)
    assert document.file.name.removeprefix("documents/").isalnum()


def test_upload_of_the_same_file_again_leads_to_the_first(ada, client_of, read):
    first = make_document(ada, name="first.md", text="the same")
    response = send(client_of(ada), a_file("second.md", b"the same"))
    line = read(response).select_one(".upload")
    assert " ".join(line.get_text().split()) == "second.md This file is here already, as first."
    assert (response.status_code, line.a["href"], Document.objects.count()) == (200, first.get_absolute_url(), 1)


def test_upload_beyond_the_allowance_says_which_and_the_rest_is_kept(ada, client_of, read, monkeypatch):
    for limits in (allowances.KEPT, allowances.LIMITS):
        monkeypatch.setitem(limits, "documents", 1)
    response = send(client_of(ada), a_file("one.md", b"1"), a_file("two.md", b"2"))
    said = "There is room for 1 documents. Delete one that nobody needs any more."
    assert (response.status_code, refusals(read(response))) == (422, [f"two.md {said}"])
    assert Document.objects.get().title == "one"


def test_upload_by_a_script_gets_its_line_and_the_new_allowance(ada, client_of, read):
    part = read(send(client_of(ada), a_file("one.md"), headers=HTMX))
    assert part.select_one(".document")["id"] == f"document-{Document.objects.get().uuid}"
    assert part.select_one("#allowance li").get_text() == "1 of 200 documents"
    assert part.select_one("#live").get_text(strip=True) == "one.md is in the library."
    assert part.html is None


def test_upload_by_a_script_that_is_refused_gets_a_line_that_says_why(ada, client_of, read):
    response = send(client_of(ada), a_file("empty.md", b""), headers=HTMX)
    assert (response.status_code, refusals(read(response))) == (422, ["empty.md This file is empty: it has 0 bytes."])


def test_upload_by_a_script_without_sense_gets_a_line_that_says_why(ada, client_of, read):
    response = client_of(ada).post("/library/upload/", {"audience": "x"}, headers=HTMX)
    said = "Files: Choose a file first. Who can read it: Select a valid choice. x is not one of the available choices."
    assert (response.status_code, refusals(read(response))) == (422, [said])


def test_upload_signed_out_keeps_no_file(client, db):
    assert send(client, a_file("one.md"))["Location"] == "/accounts/login/?next=/library/upload/"
    assert Document.objects.count() == 0


def test_upload_too_often_is_429(ada, client_of, monkeypatch):
    monkeypatch.setitem(rules.RATES, "upload", Rate(1, 3600))
    browser = client_of(ada)
    assert [send(browser, a_file(f"{n}.md", b"%d" % n)).status_code for n in range(2)] == [302, 429]


def test_try_the_sample_adds_it_once_for_oneself_alone(ada, otto, client_of):
    make_community(otto, ada)
    browser = client_of(ada)
    for address in ("/library/sample/", "/library/sample/", "/c/algebra/library/sample/"):
        browser.post(address)
    kept = Document.objects.order_by("pk").values_list("title", "audience", "state")
    assert list(kept) == [("How to remember what you study", Audience.PRIVATE, State.RECEIVED)] * 2
