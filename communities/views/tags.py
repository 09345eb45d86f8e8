"""The tags of a community: all of them, and the page of one."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept import kept_text, signed_in
from accounts.requests import MemberRequest
from communities import permissions, rules
from communities.actions.tagging import (
    approve_tag,
    create_topic,
    describe_tag,
    merge_tags,
    reject_tag,
    separate_tag,
)
from communities.actions.unfit import Unfit
from communities.feeds import feed_rows
from communities.followed import follows
from communities.forms.buttons import YesNoForm
from communities.forms.tags import MergeForm, TagForm, TopicForm
from communities.keyset import newest_of_tag
from communities.models import Community, Membership, Tag
from communities.topics import topic_tree
from communities.views.access import count_against_limit, seen_community


@require_safe
def directory(request: HttpRequest, slug: str) -> HttpResponse:
    """The tree of topics and the most used tags; with `q` those whose name holds it."""
    community, me = seen_community(request, slug)
    tags = Tag.objects.approved().filter(community=community, synonym_of=None)
    wanted = request.GET.get("q", "").strip()[: rules.TAG_MAX]
    found = tags.filter(name__icontains=wanted) if wanted else tags.filter(is_topic=False)
    context = {
        "community": community,
        "me": me,
        "wanted": wanted,
        "topics": [] if wanted else topic_tree(tags.topics()),
        "tags": found.order_by("-post_count", "slug")[: rules.TAGS_PER_PAGE],
        "proposed": _proposed(community, me),
        "can_tend": permissions.can_tend_tags(me),
    }
    return render(request, "communities/tags_page.html", context)


def _proposed(community: Community, me: Membership | None) -> list[Tag]:
    """What waits: for moderators everything, for others what they proposed themselves."""
    if me is None:
        return []
    waiting = Tag.objects.proposed().filter(community=community).select_related("proposed_by").order_by("created_at")
    return list(waiting if permissions.can_tend_tags(me) else waiting.filter(proposed_by=me.user_id))


@require_safe
def detail(request: HttpRequest, slug: str, tag: str) -> HttpResponse:
    community, me = seen_community(request, slug)
    approved = Tag.objects.approved().filter(community=community)
    shown = get_object_or_404(approved.select_related("synonym_of__community", "parent"), slug=tag)
    if shown.synonym_of:
        return redirect(shown.synonym_of)  # for now: a browser would not forget it when the two are separated
    near = Tag.objects.filter(Q(parent=shown) | Q(synonym_of=shown)).order_by("name")
    page = newest_of_tag(shown, request.GET.get("after", ""), rules.POSTS_PER_PAGE)
    context = {
        "community": community,
        "me": me,
        "tag": shown,
        "below": [tag for tag in near if tag.parent_id],
        "synonyms": [tag for tag in near if tag.synonym_of_id],
        "rows": feed_rows(page.posts, community),
        "is_lost": page.is_lost,
        "next_url": "?" + urlencode({"after": page.next_cursor}) if page.next_cursor else "",
        "can_tend": permissions.can_tend_tags(me),
        "follows": follows(request.user, tag=shown),
    }
    return render(request, "communities/tag_page.html", context, status=422 if page.is_lost else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def create(request: MemberRequest, slug: str) -> HttpResponse:
    """A new topic."""
    community = _tended(request, slug)
    given = request.POST if request.method == "POST" else None
    form = TopicForm(given, initial=kept_text(request), community=community)
    if request.method == "POST" and form.is_valid():
        count_against_limit(request, "edit")
        try:
            return redirect(create_topic(community, by=request.user, **form.cleaned_data))
        except Unfit as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "community": community}
    return render(request, "communities/tag_form_page.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: MemberRequest, slug: str, tag: str) -> HttpResponse:
    community = _tended(request, slug)
    edited = get_object_or_404(_standing(community), slug=tag)
    shown = {field: getattr(edited, field) for field in ("name", "is_topic", "parent", "wiki")}
    given = request.POST if request.method == "POST" else None
    form = TagForm(given, initial=shown | kept_text(request), community=community, tag=edited)
    if request.method == "POST" and form.is_valid():
        count_against_limit(request, "edit")
        try:
            return redirect(describe_tag(edited, by=request.user, **form.cleaned_data))
        except Unfit as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "community": community, "tag": edited}
    return render(request, "communities/tag_form_page.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def merge(request: MemberRequest, slug: str, tag: str) -> HttpResponse:
    community = _tended(request, slug)
    merged = get_object_or_404(_standing(community), slug=tag)
    given = request.POST if request.method == "POST" else None
    form = MergeForm(given, initial=kept_text(request), community=community)
    if request.method == "POST" and form.is_valid():
        count_against_limit(request, "edit")
        into = form.cleaned_data["into"]
        try:
            merge_tags(merged, by=request.user, into=into)
        except Unfit as refusal:
            form.add_error("into", str(refusal))
        else:
            said = _("“%(name)s” is now another word for this tag.") % {"name": merged.name}
            messages.success(request, said, extra_tags=f"undo:{reverse('communities:tag_separate', args=[slug, tag])}")
            return redirect("communities:tag", community.slug, into.slug)
    context = {"form": form, "community": community, "tag": merged}
    return render(request, "communities/tag_merge_page.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def separate(request: MemberRequest, slug: str, tag: str) -> HttpResponse:
    """A synonym becomes a tag of its own again."""
    community = _tended(request, slug)
    approved = Tag.objects.approved().filter(community=community)
    synonym = get_object_or_404(approved.select_related("community"), slug=tag)
    if request.method == "POST":
        count_against_limit(request, "edit")
        separate_tag(synonym, by=request.user)
        messages.success(request, _("“%(name)s” is a tag of its own again.") % {"name": synonym.name})
    return redirect(synonym)


@require_http_methods(["GET", "POST"])
@signed_in
def judge(request: MemberRequest, slug: str, tag: str) -> HttpResponse:
    """Approves or rejects what was proposed."""
    community = _tended(request, slug)
    proposed = get_object_or_404(Tag.objects.select_related("community"), community=community, slug=tag)
    if request.method == "POST":
        is_approved = YesNoForm(request.POST).pressed()["value"]
        count_against_limit(request, "edit")
        (approve_tag if is_approved else reject_tag)(proposed, by=request.user)
    return redirect("communities:tags", community.slug)


def _tended(request: MemberRequest, slug: str) -> Community:
    """A community whose tags the person may change."""
    community, me = seen_community(request, slug)
    if not permissions.can_tend_tags(me):
        raise PermissionDenied(_("Only moderators can change tags."))
    return community


def _standing(community: Community) -> QuerySet[Tag]:
    return Tag.objects.approved().filter(community=community, synonym_of=None).select_related("community", "parent")
