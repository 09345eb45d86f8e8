"""The headers of every kind of answer, as a whole; the cookies; and what the pages tell htmx."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from tests.config.outside import answer_of
from tests.factories import make_user

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "media-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()",
    "Vary": "Cookie, HX-Request, Accept-Language",
}
PAGE = ALWAYS | {"Content-Type": "text/html; charset=utf-8"}
PRIVATE = {"Cache-Control": "private, no-cache"}
NEVER_KEPT = {"Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private"}
TOAST = {"HX-Retarget": "#toasts", "HX-Reswap": "beforeend"}
HTMX = {"HX-Request": "true"}
OF_THE_MOMENT = ("Content-Length", "Expires", "Last-Modified", "ETag")
HTTPS = {"SITE_URL": "https://cairn.example.org", "SECRET_KEY": "k" * 50, "DEBUG": "false"}
LOOK = (
    f"OF_THE_MOMENT = {OF_THE_MOMENT}"
    """
def told(response):
    headers = {name: value for name, value in response.headers.items() if name not in OF_THE_MOMENT}
    cookies = {name: {key: flag for key, flag in cookie.items() if flag and key != "expires"}
               for name, cookie in response.cookies.items()}
    return {"status": response.status_code, "headers": headers, "cookies": cookies}
"""
)


def headers_of(response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name not in OF_THE_MOMENT}


def flags_of(cookie) -> dict[str, object]:
    return {name: value for name, value in cookie.items() if value and name != "expires"}


def test_headers_as_a_whole(db, ada, client_of):
    boss = make_user("boss", is_staff=True, is_superuser=True)
    stranger, adas, bosss = (client_of(person) for person in (None, ada, boss))
    expected = {
        "page": (stranger.get("/about/"), PAGE),
        "page of a member": (adas.get("/about/"), PAGE | PRIVATE),
        "page that is not there": (stranger.get("/nowhere/"), PAGE),
        "fragment": (adas.get("/communities/new/", headers=HTMX), PAGE | PRIVATE),
        "fragment that is not there": (adas.get("/nowhere/", headers=HTMX), PAGE | PRIVATE | TOAST),
        "sign-in": (stranger.get("/accounts/login/"), PAGE | NEVER_KEPT),
        "admin": (bosss.get("/admin/"), PAGE | NEVER_KEPT),
        "door of the admin": (
            stranger.get("/admin/login/"),
            PAGE | {"Location": "/accounts/login/?next=%2Fadmin%2Flogin%2F"},
        ),
        "health": (stranger.get("/healthz"), ALWAYS | {"Content-Type": "text/plain"}),
        "avatar": (
            stranger.get("/members/ada/avatar/"),
            ALWAYS
            | {"Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'"}
            | {"Content-Type": "image/svg+xml", "Cache-Control": "public, max-age=300"},
        ),
    }
    assert {name: headers_of(response) for name, (response, _) in expected.items()} == {
        name: headers for name, (_, headers) in expected.items()
    }


def test_headers_of_a_static_file(client):
    """The file server answers before sessions and framing are looked at."""
    headers = headers_of(client.get("/static/css/cairn.css"))
    assert headers == {name: ALWAYS[name] for name in ALWAYS if name not in ("X-Frame-Options", "Vary")} | {
        "Content-Type": 'text/css; charset="utf-8"',
        "Cache-Control": "max-age=60, public",
    }


def test_https_adds_its_headers_and_guards_its_cookies(transactional_db):
    told = answer_of(
        LOOK
        + """
browser = Client(SERVER_NAME="cairn.example.org")
plain = browser.get("/about/?a=b")
page = browser.get("/accounts/login/", secure=True)
kept = browser.post("/communities/new/", {"name": "Chess"}, secure=True)
theme = browser.post("/appearance/", {"theme": "dark"}, secure=True)
browser.session.flush()
health = browser.get("/healthz")
print(json.dumps([told(response) for response in (plain, page, kept, theme, health)]))
""",
        **HTTPS,
    )
    plain, page, kept, theme, health = told
    assert (plain["status"], plain["headers"]["Location"]) == (301, "https://cairn.example.org/about/?a=b")
    assert page["headers"] == PAGE | NEVER_KEPT | {
        "Content-Security-Policy": f"{CSP}; upgrade-insecure-requests",
        "Strict-Transport-Security": "max-age=31536000",
    }
    safe = {"path": "/", "samesite": "Lax", "httponly": True, "secure": True}
    assert page["cookies"] == {"__Host-csrftoken": safe | {"max-age": 31_449_600}}
    assert kept["cookies"] == {"__Host-sessionid": safe | {"max-age": 14 * 24 * 3600}}
    assert theme["cookies"] == {"theme": safe | {"max-age": 365 * 24 * 3600}}
    assert health["status"] == 200


def test_cookies_on_this_machine(db, client):
    plain = {"path": "/", "samesite": "Lax", "httponly": True}
    client.get("/accounts/login/")
    client.post("/communities/new/", {"name": "Chess"})
    client.post("/appearance/", {"theme": "dark"})
    assert {name: flags_of(cookie) for name, cookie in client.cookies.items()} == {
        "csrftoken": plain | {"max-age": 31_449_600},
        "sessionid": plain | {"max-age": 14 * 24 * 3600},
        "theme": plain | {"max-age": 365 * 24 * 3600},
    }


def test_signing_out_clears_the_browser(ada, client_of):
    response = client_of(ada).post("/accounts/logout/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "evil.example:8000",
        "localhost@evil.example",
        "localhost:8000@evil.example",
        "localhost, evil.example",
        "localhost/evil",
        "LOCALHOST.evil",
        "127.0.0.2",
        "[::2]",
        "localhost:port",
        "",
    ],
)
def test_foreign_hosts_are_refused(db, client, host):
    assert client.get("/about/", headers={"Host": host}).status_code == 400


def test_htmx_is_told_what_it_may(db, client):
    page = BeautifulSoup(client.get("/about/").content, "html.parser")
    assert json.loads(page.find("meta", {"name": "htmx-config"})["content"]) == {
        "includeIndicatorStyles": False,
        "allowEval": False,
        "allowScriptTags": False,
        "selfRequestsOnly": True,
        "historyCacheSize": 0,
        "refreshOnHistoryMiss": True,
        "timeout": 15000,
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[23]..", "swap": True},
            {"code": "422", "swap": True},
            {"code": "400|403|429|507", "swap": True, "error": True},
            {"code": "[45]..", "swap": False, "error": True},
        ],
    }


def test_htmx_is_of_the_second_kind(db, client):
    """In its fourth the guards of user content have other names."""
    page = BeautifulSoup(client.get("/about/").content, "html.parser")
    (source,) = (script["src"] for script in page.select("script[src]") if "htmx" in script["src"])
    text = b"".join(client.get(source).streaming_content).decode()
    assert re.findall(r'version:\s*"(\d+)\.', text) == ["2"]


def test_members_and_strangers_share_no_cached_answer(db, ada, client_of):
    """One address, two faces, by person and as page or fragment."""
    for browser in (client_of(None), client_of(ada)):
        for headers in ({}, HTMX):
            response = browser.get("/communities/", headers=headers)
            assert {"Cookie", "HX-Request"} <= set(response["Vary"].split(", "))
