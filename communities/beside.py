"""What stands beside a text in its fragment and comes with it, in one question: who endorses it, why it is doubted."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef
from django.db.models.functions import JSONObject

from accounts.models import User
from communities import rules
from communities.models import Answer, Endorsement, Membership, Post, Reason, Vote


def endorsements_of_answer() -> ArraySubquery:
    """Of each answer in a query; `endorsements_in` reads them."""
    standing = Endorsement.objects.standing().filter(answer=OuterRef("pk")).order_by("created_at", "pk")
    return ArraySubquery(standing.values(said=JSONObject(role="role", username="by__username", name="by__name")))


def endorsements_in(beside: Sequence[dict[str, Any]]) -> list[Endorsement]:
    return [Endorsement(role=said["role"], by=User(username=said["username"], name=said["name"])) for said in beside]


def doubts_about(text: type[Post | Answer], me: Membership | None) -> ArraySubquery:
    """Of each text in a query that is the reader's own: the reasons that several gave for a down vote.

    `doubts_in` reads them.
    """
    here: dict[str, Any] = {"answer": OuterRef("pk")} if text is Answer else {"post": OuterRef("pk"), "answer": None}
    writer = {"answer__author" if text is Answer else "post__author": me.user_id if me and me.is_writer else None}
    down = Vote.objects.filter(value=-1, **here, **writer).exclude(reason="")
    counted = down.values("reason").annotate(count=Count("pk")).filter(count__gte=rules.REASONS_SHOWN_FROM)
    return ArraySubquery(counted.order_by("-count", "reason").values(said=JSONObject(reason="reason", count="count")))


def doubts_in(beside: Sequence[dict[str, Any]]) -> list[tuple[str, int]]:
    """Each reason in words, and how many gave it."""
    return [(str(Reason(said["reason"]).label), said["count"]) for said in beside]
