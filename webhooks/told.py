"""What a webhook is told: an event, and what it is about as every member of the community may read it."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from ninja import Field, Schema

from communities.api.texts import (
    AnswerOut,
    CommentOut,
    PersonOut,
    PostFacts,
    TextOut,
    comment_out,
    load_answers,
    person_out,
    whole_texts,
)
from communities.models import Answer, Comment, Community, Membership, Post, Role
from webhooks.models import TEST, Delivery, Event


class PostTold(PostFacts, TextOut):
    comment_count: int


class MemberTold(PersonOut):
    role: Role
    joined_at: datetime


class Gone(Schema):
    """Nothing but its number is told of what is not there any more."""

    id: int


class Told(Schema):
    """What is sent to a webhook."""

    id: str = Field(description="The same in each attempt: who got it before need not do it again.")
    event: str
    at: datetime
    community: str = Field(description="Its slug.")
    object: PostTold | AnswerOut | CommentOut | MemberTold | Gone | None


ENDED = {Event.POST_DELETED, Event.ANSWER_DELETED, Event.COMMENT_DELETED, Event.MEMBER_LEFT}


def body_of(delivery: Delivery) -> str | None:
    """As it stands now. None: there is nothing to tell any more, it came back or went since."""
    community = delivery.webhook.community
    now = None if delivery.event == TEST else _NOUNS[delivery.noun](delivery.about, community)
    if delivery.event in ENDED:
        if now is not None:
            return None
        now = Gone(id=delivery.about)
    elif now is None and delivery.event != TEST:
        return None
    told = Told(
        id=str(delivery.uuid), event=delivery.event, at=delivery.created_at, community=community.slug, object=now
    )
    return json.dumps(told.model_dump(mode="json"), ensure_ascii=False)


def _post(pk: int, community: Community) -> PostTold | None:
    post = Post.objects.visible_to(_reader(community)).filter(community=community, pk=pk).first()
    made = whole_texts(post, [])[0] if post else None
    return PostTold.model_validate(made) if made else None


def _answer(pk: int, community: Community) -> AnswerOut | None:
    if not Answer.objects.visible_to(_reader(community)).filter(post__community=community, pk=pk).exists():
        return None
    return AnswerOut.model_validate(load_answers([pk])[pk] | {"mine": None})


def _comment(pk: int, community: Community) -> CommentOut | None:
    comments = Comment.objects.visible_to(_reader(community)).filter(post__community=community, pk=pk)
    comment = comments.select_related("author", "post__community", "answer").first()
    return CommentOut.model_validate(comment_out(comment)) if comment else None


def _member(pk: int, community: Community) -> MemberTold | None:
    members = Membership.objects.filter(community=community, user=pk, user__is_active=True)
    member = members.select_related("user").first()
    if member is None:
        return None
    return MemberTold(**person_out(member.user), role=Role(member.role), joined_at=member.joined_at)


def _reader(community: Community) -> Any:
    """Who belongs to it: an owner sees no more of what stands than any member does."""
    return community.memberships.filter(role=Role.OWNER).select_related("user").order_by("pk")[0].user


_NOUNS: dict[str, Callable[[int, Community], Any]] = {
    "post": _post,
    "answer": _answer,
    "comment": _comment,
    "member": _member,
}
