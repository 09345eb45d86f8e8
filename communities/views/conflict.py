"""When somebody saved in between: both texts, what differs, and nothing saved."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from accounts.requests import MemberRequest
from communities import permissions
from communities.differences import difference
from communities.drafts import Opened
from communities.history import Written, history, words_of
from communities.models import Community
from communities.reading import membership


def given_back(content: Written, form: Form) -> dict[str, Any]:
    """What was written in the form, for one that begins with the text as it is now."""
    content.refresh_from_db()
    mine = {field: form[field].value() for field in form.fields}
    return mine | {"began_with": words_of(content).fingerprint}


def writes_in(request: MemberRequest, community: Community) -> Community | None:
    """Where a composer may show members, tags and pictures; guests who suggest an edit have none of these."""
    return community if permissions.can_ask(membership(request.user, community.pk)) else None


def conflict(request: MemberRequest, content: Written, form: Form, drafts: Opened) -> HttpResponse:
    """`form` holds what was written and goes on with its draft; beside it stands the text as it is now."""
    theirs = words_of(content)
    title = form.initial.get("title", "")
    post = content.post
    context = {
        "form": form,
        "drafts": drafts,
        "content": content,
        "post": post,
        "community": post.community,
        "writes_in": writes_in(request, post.community),
        "latest": history(content)[0],
        "theirs": theirs,
        "title_lines": difference(theirs.title, title) if theirs.title != title else [],
        "lines": difference(theirs.body, form.initial["body"]),
    }
    return render(request, "communities/conflict_page.html", context, status=409)
