"""Every trick in every field: shown as it was written on every page, executed on none, never a 500."""

import json

import pytest
from bs4 import BeautifulSoup, Tag

from communities.actions.community import describe_community
from communities.models import Post
from tests.factories import make_answer, make_comment, make_community, make_post, make_user

LIVE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{7*7}}"
TRICKS = [
    LIVE,
    "</title></textarea></template><svg/onload=alert(1)>",
    "javascript:alert(1) [x](javascript:alert(1)) <a href='data:text/html,x'>x</a>",
    "$\\text{<script>alert(1)</script>}$ $\\href{javascript:alert(1)}{x}$ and a little more",
    '<div hx-post="/settings/" hx-trigger="load" data-hx-post="/x" hx-on:load="alert(1)">x</div>',
    "\u202egnp.exe\u202c \u2066 zero\u200bwidth \ufeff and a little more \U0001f98a",
    "%s %(title)s {0} {user.password} {% debug %} ${7*7} <%= 7 %> and a little more",
    "' OR '1'='1'; DROP TABLE communities_post; -- and a little more",
]
EXECUTING = ("href", "src", "action", "formaction", "style", "srcdoc")
OWN_SCRIPTS = ("/static/",)


def is_ours(script: Tag) -> bool:
    """One of our files, or a block of data that no browser runs and that is whole."""
    if script.get("type") == "application/ld+json":
        return bool(json.loads(script.get_text()))
    return script.get("src", "").startswith(OWN_SCRIPTS)


def dangers(html: bytes) -> list[str]:
    """What in a page of ours could act by itself and was not put there by a template."""
    page = BeautifulSoup(html, "html.parser")
    found = [str(script) for script in page.select("script") if not is_ours(script)]
    found += [str(element) for element in page.select("iframe, object, embed, base, meta[http-equiv], img[src=x]")]
    for element in page.find_all(True):
        for name, value in element.attrs.items():
            text = "".join(value) if isinstance(value, list) else value
            if name.startswith(("on", "data-hx")) or name == "style" or "hx-on" in name:
                found.append(f"{name} on {element.name}")
            if name in EXECUTING and text.strip().lower().startswith(("javascript:", "data:", "vbscript:")):
                found.append(f"{name}={text}")
    found += [str(element) for element in page.select(".prose [hx-post], .prose [hx-get], .prose form, .prose input")]
    return found


def pages_of(post, answer, comment, member) -> list[str]:
    community = f"/c/{post.community.slug}/"
    return [
        "/",
        "/communities/",
        community,
        f"{community}about/",
        f"{community}join/",
        f"{community}leave/",
        f"{community}settings/",
        f"{community}invitation/",
        f"{community}ask/",
        post.get_absolute_url(),
        f"/posts/{post.pk}/edit/",
        f"/posts/{post.pk}/answers/",
        f"/answers/{answer.pk}/edit/",
        f"/answers/{answer.pk}/comments/",
        f"/comments/{comment.pk}/edit/",
        "/inbox/",
        "/settings/",
        member.get_absolute_url(),
    ]


@pytest.mark.parametrize("trick", TRICKS, ids=range(len(TRICKS)))
def test_tricks_in_every_field_are_only_text(db, client_of, read, trick):
    long = f"{trick} {trick} and so that it is long enough, a little more"
    member = make_user("ada", name=trick[:60], bio=long[:280])
    reader = make_user("bob", name=trick[:60])
    community = make_community(member, reader, name=trick[:60], tagline=trick[:120], about=long)
    post = make_post(member, community, title=long[:150], body=long)
    answer = make_answer(reader, post, long)
    comment = make_comment(member, answer, long)
    make_comment(reader, post, long)
    for person in (member, reader, None):
        browser = client_of(person)
        for address in pages_of(post, answer, comment, member):
            response = browser.get(address)
            assert (address, response.status_code < 500, dangers(response.content)) == (address, True, [])
    shown = read(client_of(reader).get(post.get_absolute_url()))
    assert shown.h1.get_text() == post.title == " ".join(long[:150].split())
    assert shown.title.get_text() == f"{post.title} · {community.name} · Cairn"
    assert post.title in read(client_of(reader).get(f"/c/{community.slug}/?show=newest")).select_one(".feed").get_text()


