"""Light, dark or as the device: a cookie, for members and strangers alike."""

import pytest
from bs4 import BeautifulSoup

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    "\n//evil.example",
    "\r//evil.example",
    " //evil.example",
    "\x00//evil.example",
    "\x08//evil.example",
    "\x1fhttp://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example",
    "https:///evil.example",
    "https:////evil.example",
    "https:\\\\evil.example",
    "https:/\\evil.example",
    "hTTps://evil.example",
    "http:evil.example",
    "http:///evil.example",
    "ht\ntps://evil.example",
    "https://testserver@evil.example",
    "https://testserver:pw@evil.example",
    "https://testserver.evil.example",
    "https://evil.example/testserver",
    "https://evil.example#testserver",
    "https://evil.example?testserver",
    "https://evil.example\\@testserver",
    "https://testserver%2eevil.example",
    "https://[::1",
    "//testserver@evil.example",
    "//localhost",
    "ftp://testserver/",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "mailto:eve@example.org",
]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_chosen_theme_is_kept_and_shown(db, client, theme):
    response = client.post("/appearance/", {"theme": theme, "next": "/about/"})
    assert (response.status_code, response["Location"]) == (302, "/about/")
    cookie = client.cookies["theme"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"], cookie["httponly"]) == (
        theme,
        31_536_000,
        "Lax",
        True,
    )
    page = BeautifulSoup(client.get("/appearance/").content, "html.parser")
    assert page.html["data-theme"] == theme
    assert [choice["value"] for choice in page.find_all("input", {"name": "theme"}, checked=True)] == [theme]


def test_following_the_device_forgets_the_cookie(db, client):
    client.post("/appearance/", {"theme": "dark"})
    client.post("/appearance/", {"theme": ""})
    assert client.cookies["theme"].value == ""
    assert BeautifulSoup(client.get("/appearance/").content, "html.parser").html["data-theme"] == ""


def test_theme_cookie_is_secure_under_https(db, client, settings):
    settings.IS_HTTPS = True
    client.post("/appearance/", {"theme": "dark"}, secure=True)
    assert client.cookies["theme"]["secure"] is True


def test_unknown_theme_is_refused(db, client):
    response = client.post("/appearance/", {"theme": "<script>"})
    assert response.status_code == 422
    assert "theme" not in client.cookies


def test_forged_theme_cookie_is_ignored(db, client):
    client.cookies["theme"] = '"><script>'
    assert BeautifulSoup(client.get("/appearance/").content, "html.parser").html["data-theme"] == ""


def test_way_back_is_the_page_one_came_from(db, client):
    page = client.get("/appearance/", headers={"Referer": "http://testserver/about/?x=1"})
    way_back = BeautifulSoup(page.content, "html.parser").find("input", {"name": "next"})["value"]
    assert way_back == "http://testserver/about/?x=1"
    assert client.post("/appearance/", {"theme": "dark", "next": way_back})["Location"] == way_back


@pytest.mark.parametrize("way", ["foo", *ELSEWHERE])
def test_nobody_is_sent_elsewhere(db, client, way):
    assert client.post("/appearance/", {"theme": "dark", "next": way})["Location"] == "/"
    if "\0" in way:  # no address has one
        return
    page = client.get("/appearance/", {"next": way})
    assert BeautifulSoup(page.content, "html.parser").find("input", {"name": "next"})["value"] == "/"


def test_plain_http_is_no_way_back_under_https(db, client, settings):
    settings.IS_HTTPS = True
    answer = client.post("/appearance/", {"theme": "dark", "next": "http://testserver/about/"}, secure=True)
    assert answer["Location"] == "/"
