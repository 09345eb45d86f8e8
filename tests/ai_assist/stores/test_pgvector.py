"""What only PostgreSQL's store does: its indexes."""

from django.db import connection

from ai_assist import generations
from ai_assist.models import IndexGeneration
from ai_assist.stores import store
from tests.communities.test_plans import plans

EAST = [1.0] + [0.0] * 383


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE indexname LIKE 'embedding_near_%'")
        return {name for (name,) in cursor.fetchall()}


def test_each_generation_has_an_index_of_its_own_until_it_is_dropped(db):
    before = indexes()
    first = generations.current()
    other = IndexGeneration.objects.create(embedder="other", dimension=512, store="pgvector", state="building")
    store("pgvector").prepare(other)
    assert indexes() - before == {f"embedding_near_{first.pk}", f"embedding_near_{other.pk}"}
    store("pgvector").drop(other)
    assert indexes() - before == {f"embedding_near_{first.pk}"}


def test_query_is_answered_by_the_index_of_its_generation(db):
    generation = generations.current()
    (*_, plan) = plans(lambda: store("pgvector").query(generation, EAST, scopes={"u:1"}, top_k=50))
    assert f"Index Scan using embedding_near_{generation.pk}" in plan