def test_the_search_for_dangers_finds_them(question, client_of):
    """A control: were the title not escaped, or the text not sanitised, the test above would say so."""
    Post.objects.filter(pk=question.pk).update(html=f"<p>{LIVE}</p><div hx-post=/x data-hx-get=/y>x</div>")
    found = dangers(client_of(None).get(question.get_absolute_url()).content)
    assert [danger[:12] for danger in found] == [
        "<script>aler",
        "<img onerror",
        "onerror on i",
        "data-hx-get ",
        "<div data-hx",
    ]


def test_names_in_the_messages_after_an_act_are_text(otto, eve, algebra, client_of, read):
    describe_community(algebra, by=otto, name=LIVE[:60], tagline="x", about="", visibility="public")
    response = client_of(eve).post("/c/algebra/join/", follow=True)
    assert dangers(response.content) == []
    assert read(response).select_one(".toast__text").get_text() == f"Welcome to {LIVE[:60]}."


@pytest.mark.parametrize("trick", [*TRICKS, "line\r\nSet-Cookie: a=b\r\n\r\n<script>"])
def test_titles_stay_out_of_the_headers(ada, bob, algebra, client_of, trick):
    title = f"{trick} and some more words"[:150]
    response = client_of(ada).post("/c/algebra/ask/", {"kind": "discussion", "title": title, "body": title * 3})
    post = Post.objects.get()
    assert response["Location"] == post.get_absolute_url()
    assert response["Location"].isascii()
    assert "\n" not in str(response.headers.get("Set-Cookie", ""))
    vote = client_of(bob).post(f"/posts/{post.pk}/vote/", {"value": "1"}, headers={"HX-Request": "true"})
    assert [name for name in vote.headers if name.startswith("HX-")] == []


DEEP = {
    "quotes": "> " * 10_000 + "deep",
    "lists": "- " * 10_000 + "deep",
    "brackets": "[" * 10_000 + "deep" + "](/x)" * 3_000,
    "stars": "*" * 10_000 + "deep" + "*" * 10_000,
    "braces": "$" + "{" * 1_500 + "x" + "}" * 1_500 + "$ and a little more text here",
    "tags": "<div>" * 6_000,
    "backticks": "`" * 29_000 + "deep",
    "entities": "&amp" * 7_000,
    "table": "|" * 14_000 + "\n" + "|-" * 7_000 + "\ndeep",
}


@pytest.mark.parametrize("shape", DEEP)
def test_ten_thousand_deep_is_saved_and_shown(ada, algebra, client_of, read, shape):
    given = {"kind": "discussion", "title": f"A text of many {shape}", "body": DEEP[shape]}
    browser = client_of(ada)
    response = browser.post("/c/algebra/ask/", given)
    assert response.status_code == 302
    assert Post.objects.get().body == DEEP[shape].strip()
    assert read(browser.get(response["Location"])).h1.get_text() == given["title"]
    assert browser.post("/preview/", {"body": DEEP[shape]}).status_code == 200


@pytest.mark.parametrize("body", [b"\xff\xfe not utf-8 " * 5, b"%FF%FE" * 20, b"\xed\xa0\x80 surrogate " * 5])
def test_what_is_not_utf8_is_refused_or_shown(ada, algebra, client_of, read, body):
    given = b"kind=discussion&title=A+title+that+is+long+enough&body=" + body
    response = client_of(ada).post("/c/algebra/ask/", given, content_type="application/x-www-form-urlencoded")
    assert response.status_code in (302, 422)
    for post in Post.objects.all():
        page = read(client_of(None).get(post.get_absolute_url()))
        assert page.select_one(".post .prose").get_text().split() == post.body.split()


@pytest.mark.parametrize("content_type", ["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
def test_bodies_of_the_wrong_kind_are_no_500(ada, question, client_of, content_type):
    body = json.dumps({"body": "x" * 50})
    response = client_of(ada).post(f"/posts/{question.pk}/answers/", body, content_type=content_type)
    assert response.status_code in (400, 422)
    assert question.answers.count() == 0


def test_three_megabytes_are_refused_with_a_page(ada, question, client_of):
    response = client_of(ada).post(f"/posts/{question.pk}/answers/", {"body": "x" * 3_000_000})
    assert response.status_code in (400, 413)
    assert question.answers.count() == 0
