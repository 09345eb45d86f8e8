"""Following a community, a tag, a post, a person; and the page of all that one follows."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.buttons import ButtonForm
from accounts.kept import signed_in
from accounts.requests import MemberRequest
from communities.actions.following import Target, follow
from communities.followed import followable_by, followed_by
from communities.models import Level, Tag
from communities.views.access import count_against_limit, read_post, seen_community


class LevelForm(ButtonForm):
    level = forms.ChoiceField(choices=Level)
    back = forms.ChoiceField(choices=[("list", "list")], required=False)


@require_http_methods(["GET", "POST"])
@signed_in
def community(request: MemberRequest, slug: str) -> HttpResponse:
    followed, _me = seen_community(request, slug)
    about = reverse("communities:community_about", args=[slug])  # where its button stands
    return _follow(request, followed, noun=f"community-{followed.pk}", page=about)


@require_http_methods(["GET", "POST"])
@signed_in
def tag(request: MemberRequest, slug: str, tag: str) -> HttpResponse:
    followed = followable_tag(request, slug, tag)
    return _follow(request, followed, noun=f"tag-{followed.pk}", page=followed.get_absolute_url())


def followable_tag(request: MemberRequest, slug: str, tag: str) -> Tag:
    community, _me = seen_community(request, slug)
    standing = Tag.objects.approved().filter(community=community, synonym_of=None).select_related("community")
    return get_object_or_404(standing, slug=tag)


@require_http_methods(["GET", "POST"])
@signed_in
def post(request: MemberRequest, pk: int) -> HttpResponse:
    followed = read_post(request, pk)
    return _follow(request, followed, noun=followed.anchor, page=followed.get_absolute_url())


@require_http_methods(["GET", "POST"])
@signed_in
def person(request: MemberRequest, username: str) -> HttpResponse:
    followed = get_object_or_404(followable_by(request.user), username__iexact=username)
    return _follow(request, followed, noun=f"person-{followed.pk}", page=followed.get_absolute_url())


@require_safe
@signed_in
def mine(request: MemberRequest) -> HttpResponse:
    """What one follows, as far as one may still see it."""
    return render(request, "communities/following_page.html", {"groups": followed_by(request.user), "levels": Level})


def _follow(request: MemberRequest, target: Target, *, noun: str, page: str) -> HttpResponse:
    if request.method == "GET":
        return redirect(page)
    given = LevelForm(request.POST).pressed()
    count_against_limit(request, "follow")
    level = follow(target, by=request.user, level=given["level"]).level
    if request.htmx and not given["back"]:
        context = {"follow_url": request.path, "noun": noun, "follows": level == Level.ALL}
        return render(request, "communities/_follow.html", context)
    return redirect("communities:following") if given["back"] else redirect(page)
