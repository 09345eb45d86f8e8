"""An example of everything that is sent and answered, put together from an example of each field."""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]

UUID = "6f1d0a52-6c7e-4f5b-9a34-3f4b6f0f7c11"
PLACE = "https://cairn.example.org"
TIME = "2026-11-23T09:30:00Z"
BODY = "The sign before brackets belongs to each term in them."

EXAMPLES: Schema = {
    "about": "Equations, and what they are good for.",
    "about_html": "<p>Equations, and what they are good for.</p>",
    "active_at": TIME,
    "after": "",
    "alt": "A balance with two pans",
    "anchor": "source-6f1d0a52-1",
    "answer": 42,
    "answer_count": 2,
    "asking_hints_html": "<p>Say what you have tried.</p>",
    "audience": "community",
    "avatar_url": f"{PLACE}/@ada/picture/",
    "before": "",
    "began_with": "9d2f6c01",
    "bio": "Likes brackets.",
    "body": BODY,
    "bytes": 48213,
    "changed_at": TIME,
    "code": "481216",
    "collection": "For the exam",
    "comment": 7,
    "comment_count": 1,
    "community": "algebra",
    "count": 1,
    "created_at": TIME,
    "detail": "This is not here.",
    "documents": [UUID],
    "done": 12,
    "done_at": TIME,
    "down": 0,
    "edited_at": None,
    "email": "ada@example.org",
    "excerpt": "I know that a minus before brackets changes something.",
    "expires_in": 300,
    "fields": {"title": "Which signs flip, and when?", "body": "I know that"},
    "filename": "lecture-3.pdf",
    "folder": 3,
    "format": "pdf",
    "goal": "I want to remove brackets after a minus.",
    "heading": "Brackets › Signs",
    "height": 600,
    "html": f"<p>{BODY}</p>",
    "id": 17,
    "invite_key": "k2n8Qw",
    "joined_at": TIME,
    "key": "3f2a9c51d07be884",
    "kid": "nq1yR0aJkOYQk0sZ0m1b3m2h0Zq1x7r6o4mG1s5Yw3k",
    "licence": "CC BY-SA 4.0",
    "limit": 30,
    "line": f"![A balance with two pans]({PLACE}/pictures/3f2a9c51d07be884)",
    "looked_for": "",
    "member_count": 12,
    "model": "",
    "name": "Algebra",
    "next": None,
    "note": "Clearer.",
    "number": 1,
    "origin_url": None,
    "owner": "ada",
    "page": 1,
    "pages": 1,
    "passage": "The sign before brackets belongs to each term in them.",
    "passages": 84,
    "password": "seven piles of stones",
    "pk": 17,
    "post": 17,
    "post_count": 40,
    "q": "brackets",
    "question": "Why do signs flip?",
    "question_template": "",
    "quote": "belongs to each term",
    "reason": "",
    "remind_on": "2027-06-30",
    "role": "member",
    "saved_at": TIME,
    "session_token": "x0k3b9v7d2",
    "slug": "algebra",
    "stuck": "Why does the last sign flip as well?",
    "sub": "5",
    "tag": "signs",
    "tagline": "Equations and more.",
    "tags": ["signs"],
    "target": "algebra",
    "text_version": "9d2f6c01",
    "time_zone": "Europe/Berlin",
    "title": "Which signs flip, and when?",
    "tokens_in": 0,
    "tokens_out": 0,
    "topic": None,
    "total": 12,
    "tried": "I turned the first sign and left the others.",
    "trouble": "",
    "trust": 1,
    "up": 3,
    "url": f"{PLACE}/c/algebra/17/which-signs-flip-and-when/",
    "username": "ada",
    "uuid": UUID,
    "value": 1,
    "version": "17.2",
    "vote": 0,
    "wait": 10.0,
    "where": ["body", "title"],
    "width": 800,
    "wiki": "What stands before a term.",
    "wiki_html": "<p>What stands before a term.</p>",
    "AnswerOut.url": f"{PLACE}/c/algebra/17/#answer-42",
    "CitationsOut.citations": None,
    "DocumentIn.title": "Lecture 3",
    "DocumentOut.title": "Lecture 3",
    "DocumentRef.title": "Lecture 3",
    "DocumentOut.state": "ready",
    "DraftIn.kind": "post",
    "FeedbackIn.value": "helpful",
    "FolderIn.name": "Lectures",
    "FolderOut.name": "Lectures",
    "NewFolderIn.name": "Lectures",
    "FollowOut.kind": "community",
    "FoundOut.title": "Which <mark>signs</mark> flip, and when?",
    "FoundOut.passage": "The <mark>sign</mark> before brackets belongs to each term.",
    "MeIn.name": "Ada",
    "MeOut.name": "Ada",
    "MemberOut.name": "Ada",
    "MessageOut.answer": "> belongs to each term [1]",
    "MessageOut.feedback": "",
    "MessageOut.said": "",
    "MessageOut.state": "done",
    "MessageOut.stream": None,
    "PersonOut.name": "Ada",
    "PersonOut.url": f"{PLACE}/@ada/",
    "PostIn.body": None,
    "Problem.status": 404,
    "Problem.title": "Not Found",
    "Problem.type": "about:blank",
    "ReadConversationOut.title": "Why do signs flip?",
    "ConversationOut.title": "Why do signs flip?",
    "TagOut.name": "Signs",
    "TagOut.slug": "signs",
    "TagRef.name": "Signs",
    "TagRef.slug": "signs",
    "TagRow.name": "Signs",
    "TagRow.slug": "signs",
    "TitleIn.title": "Signs",
}
"""By the name of a field, or of a thing and its field."""
KINDS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "NoneType"}
LEFT_OUT = {"Problem": ("errors", "theirs", "yours", "message", "steps", "session_token")}
"""What stands only in some of a kind."""


