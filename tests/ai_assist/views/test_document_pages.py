"""One document: its page, its state while it is read, and what its owner does with it."""

import pytest
from django.utils import timezone

from ai_assist import rules, sayings
from ai_assist.actions.folders import make_folder
from ai_assist.models import Audience, Document, Page, State
from ai_assist.parsing import CODES
from net.limits import Rate
from tests.factories import make_community, make_document

HTMX = {"HX-Request": "true"}


def state_of(page) -> str:
    """What is said, without what can be done."""
    said = page.select(".document-state p:not(.document-state__acts)")
    return " ".join(" ".join(part.get_text().split()) for part in said)


def look(browser, document, looks=0):
    return browser.get(f"{document.get_absolute_url()}state/", {"looks": looks}, headers=HTMX)


def test_show_document_says_what_it_is(ada, client_of, read):
    document = make_document(ada, name="Linear_algebra 1.pdf", text="x" * 2048, folder=make_folder(by=ada, name="Exam"))
    Document.objects.update(pages=24, is_paged=True, chunks=88, pictures=3)
    page = read(client_of(ada).get(document.get_absolute_url()))
    facts = {dt.get_text(): " ".join(dt.find_next("dd").get_text().split()) for dt in page.select(".facts dt")}
    added = timezone.now().strftime("%-d %b %Y")
    assert (page.h1.get_text(), state_of(page)) == ("Linear algebra 1", "Ready · 24 pages")
    assert facts == {
        "File": "Linear_algebra 1.pdf, 2.0\xa0KB".replace("\xa0", " "),
        "Added by": f"Ada, {added}",
        "Who can read it": "Only me",
        "Folder": "Exam",
        "Passages": "88",
        "Pictures": "3 pictures were not read.",
    }


@pytest.mark.parametrize(
    ("state", "done", "total", "words"),
    [
        (State.RECEIVED, 0, 0, "Waiting"),
        (State.PARSING, 12, 0, "Reading pages: page 12"),
        (State.PARSING, 12, 40, "Reading pages: page 12 of 40"),
        (State.OCR, 3, 7, "Reading scans: page 3 of 7"),
        (State.EMBEDDING, 30, 120, "Learning what it says: passage 30 of 120"),
    ],
)
def test_state_while_it_is_read_shows_progress_and_asks_again(ada, client_of, read, state, done, total, words):
    document = make_document(ada, state=state)
    Document.objects.update(done=done, total=total)
    part = read(look(client_of(ada), document)).select_one(".document-state")
    assert " ".join(part.get_text().split()) == words
    assert part["hx-get"] == f"{document.get_absolute_url()}state/?looks=1"
    assert part.progress.attrs.get("value") == (str(done) if total else None)
    assert part.progress["aria-label"] == "How far “notes” is"


def test_state_is_asked_for_less_often_with_time(ada, client_of, read):
    document = make_document(ada, state=State.PARSING)
    browser = client_of(ada)
    triggers = {looks: read(look(browser, document, looks)).div["hx-trigger"] for looks in (0, 20, 99, 10**17, "x")}
    assert triggers == {0: "load delay:2s", 20: "load delay:5s", **dict.fromkeys((99, 10**17), "load delay:15s")} | {
        "x": "load delay:2s"
    }


@pytest.mark.parametrize("state", [State.READY, State.FAILED])
def test_state_that_is_final_is_announced_and_asks_no_more(ada, client_of, read, state):
    document = make_document(ada, state=state)
    part = read(look(client_of(ada), document))
    assert part.select("[hx-get]") == []
    assert part.select_one("#live").get_text() == f"notes: {State(state).label}"


@pytest.mark.parametrize("code", [*CODES, "gave_up", "too_many_passages"])
def test_every_way_to_fail_has_a_sentence_of_its_own(ada, client_of, read, code):
    document = make_document(ada, state=State.FAILED)
    Document.objects.update(error_code=code)
    page = read(client_of(ada).get(document.get_absolute_url()))
    assert state_of(page) == f"Failed. {sayings.TROUBLES[code]}"
    offered = [act.get_text() for act in page.select(".document-state .act")]
    assert offered == ["Try again: notes", "Replace: notes"]


def test_retry_reads_it_again(ada, client_of, read):
    document = make_document(ada, state=State.FAILED)
    Document.objects.update(error_code="gave_up", attempts=3)
    response = client_of(ada).post(f"{document.get_absolute_url()}retry/", headers=HTMX)
    document.refresh_from_db()
    assert (state_of(read(response)), document.state, document.attempts) == ("Waiting", State.RECEIVED, 0)


