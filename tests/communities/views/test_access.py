"""Each address by each person: what is unseen is 404, what is forbidden says why, and refusals change nothing."""

import pytest
from bs4 import BeautifulSoup
from django.apps import apps

from tests.addresses import table_digests
from tests.refusals import AWAY, IN_COMMUNITY, OPEN, OPEN_GAME, OWN, SIGN_IN

HTMX = {"HX-Request": "true"}


def outcome(response) -> int | str:
    if response.status_code not in (301, 302):
        return response.status_code
    return SIGN_IN if response["Location"].startswith("/accounts/login/?next=/") else AWAY


def matrix(place, people, client_of) -> dict[str, dict[str, int | str]]:
    browsers = {name: client_of(person) for name, person in people.items()}
    return {
        route: {name: outcome(browser.get(place.address(route))) for name, browser in browsers.items()}
        for route in IN_COMMUNITY
    }


def test_everybody_gets_what_the_table_says(public_place, otto, ada, bob, eve, client_of):
    people = {"owner": otto, "ada": ada, "bob": bob, "eve": eve, "stranger": None}
    expected = {route: {who: getattr(access, who) for who in people} for route, access in IN_COMMUNITY.items()}
    assert matrix(public_place, people, client_of) == expected


def test_members_get_the_same_in_a_private_community_and_others_404(private_place, otto, ada, bob, eve, client_of):
    people = {"owner": otto, "ada": ada, "bob": bob, "eve": eve, "stranger": None}
    expected = {
        route: {"owner": access.owner, "ada": access.ada, "bob": access.bob, "eve": 404}
        | {"stranger": SIGN_IN if access.stranger == SIGN_IN else 404}
        for route, access in IN_COMMUNITY.items()
    }
    assert matrix(private_place, people, client_of) == expected


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_eve_changes_nothing_and_is_told_why(public_place, eve, client_of, headers):
    browser = client_of(eve)
    before = table_digests()
    for route, access in IN_COMMUNITY.items():
        if route in ("post_bookmark", "answer_bookmark"):  # whoever reads may keep it for themselves
            continue
        given = {"value": "1", "title": "A title that is long enough", "body": "A text that is long enough. " * 3}
        response = browser.post(public_place.address(route), given, headers=headers)
        assert (route, outcome(response)) == (route, access.eve_posts)
        if access.sentence:
            page = BeautifulSoup(response.content, "html.parser")
            said = page.select_one(".toast__text" if headers else ".sorry__text").get_text()
            assert (route, said) == (route, access.sentence)
            assert response.get("HX-Retarget") == ("#toasts" if headers else None)
        assert (route, table_digests()) == (route, before)


def test_eve_cannot_even_knock_at_a_private_community(private_place, eve, client_of):
    browser = client_of(eve)
    before = table_digests()
    for route, access in IN_COMMUNITY.items():
        status = browser.post(private_place.address(route), {"value": "1"}).status_code
        assert (route, status) == (route, 405 if access.eve_posts == 405 else 404)
    assert table_digests() == before


def test_strangers_are_sent_to_sign_in_and_come_back(public_place, client):
    for route, access in IN_COMMUNITY.items():
        if access.stranger == SIGN_IN:
            address = public_place.address(route)
            for response in (client.get(address), client.post(address, {"value": "1"})):
                assert response["Location"] == f"/accounts/login/?next={address}"
            fragment = client.post(address, {"value": "1"}, headers=HTMX)
            assert (fragment.status_code, fragment["HX-Redirect"]) == (204, f"/accounts/login/?next={address}")


def test_strangers_are_sent_to_sign_in_for_what_is_their_own(db, client):
    for name, address in OWN.items():
        method = client.post if name in ("notifications:read_all", "notifications:open") else client.get
        assert method(address)["Location"] == f"/accounts/login/?next={address}"


def test_eve_opens_no_notification_of_others(public_place, ada, eve, client_of):
    theirs = ada.notifications.first()
    assert client_of(eve).post(f"/inbox/{theirs.pk}/open/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.read_at is None


@pytest.mark.parametrize(
    "name",
    [
        *("/", "/about/", "/healthz", "/appearance/", "/communities/", "/search/", "/members/ada/"),
        *("/robots.txt", "/sitemap.xml", "/sitemap/places.xml", "/sitemap/0.xml"),
    ],
)
def test_what_is_open_is_open(public_place, eve, client_of, name):
    assert len(OPEN) == 64 + len(OPEN_GAME) * apps.is_installed("gamification")
    for person in (None, eve):
        assert client_of(person).get(name).status_code == 200
