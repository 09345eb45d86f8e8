"""The generation that is searched."""

from ai_assist import generations
from ai_assist.models import IndexGeneration
from ai_assist.stores import store
from tests.communities.at_once import at_once


def test_first_generation_follows_the_settings(db, settings):
    generation = generations.current()
    assert (generation.embedder, generation.dimension, generation.store) == ("minilm", 384, "pgvector")
    settings.AI_EMBEDDER = "another"
    assert generations.current() == generation


def test_first_generation_is_made_once(transactional_db):
    made = at_once([generations.current] * 4)
    assert len({generation.pk for generation in made}) == IndexGeneration.objects.count() == 1
    store("pgvector").drop(made[0])
