"""The vote box."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.kept import signed_in
from accounts.requests import MemberRequest
from communities.actions.voting import ReasonMissing, cast_vote
from communities.forms.judging import VoteForm
from communities.models import Answer, Post, Reason
from communities.permissions import takes_down_votes
from communities.threads import Standing
from communities.views.access import count_against_limit, read_answer, read_post


@require_http_methods(["GET", "POST"])
@signed_in
def post_vote(request: MemberRequest, pk: int) -> HttpResponse:
    return _vote(request, read_post(request, pk))


@require_http_methods(["GET", "POST"])
@signed_in
def answer_vote(request: MemberRequest, pk: int) -> HttpResponse:
    return _vote(request, read_answer(request, pk))


def _vote(request: MemberRequest, content: Post | Answer) -> HttpResponse:
    if request.method == "GET":
        return redirect(content)
    given = VoteForm(request.POST).pressed()
    count_against_limit(request, "vote")
    try:
        vote = cast_vote(content, by=request.user, **given)
    except ReasonMissing:
        return _ask_why(request, content)
    if not request.htmx:
        return redirect(content)
    standing = Standing(is_member=True, takes_down_votes=takes_down_votes(content), my_vote=vote.value if vote else 0)
    return render(request, "communities/_vote.html", {"content": content, "standing": standing, "announce": True})


def _ask_why(request: MemberRequest, content: Post | Answer) -> HttpResponse:
    """The reasons to choose from, beside the box or on a page of their own: a question, so nothing went wrong."""
    template = "communities/vote_reason_page.html"
    if request.htmx:
        template += "#vote_reasons"
    post = content.post if isinstance(content, Answer) else content
    context = {"content": content, "reasons": Reason.choices, "community": post.community}
    return render(request, template, context)
