"""Asking: the form of each kind of post, what a community says beside it, and another kind afterwards."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.kept import kept_text, signed_in
from accounts.requests import MemberRequest
from communities import permissions, rules
from communities.actions.community import guide_asking
from communities.actions.drafting import closing_draft
from communities.actions.posting import convert_post, publish_post
from communities.drafts import Place
from communities.forms.communities import AskingForm
from communities.forms.posts import KindForm, PostForm, QuestionForm, TextPostForm
from communities.guided import in_one_text, in_parts, words_beside_title
from communities.lints import names_beyond, warnings
from communities.models import Community, DraftKind, Membership, PostKind
from communities.searching.similar import similar_posts
from communities.views.access import count_against_limit, seen_community, seen_post
from communities.views.opening import open_form
from communities.views.saved import say_what_waits

TITLES = {
    PostKind.QUESTION: gettext_lazy("What do you want to know?"),
    PostKind.DISCUSSION: gettext_lazy("What do you want to talk about?"),
    PostKind.RESOURCE: gettext_lazy("What helped you learn?"),
    PostKind.ANNOUNCEMENT: gettext_lazy("What should everybody know?"),
}


@require_http_methods(["GET", "POST"])
@signed_in
def ask(request: MemberRequest, slug: str) -> HttpResponse:
    """The kind comes from a tab, `?kind=`. Warnings hold a post up once: who sends it again means it."""
    community, me = seen_community(request, slug)
    if me is None:
        messages.info(request, _("Join first, then you can post here."))
        return redirect("communities:community_join", community.slug)
    check_asks(me)
    drafts, written = open_form(request, Place(DraftKind.POST, community))
    sent = request.POST if request.method == "POST" else None
    kind = _kind((sent or request.GET).get("kind", written.get("kind", "")))
    form = form_of(kind, sent, written, community, me)
    warned: list[Promise | str] = []
    if sent is not None and "look" in sent:
        form = form_of(kind, None, sent.dict(), community, me)
        title = sent.get("title", "").replace("\0", "")[: rules.TITLE_MAX]
        form.similar = similar_posts(community, title, words_beside_title(sent))
    elif sent is not None and form.is_valid():
        body = form.cleaned_data["body"]
        warned = [*warnings(kind, body), *names_beyond(body, permissions.most_mentions(me))]
        if not warned or "anyway" in sent:
            count_against_limit(request, "post")
            with closing_draft(request.POST.dict(), by=request.user):
                post = publish_post(community, by=request.user, kind=kind, **form.cleaned_data)
            say_what_waits(request, post)
            return redirect(post)
    context = _around(community, me, kind) | {"form": form, "warnings": warned, "drafts": drafts}
    return render(request, "communities/ask_page.html", context, status=422 if form.errors or warned else 200)


def _kind(value: str) -> PostKind:
    return PostKind(value) if value in PostKind.values else PostKind.QUESTION


def check_asks(me: Membership | None) -> None:
    """Raises PermissionDenied for those who may not post."""
    if me is None:
        raise PermissionDenied(_("Only members of this community can post here."))
    if not permissions.can_ask(me):
        raise PermissionDenied(_("You can only read in this community."))


def form_of(
    kind: PostKind, sent: Any, written: dict[str, Any], community: Community, me: Membership | None
) -> PostForm:
    """Empty but for what was `written` before, or with what was `sent`."""
    if kind != PostKind.QUESTION:
        begun = in_one_text(written, community.question_template)
        return TextPostForm(sent, initial=begun, community=community, me=me)
    return QuestionForm(sent, initial=in_parts(written), community=community, me=me)


def _around(community: Community, me: Membership | None, kind: PostKind) -> dict[str, Any]:
    kinds = [each for each in PostKind if permissions.can_publish(me, each)]
    return {"community": community, "me": me, "kind": kind, "kinds": kinds, "title": TITLES[kind]}


@require_http_methods(["GET", "POST"])
@signed_in
def guide(request: MemberRequest, slug: str) -> HttpResponse:
    """What new questions begin with, and the hints beside the form."""
    community, me = seen_community(request, slug)
    if not permissions.can_manage(me):
        raise PermissionDenied(_("Only owners can change the community."))
    shown = {"question_template": community.question_template, "asking_hints": community.asking_hints}
    form = AskingForm(request.POST if request.method == "POST" else None, initial=shown | kept_text(request))
    if request.method == "POST" and form.is_valid():
        count_against_limit(request, "edit")
        guide_asking(community, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("communities:post_ask", community.slug)
    context = {"form": form, "community": community, "me": me}
    return render(request, "communities/asking_form_page.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def convert(request: MemberRequest, pk: int) -> HttpResponse:
    post = seen_post(request, pk)
    me = Membership.objects.of(request.user, post.community)
    if not permissions.can_convert(me, post):
        raise PermissionDenied(_("Only moderators can change what kind of post this is."))
    form = KindForm(request.POST if request.method == "POST" else None, initial={"kind": post.kind})
    if request.method == "POST" and form.is_valid():
        count_against_limit(request, "edit")
        return redirect(convert_post(post, by=request.user, kind=form.cleaned_data["kind"]))
    context = {"form": form, "post": post, "community": post.community, "me": me}
    return render(request, "communities/kind_form_page.html", context, status=422 if form.errors else 200)
