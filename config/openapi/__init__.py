"""The description of the API (OpenAPI 3.1): what the routes say of themselves, and what is true of all of them."""

from functools import cache
from typing import Any

from django.conf import settings

from accounts.headless import described as signing_in
from config.api import api
from config.openapi.answers import HEADERS, PARAMETERS, PROBLEM, RESPONSES, completed
from config.openapi.examples import add_examples
from config.openapi.links import add_links

Schema = dict[str, Any]

METHODS = ("get", "post", "put", "patch", "delete")
CSRF = {
    "type": "apiKey",
    "in": "header",
    "name": "X-CSRFToken",
    "description": "Beside the session: the value of the cookie of forms, with `Origin`.",
}
INTRODUCTION = """What members do on the pages of Cairn, for programs.

Send a token with each request: a personal one from the settings, or one that `/api/auth/v1/login` gives. What is wrong
comes as a problem document (RFC 9457) whose `detail` is a sentence. Besides the answers that stand at each request,
an address answers 405 with `Allow` to a method that it does not have, and an address that nothing is at 404. HEAD is
answered as GET, without a body. What the limits leave stands in `RateLimit-*`.
"""
TAGS = {
    "signing in": "Tokens for a program in which a member types name and password.",
    "communities": "Where people meet about a subject.",
    "posts": "Questions, discussions, resources and announcements.",
    "answers": "And replies, where a post is no question.",
    "comments": "Short remarks on posts and answers.",
    "judging": "Votes, accepting, endorsing, how it went.",
    "revisions": "What texts said before.",
    "suggested edits": "What others would have a text say, and who decides about it.",
    "tags": "Words for what a post is about.",
    "search": "What you may read, found by words and operators.",
    "members": "People, and oneself.",
    "feed": "What is new in one's communities, and lists kept under a name.",
    "inbox": "What one was told.",
    "bookmarks": "What one keeps for oneself.",
    "following": "What one is told about.",
    "drafts": "What is written and not published.",
    "pictures": "What texts show.",
    "webhooks": "Addresses of programs that are told what happens in a community.",
    "documents": "Files that are read, searched and asked.",
    "folders": "Where documents stand together.",
    "conversations": "Questions that documents answer.",
}


@cache
def description() -> Schema:
    said: Schema = dict(api.get_openapi_schema())
    said["info"] = said["info"] | {"description": INTRODUCTION}
    said["servers"] = [{"url": settings.SITE_URL}]
    said["paths"] = said["paths"] | signing_in.paths()
    used = {tag for operations in said["paths"].values() for one in operations.values() for tag in one["tags"]}
    said["tags"] = [{"name": tag, "description": note} for tag, note in TAGS.items() if tag in used]
    said["tags"] += [{"name": tag} for tag in sorted(used - set(TAGS))]
    components = said["components"]
    components["schemas"] |= signing_in.SCHEMAS | {"Problem": PROBLEM}
    components["securitySchemes"].pop("Stranger", None)
    components["securitySchemes"]["CsrfToken"] = CSRF
    components |= {"responses": RESPONSES, "headers": HEADERS, "parameters": PARAMETERS}
    for path, operations in said["paths"].items():
        for method in operations:
            operations[method] = completed(path, method, operations[method])
    add_links(said)
    add_examples(said)
    return said
