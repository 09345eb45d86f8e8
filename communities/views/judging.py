"""What people vouch for and doubt: endorsements, outcomes, and why an answer can be trusted so far."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept import kept_text, signed_in
from accounts.models import User
from accounts.requests import MemberRequest
from communities import permissions, rules
from communities.actions.endorsing import endorse_answer, withdraw_endorsement
from communities.actions.reacting import clear_reports, react, take_back
from communities.forms.buttons import YesNoForm
from communities.forms.judging import ReportForm, TakeBackForm
from communities.judgements import endorsers
from communities.models import Answer, Endorsement, Membership, Outcome, Reaction
from communities.models.content import NOT_DELETED
from communities.threads import one_answer
from communities.views.access import count_against_limit, seen_answer, seen_community
from communities.views.answers import answer_url


@require_safe
def trust(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the answer can be trusted, and who says so."""
    answer = seen_answer(request, pk)
    me = Membership.objects.of(request.user, answer.post.community)
    context = {
        "answer": answer,
        "post": answer.post,
        "community": answer.post.community,
        "endorsements": endorsers(answer),
        "reports": answer.reactions.reports().select_related("by").order_by("-created_at"),
        "me": me,
        "can_endorse": permissions.can_endorse(me, answer),
        "can_clear": permissions.can_clear_reports(me, answer),
    }
    return render(request, "communities/answer_trust_page.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def endorse(request: MemberRequest, pk: int) -> HttpResponse:
    answer = seen_answer(request, pk)
    if request.method == "GET":
        return redirect(answer_url(answer))
    is_wanted = YesNoForm(request.POST).pressed()["value"]
    count_against_limit(request, "react")
    (endorse_answer if is_wanted else withdraw_own)(answer, by=request.user)
    return _answer_now(request, answer)


def withdraw_own(answer: Answer, *, by: User) -> None:
    """Whoever may endorse may also not have endorsed."""
    mine = answer.endorsements.standing().filter(by=by).first()
    if mine is not None:
        withdraw_endorsement(mine, by=by)
    elif not permissions.can_endorse(Membership.objects.of(by, answer.post.community_id), answer):
        raise PermissionDenied(_("Mentors and moderators endorse answers to questions here."))


@require_http_methods(["GET", "POST"])
@signed_in
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    answers = Answer.objects.visible_to(request.user)
    found = Endorsement.objects.filter(answer__in=answers).select_related("answer__post__community")
    endorsement = get_object_or_404(found, pk=pk)
    if request.method == "POST":
        count_against_limit(request, "react")
        withdraw_endorsement(endorsement, by=request.user)
    return redirect("communities:answer_trust", endorsement.answer_id)


@require_http_methods(["GET", "POST"])
@signed_in
def worked(request: MemberRequest, pk: int) -> HttpResponse:
    answer = seen_answer(request, pk)
    if request.method == "GET":
        return redirect(answer_url(answer))
    is_wanted = YesNoForm(request.POST).pressed()["value"]
    count_against_limit(request, "react")
    (react if is_wanted else take_back)(answer, by=request.user, outcome=Outcome.WORKED)
    return _answer_now(request, answer)


@require_http_methods(["GET", "POST"])
@signed_in
def report(request: MemberRequest, pk: int) -> HttpResponse:
    """Says that the answer is outdated or wrong; with `withdraw`, says so no longer."""
    answer = seen_answer(request, pk)
    me = Membership.objects.of(request.user, answer.post.community)
    if not permissions.can_react(me, answer):
        raise PermissionDenied(_("Members whom this community knows can say this about the answers of others."))
    back = TakeBackForm(request.POST)
    if request.method == "POST" and back.is_valid():
        count_against_limit(request, "react")
        take_back(answer, by=request.user, outcome=back.cleaned_data["withdraw"])
        return _answer_now(request, answer)
    form = ReportForm(request.POST if request.method == "POST" else None, initial=kept_text(request))
    if request.method == "POST" and form.is_valid():
        count_against_limit(request, "react")
        react(answer, by=request.user, **form.cleaned_data)
        return _answer_now(request, answer)
    context = {"form": form, "answer": answer, "post": answer.post, "community": answer.post.community, "me": me}
    template = "communities/report_form_page.html"
    if request.htmx:
        template += "#report_form"
    return render(request, template, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def clear(request: MemberRequest, pk: int) -> HttpResponse:
    answer = seen_answer(request, pk)
    if request.method == "POST":
        count_against_limit(request, "react")
        clear_reports(answer, by=request.user)
    return redirect("communities:answer_trust", answer.pk)


@signed_in
@require_safe
def stale(request: MemberRequest, slug: str) -> HttpResponse:
    """What members found outdated or wrong, for moderators to look at; the newest first."""
    community, me = seen_community(request, slug)
    if not permissions.can_moderate(me):
        raise PermissionDenied(_("Only moderators look through stale answers."))
    reports = Prefetch("reactions", Reaction.objects.reports().select_related("by"), to_attr="reports")
    answers = Answer.objects.filter(
        NOT_DELETED, stale_at__isnull=False, post__community=community, post__deleted_at=None
    )
    answers = answers.select_related("author", "post__community").prefetch_related(reports).order_by("-stale_at")
    page = Paginator(answers, rules.POSTS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "communities/stale_page.html", {"community": community, "me": me, "page": page})


def _answer_now(request: MemberRequest, answer: Answer) -> HttpResponse:
    """The answer as it stands now, in place of the old one."""
    if not request.htmx:
        return redirect(answer_url(answer))
    html = one_answer(seen_answer(request, answer.pk), request.user)
    return HttpResponse(html, headers={"HX-Retarget": f"#{answer.anchor}", "HX-Reswap": "outerHTML"})
