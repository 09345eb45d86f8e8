"""What the API says of itself: to programs as OpenAPI, to people as a page. Loaded when somebody first asks for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from config.api import api
from net.problems import TYPE

METHODS = ("get", "post", "put", "patch", "delete")
PROBLEM = {
    "title": "Problem",
    "type": "object",
    "description": "What is wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for people."},
        "errors": {
            "type": "array",
            "description": "Of 422: which places are not as they should be.",
            "items": {
                "type": "object",
                "required": ["where", "detail"],
                "properties": {
                    "where": {"type": "array", "items": {"type": ["string", "integer"]}},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}

Schema = dict[str, Any]


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    note: str
    is_required: bool = False
    where: str = ""


@dataclass(frozen=True)
class Operation:
    id: str
    method: str
    path: str
    summary: str
    note: str
    fields: list[Field]
    answers: list[tuple[str, str]]


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    return JsonResponse(description(), headers={"Cache-Control": "public, max-age=300"})


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    described = description()
    groups: dict[str, list[Operation]] = {}
    for tag, operation in _operations(described):
        groups.setdefault(tag, []).append(operation)
    things = [(name, list(_fields(schema))) for name, schema in sorted(described["components"]["schemas"].items())]
    context = {"groups": groups, "things": [(name, fields) for name, fields in things if fields]}
    return render(request, "home/api_page.html", context)


@cache
def description() -> Schema:
    described: Schema = dict(api.get_openapi_schema())
    described["servers"] = [{"url": settings.SITE_URL}]
    described["components"]["schemas"]["Problem"] = PROBLEM
    refused = {"description": "What is wrong.", "content": {TYPE: {"schema": _ref("Problem")}}}
    for operations in described["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = refused
    return described


def _operations(described: Schema) -> Iterator[tuple[str, Operation]]:
    for address, operations in described["paths"].items():
        for method in METHODS:
            if said := operations.get(method):
                fields = [*map(_parameter, said["parameters"]), *_sent(described, said.get("requestBody"))]
                answers = [(str(status), _answer(one)) for status, one in said["responses"].items()]
                tag = said.get("tags", [""])[0]
                note = said.get("description", "")
                yield (
                    tag,
                    Operation(said["operationId"], method.upper(), address, said["summary"], note, fields, answers),
                )


def _parameter(said: Schema) -> Field:
    note = said.get("description", "")
    return Field(said["name"], _kind(said["schema"]), note, said["required"], said["in"])


def _sent(described: Schema, body: Schema | None) -> Iterable[Field]:
    """The fields of a body, one by one."""
    if body is None:
        return ()
    (content,) = body["content"].values()
    return _fields(_resolved(described, content["schema"]), "body")


def _fields(schema: Schema, where: str = "") -> Iterator[Field]:
    required = schema.get("required", ())
    for name, said in schema.get("properties", {}).items():
        yield Field(name, _kind(said), said.get("description", ""), name in required, where)


def _answer(said: Schema) -> str:
    contents = said.get("content", {}).values()
    return ", ".join(_kind(content["schema"]) for content in contents) or said["description"]


def _kind(said: Schema) -> str:
    """What values a field has, in a few words."""
    if "$ref" in said:
        return _name_of(said["$ref"])
    if "enum" in said:
        return " | ".join(map(str, said["enum"]))
    if "const" in said:
        return str(said["const"])
    if several := said.get("anyOf") or said.get("allOf") or said.get("oneOf"):
        return " | ".join(map(_kind, several))
    kind = said.get("type", "object")
    if kind == "array":
        return f"list of {_kind(said.get('items', {}))}"
    return str(said.get("format", kind))


def _resolved(described: Schema, schema: Schema) -> Schema:
    return described["components"]["schemas"][_name_of(schema["$ref"])] if "$ref" in schema else schema


def _name_of(ref: str) -> str:
    return ref.rpartition("/")[2]


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


app_name = "described"

urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    path("docs", docs, name="docs"),
]
