"""Documents that do not say what their posts and answers say."""

from django.db import transaction

from communities.models import Post, SearchDocument
from communities.searching.documents import write_documents


def documents() -> dict[int, tuple[int, str, str]]:
    rows = SearchDocument.objects.values_list("post", "community", "title_words", "words")
    return {post: (community, title, words) for post, community, title, words in rows}


def stale_documents() -> set[int]:
    """Posts whose document a rebuild would write, change or take away."""
    with transaction.atomic():
        before = documents()
        write_documents(Post._base_manager.values_list("pk", flat=True))
        after = documents()
        transaction.set_rollback(True)
    return {post for post in before.keys() | after.keys() if before.get(post) != after.get(post)}
