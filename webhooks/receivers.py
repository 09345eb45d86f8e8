"""Facts from below become deliveries, in their transaction; what left the history leaves the log."""

from django.dispatch import receiver

from communities.models import Answer, Comment, Community, Endorsement, Membership, Post, Revision
from communities.signals import (
    answer_accepted,
    answer_deleted,
    answer_endorsed,
    answer_published,
    answer_restored,
    comment_deleted,
    comment_published,
    comment_restored,
    member_joined,
    member_left,
    post_deleted,
    post_disassociated,
    post_published,
    post_restored,
    text_changed,
    text_redacted,
)
from outbox import enqueue
from webhooks.models import Delivery, Event, Webhook
from webhooks.tasks import send_to_webhook


def announce(event: Event, about: int, community: Community | int) -> None:
    """To each webhook of the community that listens to it."""
    place = community.pk if isinstance(community, Community) else community
    for pk in Webhook.objects.listening(place, event).values_list("pk", flat=True):
        Delivery.objects.create(webhook_id=pk, event=event, about=about)
        enqueue(send_to_webhook, pk)


def forget_words_of(content: Post | Answer | Comment) -> None:
    """What was sent of it stays with whoever got it; the log keeps none of it."""
    noun = type(content).__name__.lower()
    place = content.post.community_id
    told = Delivery.objects.filter(webhook__community=place, about=content.pk, event__startswith=f"{noun}.")
    told.update(body="")


@receiver(post_restored)
@receiver(post_published)
def tell_of_post(post: Post, **_: object) -> None:
    announce(Event.POST_PUBLISHED, post.pk, post.community_id)


@receiver(answer_restored)
@receiver(answer_published)
def tell_of_answer(answer: Answer, **_: object) -> None:
    announce(Event.ANSWER_PUBLISHED, answer.pk, answer.post.community_id)


@receiver(comment_restored)
@receiver(comment_published)
def tell_of_comment(comment: Comment, **_: object) -> None:
    announce(Event.COMMENT_PUBLISHED, comment.pk, comment.post.community_id)


@receiver(text_changed)
def tell_of_edit(content: Post | Answer | Comment, **_: object) -> None:
    event = {Post: Event.POST_EDITED, Answer: Event.ANSWER_EDITED, Comment: Event.COMMENT_EDITED}[type(content)]
    announce(event, content.pk, content.post.community_id)


@receiver(answer_accepted)
def tell_of_acceptance(answer: Answer, **_: object) -> None:
    announce(Event.ANSWER_ACCEPTED, answer.pk, answer.post.community_id)


@receiver(answer_endorsed)
def tell_of_endorsement(endorsement: Endorsement, **_: object) -> None:
    answer = endorsement.answer
    announce(Event.ANSWER_ENDORSED, answer.pk, answer.post.community_id)


@receiver(post_deleted)
def tell_that_post_went(post: Post, **_: object) -> None:
    announce(Event.POST_DELETED, post.pk, post.community_id)


@receiver(answer_deleted)
def tell_that_answer_went(answer: Answer, **_: object) -> None:
    announce(Event.ANSWER_DELETED, answer.pk, answer.post.community_id)


@receiver(comment_deleted)
def tell_that_comment_went(comment: Comment, **_: object) -> None:
    announce(Event.COMMENT_DELETED, comment.pk, comment.post.community_id)


@receiver(member_joined)
def tell_of_member(membership: Membership, **_: object) -> None:
    announce(Event.MEMBER_JOINED, membership.user_id, membership.community_id)


@receiver(member_left)
def tell_that_member_went(membership: Membership, **_: object) -> None:
    announce(Event.MEMBER_LEFT, membership.user_id, membership.community_id)


@receiver(post_disassociated)
def forget_name(post: Post, **_: object) -> None:
    forget_words_of(post)


@receiver(text_redacted)
def forget_redacted(revision: Revision, **_: object) -> None:
    forget_words_of(revision.content)
