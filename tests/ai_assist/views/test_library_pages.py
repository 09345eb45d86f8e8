"""The pages of a library: what stands there for whom, in which order, and what is said when it is empty."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ai_assist import rules
from ai_assist.actions.folders import make_folder
from ai_assist.actions.uploading import add_document
from ai_assist.library import Library
from ai_assist.models import Audience, Document, Page, State
from communities.models import Membership, Role, Visibility
from tests.communities.test_plans import plans
from tests.factories import make_community, make_document


def titles(page) -> list[str]:
    return [link.get_text() for link in page.select(".document__link")]


def words(page, selector: str) -> str:
    return " ".join(page.select_one(selector).get_text().split())


def test_show_empty_library_offers_a_sample_and_opens_the_form(ada, client_of, read):
    page = read(client_of(ada).get("/library/"))
    assert words(page, ".empty__title") == "No document yet"
    assert page.select_one(".documents__sample button")["formaction"] == "/library/sample/"
    assert page.select_one("#upload").has_attr("open")


def test_show_library_lists_own_documents_newest_first(ada, bob, client_of, read):
    for number in range(3):
        make_document(ada, name=f"{number}.md")
    make_document(bob, name="of bob.md", audience=Audience.PUBLIC)
    make_document(ada, make_community(ada), name="elsewhere.md")
    make_document(ada, name="gone.md", state=State.DELETING)
    assert titles(read(client_of(ada).get("/library/"))) == ["2", "1", "0"]


def test_show_library_turns_pages(ada, client_of, read, monkeypatch):
    monkeypatch.setattr(rules, "DOCUMENTS_PER_PAGE", 2)
    for number in range(3):
        make_document(ada, name=f"{number}.md")
    browser = client_of(ada)
    first = read(browser.get("/library/"))
    second = read(browser.get(first.select_one(".more a")["href"]))
    assert (titles(first), titles(second), second.select_one(".more")) == (["2", "1"], ["0"], None)


@pytest.mark.parametrize("before", ["x", "1" * 19, "²"])
def test_show_library_with_a_damaged_link_begins_anew(ada, client_of, read, before):
    make_document(ada)
    response = client_of(ada).get("/library/", {"before": before})
    assert (response.status_code, titles(read(response))) == (422, ["notes"])


def test_show_folder_lists_what_is_in_it(ada, client_of, read):
    folder = make_folder(by=ada, name="Exam")
    make_document(ada, name="in.md", folder=folder)
    make_document(ada, name="out.md")
    page = read(client_of(ada).get("/library/", {"folder": folder.pk}))
    assert (titles(page), words(page, ".tabs [aria-current]")) == (["in"], "Exam")


def test_show_folder_of_somebody_else_lists_all_of_ones_own(ada, bob, client_of, read):
    make_document(ada)
    response = client_of(ada).get("/library/", {"folder": make_folder(by=bob, name="Secret").pk})
    assert titles(read(response)) == ["notes"]
    assert "Secret" not in response.content.decode()


def test_find_by_words_in_the_title(ada, client_of, read):
    make_document(ada, name="Linear algebra.pdf")
    make_document(ada, name="Groups.pdf")
    browser = client_of(ada)
    assert titles(read(browser.get("/library/", {"name": "ALGEBRA"}))) == ["Linear algebra"]
    page = read(browser.get("/library/", {"name": "xyz"}))
    assert (titles(page), words(page, ".empty__text")) == ([], "None has these words in its title.")


def test_choose_the_grid_is_remembered(ada, client_of, read):
    make_document(ada)
    browser = client_of(ada)
    for address in ("/library/?look=grid", "/library/", "/library/?look=elsewhere"):
        assert read(browser.get(address)).select_one("#documents")["class"] == ["documents", "documents--grid"]
    assert read(client_of(ada).get("/library/")).select_one("#documents")["class"] == ["documents", "documents--list"]


@pytest.mark.parametrize(
    ("visibility", "seen"),
    [
        (Visibility.PUBLIC, {"ada": "pcmp", "bob": "pc", "eve": "p", None: "p"}),
        (Visibility.PRIVATE, {"ada": "pcmp", "bob": "pc", "eve": None, None: None}),
    ],
)
def test_show_community_library_to_those_for_whom_it_is(ada, bob, eve, otto, client_of, read, visibility, seen):
    """Public, of the community, Ada's own, and one that nobody has read yet."""
    community = make_community(otto, ada, bob, visibility=visibility)
    make_document(ada, community, name="p.md", audience=Audience.PUBLIC, state=State.PARSING)
    make_document(ada, community, name="m.md", audience=Audience.PRIVATE)
    make_document(ada, community, name="c.md", audience=Audience.COMMUNITY)
    make_document(otto, community, name="p.txt", audience=Audience.PUBLIC)
    found = {}
    for person in (ada, bob, eve, None):
        response = client_of(person).get("/c/algebra/library/")
        name = person and person.username
        found[name] = "".join(titles(read(response))) if response.status_code == 200 else None
    assert found == seen


