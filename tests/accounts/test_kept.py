"""What somebody wrote while their session ended waits for them behind the sign-in."""

from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from accounts import kept
from net.limits import Rate
from tests.factories import make_user

PASSWORD = "three stones on a hill"
WRITTEN = {
    "name": "Ada Lovelace",
    "bio": "Long in the writing",
    "time_zone": "Asia/Tokyo",
    "password": "secret",
}


def shown(response) -> tuple[str, str]:
    page = BeautifulSoup(response.content, "html.parser")
    return page.find("input", {"name": "name"})["value"], page.find("textarea").get_text().strip()


def test_text_is_given_back_once_after_sign_in(db, client):
    make_user("ada", name="Ada", password=PASSWORD)
    to_sign_in = client.post("/settings/", WRITTEN)["Location"]
    assert to_sign_in == "/accounts/login/?next=/settings/"
    back = client.post("/accounts/login/", {"login": "ada", "password": PASSWORD, "next": "/settings/"})
    assert back["Location"] == "/settings/"
    assert shown(client.get("/settings/")) == ("Ada Lovelace", "Long in the writing")
    assert shown(client.get("/settings/")) == ("Ada", "")


def test_kept_text_holds_no_secret(db, client):
    client.post("/settings/", WRITTEN | {"oldpassword": "secret", "code": "secret"})
    assert client.session["kept"] == {
        "/settings/": {"name": "Ada Lovelace", "bio": "Long in the writing", "time_zone": "Asia/Tokyo"}
    }


def test_htmx_is_sent_to_sign_in_as_a_whole_page(db, client):
    response = client.post("/settings/", WRITTEN, headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (204, "/accounts/login/?next=/settings/")
    assert "/settings/" in client.session["kept"]


NOT_KEPT = "What you wrote could not be kept. Your browser may still have it: go back there."


def said_behind_sign_in(client) -> list[str]:
    page = BeautifulSoup(client.get("/accounts/login/?next=/settings/").content, "html.parser")
    return [toast.get_text().strip() for toast in page.select(".toast__text")]


@pytest.mark.parametrize(
    ("fields", "is_kept"),
    [
        ({"bio": "x" * 99_997}, True),
        ({"bio": "x" * 99_998}, False),
        ({"x" * 60_000: "1", "y" * 60_000: "1"}, False),
    ],
    ids=["fits", "one character too many", "names"],
)
def test_text_too_long_for_a_session_is_not_kept_and_that_is_said(db, client, fields, is_kept):
    response = client.post("/settings/", urlencode(fields), content_type="application/x-www-form-urlencoded")
    assert response["Location"] == "/accounts/login/?next=/settings/"
    assert client.session.get("kept", {}) == ({"/settings/": fields} if is_kept else {})
    assert said_behind_sign_in(client) == ([] if is_kept else [NOT_KEPT])


def test_text_of_strangers_who_send_too_often_is_not_kept(db, monkeypatch, client_of):
    monkeypatch.setattr(kept, "KEEPING", Rate(2, 24 * 3600))
    strangers = [client_of(None) for _ in range(4)]
    addresses = ["192.0.2.7"] * 3 + ["192.0.2.8"]
    answers = [
        stranger.post("/settings/", WRITTEN, REMOTE_ADDR=address)
        for stranger, address in zip(strangers, addresses, strict=True)
    ]
    assert {answer["Location"] for answer in answers} == {"/accounts/login/?next=/settings/"}
    assert ["kept" in stranger.session for stranger in strangers] == [True, True, False, True]
    assert said_behind_sign_in(strangers[2]) == [NOT_KEPT]


@pytest.mark.parametrize(
    ("door", "said"),
    [
        ("/accounts/login/", "What you wrote is kept: it is there again as soon as you are signed in."),
        ("/accounts/signup/", "What you wrote is kept: it is there again as soon as you have joined."),
    ],
)
def test_doors_say_that_a_text_waits_behind_them(db, client, read, door, said):
    def told(response) -> list[str]:
        return [line.get_text() for line in read(response).select(".page-header [role=status]")]

    client.post("/settings/", WRITTEN)
    wrong = client.post(door, {"login": "ada", "password": "wrong", "next": "/settings/"})
    assert told(client.get(f"{door}?next=/settings/")) == told(wrong) == [said]
    assert told(client.get(door)) == told(client.get(f"{door}?next=/bookmarks/")) == []


def test_doors_promise_nothing_to_who_pressed_a_button(db, client, read):
    client.post("/settings/", {"value": "1", "level": "all", "time_zone": "America/Argentina"})
    assert read(client.get("/accounts/login/?next=/settings/")).select(".page-header [role=status]") == []
