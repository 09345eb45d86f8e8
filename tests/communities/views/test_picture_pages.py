"""Adding a picture without scripts, and who is shown it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from communities.actions.community import describe_community, leave_community
from communities.models import Membership, Picture, Post, Trust
from communities.rules import RATES
from net.limits import Rate
from tests.accounts.pictures import bomb, picture
from tests.factories import make_comment, make_picture, make_post

HTMX = {"HX-Request": "true"}
ADDRESS = "/c/algebra/pictures/"


def line(added: Picture) -> str:
    return f"![A graph]({added.get_absolute_url()}) and a little more text"


def upload(content: bytes, name: str = "beach.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_add_gives_the_line_that_shows_the_picture(ada, algebra, client_of, read, headers):
    browser = client_of(ada)
    given = {"file": upload(picture()), "alt": "A  [half] \\ plane"}
    response = browser.post(ADDRESS, given, headers=headers)
    kept = Picture.objects.get()
    line = rf"![A \[half\] \\ plane]({kept.get_absolute_url()})"
    page = read(response)
    assert (response.status_code, page.select_one("#picture-line")["value"]) == (200, line)
    assert page.select_one("#picture-added")["data-line"] == line
    assert page.select_one(".picture-added__reminder") is None
    assert (page.select_one("html") is None) == bool(headers)

    body = f"I drew the line and see two half planes; the picture shows the upper one:\n\n{line}\n\nand now?"
    question = {"kind": "discussion", "title": "Which half plane is it?", "body": body}
    shown = read(browser.get(browser.post("/c/algebra/ask/", question)["Location"])).select_one(".post .prose img")
    assert (shown["src"], shown["alt"]) == (kept.get_absolute_url(), "A [half] \\ plane")
    assert (shown["width"], shown["height"], shown["loading"]) == ("640", "400", "lazy")
    preview = read(browser.post("/c/algebra/preview/", {"body": question["body"]}))
    assert preview.select_one("img") == shown


def test_add_without_description_reminds_of_it(ada, algebra, client_of, read):
    page = read(client_of(ada).post(ADDRESS, {"file": upload(picture())}))
    assert page.select_one("#picture-line")["value"] == f"![]({Picture.objects.get().get_absolute_url()})"
    assert page.select_one(".picture-added__reminder").get_text().startswith("It has no description.")


BAD = {
    "bomb": (bomb(50_000, 50_000), "“beach.jpg” has more than 25 million pixels. Choose a smaller picture."),
    "photograph": (picture() + bytes(20 * 1024 * 1024), "“beach.jpg” is larger than 5 MB. Choose a smaller picture."),
    "svg": (b"<svg/>", "“beach.jpg” is not a picture that we can read. Choose a JPEG, PNG, WebP or GIF."),
    "empty": (b"", "The submitted file is empty."),
}


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize(("content", "sentence"), BAD.values(), ids=BAD)
def test_add_what_cannot_be_used_says_why_and_keeps_the_description(
    ada, algebra, client_of, read, content, sentence, headers
):
    response = client_of(ada).post(ADDRESS, {"file": upload(content), "alt": "The beach"}, headers=headers)
    page = read(response)
    assert (response.status_code, page.select_one(".field__error").get_text().strip()) == (422, sentence)
    assert page.select_one("#id_alt")["value"] == "The beach"
    assert not Picture.objects.exists()


def test_add_too_often_is_refused(ada, algebra, client_of, monkeypatch):
    monkeypatch.setitem(RATES, "picture", Rate(1, 24 * 3600))
    browser = client_of(ada)
    statuses = [browser.post(ADDRESS, {"file": upload(picture())}).status_code for _ in range(2)]
    assert statuses == [200, 429]


def test_public_picture_is_shown_to_everybody_and_kept_by_browsers(ada, algebra, client):
    added = make_picture(ada, algebra)
    make_post(ada, algebra, body=line(added))
    response = client.get(added.get_absolute_url())
    assert (response.status_code, response.content) == (200, added.file.open().read())
    assert {name: response[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options")} == {
        "Content-Type": "image/webp",
        "Cache-Control": "public, max-age=300",
        "X-Content-Type-Options": "nosniff",
    }
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    again = client.get(added.get_absolute_url(), headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", "public, max-age=300")


def test_private_picture_is_shown_to_members_alone_and_kept_nowhere(ada, bob, eve, closed, client_of):
    added = make_picture(ada, closed)
    make_post(ada, closed, body=line(added))
    address = added.get_absolute_url()
    bobs = client_of(bob)
    response = bobs.get(address)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert [client_of(person).get(address).status_code for person in (eve, None)] == [404, 404]
    leave_community(closed, by=bob)
    assert bobs.get(address).status_code == 404


def test_picture_of_a_community_that_became_private_is_asked_for_anew(ada, otto, algebra, client):
    added = make_picture(ada, algebra)
    make_post(ada, algebra, body=line(added))
    address = added.get_absolute_url()
    assert client.get(address).status_code == 200
    describe_community(algebra, by=otto, name="Algebra", tagline="x", about="", visibility="private")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/pictures/x.webp", "/pictures/..%2f..%2fetc%2fpasswd.webp", "/pictures/x.png"])
def test_address_that_nobody_was_given_is_not_there(ada, algebra, client, address):
    make_picture(ada, algebra)
    assert client.get(address).status_code == 404


def test_form_is_asked_for_in_place_and_as_a_page(ada, algebra, client_of, read):
    browser = client_of(ada)
    assert read(browser.get(ADDRESS)).h1.get_text() == "Add a picture"
    fragment = read(browser.get(ADDRESS, headers=HTMX))
    assert (fragment.h1, fragment.form["hx-encoding"]) == (None, "multipart/form-data")
    assert Post.objects.count() == 0


def posted(browser, kind: str, *texts: str):
    fields = ("goal", "tried", "stuck") if kind == "question" else ("body",)
    return browser.post(
        "/c/algebra/ask/",
        {"kind": kind, "title": "Which half plane is it?", "anyway": "1"}
        | dict(zip(fields, [f"{text} and words enough for a text" for text in texts], strict=True)),
    )


@pytest.mark.parametrize("kind", ["question", "discussion"])
def test_post_of_somebody_new_shows_one_picture(ada, algebra, client_of, read, kind):
    lines = [f"![x]({make_picture(ada, algebra, colour).get_absolute_url()})" for colour in ("red", "blue")]
    one = [lines[0], "", ""] if kind == "question" else [lines[0]]
    two = [lines[0], lines[1], ""] if kind == "question" else [" ".join(lines)]
    browser = client_of(ada)
    Membership.objects.filter(user=ada).update(trust_level=Trust.NEW)
    refused = posted(browser, kind, *two)
    assert (refused.status_code, read(refused).select_one(".field__error").get_text().strip()) == (
        422,
        "As long as you are new here, a text of yours can show one picture.",
    )
    assert lines[1] in refused.content.decode()
    assert posted(browser, kind, *one).status_code == 302
    Membership.objects.filter(user=ada).update(trust_level=Trust.KNOWN)
    assert posted(browser, kind, *two).status_code == 302
    assert Post.objects.count() == 2


@pytest.mark.parametrize("what", ["answer", "answer-edit", "comment", "comment-edit"])
def test_answer_or_comment_of_somebody_new_shows_one_picture(bob, algebra, answer, client_of, read, what):
    lines = [f"![x]({make_picture(bob, algebra, colour).get_absolute_url()})" for colour in ("red", "blue")]
    address = {
        "answer": f"/posts/{make_post(bob, algebra, kind='discussion').pk}/answers/",
        "answer-edit": f"/answers/{answer.pk}/edit/",
        "comment": f"/answers/{answer.pk}/comments/",
        "comment-edit": f"/comments/{make_comment(bob, answer).pk}/edit/",
    }[what]
    browser, words = client_of(bob), "and words enough for a text"
    Membership.objects.filter(user=bob).update(trust_level=Trust.NEW)
    refused = browser.post(address, {"body": f"{lines[0]} {lines[1]} {words}"})
    assert (refused.status_code, read(refused).select_one(".field__error").get_text().strip()) == (
        422,
        "As long as you are new here, a text of yours can show one picture.",
    )
    assert lines[1] in read(refused).select_one("textarea").get_text()
    assert browser.post(address, {"body": f"{lines[0]} {words}"}).status_code == 302
    Membership.objects.filter(user=bob).update(trust_level=Trust.KNOWN)
    assert browser.post(address, {"body": f"{lines[0]} {lines[1]} {words}, more of them"}).status_code == 302
