"""Two hundred questions to an index that is wrong about everybody's rights: nobody reads what is not theirs."""

import random

from django.contrib.auth.models import AnonymousUser

from ai_assist import generations
from ai_assist.models import Chunk, Document
from ai_assist.retrieval import search
from ai_assist.retrieval.alarms import alarms
from ai_assist.stores import store
from communities.models import Membership
from tests.ai_assist.library import make_document
from tests.factories import make_community

SECRETS = ["the lighthouse", "the rye bread", "the tram to Velden", "the garden snail", "the red kite", "the old mill"]
TRIES = 200


def test_nobody_finds_passages_of_others_whatever_the_index_says(ada, bob, mina, eve, each_store):
    closed = make_community(ada, bob, name="Closed", visibility="private")
    opened = make_community(bob, mina, name="Open")
    homes = [
        {"owner": ada},
        {"owner": bob},
        {"owner": ada, "community": closed, "audience": "community"},
        {"owner": bob, "community": opened, "audience": "community"},
        {"owner": bob, "community": opened, "audience": "public"},
        {"owner": ada, "community": closed, "audience": "private"},
        {"owner": bob, "community": closed, "audience": "community", "state": "deleting"},
    ]
    for number, home in enumerate(homes):
        texts = [f"In note {number} we write about {secret}." for secret in SECRETS]
        make_document(title=f"Note {number}", pages=texts, **home)
    generation = generations.current()
    people = [ada, bob, mina, eve, AnonymousUser()]
    draw = random.Random(4)
    leaked, read = [], 0
    for _ in range(TRIES):
        asker, secret = draw.choice(people), draw.choice(SECRETS)
        document = draw.choice(list(Document.objects.all()))
        wrong = draw.choice(["public", *(f"u:{one.pk}" for one in people), f"c:{closed.pk}", f"c:{opened.pk}"])
        Chunk.objects.filter(document=document).update(scope=wrong)
        store(generation.store).rescope(generation, document.pk, wrong)
        if draw.random() < 0.1:
            Membership.objects.filter(user=bob, community=closed).delete()
        chosen = draw.choice([None, Document.objects.all()])
        hits = search(f"What is written about {secret}?", user=asker, documents=chosen)
        seen = {part.chunk.document_id for hit in hits for part in hit.parts}
        allowed = set(Document.objects.visible_to(asker).filter(state="ready").values_list("pk", flat=True))
        leaked += seen - allowed
        read += len(seen)
    assert leaked == []
    assert read > TRIES / 2


def test_what_the_index_gives_wrongly_raises_an_alarm(ada, eve, each_store, monkeypatch):
    monkeypatch.setattr("ai_assist.rules.DOCUMENTS_NAMED", 0)
    document = make_document(ada, "Hers", ["A note about the lighthouse."])
    generation = generations.current()
    Chunk.objects.update(scope="public")
    store(generation.store).rescope(generation, document.pk, "public")
    make_document(ada, "Everyone's", ["A note about the mill."], audience="public")
    hits = search("What is written about the lighthouse?", user=eve, documents=None)
    assert [hit.chunk.document.title for hit in hits] == ["Everyone's"]
    assert alarms() == 1
