"""What a text said before, and what changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept import signed_in
from accounts.requests import MemberRequest, PageRequest
from communities import permissions
from communities.actions.rewriting import return_to
from communities.differences import Line, difference, whole
from communities.history import Written, history, taken_out, words_at
from communities.reading import membership
from communities.views.access import count_against_limit, seen_answer, seen_comment, seen_post, seen_revision


@require_safe
def of_post(request: PageRequest, pk: int) -> HttpResponse:
    return _history(request, seen_post(request, pk))


@require_safe
def of_answer(request: PageRequest, pk: int) -> HttpResponse:
    return _history(request, seen_answer(request, pk))


@require_safe
def of_comment(request: PageRequest, pk: int) -> HttpResponse:
    return _history(request, seen_comment(request, pk))


@require_http_methods(["GET", "POST"])
@signed_in
def go_back(request: MemberRequest, pk: int) -> HttpResponse:
    """The text says again what it said in this revision."""
    revision = seen_revision(request, pk)
    if request.method == "GET":
        return redirect(revision.content.history_url)
    count_against_limit(request, "edit")
    return_to(revision, by=request.user)
    messages.success(request, _("It says again what it said in revision %(n)s.") % {"n": revision.number})
    return redirect(revision.content)


def _history(request: PageRequest, content: Written) -> HttpResponse:
    post = content.post
    me = membership(request.user, post.community_id)
    revisions, gone = history(content), taken_out(content)
    shown = next((one for one in revisions if str(one.number) == request.GET.get("revision")), revisions[0])
    is_old = shown.number != revisions[0].number
    context: dict[str, Any] = {
        "content": content,
        "post": post,
        "community": post.community,
        "me": me,
        "revisions": [(revision, gone.get(revision.number)) for revision in revisions],
        "shown": shown,
        "before": shown.number - 1,
        "redaction": gone.get(shown.number),
        "is_before_gone": shown.number - 1 in gone,
        "can_return": is_old and shown.number not in gone and permissions.can_edit(me, content),
        "can_redact": is_old and permissions.can_redact(me),
        "is_side_by_side": request.GET.get("view") == "side",
    }
    if shown.number not in gone:
        context |= _changes(content, shown.number, against=0 if context["is_before_gone"] else shown.number - 1)
    template = "communities/history_page.html"
    if request.htmx:
        template += "#history"
    return render(request, template, context)


def _changes(content: Written, number: int, *, against: int) -> dict[str, list[Line]]:
    """What that revision changed against another one; against none (0) it is shown as it is."""
    after = words_at(content, number)
    if not against:
        tags = whole(", ".join(after.tags))
        return {"title_lines": whole(after.title), "tag_lines": tags, "lines": whole(after.body)}
    before = words_at(content, against)
    return {
        "title_lines": _unless_equal(before.title, after.title),
        "tag_lines": _unless_equal(", ".join(before.tags), ", ".join(after.tags)),
        "lines": difference(before.body, after.body),
    }


def _unless_equal(before: str, after: str) -> list[Line]:
    return [] if before == after else difference(before, after)
