"""The profile page: what is shown, to whom."""

import pytest
from bs4 import BeautifulSoup
from django.utils.html import format_html

from accounts import slots
from tests.factories import make_stub


@pytest.fixture
def known_ada(ada):
    ada.bio = "Weaves <algebra>"
    ada.save()
    return ada


@pytest.mark.parametrize("who", ["ada", "eve", None])
def test_profile_shows_member_to_everybody(known_ada, eve, client_of, who):
    client = client_of({"ada": known_ada, "eve": eve, None: None}[who])
    page = BeautifulSoup(client.get("/members/ada/").content, "html.parser").find("main")
    assert page.h1.get_text() == "Ada"
    assert page.select_one(".profile__bio").get_text() == "Weaves <algebra>"
    assert [a.get_text() for a in page.find_all("a", href="/settings/")] == (["Edit"] if who == "ada" else [])
    assert "ada@example.org" not in str(page)


def test_profile_is_found_in_any_case(ada, client):
    assert client.get("/members/ADA/").context["member"] == ada


def test_profile_of_closed_account_is_gone(ada, client):
    ada.is_active = False
    ada.save()
    assert client.get("/members/ada/").status_code == 404


def test_profile_of_unknown_name_is_not_found(db, client):
    assert client.get("/members/nobody/").status_code == 404


def test_profile_of_stub_says_where_it_comes_from(db, client):
    make_stub("euler", origin_url="https://math.example/users/17")
    page = BeautifulSoup(client.get("/members/euler/").content, "html.parser").find("main")
    link = page.find("a", href="https://math.example/users/17")
    assert link["rel"] == ["nofollow", "ugc", "noopener"]
    assert "Imported" in page.select_one(".profile__facts").get_text()


def test_profile_shows_what_higher_floors_fill_in(ada, client, monkeypatch):
    monkeypatch.setattr(slots, "_fillings", {})
    slots.fill("profile_activity", lambda request, member: format_html("<p id=first>{}</p>", member.username))
    slots.fill("profile_activity", lambda request, member: format_html("<p id=second>{}</p>", request.path))
    page = BeautifulSoup(client.get("/members/ada/").content, "html.parser")
    assert [p.get_text() for p in page.select("#first, #second")] == ["ada", "/members/ada/"]


def test_slot_filled_twice_by_the_same_shows_once(monkeypatch):
    monkeypatch.setattr(slots, "_fillings", {})

    def filling(request) -> str:
        return "x"

    slots.fill("somewhere", filling)
    slots.fill("somewhere", filling)
    assert slots.filled("somewhere", None) == ["x"]
    assert slots.filled("elsewhere", None) == []


def test_slot_escapes_what_is_not_marked_safe(ada, client, monkeypatch):
    monkeypatch.setattr(slots, "_fillings", {})
    slots.fill("profile_activity", lambda request, member: "<script>alert(1)</script>")
    assert b"<script>alert" not in client.get("/members/ada/").content
