"""Nothing that somebody wrote is lost: session over, form out of date, too much at once."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from communities.actions.community import join_community
from communities.models import Answer, Post
from communities.rules import RATES
from net.limits import Rate
from tests.factories import make_answer, make_comment, make_user

PASSWORD = "three stones on a hill"
BODY = "Multiply both sides by the common denominator first."
TITLE = "When may I divide by a variable?"
HTMX = {"HX-Request": "true"}
OURS = {"Origin": "http://localhost:8000"}
DAY = 24 * 3600


@pytest.fixture
def carla(algebra):
    """A member who can sign in."""
    carla = make_user("carla", name="Carla", password=PASSWORD)
    join_community(algebra, by=carla)
    return carla


def sign_in(browser, address: str):
    return browser.post("/accounts/login/", {"login": "carla", "password": PASSWORD, "next": address})


def writing(response) -> dict[str, str]:
    page = BeautifulSoup(response.content, "html.parser")
    texts = {field["name"]: field.get_text().strip() for field in page.select("main textarea")}
    lines = {field["name"]: field.get("value", "") for field in page.select("main form.form input[type=text]")}
    inputs = page.select("main input[checked], main input[type=hidden][name=kind]")
    chosen = {field["name"]: field["value"] for field in inputs}
    return texts | lines | chosen


def written_at(carla, question) -> list[tuple[str, dict[str, str]]]:
    """Every form of a community with what Carla has written in it."""
    post, answer, others = question, make_answer(carla, question), make_answer(question.author, question)
    comment = make_comment(carla, question)
    asked = {"kind": "discussion", "title": TITLE, "body": BODY, "tags": ""}
    asked_otherwise = {"title": TITLE, "body": BODY, "tags": "", "note": "The first step was missing."}
    return [
        ("/c/algebra/ask/", asked),
        (f"/posts/{post.pk}/answers/", {"body": BODY}),
        (f"/posts/{post.pk}/comments/", {"body": BODY, "kind": "improve"}),
        (f"/answers/{answer.pk}/comments/", {"body": BODY, "kind": "improve"}),
        (f"/answers/{answer.pk}/edit/", {"body": BODY, "note": "The first step was missing."}),
        (f"/comments/{comment.pk}/edit/", {"body": BODY, "note": "The first step was missing."}),
        (f"/posts/{post.pk}/suggest/", asked_otherwise),
        (f"/answers/{others.pk}/suggest/", {"body": BODY, "note": "The first step was missing."}),
        ("/communities/new/", {"name": "Chess", "tagline": "Endgames.", "about": BODY, "visibility": "private"}),
    ]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_session_over_while_writing(carla, question, headers):
    for address, written in written_at(carla, question):
        browser = Client()
        response = browser.post(address, written, headers=headers)
        to_sign_in = response["HX-Redirect"] if headers else response["Location"]
        assert to_sign_in == f"/accounts/login/?next={address}"
        assert sign_in(browser, address)["Location"] == address
        again = browser.get(address)
        assert (address, again.status_code, writing(again)) == (address, 200, written)
    assert not Post.objects.filter(title=TITLE).exists()


def test_text_that_waits_can_be_sent(carla, question):
    browser, address = Client(), f"/posts/{question.pk}/answers/"
    browser.post(address, {"body": BODY})
    sign_in(browser, address)
    browser.post(address, writing(browser.get(address)))
    assert Answer.objects.get().body == BODY


def test_what_was_written_is_shown_to_nobody_else(carla, question, client_of, eve):
    address = f"/posts/{question.pk}/answers/"
    Client().post(address, {"body": BODY})
    browser = Client()
    sign_in(browser, address)
    assert writing(browser.get(address)) == {"body": ""}


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_form_out_of_date_comes_back_with_its_text(carla, question, headers):
    """Signing in or out in another tab makes the token of an open form worthless."""
    for address, written in written_at(carla, question):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(carla)
        stale = written | {"csrfmiddlewaretoken": "x" * 64}
        response = browser.post(
            address, stale, headers=headers | {"Origin": "http://localhost:8000"}, SERVER_PORT="8000"
        )
        assert (response["HX-Redirect"] if headers else response["Location"]) == address
        assert (address, writing(browser.get(address))) == (address, written)
    assert not Post.objects.filter(title=TITLE).exists()


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
def test_form_of_another_site_is_refused_and_not_kept(carla, question, origin):
    browser, address = Client(enforce_csrf_checks=True), f"/posts/{question.pk}/answers/"
    browser.force_login(carla)
    response = browser.post(address, {"body": BODY}, headers=origin)
    page = BeautifulSoup(response.content, "html.parser")
    assert (response.status_code, page.h1.get_text()) == (403, "This form came from elsewhere")
    assert writing(browser.get(address)) == {"body": ""}
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_too_much_at_once_says_when_and_keeps_the_text(carla, question, headers, monkeypatch):
    verbs = ("post", "answer", "comment", "comment", *["edit"] * 4, "community")
    for (address, written), verb in zip(written_at(carla, question), verbs, strict=True):
        monkeypatch.setitem(RATES, verb, Rate(0, DAY))
        browser = Client()
        browser.force_login(carla)
        response = browser.post(address, written, headers=headers)
        page = BeautifulSoup(response.content, "html.parser")
        said = page.select_one(".toast__text" if headers else ".sorry__text").get_text()
        seconds = int(response["Retry-After"])
        assert (response.status_code, 0 < seconds <= DAY) == (429, True)
        assert said == f"That was a lot at once. Please try again in {-(-seconds // 60)} min."
        assert (address, writing(browser.get(address))) == (address, written)
    assert not Post.objects.filter(title=TITLE).exists()


@pytest.mark.parametrize(
    ("verb", "address"),
    [("vote", "/answers/{}/vote/"), ("join", "/c/algebra/join/"), ("preview", "/preview/")],
)
def test_small_acts_have_a_limit_too(carla, answer, client_of, verb, address, monkeypatch):
    monkeypatch.setitem(RATES, verb, Rate(0, DAY))
    response = client_of(carla).post(address.format(answer.pk), {"value": "1", "body": BODY})
    assert response.status_code == 429
    answer.refresh_from_db()
    assert answer.up == 0


def test_limits_are_per_person_and_verb(carla, ada, question, client_of, monkeypatch):
    for verb in ("answer", "comment"):
        monkeypatch.setitem(RATES, verb, Rate(1, DAY))
    answers, comments = f"/posts/{question.pk}/answers/", f"/posts/{question.pk}/comments/"
    hers, adas = client_of(carla), client_of(ada)
    statuses = [hers.post(answers, {"body": f"{BODY} {n}"}).status_code for n in range(3)]
    assert statuses == [302, 429, 429]
    assert adas.post(answers, {"body": BODY}).status_code == 302
    assert hers.post(comments, {"body": BODY}).status_code == 302
