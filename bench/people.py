"""Who asks for what: the measured addresses, and members who are signed in. Run by itself it prints the scenarios."""

import json
from dataclasses import asdict
from urllib.parse import urlencode

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.middleware.csrf import _get_new_csrf_string
from django.urls import reverse

from accounts.models import User
from bench.programs import through_api
from bench.scenario import Request, Scenario, get
from communities.models import Answer, Community, Post
from communities.scale import words
from communities.tabs import Tab

READERS = 8
VOTERS = 60
ANSWERS_EACH = 5
COMMON_WORD = "condition"  # in nearly every text of the load
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def scenarios() -> list[Scenario]:
    """In the order of the table. The community is the largest one."""
    community = Community.objects.order_by("-post_count").first()
    assert community
    few, many = with_answers(community, 3), with_answers(community, 30)
    readers = [signed_in(user) for user in members(community)[:READERS]]
    needs_me = f"{reverse('communities:feed')}?show={Tab.NEEDS_YOU}"
    return [
        Scenario("landing", [get("/")]),
        Scenario("community feed", [get(community.get_absolute_url())], 18, 6),
        Scenario("my feed, needs you", [get(needs_me, reader) for reader in readers]),
        Scenario("post, 3 answers", [get(few.get_absolute_url())], 14, 4),
        Scenario("post, 3 answers, signed in", [get(few.get_absolute_url(), reader) for reader in readers], 17, 8),
        Scenario("post, 30 answers", [get(many.get_absolute_url())], 20, 4),
        Scenario("post, 30 answers, signed in", [get(many.get_absolute_url(), reader) for reader in readers], 20, 8),
        Scenario("search, common word", [get(searched(COMMON_WORD))], 110),
        Scenario("search, rare word", [get(searched(words.RARE))], 110),
        Scenario("search with operators", [get(searched(f"{COMMON_WORD} is:question score:>=5 -treaty"))], 110),
        Scenario("similar while typing", [typing(community, reader) for reader in readers]),
        Scenario("vote", votes(community), 15, 12, before_each="bench.next_week"),
        *through_api(many.pk, members(community)[0]),
    ]


def searched(text: str) -> str:
    return f"{reverse('communities:search')}?{urlencode({'q': text})}"


def typing(community: Community, reader: dict[str, str]) -> Request:
    """Nobody has asked exactly this; parts of it many have."""
    path = reverse("communities:post_similar", args=[community.slug])
    body = urlencode({"title": "How do I check the chain rule for a recursive function?"})
    return {"method": "POST", "path": path, "headers": reader | {"HX-Request": "true", **FORM}, "body": body}


def with_answers(community: Community, count: int) -> Post:
    """The latest one with so many."""
    posts = Post.objects.filter(community=community, deleted_at=None, answer_count=count)
    post = posts.select_related("community").order_by("-pk").first()
    if post is None:
        raise SystemExit(f"No post of {community} has exactly {count} answers.")
    return post


def members(community: Community) -> list[User]:
    mine = User.objects.filter(memberships__community=community, is_active=True)
    return list(mine.order_by("pk")[: READERS + VOTERS])


def signed_in(user: User) -> dict[str, str]:
    """The headers of a browser in which this member has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    token = _get_new_csrf_string()
    cookies = {settings.SESSION_COOKIE_NAME: session.session_key, settings.CSRF_COOKIE_NAME: token}
    return {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X-CSRFToken": token,
        "Origin": settings.SITE_URL,
    }


def other_than(author: int, voters: list[User], number: int) -> User:
    """A voter, or the one before where that is the author."""
    voter = voters[number % len(voters)]
    return voter if voter.pk != author else voters[number % len(voters) - 1]


def votes(community: Community) -> list[Request]:
    """Votes up by many members on answers of other people, no two on the same one; then all of them taken back."""
    voters = members(community)[READERS:]
    answers = Answer.objects.filter(post__community=community, deleted_at=None, post__deleted_at=None)
    answers = answers.exclude(post__answer_count__in=(3, 30)).order_by("pk").values_list("pk", "author")
    targets = answers[: len(voters) * ANSWERS_EACH]
    cast = [(pk, other_than(author, voters, number)) for number, (pk, author) in enumerate(targets)]
    browsers = {voter: signed_in(voter) | {"HX-Request": "true", **FORM} for voter in voters}
    return [
        {
            "method": "POST",
            "path": reverse("communities:answer_vote", args=[answer]),
            "headers": browsers[voter],
            "body": f"value={value}",
        }
        for value in (1, 0)
        for answer, voter in cast
    ]


if __name__ == "__main__":
    print(json.dumps([asdict(scenario) for scenario in scenarios()]))
