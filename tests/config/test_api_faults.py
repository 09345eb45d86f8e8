"""What programs get where no view of the API is reached, and for texts that no database keeps."""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from accounts.models import Scope
from accounts.tokens import make_token
from ai_assist.models import Folder
from config import urls
from config.urls import handler400, handler404, handler500  # noqa: F401  (Django looks for them here)
from net.limits import Rate, TooOften
from tests.ai_assist.api.problem import is_problem
from tests.factories import make_community

SECRET = "hunter2"
NUL = "There is a NUL in this, a character that is in no text. Take it out."
FAULTS = {
    "slip": RuntimeError(SECRET),
    "away": OperationalError(SECRET),
    "often": TooOften(Rate(1, 600), 90),
    "large": RequestDataTooBig(SECRET),
}
SAID = {
    "slip": (500, "Something went wrong here, and it was not you."),
    "away": (503, "Cairn cannot get at its data just now. Please try again soon."),
    "often": (429, "That was a lot at once. Please try again in 2 min."),
    "large": (413, "This is more than 2 MB, which is the most that Cairn takes at once. Nothing of it was saved."),
}


def fail(request: HttpRequest, how: str) -> HttpResponse:
    raise FAULTS[how]


urlpatterns = [path("api/v1/fail/<str:how>", fail), *urls.urlpatterns]


@pytest.fixture
def program(ada) -> Client:
    _token, secret = make_token(by=ada, name="Bot", scope=Scope.WRITE, days=7)
    return Client(headers={"Authorization": f"Bearer {secret}"}, raise_request_exception=False)


def sent(program: Client, address: str, **body: object) -> HttpResponse:
    return program.post(f"/api/v1/{address}", body, content_type="application/json")


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("how", SAID)
def test_fault_beyond_the_views_is_a_problem(db, how):
    response = Client(raise_request_exception=False).get(f"/api/v1/fail/{how}")
    assert is_problem(response, *SAID[how])
    assert ("Retry-After" in response.headers) == (how in ("away", "often"))


def test_address_that_nothing_is_at_is_a_problem(program):
    for address in ("nowhere", "posts/x", "posts/" + "9" * 5000, "posts/1%00"):
        assert is_problem(program.get(f"/api/v1/{address}"), 404, "This is not here.")
    sentence = "This address asks for a NUL, a character that is in no text. Take %00 out of it."
    assert is_problem(program.get("/api/v1/documents?name=%00"), 422, sentence)


def test_head_is_asked_as_get_and_other_methods_are_named(program):
    listed, head = program.get("/api/v1/communities"), program.head("/api/v1/communities")
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", listed.headers["ETag"])
    for method in (program.put, program.options, program.trace):
        refused = method("/api/v1/folders")
        assert is_problem(refused, 405, "This address takes GET, POST.")
        assert refused.headers["Allow"] == "GET, HEAD, POST"
    refused = program.head("/api/v1/posts")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "POST")


def test_nul_is_refused_wherever_it_stands(program, otto, ada):
    community = make_community(otto, ada)
    refused = sent(program, "folders", name="Wal\0ks")
    assert is_problem(refused, 422, NUL, errors=[{"where": ["body", "name"], "detail": NUL}])
    refused = sent(program, "posts", community="algebra", title="x", tags=["a", "b\0"])
    assert is_problem(refused, 422, NUL, errors=[{"where": ["body", "tags", 1], "detail": NUL}])
    assert is_problem(sent(program, "drafts", kind="post", target="al\0gebra", fields={"body\0": "x"}), 422, NUL)
    refused = program.post(f"/api/v1/communities/{community.slug}/pictures", {"alt": "\0"})
    assert is_problem(refused, 422, NUL, errors=[{"where": ["form", "alt"], "detail": NUL}])
    assert Folder.objects.count() == 0