def test_show_community_library_to_a_stranger_names_no_folder(ada, client, read):
    make_folder(by=ada, name="Secret", community=make_community(ada))
    assert "Secret" not in client.get("/c/algebra/library/").content.decode()


def test_member_who_reads_only_is_offered_no_form(ada, otto, client_of, read):
    community = make_community(otto, ada)
    Membership.objects.filter(user=ada).update(role=Role.READ_ONLY)
    make_document(otto, community, audience=Audience.COMMUNITY)
    page = read(client_of(ada).get("/c/algebra/library/"))
    assert (titles(page), page.select("form[method=post]:not(#act), .document__acts")) == (["notes"], [])


def test_show_allowance_of_member_and_community(ada, otto, client_of, read):
    make_document(ada, make_community(otto, ada), text="x" * 2048)
    page = read(client_of(ada).get("/c/algebra/library/"))
    lines = [" ".join(line.get_text().split()) for line in page.select("#allowance li")]
    assert lines == [
        *("1 of 200 documents", "2.0 KB of 500.0 MB", "49 uploads left today"),
        *("1 of 2000 documents", "2.0 KB of 4.9 GB", "499 uploads left today"),
    ]


@pytest.mark.parametrize("is_own", [True, False], ids=["own", "community"])
def test_more_documents_cost_no_more_questions(ada, otto, client_of, is_own):
    place = None if is_own else make_community(otto, ada)
    address = "/library/" if is_own else "/c/algebra/library/"
    browser = client_of(ada)
    counts = []
    for amount in (3, 10):
        for number in range(amount):
            document = make_document(ada, place, name=f"{amount}-{number}.md", state=State.FAILED)
            replacement = ContentFile(f"{amount} {number}".encode())
            add_document(replacement, by=ada, name="new.md", community=place, replaces=document)
            Page.objects.create(document=document, number=1, needs_ocr=True)
        browser.get("/about/")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        counts.append(len(queries))
    assert counts == ([7, 7] if is_own else [10, 10])


@pytest.mark.parametrize("index", ["document_in_own_library", "document_in_community"])
def test_library_is_read_from_its_own_index(ada, index):
    community = make_community(ada) if index == "document_in_community" else None
    library = Library(ada, community, community.memberships.get() if community else None)
    (plan,) = plans(lambda: library.page(folder=None, name="", before="5"))
    assert f"Index Scan using {index} on ai_assist_document" in plan
    assert "Sort" not in plan


def test_rows_of_a_library_are_never_those_that_replace_others(ada, client_of, read):
    old = make_document(ada, name="old.md")
    add_document(ContentFile(b"new"), by=ada, name="new.md", replaces=old)
    assert (titles(read(client_of(ada).get("/library/"))), Document.objects.count()) == (["old"], 2)


def test_show_leads_to_asking_what_stands_there(ada, client_of, read):
    community = make_community(ada)
    folder = make_folder(by=ada, name="Exam")
    document = make_document(ada, folder=folder, state=State.READY)
    make_document(ada, community)
    browser = client_of(ada)

    def asking(address: str) -> str:
        return read(browser.get(address)).select_one(".page-header__acts a")["href"]

    assert asking("/library/") == "/conversations/new/"
    assert asking(f"/library/?folder={folder.pk}") == f"/conversations/new/?folder={folder.pk}"
    assert asking(f"/c/{community.slug}/library/") == f"/conversations/new/?community={community.slug}"
    page = read(browser.get(f"/documents/{document.uuid}/"))
    assert page.select(".document-state__acts a")[1]["href"] == f"/conversations/new/?document={document.uuid}"
