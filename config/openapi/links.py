"""From the answer that names a thing to the requests about that thing."""

from typing import Any

Schema = dict[str, Any]

THINGS = {
    "/api/v1/posts/{pk}": {"PostOut": "id", "SavedPostOut": "id", "PostsOut": "posts/0/id"},
    "/api/v1/answers/{pk}": {"AnswerOut": "id", "SavedAnswerOut": "id"},
    "/api/v1/comments/{pk}": {"CommentOut": "id", "SavedCommentOut": "id", "CommentsOut": "comments/0/id"},
    "/api/v1/bookmarks/{pk}": {"BookmarkOut": "id"},
    "/api/v1/drafts/{pk}": {"DraftOut": "id"},
    "/api/v1/folders/{pk}": {"FolderOut": "id"},
    "/api/v1/documents/{uuid}": {"DocumentOut": "uuid"},
    "/api/v1/messages/{uuid}": {"MessageOut": "uuid"},
    "/api/v1/conversations/{uuid}": {"MessageOut": "conversation", "ConversationsOut": "conversations/0/uuid"},
    "/api/v1/communities/{slug}": {"CommunitiesOut": "communities/0/slug"},
    "/api/v1/pictures/{key}": {"PictureOut": "key"},
}
"""For each address of a thing: which answers name it, and where in them."""


def add_links(described: Schema) -> None:
    """Where something comes to be or is listed; at the addresses of the thing itself it would be said over and over."""
    links: Schema = {}
    for thing, named_in in THINGS.items():
        about = _about(described, thing)
        for path, operations in described["paths"].items():
            for operation in operations.values() if not path.startswith(thing) else ():
                for answer in operation["responses"].values():
                    if where := named_in.get(_name_of_answer(answer)):
                        answer.setdefault("links", {}).update(_links(links, about, thing, where))
    described["components"]["links"] = links


def _about(described: Schema, thing: str) -> list[str]:
    """The requests at its address and below, that need nothing but to know which thing is meant."""
    return [
        operation["operationId"]
        for path, operations in described["paths"].items()
        if path.startswith(thing) and path.count("{") == thing.count("{")
        for operation in operations.values()
    ]


def _links(links: Schema, about: list[str], thing: str, where: str) -> Schema:
    parameter = thing.partition("{")[2].rstrip("}")
    found = {}
    for name in about:
        key = f"{name}-{where.replace('/', '-')}"
        links[key] = {"operationId": name, "parameters": {parameter: f"$response.body#/{where}"}}
        found[name] = {"$ref": f"#/components/links/{key}"}
    return found


def _name_of_answer(answer: Schema) -> str:
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).rpartition("/")[2]
