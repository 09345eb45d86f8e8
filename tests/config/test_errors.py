"""Pages for when something is wrong: calm, with a way on, and without a word about the inside."""

from errno import ENOSPC

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from config import urls
from config.urls import (  # noqa: F401  (Django looks for them here)
    handler400,
    handler403,
    handler404,
    handler429,
    handler500,
)
from net.limits import Rate, TooOften

HTMX = {"HX-Request": "true"}
FORM = "application/x-www-form-urlencoded"
SECRET = "hunter2"
UNREADABLE = "Cairn could not read what your browser sent. Nothing was saved."
TOO_MUCH = "This is more than 2 MB, which is the most that Cairn takes at once. Nothing of it was saved."
FAULTS = {
    "refused": PermissionDenied("Only Ada may do this."),
    "refused-silently": PermissionDenied(),
    "unknown": BadRequest("No button says this."),
    "suspicious": SuspiciousOperation(SECRET),
    "slip": RuntimeError(SECRET),
    "away": OperationalError(SECRET),
    "often": TooOften(Rate(1, 600), 90),
    "full": OSError(ENOSPC, SECRET),
}


def fail(request: HttpRequest, how: str) -> HttpResponse:
    raise FAULTS[how]


urlpatterns = [path("fail/<str:how>/", fail), *urls.urlpatterns]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def browser(db) -> Client:
    return Client(raise_request_exception=False)


def told(page) -> tuple[str, str]:
    return page.h1.get_text(), page.select_one(".sorry__text").get_text()


@pytest.mark.parametrize(
    ("address", "status", "heading", "sentence"),
    [
        ("/fail/refused/", 403, "This path is closed", "Only Ada may do this."),
        ("/fail/refused-silently/", 403, "This path is closed", "You may not do this."),
        ("/fail/unknown/", 422, "This stone does not fit", "No button says this."),
        ("/fail/suspicious/", 400, "This stone does not fit", UNREADABLE),
        ("/fail/often/", 429, "A short rest", "That was a lot at once. Please try again in 2 min."),
        ("/nowhere/", 404, "No stones on this spot", None),
        ("/static/nowhere.css", 404, "No stones on this spot", None),
        ("/about", 301, None, None),
        ("/fail/slip/", 500, "A stone slipped", None),
        ("/fail/away/", 503, "Back in a moment", None),
        ("/fail/full/", 507, "No room left", None),
    ],
)
def test_each_fault_has_its_page(browser, read, address, status, heading, sentence):
    response = browser.get(address)
    assert response.status_code == status
    if heading:
        title, text = told(read(response))
        assert (title, sentence in (None, text)) == (heading, True)
        assert read(response).select_one("main a[href]") is not None
    assert SECRET not in response.content.decode()


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/fail/refused/", 403, "Only Ada may do this."),
        ("/fail/unknown/", 422, "No button says this."),
        ("/fail/suspicious/", 400, UNREADABLE),
        ("/fail/often/", 429, "That was a lot at once. Please try again in 2 min."),
        ("/nowhere/", 404, "This is not here."),
        ("/fail/full/", 507, "There is no room for this file now. Please try again later."),
    ],
)
def test_htmx_gets_a_message_in_place(browser, read, address, status, sentence):
    response = browser.get(address, headers=HTMX)
    assert (response.status_code, response["HX-Retarget"], response["HX-Reswap"]) == (status, "#toasts", "beforeend")
    (toast,) = read(response).find_all(recursive=False)
    assert toast.select_one(".toast__text").get_text() == sentence


def test_times_to_come_back_are_said(browser):
    assert browser.get("/fail/often/")["Retry-After"] == "90"
    assert browser.get("/fail/away/")["Retry-After"] == "10"


@pytest.mark.parametrize("content_type", ["multipart", "urlencoded"])
@pytest.mark.parametrize(("headers", "said"), [({}, ".sorry__text"), (HTMX, ".toast__text")], ids=["page", "fragment"])
def test_form_of_four_megabytes_is_told_the_limit(browser, ada, read, content_type, headers, said):
    browser.force_login(ada)
    bio = "x" * 4 * 1024 * 1024
    if content_type == "multipart":
        response = browser.post("/settings/", {"bio": bio}, headers=headers)
    else:
        response = browser.generic("POST", "/settings/", f"bio={bio}", FORM, headers=headers)
    assert (response.status_code, read(response).select_one(said).get_text()) == (400, TOO_MUCH)


@pytest.mark.parametrize("address", ["/a%00b/", "/members/a%00b/", "/members/%00/avatar/", "/claim/%00/", "/c/%00/"])
def test_a_nul_byte_in_an_address_leads_nowhere(browser, read, address):
    response = browser.get(address)
    assert (response.status_code, told(read(response))[0]) == (404, "No stones on this spot")


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize("address", ["/?next=%00", "/search/?q=a%00b", "/search/?q=a&order=%00", "/communities/?%00"])
def test_nothing_is_asked_for_by_a_nul_byte(browser, read, address, headers):
    response = browser.get(address, headers=headers)
    said = read(response).select_one(".toast__text" if headers else ".sorry__text").get_text()
    assert (response.status_code, said) == (
        422,
        "This address asks for a NUL, a character that is in no text. Take %00 out of it.",
    )


@pytest.mark.parametrize("query", ["%2500", "%FF", "%ED%A0%80", "x" * 3000, "%F0%9F%A6%8A"])
@pytest.mark.parametrize("address", ["/?next=", "/communities/?page=", "/accounts/login/?next=", "/appearance/?next="])
def test_any_query_is_answered(browser, address, query):
    assert browser.get(address + query).status_code == 200


def test_without_the_error_pages_a_fault_would_be_heard(browser):
    """The control: the test's browser does pass faults on when it is told to."""
    with pytest.raises(RuntimeError, match=SECRET):
        Client().get("/fail/slip/")
