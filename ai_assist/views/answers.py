"""One question with its answer: as it is now, stopping it, saying whether it helped."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept import signed_in
from accounts.requests import MemberRequest
from ai_assist import rules
from ai_assist.actions.asking import judge_answer, stop_answer
from ai_assist.actions.passing_on import draft_post
from ai_assist.conversations import shown
from ai_assist.forms.conversations import JudgeForm
from ai_assist.models import Message
from communities.models import Community
from net.limits import spend


@require_safe
@signed_in
def show(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """htmx gets the question alone; others are led to where it stands."""
    return _now(request, seen_message(request, uuid))


@require_http_methods(["GET", "POST"])
@signed_in
def stop(request: MemberRequest, uuid: UUID) -> HttpResponse:
    message = seen_message(request, uuid)
    if request.method == "POST":
        spend("conversation", request.user.pk, rules.RATES["conversation"])
        stop_answer(message)
        message.refresh_from_db()
    return _now(request, message)


@require_http_methods(["GET", "POST"])
@signed_in
def judge(request: MemberRequest, uuid: UUID) -> HttpResponse:
    message = seen_message(request, uuid)
    form = JudgeForm(request.POST)
    if request.method == "POST" and form.is_valid():
        spend("conversation", request.user.pk, rules.RATES["conversation"])
        judge_answer(message, form.cleaned_data["value"])
        message.refresh_from_db()
    return _now(request, message)


@require_http_methods(["GET", "POST"])
@signed_in
def pass_on(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """To the form for a new post in a community of one's own, filled with the question."""
    message = seen_message(request, uuid)
    communities = Community.objects.with_member(request.user)
    if request.method == "POST":
        slug = request.POST.get("community", "").replace("\0", "")
        community = get_object_or_404(communities, slug=slug)
        draft = draft_post(message, by=request.user, community=community)
        return redirect(f"{reverse('communities:post_ask', args=[community.slug])}?draft={draft.pk}")
    first = message.conversation.community_id
    ordered = sorted(communities.order_by("name"), key=lambda community: community.pk != first)
    context = {"message": message, "conversation": message.conversation, "communities": ordered}
    return render(request, "ai_assist/pass_on_page.html", context)


def _now(request: MemberRequest, message: Message) -> HttpResponse:
    if not request.htmx:
        return redirect(message)
    (line,) = shown([message], request.user)
    return render(request, "ai_assist/_question.html", {"line": line, "announce": True})


def seen_message(request: MemberRequest, uuid: UUID) -> Message:
    messages = Message.objects.visible_to(request.user).select_related("conversation__community")
    return get_object_or_404(messages, uuid=uuid)
