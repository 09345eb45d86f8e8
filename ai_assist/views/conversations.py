"""Conversations: one's list of them, beginning one, asking on, another name, the end."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept import kept_text, signed_in
from accounts.requests import MemberRequest
from ai_assist import rules
from ai_assist.actions.asking import StillAnswering, ask_further, begin_conversation
from ai_assist.actions.conversing import delete_conversation, rename_conversation
from ai_assist.allowances import UsedUp, Whose, left
from ai_assist.conversations import chosen_documents, history, questions, shown
from ai_assist.forms.conversations import FirstQuestionForm, NameForm, QuestionForm
from ai_assist.models import Conversation, Message, Reach
from ai_assist.reach import name_of
from ai_assist.sayings import STILL_ANSWERING
from ai_assist.views.choosing import address_of_choice, seen_choice
from communities.models import Community
from net.limits import spend


@require_safe
@signed_in
def mine(request: MemberRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "")[: rules.QUESTION_MAX].strip()
    page = history(request.user, words, request.GET.get("before", ""))
    further = {"before": page.before} | ({"q": words} if words else {})
    context = {
        "page": page,
        "words": words,
        "next_url": f"{reverse('ai_assist:conversations')}?{urlencode(further)}" if page.before else "",
    }
    return render(request, "ai_assist/conversations_page.html", context, status=422 if page.is_lost else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def begin(request: MemberRequest) -> HttpResponse:
    """What is asked comes from the address, and from then on from the form."""
    written = address_of_choice(request) | kept_text(request)
    sent = request.POST if request.method == "POST" else None
    chosen = seen_choice(sent or written, request.user)
    form = FirstQuestionForm(sent, initial=written)
    asked, status = _asked(request, form, lambda words: begin_conversation(chosen, by=request.user, question=words))
    if asked and request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": asked.get_absolute_url()})
    if asked:
        return redirect("ai_assist:answer_wait", asked.uuid)
    context = {
        "form": form,
        "chosen": chosen,
        "communities": Community.objects.with_member(request.user).order_by("name"),
        "left": left(Whose(request.user)),
    }
    template = "ai_assist/conversation_new_page.html"
    if request.htmx:
        template += "#first_question"
    return render(request, template, context, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def show(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """POST asks the next question."""
    conversation = seen_conversation(request, uuid)
    sent = request.POST if request.method == "POST" else None
    form = QuestionForm(sent, initial=kept_text(request))
    asked, status = _asked(request, form, lambda words: ask_further(conversation, by=request.user, question=words))
    if asked and not request.htmx:
        return redirect("ai_assist:answer_wait", asked.uuid)
    if request.htmx and request.method == "POST":
        lines = shown([asked], request.user) if asked else []
        context = {"conversation": conversation, "form": QuestionForm() if asked else form, "asked": lines}
        return render(request, "ai_assist/conversation_page.html#asking", context, status=status)
    return render(request, "ai_assist/conversation_page.html", _page(request, conversation, form), status=status)


def _asked(request: MemberRequest, form: QuestionForm, ask: Callable[[str], Message]) -> tuple[Message | None, int]:
    """The question that is asked now, or why not: by the errors of the form, and the status to give it back with."""
    if request.method == "GET" or not form.is_valid():
        return None, 422 if form.errors else 200
    spend("ask", request.user.pk, rules.RATES["ask"])
    try:
        return ask(form.cleaned_data["question"]), 200
    except UsedUp as error:
        form.add_error("question", ValidationError(str(error)))
        return None, 429
    except StillAnswering:
        form.add_error("question", ValidationError(STILL_ANSWERING))
        return None, 422


def _page(request: MemberRequest, conversation: Conversation, form: QuestionForm) -> dict[str, Any]:
    before = request.GET.get("before", "")
    start = int(before) if before.isascii() and before.isdigit() and len(before) <= rules.CURSOR_DIGITS else None
    lines, earlier = questions(conversation, request.user, start)
    return {
        "conversation": conversation,
        "form": form,
        "lines": lines,
        "earlier": earlier,
        "asks": name_of(conversation, _titles(conversation, request)),
        "left": left(Whose(request.user)),
    }


def _titles(conversation: Conversation, request: MemberRequest) -> list[str]:
    if conversation.reach != Reach.DOCUMENTS:
        return []
    return [document.title for document in chosen_documents(conversation, request.user)]


@require_http_methods(["GET", "POST"])
@signed_in
def rename(request: MemberRequest, uuid: UUID) -> HttpResponse:
    conversation = seen_conversation(request, uuid)
    sent = request.POST if request.method == "POST" else None
    form = NameForm(sent, initial={"title": conversation.title} | kept_text(request))
    if request.method == "POST" and form.is_valid():
        spend("conversation", request.user.pk, rules.RATES["conversation"])
        rename_conversation(conversation, title=form.cleaned_data["title"])
        return redirect(conversation)
    context = {"form": form, "conversation": conversation}
    return render(request, "ai_assist/conversation_rename_page.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def delete(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """GET says what it means, POST does it; the second click finds it done."""
    if request.method == "GET":
        conversation = seen_conversation(request, uuid)
        return render(request, "ai_assist/conversation_delete_page.html", {"conversation": conversation})
    if standing := Conversation.objects.visible_to(request.user).filter(uuid=uuid).first():
        spend("conversation", request.user.pk, rules.RATES["conversation"])
        delete_conversation(standing)
        messages.success(request, _("The conversation is deleted."))
    return redirect("ai_assist:conversations")


def seen_conversation(request: MemberRequest, uuid: UUID) -> Conversation:
    conversations = Conversation.objects.visible_to(request.user).select_related("community", "folder")
    return get_object_or_404(conversations, uuid=uuid)
