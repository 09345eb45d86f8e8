"""Titles with words that look like those of a search which found nothing: somebody may have mistyped one."""

from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction

from accounts.models import User
from communities import rules
from communities.models import Community, Post

SETTINGS = """
    SELECT set_config('pg_trgm.word_similarity_threshold', %s, true),
           set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)
"""  # or PostgreSQL would go through all posts, sure to find enough of them soon
LIKE = "SELECT id FROM communities_post WHERE %s <%% title LIMIT %s"


def titles_like(words: Sequence[str], reader: User | AnonymousUser, community: Community | None) -> list[Post]:
    """A few posts that the reader may see, the likeliest first. So many titles are compared at most."""
    text = " ".join(words)
    if len(text) < rules.MISTYPED_FROM:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SETTINGS, [str(rules.MISTYPED_AT)])
        cursor.execute(LIKE, [text, rules.MISTYPED_COMPARED])
        like = [post for (post,) in cursor.fetchall()]
    posts = Post.objects.visible_to(reader).filter(pk__in=like)
    if community:
        posts = posts.filter(community=community)
    ranked = posts.annotate(likeness=TrigramWordSimilarity(text, "title")).order_by("-likeness", "-pk")
    return list(ranked.select_related("community")[: rules.MISTYPED_SHOWN])
