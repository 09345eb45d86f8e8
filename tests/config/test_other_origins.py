"""What only programs see: other origins, limits in headers, and bodies that are not what they should be."""

import pytest

from ai_assist import rules
from net.limits import Rate
from tests.ai_assist.api.problem import is_problem

FOLDERS = "/api/v1/folders"
APP = "https://app.example.org"
ALLOWED = "Access-Control-Allow-Origin"
ASKING = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}


def test_pages_of_named_origins_may_ask(settings, client, db):
    settings.API_ORIGINS = [APP]
    asked = client.options(FOLDERS, headers={"Origin": APP} | ASKING)
    assert (asked.status_code, asked.headers[ALLOWED]) == (204, APP)
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST, PUT, PATCH, DELETE"
    assert "Authorization" in asked.headers["Access-Control-Allow-Headers"].split(", ")
    for address in (FOLDERS, "/api/openapi.json", "/streams/answers/6f1d0a52-6c7e-4f5b-9a34-3f4b6f0f7c11/"):
        answer = client.get(address, headers={"Origin": APP})
        assert (answer.headers[ALLOWED], "Origin" in answer.headers["Vary"].split(", ")) == (APP, True)
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", f"{APP}.elsewhere.example", APP.upper()])
def test_pages_of_other_origins_may_not(settings, client, db, origin):
    settings.API_ORIGINS = [APP]
    for answer in (client.options(FOLDERS, headers={"Origin": origin} | ASKING), client.get(FOLDERS)):
        assert (ALLOWED in answer.headers, "Origin" in answer.headers["Vary"].split(", ")) == (False, True)


def test_no_origin_may_ask_by_default_and_none_a_page(settings, client, db):
    assert ALLOWED not in client.get(FOLDERS, headers={"Origin": APP}).headers
    settings.API_ORIGINS = [APP]
    assert ALLOWED not in client.get("/", headers={"Origin": APP}).headers


def test_what_is_left_of_a_limit_is_said(ada, client_of, monkeypatch):
    monkeypatch.setitem(rules.RATES, "document", Rate(2, 3600))
    browser = client_of(ada)
    answers = [browser.post(FOLDERS, {"name": name}, content_type="application/json") for name in "abc"]
    said = [[answer.headers[f"RateLimit-{what}"] for what in ("Limit", "Remaining")] for answer in answers]
    assert (said, answers[-1].status_code) == ([["2", "1"], ["2", "0"], ["2", "0"]], 429)
    assert answers[-1].headers["RateLimit-Reset"] == answers[-1].headers["Retry-After"]
    assert "RateLimit-Limit" not in browser.get(FOLDERS).headers


def test_unknown_field_is_refused_by_its_name(ada, client_of):
    given = {"name": "Walks", "owner": "bob"}
    refused = client_of(ada).post(FOLDERS, given, content_type="application/json")
    assert is_problem(refused, 422, "Something in the request is not as it should be.")
    assert refused.json()["errors"] == [
        {"where": ["body", "wanted", "owner"], "detail": "Extra inputs are not permitted"}
    ]


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
def test_what_is_not_json_is_refused(ada, client_of, kind):
    refused = client_of(ada).post(FOLDERS, '{"name": "Walks"}', content_type=kind)
    assert is_problem(refused, 415, "Send application/json.")


def test_ten_megabytes_are_refused(ada, client_of):
    refused = client_of(ada).post(FOLDERS, {"name": "x" * 10_000_000}, content_type="application/json")
    assert is_problem(refused, 413, "Beside files a request has room for 2 MB.")