def add_examples(described: Schema) -> None:
    """To each thing, each parameter, and each body that is no thing of its own."""
    things = described["components"]["schemas"]
    for name, schema in things.items():
        if "properties" in schema:
            schema["examples"] = [_of(things, schema, name)]
    for operations in described["paths"].values():
        for operation in operations.values():
            for parameter in operation["parameters"]:
                if "$ref" not in parameter and "example" not in parameter:
                    parameter["example"] = _field(things, parameter["schema"], parameter["name"])
            for content in _contents(operation):
                if "$ref" not in content["schema"]:
                    content["example"] = _of(things, content["schema"])


def _contents(operation: Schema) -> Iterator[Schema]:
    """Of what is sent and what is answered."""
    for said in (operation.get("requestBody", {}), *operation["responses"].values()):
        yield from said.get("content", {}).values()


def _of(things: Schema, schema: Schema, name: str = "") -> Any:
    """An example of what has this schema; `name` is that of the thing."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _of(things, things[name], name)
    if "properties" in schema:
        shown = {field: inside for field, inside in schema["properties"].items() if field not in LEFT_OUT.get(name, ())}
        return {field: _field(things, inside, field, name) for field, inside in shown.items()}
    return _plain(things, schema)


def _field(things: Schema, schema: Schema, field: str, thing: str = "") -> Any:
    for known in (f"{thing}.{field}", field):
        if known in EXAMPLES and _fits(things, schema, EXAMPLES[known]):
            return EXAMPLES[known]
    return _of(things, schema)


def _plain(things: Schema, schema: Schema) -> Any:
    """Of a field that no example is told of."""
    for word in ("const", "default"):
        if word in schema:
            return schema[word]
    if "enum" in schema:
        return schema["enum"][0]
    if several := schema.get("anyOf") or schema.get("allOf"):
        return _of(things, several[0])
    kind = schema.get("type", "object")
    if kind == "array":
        return [_of(things, schema["items"])]
    return {"string": "", "integer": 1, "number": 1.0, "boolean": False, "null": None}.get(kind, {})


def _fits(things: Schema, schema: Schema, value: Any) -> bool:
    """Whether a value is of such a kind: names are shared by fields of several."""
    if "$ref" in schema:
        return _fits(things, things[schema["$ref"].rpartition("/")[2]], value)
    if several := schema.get("anyOf") or schema.get("allOf"):
        return any(_fits(things, one, value) for one in several)
    if "enum" in schema or "const" in schema:
        return value in schema.get("enum", [schema.get("const")])
    kind = schema.get("type", "object")
    if kind == "array":
        return isinstance(value, list) and all(_fits(things, schema["items"], one) for one in value)
    if kind == "object":
        return isinstance(value, dict) and "properties" not in schema
    return type(value).__name__ == KINDS[kind]
