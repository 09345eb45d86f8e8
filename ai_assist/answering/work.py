"""From a question to its answer: passages that the person may read now, and what is said from them."""

import logging

from django.conf import settings

from ai_assist import rules
from ai_assist.answering import extractive
from ai_assist.answering.following import with_carried_words
from ai_assist.answering.quoting import passages
from ai_assist.answering.turn import Lost, Turn, take
from ai_assist.answering.written import Written
from ai_assist.models import Message
from ai_assist.reach import documents_of
from ai_assist.retrieval import Hit, search
from ai_assist.retrieval.rerank import Question

logger = logging.getLogger(__name__)
State = Message.State


def answer(pk: int) -> None:
    """Answers what waits for it. Idempotent; nothing happens while another worker is at it."""
    turn = take(pk)
    if turn is None:
        return
    try:
        _answer(turn)
    except Lost:
        logger.info("message %s was taken away", pk)


def _answer(turn: Turn) -> None:
    """Looks again when somebody lost the right to read, meanwhile, what was found for them."""
    for _ in range(rules.LOOKS):
        if turn.end(_written(turn, _found(turn))):
            return
    turn.end(Written(State.FAILED, hits=[]))


def _found(turn: Turn) -> list[Hit]:
    """By the question alone; or with words of the one before, if that leads elsewhere and as near to its own words."""
    message = turn.message
    alone = _search(turn, message.question)
    message.standalone = message.question
    carried = with_carried_words(message)
    if carried is None:
        return alone
    hits = _search(turn, carried)
    if not hits or (alone and hits[0].chunk == alone[0].chunk):
        return alone
    own = Question(message.question, [hit.text for hit in (*hits[:1], *alone[:1])])
    if alone and own.covered_by(alone[0].text) > own.covered_by(hits[0].text):
        return alone
    message.standalone = carried
    return hits


def _search(turn: Turn, question: str) -> list[Hit]:
    return search(question, user=turn.message.asker, documents=documents_of(turn.message.conversation))


def _written(turn: Turn, hits: list[Hit]) -> Written:
    if turn.should_stop():
        return Written(State.CANCELLED, hits=[])
    if not extractive.is_answered_by(hits):
        return Written(State.REFUSED, hits, note="" if hits else "nothing_to_ask")
    if not settings.AI_CHAT_MODEL:
        return passages(turn.message.standalone, hits)
    from ai_assist.answering import modelled  # LangChain: seconds

    return modelled.written(turn, hits)
