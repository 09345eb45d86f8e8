"""What a member wrote, on their profile: only what the reader may see."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.models import User
from communities import rules
from communities.feeds import feed_rows
from communities.followed import follows
from communities.keyset import LATEST, NEWEST, Lost, Order, keyset_rows
from communities.models import Answer, Community, Honour, Post
from communities.models.content import NOT_DELETED


@dataclass(frozen=True)
class Contribution:
    """What a member wrote in one community."""

    community: Community
    posts: int
    answers: int
    accepted: int
    endorsed: int


def posts_of(member: User, reader: User | AnonymousUser) -> QuerySet[Post]:
    """The latest first."""
    posts = Post.objects.visible_to(reader).filter(author=member).select_related("community")
    return posts.order_by("-created_at", "-pk")


def answers_of(member: User, reader: User | AnonymousUser) -> QuerySet[Answer]:
    """The latest first."""
    answers = Answer.objects.visible_to(reader).filter(author=member).select_related("post__community")
    return answers.order_by("-pk")


def communities_of(member: User, reader: User | AnonymousUser) -> QuerySet[Community]:
    """By name; none where the member keeps them to themselves."""
    if not member.shows_places and member != reader:
        return Community.objects.none()
    return Community.objects.visible_to(reader).with_member(member).order_by("name")


def contributions_of(member: User, reader: User | AnonymousUser) -> list[Contribution]:
    """To the communities that the reader sees of them: three questions, however many these are."""
    places = list(communities_of(member, reader))
    if not places:
        return []
    written = Post.objects.filter(NOT_DELETED, author=member, community__in=places).order_by()
    posts = dict(written.values_list("community").annotate(Count("pk")))
    below = Answer.objects.filter(NOT_DELETED, author=member, post__community__in=places, post__deleted_at=None)
    sums = below.order_by().values_list("post__community")
    rows = sums.annotate(Count("pk"), Count("accepted_at"), Count("endorsed_at"))
    answers = {place: counts for place, *counts in rows}
    return [Contribution(place, posts.get(place.pk, 0), *answers.get(place.pk, (0, 0, 0))) for place in places]


def profile_activity(request: HttpRequest, *, member: User) -> SafeString:
    """Posts, or with `?show=answers` answers and replies, page by page."""
    cursor = request.GET.get("after", "")
    context: dict[str, Any] = {"member": member, "is_own": member == request.user}
    if request.GET.get("show") == "answers":
        answers, more, is_lost = _page(LATEST, cursor, answers_of(member, request.user))
        context |= {"shows_answers": True, "answers": answers}
    else:
        posts, more, is_lost = _page(NEWEST, cursor, posts_of(member, request.user))
        context |= {"rows": feed_rows(posts)}
    query = {"after": more} | ({"show": "answers"} if "answers" in context else {})
    context |= {"is_lost": is_lost, "next_url": f"?{urlencode(query)}" if more else ""}
    return render_to_string("communities/_profile_activity.html", context, request)


def _page[M: Model](order: Order, cursor: str, rows: QuerySet[M]) -> tuple[list[M], str, bool]:
    """Rows, the cursor of the next ones, and whether the given one made no sense: then it is the first page."""
    try:
        return *keyset_rows(order, cursor, rules.ON_PROFILE, rows), False
    except Lost:
        return *keyset_rows(order, "", rules.ON_PROFILE, rows), True


def profile_acts(request: HttpRequest, *, member: User) -> SafeString:
    """The button by which one follows the member."""
    if not request.user.is_authenticated or member == request.user or member.is_former:
        return SafeString("")
    address = reverse("communities:person_follow", args=[member.username])
    context = {"follow_url": address, "noun": f"person-{member.pk}", "follows": follows(request.user, person=member)}
    return render_to_string("communities/_follow.html", context, request)


def profile_side(request: HttpRequest, *, member: User) -> SafeString:
    """The communities of the member that the reader may see, and what they contributed there."""
    context = {"contributions": contributions_of(member, request.user)}
    return render_to_string("communities/_profile_side.html", context, request)


def profile_honours(request: HttpRequest, *, member: User) -> SafeString:
    """What the member earned where an import found them, of the communities that the reader may see."""
    seen = Honour.objects.filter(member=member, community__in=Community.objects.visible_to(request.user))
    context = {"honours": seen.in_order()[: rules.HONOURS_SHOWN]}
    return render_to_string("communities/_profile_honours.html", context, request)
