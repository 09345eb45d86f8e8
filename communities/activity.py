"""What a member wrote, on their profile: only what the reader may see."""

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


def profile_activity(request: HttpRequest, *, member: User) -> SafeString:
    """The latest posts, and the posts they answered last."""
    posts = Post.objects.visible_to(request.user).filter(author=member).select_related("community")
    answers = Answer.objects.visible_to(request.user).filter(author=member).select_related("post__community")
    context = {
        "member": member,
        "rows": feed_rows(posts.order_by("-created_at", "-pk")[:SHOWN]),
        "answers": answers.order_by("-pk")[:SHOWN],
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
    communities = Community.objects.visible_to(request.user).with_member(member).order_by("name")
    return render_to_string("communities/_profile_side.html", {"communities": communities}, request)


def profile_honours(request: HttpRequest, *, member: User) -> SafeString:
    """What the member earned where an import found them, of the communities that the reader may see."""
    seen = Honour.objects.filter(member=member, community__in=Community.objects.visible_to(request.user))
    context = {"honours": seen.in_order()[: rules.HONOURS_SHOWN]}
    return render_to_string("communities/_profile_honours.html", context, request)
