"""What a member wrote, on their profile: only what the reader may see."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.models import User
from communities import rules
from communities.feeds import feed_rows
from communities.followed import follows
from communities.models import Answer, Community, Honour, Post

SHOWN = 10


def posts_of(member: User, reader: User | AnonymousUser) -> QuerySet[Post]:
    """The latest."""
    posts = Post.objects.visible_to(reader).filter(author=member).select_related("community")
    return posts.order_by("-created_at", "-pk")[:SHOWN]


def answers_of(member: User, reader: User | AnonymousUser) -> QuerySet[Answer]:
    """The latest."""
    answers = Answer.objects.visible_to(reader).filter(author=member).select_related("post__community")
    return answers.order_by("-pk")[:SHOWN]


def communities_of(member: User, reader: User | AnonymousUser) -> QuerySet[Community]:
    """By name."""
    return Community.objects.visible_to(reader).with_member(member).order_by("name")


def profile_activity(request: HttpRequest, *, member: User) -> SafeString:
    """The latest posts, and the posts they answered last."""
    context = {
        "member": member,
        "rows": feed_rows(posts_of(member, request.user)),
        "answers": answers_of(member, request.user),
    }
    return render_to_string("communities/_profile_activity.html", context, request)


def profile_acts(request: HttpRequest, *, member: User) -> SafeString:
    """The button by which one follows the member."""
    if not request.user.is_authenticated or member == request.user:
        return SafeString("")
    address = reverse("communities:person_follow", args=[member.username])
    context = {"follow_url": address, "noun": f"person-{member.pk}", "follows": follows(request.user, person=member)}
    return render_to_string("communities/_follow.html", context, request)


def profile_side(request: HttpRequest, *, member: User) -> SafeString:
    """The communities of the member that the reader may see."""
    context = {"communities": communities_of(member, request.user)}
    return render_to_string("communities/_profile_side.html", context, request)


def profile_honours(request: HttpRequest, *, member: User) -> SafeString:
    """What the member earned where an import found them, of the communities that the reader may see."""
    seen = Honour.objects.filter(member=member, community__in=Community.objects.visible_to(request.user))
    context = {"honours": seen.in_order()[: rules.HONOURS_SHOWN]}
    return render_to_string("communities/_profile_honours.html", context, request)
