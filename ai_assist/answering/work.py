"""From a question to its answer: passages that the person may read now, and what is said from them."""

import logging

from django.conf import settings

from ai_assist import rules
from ai_assist.answering import extractive
from ai_assist.answering.following import with_carried_words
from ai_assist.answering.languages import is_in_another_language, is_in_another_script
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
    turn.look_anew()
    turn.end(Written(State.FAILED, hits=[]))


def _found(turn: Turn) -> list[Hit]:
    """By the question alone; or, if that leads elsewhere, by what it means after those before it."""
    message = turn.message
    turn.look_anew()
    alone = _search(turn, message.question)
    if not settings.AI_CHAT_MODEL:
        return _carried(turn, alone)
    from ai_assist.answering import rewriting  # LangChain: seconds

    hits = _rewritten(turn, rewriting.without_the_conversation(turn)) or _carried(turn, alone)
    if (
        not hits
        or extractive.is_answered_by(message.standalone, hits)
        or not is_in_another_language(message.question, texts_of(hits))
    ):
        return hits
    return _rewritten(turn, rewriting.in_their_language(turn, hits)) or hits


def _rewritten(turn: Turn, question: str | None) -> list[Hit]:
    """Nothing, if nothing of it fits."""
    hits = _search(turn, question) if question else []
    if not question or not extractive.is_answered_by(question, hits):
        return []
    turn.message.standalone = question
    return hits


def _carried(turn: Turn, alone: list[Hit]) -> list[Hit]:
    """With words of the question before, if that leads elsewhere and as near to its own words."""
    message = turn.message
    carried = with_carried_words(message)
    if carried is None:
        return alone
    hits = _search(turn, carried.question)
    if not hits or (alone and hits[0].chunk == alone[0].chunk):
        return alone
    own = Question(message.question, [hit.text for hit in (*hits[:1], *alone[:1])])
    if alone and own.covered_by(alone[0].text) > own.covered_by(hits[0].text):
        return alone
    message.standalone = carried.question
    turn.said_in |= carried.said_in
    return hits


def _search(turn: Turn, question: str) -> list[Hit]:
    return search(question, user=turn.message.asker, documents=documents_of(turn.message.conversation))


def _written(turn: Turn, hits: list[Hit]) -> Written:
    if turn.should_stop():
        return Written(State.CANCELLED, hits=[])
    if not extractive.is_answered_by(turn.message.standalone, hits):
        return Written(State.REFUSED, hits, note=_why_not(turn.message.question, hits))
    if not settings.AI_CHAT_MODEL:
        return passages(turn.message.standalone, hits)
    from ai_assist.answering import modelled  # LangChain: seconds

    return modelled.written(turn, hits)


def _why_not(question: str, hits: list[Hit]) -> str:
    if not hits:
        return "nothing_to_ask"
    return "other_language" if is_in_another_script(question, texts_of(hits)) else ""


def texts_of(hits: list[Hit]) -> list[str]:
    return [hit.text for hit in hits]
