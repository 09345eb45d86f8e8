"""The worker of a local run is killed with a document at each stage in its hands, one kills it each time, messages are
lost, and so are connections to the database."""

import pytest
from django.core.files.base import ContentFile

from ai_assist.actions.keeping import delete_document_of, retry_document
from ai_assist.actions.uploading import add_document
from ai_assist.allowances import Whose, left
from ai_assist.models import ENDED, WORKING, Chunk, Document, Embedding, State
from ai_assist.pipeline import work
from ai_assist.rules import BYTES_KEPT, DOCUMENTS_KEPT
from notifications.models import Notification
from tests.ai_assist.conftest import NOTES
from tests.ai_assist.parsing.paper import lines, pdf
from tests.ai_assist.parsing.test_drawing import SPACE, photo
from tests.ai_assist.pipeline.ingest import (
    Ingest,
    are_held,
    cut_connections,
    hold,
    holding,
    let_go,
    lose_all_messages,
    minutes_later,
)

STAGES = (State.RECEIVED, *WORKING, State.DELETING)
CONTENTS = {
    State.PARSING: ("pdf", pdf(*(lines(f"On page {number} stand cairns.") for number in range(3)))),
    State.OCR: ("png", photo("Forty two ships passed", *SPACE)),
}


@pytest.fixture
def documents(transactional_db, ada) -> dict[str, Document]:
    """One for each stage, and the poison; each is named for it."""
    lose_all_messages()
    made = {}
    for name in (*STAGES, "poison"):
        ending, content = CONTENTS.get(name, ("md", f"{NOTES}\nWords of {name}.".encode()))
        made[name], _ = add_document(ContentFile(content), by=ada, name=f"{name}.{ending}")
    work.index(made[State.DELETING].pk)
    delete_document_of(made[State.DELETING], by=ada)
    Notification.objects.all().delete()
    Document.objects.filter(title="poison").update(attempts=1)  # one worker has died of it already
    yield made
    lose_all_messages()


def states() -> dict[str, str]:
    return dict(Document.objects.values_list("title", "state"))


def others_ended() -> bool:
    return all(state in ENDED for title, state in states().items() if title != "poison")


@pytest.mark.django_db(transaction=True)
def test_worker_killed_at_each_stage_ends_each_document_once_and_gives_up_the_poison(ada, documents, tmp_path):
    log = tmp_path / "ingest.log"
    with holding(**{stage: stage for stage in STAGES}, poison=State.PARSING):
        with Ingest(log) as worker:
            worker.until(are_held(len(documents)))
        assert states() == {stage: stage for stage in STAGES} | {"poison": State.PARSING}
        for stage in STAGES:
            let_go(stage)
        lose_all_messages()
        minutes_later()
        with Ingest(log) as worker:
            worker.until(others_ended)
            worker.until(are_held(1))
        minutes_later()
        with Ingest(log) as worker:
            worker.until(lambda: states()["poison"] in ENDED)
            poison = Document.objects.get(title="poison")
            assert (poison.state, poison.error_code) == (State.FAILED, "gave_up")
            hold("poison", State.EMBEDDING)
            retry_document(poison, by=ada)
            worker.until(are_held(1))
            cut_connections()
            let_go("poison")
            minutes_later()
            worker.until(lambda: states()["poison"] in ENDED)
    assert states() == dict.fromkeys((*STAGES[:-1], "poison"), State.READY)
    rest = left(Whose(ada))
    assert (rest["documents"], rest["bytes"]) == (
        DOCUMENTS_KEPT - len(states()),
        BYTES_KEPT - sum(document.bytes for document in Document.objects.all()),
    )
    for document in Document.objects.all():
        chunks = Chunk.objects.filter(document=document).order_by("ordinal")
        assert list(chunks.values_list("ordinal", flat=True)) == list(range(document.chunks))
        told = Notification.objects.filter(url=document.get_absolute_url())
        assert told.count() == (2 if document.title == "poison" else 1)
    assert Embedding.objects.count() == Chunk.objects.count() > len(STAGES)
