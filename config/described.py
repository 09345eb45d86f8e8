"""What the API says of itself: to programs as OpenAPI, to people as a page. Loaded when somebody first asks for it."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from config.openapi import METHODS, description
from config.openapi.answers import REFUSALS

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
    """`refused` are the statuses of what may be wrong; a list of the page says what each means."""

    id: str
    method: str
    path: str
    summary: str
    note: str
    fields: list[Field]
    answers: list[tuple[str, str]]
    refused: list[str]


@dataclass(frozen=True)
class Thing:
    """What is sent or answered, with an example as JSON."""

    name: str
    note: str
    fields: list[Field]
    example: str


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    return JsonResponse(description(), headers={"Cache-Control": "public, max-age=300"})


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    described = description()
    groups: dict[str, list[Operation]] = {tag["name"]: [] for tag in described["tags"]}
    for tag, operation in _operations(described):
        groups[tag].append(operation)
    things = [_thing(name, schema) for name, schema in sorted(described["components"]["schemas"].items())]
    shown = [thing for thing in things if thing.fields]
    refusals = [(status, _note({"description": note})) for status, note in REFUSALS.items()]
    return render(request, "home/api_page.html", {"groups": groups, "things": shown, "refusals": refusals})


def _operations(described: Schema) -> Iterator[tuple[str, Operation]]:
    for address, operations in described["paths"].items():
        for method in METHODS:
            if said := operations.get(method):
                parameters = [_resolved(described, one) for one in said["parameters"]]
                fields = [*map(_parameter, parameters), *_sent(described, said.get("requestBody"))]
                given = {status: _resolved(described, one) for status, one in said["responses"].items()}
                yield (
                    said["tags"][0],
                    Operation(
                        id=said["operationId"],
                        method=method.upper(),
                        path=address,
                        summary=said["summary"],
                        note=_note(said),
                        fields=fields,
                        answers=[(status, _answer(one)) for status, one in given.items() if status < "400"],
                        refused=sorted(status for status in given if status >= "400"),
                    ),
                )


def _thing(name: str, schema: Schema) -> Thing:
    (example,) = schema.get("examples", [None])
    shown = json.dumps(example, indent=2, ensure_ascii=False)
    return Thing(name, _note(schema), [*_fields(schema)], shown)


def _note(said: Schema) -> SafeString:
    """Its words, with what stands between backticks as code."""
    words = escape(said.get("description", ""))
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", words))  # noqa: S308  # escaped


def _parameter(said: Schema) -> Field:
    return Field(said["name"], _kind(said["schema"]), _note(said), said["required"], said["in"])


def _sent(described: Schema, body: Schema | None) -> Iterable[Field]:
    """The fields of a body, one by one."""
    if body is None:
        return ()
    (content,) = body["content"].values()
    return _fields(_resolved(described, content["schema"]), "body")


def _fields(schema: Schema, where: str = "") -> Iterator[Field]:
    required = schema.get("required", ())
    for name, said in schema.get("properties", {}).items():
        yield Field(name, _kind(said), _note(said), name in required, where)


def _answer(said: Schema) -> str:
    contents = said.get("content", {}).values()
    return ", ".join(_kind(content["schema"]) for content in contents) or said["description"]


def _kind(said: Schema) -> str:
    """What values a field has, in a few words."""
    if "$ref" in said:
        return str(said["$ref"]).rpartition("/")[2]
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
    """What stands where a `$ref` leads, else the schema itself."""
    if "$ref" not in schema:
        return schema
    _here, _components, group, name = schema["$ref"].split("/")
    found: Schema = described["components"][group][name]
    return found


app_name = "described"

urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    path("docs", docs, name="docs"),
]
