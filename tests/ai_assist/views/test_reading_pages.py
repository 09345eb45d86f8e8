"""Reading a document page by page, and finding the passage there."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from ai_assist import rules
from ai_assist.actions.uploading import add_document
from ai_assist.models import Audience, Document, State
from communities.actions.community import leave_community
from communities.models import Visibility
from net.limits import Rate
from tests.ai_assist.parsing.paper import lines, pdf
from tests.factories import make_community, make_document, make_page, make_passage

FIRST = "A cairn is a pile of stones that walkers leave where a path is hard to see."
SECOND = "Each walker who comes by adds one stone, so that the pile stays visible in fog and snow."
ON_PAPER = ["Walks in the north.", "A cairn is a pile of sto-", "nes that walkers leave."]


@pytest.fixture
def notes(ada) -> Document:
    """Two sections of text."""
    document = make_document(ada)
    make_page(
        document, ("heading", "Cairns"), ("prose", f"{FIRST} {SECOND}"), ("table", "| a | b |\n| - | - |\n| 1 | 2 |")
    )
    make_page(document, ("heading", "Code"), ("code", "print(1)"), number=2)
    Document.objects.update(pages=2)
    return document


def at(document, number=1, passage=None):
    address = f"{document.get_absolute_url()}read/{number}/"
    return f"{address}?passage={passage}" if passage else address


def test_show_page_says_where_one_is_and_leads_on(ada, client_of, read, notes):
    browser = client_of(ada)
    first, second = (read(browser.get(at(notes, number))) for number in (1, 2))
    assert first.title.get_text().strip() == "Section 1 of 2 · notes · Cairn"
    assert [link["href"] for link in first.select(".page-bar [data-keys]")] == [at(notes, 2)]
    assert [link["href"] for link in second.select(".page-bar [data-keys]")] == [at(notes, 1)]
    assert [(link.bdi.get_text(), link["href"]) for link in first.select(".outline__link")] == [
        ("Cairns", at(notes, 1)),
        ("Code", at(notes, 2)),
    ]
    assert [block["id"] for block in first.select(".block")] == ["block-0", "block-1", "block-2"]
    assert (first.article.h2.get_text(), len(first.article.select("table"))) == ("Cairns", 1)
    assert first.select("#passage, mark") == []


def test_show_passage_marks_its_words(ada, client_of, read, notes):
    passage = make_passage(notes.page_set.get(number=1), SECOND, start=1)
    page = read(client_of(ada).get(at(notes, 1, passage.pk)))
    assert [mark.get_text() for mark in page.select("mark")] == [SECOND]
    assert page.select_one("#passage").has_attr("autofocus")
    assert [block["id"] for block in page.select("#passage .block")] == ["block-1"]
    assert page.select(".block--marked, .page-view__hint") == []


def test_show_passage_of_whole_blocks_marks_these(ada, client_of, read, notes):
    passage = make_passage(notes.page_set.get(number=1), f"{FIRST} {SECOND}", start=1, end=2)
    page = read(client_of(ada).get(at(notes, 1, passage.pk)))
    assert [block["id"] for block in page.select("#passage .block")] == ["block-1", "block-2"]
    assert [mark.get_text() for mark in page.select("mark")] == [f"{FIRST} {SECOND}"]
    assert [block["id"] for block in page.select(".block--marked")] == ["block-2"]


def test_show_headings_leaves_out_no_level(ada, client_of, read):
    document = make_document(ada)
    page = make_page(document, *[("heading", str(number)) for number in range(6)])
    for block, level in zip(page.blocks, (3, 5, 5, 2, 6, 1), strict=True):
        block["level"] = level
    page.save()
    shown = read(client_of(ada).get(at(document))).article
    assert [heading.name for heading in shown.select("h2, h3, h4, h5, h6")] == ["h2", "h3", "h3", "h2", "h3", "h2"]


def test_show_passage_over_two_pages_marks_it_on_both(ada, client_of, read, notes):
    passage = make_passage(notes.page_set.get(number=1), f"{SECOND} print(1)", start=1, end=1, page_end=2)
    browser = client_of(ada)
    first = read(browser.get(at(notes, 1, passage.pk)))
    assert [block["id"] for block in first.select("#passage .block")] == ["block-1", "block-2"]
    onward = first.select_one("[data-keys=j]")["href"]
    assert onward == at(notes, 2, passage.pk)
    assert [block["id"] for block in read(browser.get(onward)).select("#passage .block")] == ["block-0", "block-1"]


def test_show_passage_on_another_page_leads_there(ada, client_of, read, notes):
    passage = make_passage(notes.page_set.get(number=1), SECOND, start=1)
    page = read(client_of(ada).get(at(notes, 2, passage.pk)))
    assert page.select_one(".page-view__hint a")["href"] == at(notes, 1, passage.pk)
    assert page.select("#passage") == []


@pytest.mark.parametrize("passage", [uuid4(), "x", "' OR 1=1"])
def test_show_passage_that_is_gone_opens_the_page_and_says_so(ada, client_of, read, notes, passage):
    page = read(client_of(ada).get(f"{at(notes)}", {"passage": passage}))
    said = "The passage that this link led to is not in the document any more. This is the page where it was."
    assert page.select_one(".page-view__hint").get_text() == said
    assert (len(page.select(".block")), page.select("#passage")) == (3, [])


def test_show_passage_of_another_document_marks_nothing(ada, client_of, read, notes):
    other = make_document(ada, name="other.md")
    passage = make_passage(make_page(other, ("prose", SECOND)), SECOND)
    page = read(client_of(ada).get(at(notes, 1, passage.pk)))
    assert page.select("#passage, mark") == []


@pytest.mark.parametrize(
    ("said", "number"), [("2", 2), ("3", 4), ("99", 4), ("", 1), ("-1", 1), ("x", 1), ("9" * 30, 1)]
)
def test_find_page_leads_to_the_nearest(ada, client_of, said, number):
    """Slide 3 is hidden."""
    slides = make_document(ada, name="slides.pptx")
    for there in (1, 2, 4):
        make_page(slides, ("heading", f"Slide {there}"), number=there)
    response = client_of(ada).get(f"{slides.get_absolute_url()}read/", {"page": said})
    assert (response.status_code, response["Location"]) == (302, at(slides, number))


def test_show_page_leads_members_to_ask_what_is_ready(ada, client_of, read, notes):
    def leads(who) -> list[str]:
        return [link["href"] for link in read(client_of(who).get(at(notes))).select(".page-header__acts a")]

    Document.objects.update(audience=Audience.PUBLIC)
    assert (leads(ada), leads(None)) == ([f"/conversations/new/?document={notes.uuid}"], [])
    Document.objects.update(state=State.EMBEDDING)
    assert leads(ada) == []


def test_find_page_of_what_nobody_has_read_is_404(ada, client_of):
    document = make_document(ada, state=State.PARSING)
    assert client_of(ada).get(f"{document.get_absolute_url()}read/").status_code == 404


@pytest.mark.parametrize("number", [0, 3, 10**12])
def test_show_page_that_is_not_there_is_404(ada, client_of, notes, number):
    assert client_of(ada).get(at(notes, number)).status_code == 404


def test_show_page_after_leaving_is_404(otto, ada, bob, client_of):
    """The passage, too: nothing says whether it is there."""
    community = make_community(otto, ada, bob, visibility=Visibility.PRIVATE)
    document = make_document(ada, community, audience=Audience.COMMUNITY)
    passage = make_passage(make_page(document, ("prose", SECOND)), SECOND)
    browser = client_of(bob)
    assert browser.get(at(document, 1, passage.pk)).status_code == 200
    leave_community(community, by=bob)
    assert browser.get(at(document, 1, passage.pk)).status_code == 404


def test_show_notes_scans_and_ranges_says_what_they_are(ada, client_of, read):
    document = make_document(ada, name="slides.pptx")
    page = make_page(
        document, ("notes", "Say hello."), ("ocr", "Stop sign"), ("table", "| a | b |\n| - | - |\n| 1 | 2 |")
    )
    page.blocks[2]["label"] = "B2:C3"
    page.save()
    labels = [label.get_text() for label in read(client_of(ada).get(at(document))).select(".block__label")]
    assert labels == ["Speaker notes", "Read from a picture; letters may be wrong", "B2:C3"]


def test_show_scan_that_nobody_has_read_says_so(ada, client_of, read):
    document = make_document(ada, name="scan.md")
    make_page(document, needs_ocr=True)
    said = read(client_of(ada).get(at(document))).select_one(".page-view__hint").get_text()
    assert said == "This page is a picture whose text nobody has read yet."


def test_show_page_read_anew_is_never_stale(ada, client_of, read, notes):
    browser = client_of(ada)
    browser.get(at(notes, 2))
    page = notes.page_set.get(number=2)
    page.blocks[1]["text"] = "print(2)"
    page.save()
    assert read(browser.get(at(notes, 2))).select_one(".block code").get_text() == "print(2)\n"


def test_outline_is_as_deep_as_it_stays_short(ada, client_of, read, monkeypatch):
    monkeypatch.setattr(rules, "OUTLINE_ENTRIES", 3)
    document = make_document(ada)
    for number in (1, 2):
        page = make_page(document, *[("heading", f"{number}.{n}") for n in range(3)], number=number, label="A label")
        for n, block in enumerate(page.blocks):
            block["level"] = 2 + n
        page.save()
    entries = read(client_of(ada).get(at(document))).select(".outline__link")
    assert [entry.bdi.get_text() for entry in entries] == ["A label", "1.0", "2.0"]


def test_show_page_of_a_long_document_asks_as_much_as_of_a_short_one(ada, client_of):
    document = make_document(ada)
    make_page(document, ("prose", FIRST))
    browser = client_of(ada)

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(at(document)).status_code == 200
        return len(asked)

    statements()
    few = statements()
    for number in range(2, 40):
        make_page(document, ("heading", f"Part {number}"), ("prose", "A word. " * 7000), number=number)
    assert statements() == few


@pytest.fixture
def book(ada) -> Document:
    """A PDF of two pages whose text was read."""
    content = pdf(lines(*ON_PAPER), lines("The end."))
    document, _ = add_document(ContentFile(content), by=ada, name="book.pdf")
    Document.objects.filter(pk=document.pk).update(state=State.READY, is_paged=True, pages=2)
    make_page(document, ("prose", "Walks in the north. A cairn is a pile of stones that walkers leave."))
    make_page(document, ("prose", "The end."), number=2)
    document.refresh_from_db()
    return document


def test_show_page_of_pdf_is_a_picture_with_its_words(ada, client_of, read, book):
    browser = client_of(ada)
    page = read(browser.get(at(book)))
    img, words = page.select_one(".page-picture img"), page.select(".page-picture text")
    assert page.title.get_text().strip() == "Page 1 of 2 · book · Cairn"
    assert img["alt"] == "Page 1 of “book” as a picture; its text is below"
    assert [word.get_text() for word in words] == ON_PAPER
    assert (page.select("#passage, .page-picture rect"), page.select_one(".page-view__text").has_attr("open")) == (
        [],
        False,
    )
    picture = browser.get(img["src"])
    with Image.open(BytesIO(picture.content)) as seen:
        assert (seen.format, *map(str, seen.size)) == ("WEBP", img["width"], img["height"])
    assert picture["Content-Type"] == "image/webp"


def test_show_passage_of_pdf_marks_its_lines_in_the_picture_alone(ada, client_of, read, book):
    passage = make_passage(book.page_set.get(number=1), "A cairn is a pile of stones that walkers leave.")
    page = read(client_of(ada).get(at(book, 1, passage.pk)))
    (marked,) = page.select("#passage")
    assert (marked.name, len(marked.select("rect")), marked.has_attr("autofocus")) == ("g", 2, True)
    assert marked["aria-label"] == "The cited passage: A cairn is a pile of stones that walkers leave."
    assert [mark.get_text() for mark in page.select(".page-view__text mark")] == [passage.text]


def test_show_passage_that_the_picture_does_not_have_opens_the_text(ada, client_of, read, book):
    passage = make_passage(book.page_set.get(number=1), "Read from the picture by somebody with good eyes.")
    page = read(client_of(ada).get(at(book, 1, passage.pk)))
    assert page.select_one(".page-view__text").has_attr("open")
    assert [marked["class"] for marked in page.select("#passage")] == [["cited"]]


def test_show_page_that_cannot_be_drawn_is_text(ada, client_of, read):
    document = make_document(ada, name="torn.pdf", text="%PDF-1.7 and then nothing")
    make_page(document, ("prose", FIRST))
    browser = client_of(ada)
    page = read(browser.get(at(document)))
    assert page.select_one(".page-view__hint").get_text() == "This page could not be drawn, so this is its text alone."
    assert (page.article.select_one(".block").get_text().strip(), page.select(".page-picture")) == (FIRST, [])
    assert browser.get(f"{at(document)}picture").status_code == 404


def test_show_too_many_new_pages_is_refused(ada, client_of, book, monkeypatch):
    monkeypatch.setitem(rules.RATES, "draw", Rate(1, 24 * 3600))
    browser = client_of(ada)
    assert [browser.get(at(book, number)).status_code for number in (1, 2, 1)] == [200, 429, 200]


@pytest.mark.parametrize(
    ("audience", "kept"), [(Audience.PRIVATE, "no-store, private"), (Audience.PUBLIC, "max-age=300, public")]
)
def test_picture_of_a_page_is_kept_by_nobody_unless_it_is_public(ada, client_of, book, audience, kept):
    Document.objects.update(audience=audience)
    response = client_of(ada).get(f"{at(book)}picture")
    assert ", ".join(sorted(response["Cache-Control"].split(", "))) == kept
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"


@pytest.mark.parametrize("who", ["eve", None])
def test_picture_of_a_private_page_is_404(book, ada, eve, client_of, who):
    client_of(ada).get(at(book))
    browser = client_of(eve if who else None)
    assert [browser.get(f"{at(book, number)}picture").status_code for number in (1, 2, 3)] == [404] * 3


def test_picture_after_leaving_is_404(otto, bob, client_of, book):
    community = make_community(otto, book.owner, bob, visibility=Visibility.PRIVATE)
    Document.objects.update(community=community, audience=Audience.PUBLIC)
    browser = client_of(bob)
    seen = browser.get(f"{at(book)}picture")
    assert (seen.status_code, "no-store" in seen["Cache-Control"]) == (200, True)
    leave_community(community, by=bob)
    assert browser.get(f"{at(book)}picture").status_code == 404


def test_scan_shows_the_lines_that_were_recognised(ada, client_of, read):
    output = BytesIO()
    Image.new("RGB", (800, 400), "white").save(output, "PNG")
    document, _ = add_document(ContentFile(output.getvalue()), by=ada, name="sign.png")
    Document.objects.update(state=State.READY, is_paged=True, pages=1)
    line = {"text": "Add one stone to every cairn", "left": 0.1, "top": 0.4, "right": 0.9, "bottom": 0.5}
    page = make_page(document, ("ocr", line["text"]), lines=[line])
    passage = make_passage(page, line["text"])
    shown = read(client_of(ada).get(at(document, 1, passage.pk)))
    assert [text.get_text() for text in shown.select(".page-picture text")] == [line["text"]]
    assert len(shown.select("#passage rect")) == 1
