"""What this floor does about facts, from below and of its own."""

from django.db.models import F, Q
from django.dispatch import receiver

from accounts.models import User
from accounts.signals import profile_changed
from communities.actions.following import follow_by_writing
from communities.models import Answer, Callout, Comment, Post, Rewording, Telling
from communities.signals import answer_published, comment_published, everyone_called, language_changed, post_published
from communities.tasks import reword_posts, tell_everyone, tell_followers
from outbox import enqueue


@receiver(profile_changed)
def show_new_byline(user: User, **_: object) -> None:
    """Marks everything that shows the member's name or picture as changed, so that no cached fragment keeps the old.

    Locks posts, then answers, each in the order of their ids: two people may be renamed at once.
    """
    shown = Q(author=user) | Q(comments__author=user)
    posts = Post.objects.filter(pk__in=Post.objects.filter(shown).values("pk"))
    endorsed = Q(endorsements__by=user, endorsements__withdrawn_at=None)
    answers = Answer.objects.filter(pk__in=Answer.objects.filter(shown | endorsed | Q(accepted_by=user)).values("pk"))
    for changed in (posts, answers):
        pks = list(changed.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
        changed.model._base_manager.filter(pk__in=pks).update(version=F("version") + 1)


@receiver(post_published)
def tell_of_post(post: Post, **_: object) -> None:
    """Followers hear of it soon."""
    follow_by_writing(post, by=post.author)
    enqueue(tell_followers, Telling.objects.create(post=post).pk)


@receiver(answer_published)
def tell_of_answer(answer: Answer, **_: object) -> None:
    follow_by_writing(answer.post, by=answer.author)
    enqueue(tell_followers, Telling.objects.create(post=answer.post, answer=answer).pk)


@receiver(comment_published)
def tell_of_comment(comment: Comment, **_: object) -> None:
    follow_by_writing(comment.post, by=comment.author)
    telling = Telling.objects.create(post=comment.post, answer=comment.answer, comment=comment)
    enqueue(tell_followers, telling.pk)


@receiver(language_changed)
def reword_soon(rewording: Rewording, **_: object) -> None:
    enqueue(reword_posts, rewording.pk)


@receiver(everyone_called)
def tell_members(callout: Callout, **_: object) -> None:
    enqueue(tell_everyone, callout.pk)
