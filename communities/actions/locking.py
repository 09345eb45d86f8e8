"""Rows as they are now, locked until the transaction ends: a post before its answers."""

from communities.models import Answer, Post


def lock_post(pk: int) -> Post:
    posts = Post.objects.select_for_update(of=("self",), no_key=True)
    return posts.select_related("community", "author").get(pk=pk)


def lock_answer(answer: Answer) -> Answer:
    """With its post."""
    post = lock_post(answer.post_id)
    locked = Answer.objects.select_for_update(of=("self",), no_key=True).select_related("author").get(pk=answer.pk)
    locked.post = post
    return locked
