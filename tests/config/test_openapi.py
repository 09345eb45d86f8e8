"""The description of the API holds every request and every answer, and gives an example of each that is right."""

import pytest
from django.urls import get_resolver
from jsonschema import Draft202012Validator

from accounts.headless import urls as signing_in
from config.api import urlpatterns
from config.openapi import description
from config.openapi.answers import WRITES
from net.problems import TYPE
from tests.ai_assist.api.problem import is_problem
from tests.factories import make_community, make_post

NOT_OURS = {"score", "xp", "role", "author"}


@pytest.fixture(scope="module")
def said():
    return description()


@pytest.fixture(scope="module")
def operations(said):
    """By their ids: the path, the method, and what is said."""
    return {
        one["operationId"]: (path, method, one) for path, ways in said["paths"].items() for method, one in ways.items()
    }


def resolved(said, one):
    return said["components"][one["$ref"].split("/")[2]][one["$ref"].split("/")[3]] if "$ref" in one else one


def faults(said, schema, value):
    return [
        fault.message for fault in Draft202012Validator(schema | {"components": said["components"]}).iter_errors(value)
    ]


def test_every_route_is_described_under_a_name_of_its_own(said, operations):
    assert len(operations) == sum(len(ways) for ways in said["paths"].values())
    named = {pattern.name for pattern in urlpatterns} - {"api-root"}
    assert named <= set(operations)
    assert all(name.isidentifier() and name.islower() for name in operations)
    under = [pattern.name for pattern in signing_in.urlpatterns]
    assert len(under) == sum(not path.startswith(WRITES) for path in said["paths"])
    for path in said["paths"]:
        if not path.startswith(WRITES):
            get_resolver().resolve(path)
    assert {tag["name"] for tag in said["tags"]} == {one["tags"][0] for _path, _method, one in operations.values()}
    assert all(tag["description"] for tag in said["tags"])


def test_every_request_says_how_it_may_end(said, operations):
    for name, (path, method, one) in operations.items():
        answers, is_write = set(one["responses"]), method != "get"
        due = {"401"} if path != "/api/jwks.json" else set()
        if path.startswith(WRITES):
            due |= {"422", "503"} | ({"403", "409", "429"} if is_write else set())
            due |= {"404"} if "{" in path else set()
            given = {resolved(said, parameter)["name"] for parameter in one["parameters"]}
            assert ("Idempotency-Key" in given) == is_write, name
            assert ("If-None-Match" in given) == ("304" in answers), name
        if "requestBody" in one:
            due |= {"400", "413"} | ({"415"} if "application/json" in one["requestBody"]["content"] else {"507"})
        assert due - answers == set(), name
        assert any(status < "300" for status in answers), name
        assert "default" not in answers, name
        for status, answer in one["responses"].items():
            content = resolved(said, answer).get("content", {})
            assert (TYPE in content) == (status >= "400"), (name, status)
    assert list(said["components"]["responses"]["MethodNotAllowed"]["headers"]) == ["Allow"]


def test_who_may_ask_is_said(operations):
    bearer, cookie = {"BearerToken": []}, {"SessionAuth": []}
    ways = {name: one["security"] for name, (_path, _method, one) in operations.items()}
    assert ways["community"] == [bearer, cookie, {}]
    assert ways["me"] == [bearer, cookie]
    assert ways["post_publish"] == [bearer, cookie | {"CsrfToken": []}]
    assert (ways["login"], ways["sign_out"]) == ([{}], [bearer])


def test_every_example_is_what_it_is_an_example_of(said, operations):
    things = said["components"]["schemas"]
    for name, schema in things.items():
        if "properties" in schema:
            assert faults(said, schema, schema["examples"][0]) == [], name
    for name, (_path, _method, one) in operations.items():
        for parameter in (resolved(said, parameter) for parameter in one["parameters"]):
            assert faults(said, parameter["schema"], parameter["example"]) == [], (name, parameter["name"])
        for part in (one.get("requestBody", {}), *one["responses"].values()):
            for content in part.get("content", {}).values():
                assert "$ref" in content["schema"] or faults(said, content["schema"], content["example"]) == [], name


def test_answers_lead_to_what_can_be_asked_next(said, operations):
    links = operations["post_publish"][2]["responses"]["201"]["links"]
    assert {"post", "post_edit", "answer_give", "post_vote", "post_bookmark"} <= set(links)
    assert resolved(said, links["answer_give"]) == {
        "operationId": "answer_give",
        "parameters": {"pk": "$response.body#/id"},
    }
    for link in said["components"]["links"].values():
        path, _method, one = operations[link["operationId"]]
        assert all(f"{{{parameter}}}" in path for parameter in link["parameters"]), one["operationId"]


def test_no_body_takes_what_nobody_knows(said, operations, otto, ada, client_of):
    bodies = {
        name: content["schema"]
        for name, (path, _method, one) in operations.items()
        for kind, content in one.get("requestBody", {}).get("content", {}).items()
        if path.startswith(WRITES) and kind == "application/json"
    }
    for name, schema in bodies.items():
        fields = resolved(said, schema)
        assert (fields["additionalProperties"], NOT_OURS & set(fields["properties"])) == (False, set()), name
    post = make_post(ada, make_community(otto, ada))
    given = {"note": "x", **dict.fromkeys(NOT_OURS, 100)}
    refused = client_of(ada).patch(f"/api/v1/posts/{post.pk}", given, content_type="application/json")
    assert is_problem(refused, 422, "Something in the request is not as it should be.")
    assert {fault["where"][-1] for fault in refused.json()["errors"]} == NOT_OURS
    before = (post.author_id, post.up)
    post.refresh_from_db()
    assert (post.author_id, post.up) == before