def test_document_with_scans_that_nobody_read_can_be_tried_again_by_its_owner(ada, bob, client_of, read):
    document = make_document(ada, audience=Audience.PUBLIC)
    Page.objects.create(document=document, number=1, needs_ocr=True)
    offered = {
        person: len(read(client_of(person).get(document.get_absolute_url())).select("[id^=retry]"))
        for person in (ada, bob)
    }
    assert offered == {ada: 1, bob: 0}


def test_download_is_an_attachment_that_no_browser_opens_or_keeps(ada, client_of):
    document = make_document(ada, name="a “page”.html", text="<script>alert(1)</script>")
    response = client_of(ada).get(f"{document.get_absolute_url()}file")
    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
    wanted = {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": "attachment; filename*=utf-8''a%20%E2%80%9Cpage%E2%80%9D.html",
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    assert {name: response.headers[name] for name in wanted} == wanted


def test_download_after_leaving_is_404(ada, bob, client_of):
    community = make_community(ada, bob)
    document = make_document(ada, community, audience=Audience.COMMUNITY)
    browser, address = client_of(bob), f"{document.get_absolute_url()}file"
    assert browser.get(address).status_code == 200
    community.memberships.filter(user=bob).delete()
    assert browser.get(address).status_code == 404


def test_download_of_a_file_that_is_lost_is_404(ada, client_of):
    document = make_document(ada)
    document.file.storage.delete(document.file.name)
    assert client_of(ada).get(f"{document.get_absolute_url()}file").status_code == 404


def test_edit_changes_title_folder_and_readers(ada, client_of):
    document = make_document(ada)
    folder = make_folder(by=ada, name="Exam")
    given = {"title": "  Lecture\u202e  1 ", "audience": "public", "folder": folder.pk}
    response = client_of(ada).post(f"{document.get_absolute_url()}edit/", given)
    document.refresh_from_db()
    assert response["Location"] == document.get_absolute_url()
    assert (document.title, document.audience, document.folder) == ("Lecture 1", Audience.PUBLIC, folder)


@pytest.mark.parametrize(
    "wrong", [{"title": " \u202e "}, {"title": "x" * 201}, {"audience": "community"}, {"folder": "0"}]
)
def test_edit_with_nonsense_gives_the_form_back_and_changes_nothing(ada, client_of, read, wrong):
    document = make_document(ada)
    given = {"title": "Kept", "audience": "public", "folder": ""} | wrong
    response = client_of(ada).post(f"{document.get_absolute_url()}edit/", given)
    document.refresh_from_db()
    assert (response.status_code, document.title, document.audience) == (422, "notes", Audience.PRIVATE)
    assert read(response).select_one("#id_title")["value"].strip() == given["title"].strip()


def test_edit_into_a_folder_of_another_library_is_refused(ada, client_of):
    document = make_document(ada)
    folder = make_folder(by=ada, name="Exam", community=make_community(ada))
    given = {"title": "notes", "audience": "private", "folder": folder.pk}
    assert client_of(ada).post(f"{document.get_absolute_url()}edit/", given).status_code == 422


def test_delete_asks_first_then_nobody_finds_it(ada, client_of, read):
    document = make_document(ada)
    browser, address = client_of(ada), f"{document.get_absolute_url()}delete/"
    assert read(browser.get(address)).select_one(".button--danger").get_text() == "Delete for good"
    asked = read(browser.get(address, headers=HTMX))
    assert (asked.h2.get_text(), asked.form["action"], asked.html) == ("Delete “notes”?", address, None)
    assert browser.post(address)["Location"] == "/library/"
    assert browser.get(document.get_absolute_url()).status_code == 404
    document.refresh_from_db()
    assert document.state == State.DELETING


def test_delete_by_a_moderator_leads_back_to_the_community(ada, otto, client_of):
    document = make_document(ada, make_community(otto, ada), audience=Audience.COMMUNITY)
    assert client_of(otto).post(f"{document.get_absolute_url()}delete/")["Location"] == "/c/algebra/library/"


def test_change_too_often_is_429(ada, client_of, monkeypatch):
    monkeypatch.setitem(rules.RATES, "document", Rate(0, 3600))
    document = make_document(ada, state=State.FAILED)
    assert client_of(ada).post(f"{document.get_absolute_url()}retry/").status_code == 429
