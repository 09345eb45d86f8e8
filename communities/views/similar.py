"""What is there already, shown while somebody asks; and the one that answered them before they had to."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.kept import signed_in
from accounts.requests import MemberRequest
from communities import permissions, rules
from communities.actions.drafting import answered_by
from communities.guided import words_beside_title
from communities.models import Membership
from communities.searching.similar import similar_posts
from communities.views.access import count_against_limit, seen_community, seen_post
from net.limits import TooOften


@require_http_methods(["GET", "POST"])
def while_typing(request: HttpRequest, slug: str) -> HttpResponse:
    """A page asks for it by itself: whose session ended is not sent away to sign in while they write, and too often
    shows nothing new."""
    community, me = seen_community(request, slug)
    if request.method == "GET":
        return redirect("communities:post_ask", community.slug)
    if request.user.is_anonymous:
        return HttpResponse(status=204)
    if not permissions.can_ask(me):
        raise PermissionDenied(_("Only members of this community can post here."))
    try:
        count_against_limit(request, "similar")
    except TooOften:
        return HttpResponse(status=204)
    title = " ".join(request.POST.get("title", "").replace("\0", "").split())[: rules.TITLE_MAX]
    posts = (
        similar_posts(community, title, words_beside_title(request.POST)) if len(title) >= rules.SIMILAR_FROM else []
    )
    return render(request, "communities/_similar.html", {"posts": posts})


@require_http_methods(["GET", "POST"])
@signed_in
def answers_me(request: MemberRequest, pk: int) -> HttpResponse:
    """Takes the asker there; the draft is put away, and a message brings it back."""
    post = seen_post(request, pk)
    if request.method == "GET":
        return redirect(post)
    if not permissions.can_ask(Membership.objects.of(request.user, post.community)):
        raise PermissionDenied(_("Only members of this community can post here."))
    count_against_limit(request, "edit")
    draft = answered_by(post, by=request.user, sent=request.POST.dict())
    undo = f"undo:{reverse('communities:draft_restore', args=[draft.pk])}" if draft else ""
    messages.success(request, _("Good. Your question is put away with your drafts."), extra_tags=undo)
    return redirect(post)
