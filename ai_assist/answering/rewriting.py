"""Questions that a chat model writes anew: so that they stand alone, or in the language of the documents.

What it hears of the conversation is data, and what it says is only looked for. It has five seconds; whoever reads the
answer sees what was looked for.
"""

import logging
import time
from collections.abc import Sequence

from ai_assist import allowances, rules
from ai_assist.answering import chat
from ai_assist.answering.prompt import Prompt, standing_alone, tokens_of, translated
from ai_assist.answering.turn import Turn
from ai_assist.answering.verifying import ADDRESS
from ai_assist.models import Citation, Document, Message
from ai_assist.retrieval import Hit

logger = logging.getLogger(__name__)


def without_the_conversation(turn: Turn) -> str | None:
    """None where it was understood before, or the model is of no help. Notes from which documents the words may come.

    Raises Lost.
    """
    said, documents = _said_before(turn.message)
    if not said:
        return None
    line = _line(turn, standing_alone(turn.message.question, said))
    if line is not None:
        turn.said_in |= documents
    return line


def in_their_language(turn: Turn, hits: Sequence[Hit]) -> str | None:
    """The question in the language of these passages, so that their words can be found. As the other one."""
    shown = hits[: rules.SAMPLES]
    line = _line(turn, translated(turn.message.standalone, [hit.text[: rules.SAMPLE_LONGEST] for hit in shown]))
    if line is not None:
        turn.said_in |= {hit.chunk.document_id for hit in shown}
    return line


def _said_before(message: Message) -> tuple[list[tuple[str, str]], set[int]]:
    """The last questions with their answers, so far as the person may read these today; and the documents of these."""
    earlier = Message.objects.filter(conversation=message.conversation_id, pk__lt=message.pk).exclude(done_at=None)
    last = list(earlier.order_by("-pk")[: rules.SAID_BEFORE])[::-1]
    cited: dict[int, set[int | None]] = {one.pk: set(one.retrieval.get("written_from", [])) for one in last}
    for pk, document in Citation.objects.filter(message__in=last).values_list("message", "document"):
        cited[pk].add(document)
    named = {pk for pks in cited.values() for pk in pks if pk}
    readable = set(Document.objects.visible_to(message.asker).filter(pk__in=named).values_list("pk", flat=True))
    heard = [one for one in last if cited[one.pk] <= readable]
    said = [
        (one.question[: rules.SAID_LONGEST], one.text[: rules.SAID_LONGEST] if one in heard else "") for one in last
    ]
    return said, {pk for one in heard for pk in cited[one.pk] if pk}


def _line(turn: Turn, prompt: Prompt) -> str | None:
    """What it may cost is counted before, and what it did not cost given back."""
    message, community = turn.message, turn.message.conversation.community
    cost = prompt.tokens + rules.LINE_TOKENS
    try:
        allowances.spend(message.asker, community, tokens=cost)
    except allowances.UsedUp:
        return None
    text, tokens_in, tokens_out, was_asked = "", 0, 0, True
    heard = time.monotonic()
    try:
        for part in chat.line_parts(prompt):
            if part:
                text += part.text
                tokens_in, tokens_out = tokens_in + part.tokens_in, tokens_out + part.tokens_out
            if time.monotonic() - heard > rules.ANSWER_HEARD.total_seconds():
                heard = time.monotonic()
                if turn.should_stop():
                    return None
    except chat.ModelAway as away:
        was_asked = not isinstance(away, chat.LeftAlone)
        logger.warning("no help of the chat model with a question: %s", away or "it is left alone")
        return None
    finally:
        used = {"read": 0, "written": 0}
        if was_asked:
            used = {"read": tokens_in or prompt.tokens, "written": tokens_out or tokens_of(text)}
        turn.tokens_in, turn.tokens_out = turn.tokens_in + used["read"], turn.tokens_out + used["written"]
        allowances.settle_tokens(message.asker, community, counted=cost, **used)
    return _question(text, message.standalone)


def _question(text: str, asked: str) -> str | None:
    """The line, if it is one and says something else than what was asked."""
    line = text.strip().partition("\n")[0].strip(" \"'*`")[: rules.SAID_LONGEST]
    return line if line and line != asked and not ADDRESS.search(line) else None
