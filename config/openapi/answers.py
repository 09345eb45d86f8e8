"""What every request may be answered besides what its route says, and the headers that go to and fro."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from net.problems import TYPE

Schema = dict[str, Any]

WRITES = "/api/v1/"
NAMES_SOMETHING = {"community", "folder"}
"""Parameters: what they name may not be there."""
NAMING = {"post_publish", "draft_save", "document_add", "folder_create", "conversation_new"}
"""So do fields of what is sent here."""
COUNTED = ("search",)
"""Reads that count against a limit, as all writes do."""
NEEDS_A_ROLE = {"community_members", "community_invitation", "webhooks", "webhook_deliveries"}
"""Reads that not everybody may who sees what they are about."""
JSON, FILES = "application/json", "multipart/form-data"

PROBLEM: Schema = {
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
        "theirs": {"type": "object", "description": "Of an edit that clashes: what the text says now."},
        "yours": {"type": "object", "description": "Of an edit that clashes: what you sent."},
        "message": {
            "type": "string",
            "format": "uuid",
            "description": "Of a question: the one that is being answered.",
        },
        "steps": {"type": "array", "items": {"type": "string"}, "description": "Of a sign-in: what is missing."},
        "session_token": {"type": "string", "description": "Of a sign-in: send it as `X-Session-Token` with the step."},
    },
}
REFUSALS = {
    400: "It cannot be read.",
    401: "Nobody is signed in, or the token is not good.",
    403: "You may not do this; the sentence says why.",
    404: "It is not there, or not for you.",
    405: "This address does not take this method; `Allow` names those that it takes.",
    409: "It clashes with an edit meanwhile (`theirs`, `yours`), with a question that is being answered (`message`), "
    "or with the same request, which is being done already.",
    413: "It is larger than what is taken at once.",
    415: "It is not of a type that is taken here.",
    422: "Something is not as it should be; `errors` names the places.",
    429: "That was too much for now; `Retry-After` says for how many seconds, where waiting helps.",
    503: "The data is away for a moment; `Retry-After` says for how many seconds.",
    507: "There is no room for this file now.",
}
NAMES = {status: HTTPStatus(status).phrase.replace(" ", "") for status in REFUSALS}
HEADERS: Schema = {
    "ETag": {
        "description": "Names this very answer to you; send it as `If-None-Match`.",
        "required": True,
        "schema": {"type": "string", "examples": ['"3f2a9c51d07be8846a1f0c2d"']},
    },
    "Link": {
        "description": "Where the next page is, unless this is the last one.",
        "schema": {
            "type": "string",
            "examples": ['<https://cairn.example.org/api/v1/communities?after=x>; rel="next"'],
        },
    },
    "RateLimit-Limit": {
        "description": "How many the tightest limit allows.",
        "schema": {"type": "integer", "examples": [60]},
    },
    "RateLimit-Remaining": {
        "description": "How many of them are left.",
        "schema": {"type": "integer", "examples": [59]},
    },
    "RateLimit-Reset": {
        "description": "In how many seconds it begins anew.",
        "schema": {"type": "integer", "examples": [3600]},
    },
    "Retry-After": {
        "description": "After how many seconds it is worth another try.",
        "schema": {"type": "integer", "examples": [60]},
    },
    "Idempotency-Replayed": {
        "description": "`true`: it was done before, and this is the answer of that time.",
        "schema": {"type": "string", "enum": ["true"], "examples": ["true"]},
    },
    "WWW-Authenticate": {
        "description": "How to say who you are, and what is wrong with the token.",
        "required": True,
        "schema": {"type": "string", "examples": ['Bearer error="invalid_token"']},
    },
    "Allow": {
        "description": "The methods of this address.",
        "required": True,
        "schema": {"type": "string", "examples": ["GET, HEAD, POST"]},
    },
}
PARAMETERS: Schema = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": "One of your own for each act: sent again within a day it is done once.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]([ -~]*[!-~])?$"},
        "example": "6f1d0a52-6c7e-4f5b-9a34-3f4b6f0f7c11",
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": "The `ETag` of the answer that you have.",
        "schema": {"type": "string"},
        "example": '"3f2a9c51d07be8846a1f0c2d"',
    },
}
LIMITS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
OF_REFUSAL = {401: ("WWW-Authenticate",), 405: ("Allow",), 429: (*LIMITS, "Retry-After"), 503: ("Retry-After",)}


def headers(*names: str) -> Schema:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


RESPONSES: Schema = {
    NAMES[status]: {
        "description": note,
        "headers": headers(*OF_REFUSAL.get(status, ())),
        "content": {TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status, note in REFUSALS.items()
}


def refusals(*statuses: int) -> Schema:
    return {str(status): {"$ref": f"#/components/responses/{NAMES[status]}"} for status in sorted(statuses)}


def completed(path: str, method: str, said: Schema) -> Schema:
    """With all its answers, headers and ways to say who one is. What signs in has said so itself."""
    if not path.startswith(WRITES):
        return said
    is_write, keeps_etag = method != "get", 304 in said["responses"]
    given = {parameter["name"] for parameter in said["parameters"]}
    more = [*(["IdempotencyKey"] if is_write else []), *(["IfNoneMatch"] if keeps_etag else [])]
    sends = [
        *(["Link"] if given & {"after", "page"} else []),
        *(["ETag"] if keeps_etag else []),
        *(LIMITS if is_write or said["operationId"] in COUNTED else ()),
        *(["Idempotency-Replayed"] if is_write else []),
    ]
    answers = {
        str(status): answer | {"headers": headers(*(["ETag"] if status == 304 else sends))}
        for status, answer in said["responses"].items()
    }
    return said | {
        "parameters": [
            *map(_flat, said["parameters"]),
            *({"$ref": f"#/components/parameters/{name}"} for name in more),
        ],
        "responses": answers | refusals(*_refused(path, is_write, given, said)),
        "security": [*_ways(said, is_write=is_write)],
    }


def _flat(parameter: Schema) -> Schema:
    """A choice with a default comes as "all of" that one choice, of which generated clients make a thing of fields."""
    schema = parameter["schema"]
    (only,) = schema.get("allOf", [{}])
    return parameter | {"schema": only | {name: value for name, value in schema.items() if name != "allOf"}}


def _refused(path: str, is_write: bool, given: set[str], said: Schema) -> Iterator[int]:
    """The statuses of what may be wrong with such a request."""
    content: Schema = said.get("requestBody", {}).get("content", {})
    yield from (401, 422, 503)
    if is_write:
        yield from (403, 409, 429)
    elif said["operationId"] in COUNTED:
        yield 429
    elif said["operationId"] in NEEDS_A_ROLE:
        yield 403
    if "{" in path or given & NAMES_SOMETHING or said["operationId"] in NAMING:
        yield 404
    if content:
        yield from (400, 413)
    if JSON in content:
        yield 415
    if FILES in content:
        yield 507


def _ways(said: Schema, *, is_write: bool) -> Iterator[Schema]:
    """A cookie alone writes nothing."""
    for way in said["security"]:
        if "Stranger" not in way:
            yield way | ({"CsrfToken": []} if is_write and "SessionAuth" in way else {})
        elif not is_write:
            yield {}
