"""The frame of one's settings: each page stands in the list beside all of them."""

import pytest

from accounts import settings_pages
from accounts.settings_pages import SettingsPage, add_settings_page
from tests.factories import make_user

PASSWORD = "three stones on a hill"


@pytest.fixture
def browser(db, client_of):
    return client_of(make_user("ada", password=PASSWORD))


def links(page) -> list[tuple[str, str, str | None]]:
    return [(a["href"], a.get_text(), a.get("aria-current")) for a in page.select("main .settings__nav a")]


def test_each_page_stands_in_one_list_and_says_so(browser, read):
    pages = links(read(browser.get("/settings/")))
    assert [word for _, word, _ in pages][:4] == ["Profile", "Privacy", "Appearance", "Language"]
    for address, title, _ in pages:
        page = read(browser.get(address))
        assert links(page) == [(other, word, "page" if other == address else None) for other, word, _ in pages]
        assert page.select_one(".settings__now").get_text() == f"Settings: {title}"


def test_page_within_another_says_through_which_it_is_reached(db, client_of, read):
    page = read(client_of(make_user("bob")).get("/accounts/password/set/"))
    assert [link for link in links(page) if link[2]] == [("/accounts/password/change/", "Password", "true")]


def test_stranger_chooses_light_or_dark_and_sees_no_settings(client, read):
    page = read(client.get("/appearance/"))
    assert (links(page), page.h1.get_text()) == ([], "Appearance")


def test_page_of_a_higher_floor_comes_last_and_once(browser, read, monkeypatch):
    monkeypatch.setattr(settings_pages, "_pages", list(settings_pages.settings_pages()))
    for _ in range(2):
        add_settings_page(SettingsPage("home", "My house"))
    pages = links(read(browser.get("/settings/")))
    assert [word for _, word, _ in pages].count("My house") == 1
    assert pages[-1] == ("/", "My house", None)
