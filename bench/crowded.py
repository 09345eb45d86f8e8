"""One answer, 200 members who vote on it, and what became of it. Run by itself it prints all that."""

import json
from typing import Any

import django

django.setup()

from django.db import connection
from django.db.models import Sum
from django.urls import reverse

from accounts.models import User
from bench.people import FORM, signed_in
from bench.scenario import Request
from communities.actions.answering import post_answer
from communities.actions.community import create_community
from communities.actions.posting import publish_post
from communities.models import Answer, Community, Membership, Trust, Visibility
from gamification.models import DailyXP, Entry
from gamification.rules import RULES, SOFT_A_DAY

PEOPLE = 200
NAME = "Crowd"


def answer() -> Answer:
    """Made once, in a community that is so new that all votes count at once."""
    found = Answer.objects.filter(post__community__name=NAME).first()
    if found is not None:
        return found
    users = [User(username=f"crowd-{number}", email=f"crowd-{number}@example.org") for number in range(PEOPLE)]
    people = User.objects.bulk_create(users)
    asker, author = (User.objects.create_user(f"crowd-{who}") for who in ("asks", "answers"))
    community = create_community(by=asker, name=NAME, tagline="All at once.", about="", visibility=Visibility.PUBLIC)
    Membership.objects.bulk_create(
        Membership(community=community, user=person, trust_level=Trust.KNOWN) for person in [author, *people]
    )
    Community.objects.filter(pk=community.pk).update(member_count=PEOPLE + 2)
    body = "There is one answer, and all of them look at it at once. What happens?"
    post = publish_post(community, by=asker, kind="question", title="What if all come at once?", body=body)
    return post_answer(post, by=author, body="One after another, each in a few milliseconds.", is_different=False)


def votes(target: Answer, value: int) -> list[Request]:
    people = User.objects.filter(memberships__community=target.post.community, username__regex="^crowd-[0-9]+$")
    path = reverse("communities:answer_vote", args=[target.pk])
    return [
        {
            "method": "POST",
            "path": path,
            "headers": signed_in(person) | {"HX-Request": "true", **FORM},
            "body": f"value={value}",
        }
        for person in people
    ]


def found(target: Answer) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        (deadlocks,) = cursor.fetchone()
    raw = DailyXP.objects.filter(user=target.author).aggregate(raw=Sum("raw", default=0))["raw"]
    awards = Entry.objects.of(target.author).filter(rule="B1").aggregate(xp=Sum("amount", default=0))["xp"]
    return {"score": target.score, "raw": raw - awards, "xp": target.author.xp - awards, "deadlocks": deadlocks}


def expected() -> dict[str, dict[str, int]]:
    raw = PEOPLE * RULES["A2"].xp
    return {
        "cast": {"score": PEOPLE, "raw": raw, "xp": min(raw, SOFT_A_DAY)},
        "taken back": {"score": 0, "raw": 0, "xp": 0},
    }


def everything() -> dict[str, Any]:
    target = answer()
    cast, taken_back = (votes(target, value) for value in (1, 0))
    return {"cast": cast, "taken back": taken_back, "found": found(target), "expected": expected()}


if __name__ == "__main__":
    print(json.dumps(everything()))
