"""Answers that a chat model writes from the passages; where it cannot, the passages themselves with a word why."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings

from ai_assist import allowances, rules, streaming
from ai_assist.answering import chat
from ai_assist.answering.prompt import NOT_FOUND, Prompt, prompt, tokens_of
from ai_assist.answering.quoting import passages
from ai_assist.answering.turn import Revoked, Turn
from ai_assist.answering.verifying import verified
from ai_assist.answering.written import Written
from ai_assist.models import Message
from ai_assist.retrieval import Hit

State = Message.State


@dataclass
class Draft:
    """What came so far."""

    pieces: list[str] = field(default_factory=list)
    tokens_in: int = 0
    tokens_out: int = 0
    is_stopped: bool = False
    was_asked: bool = True

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip()


def written(turn: Turn, hits: Sequence[Hit]) -> Written:
    """What it may cost is counted before, and what it did not cost given back. Raises Lost."""
    message = turn.message
    asked = prompt(message.question, message.standalone, hits)
    cost = asked.tokens + rules.ANSWER_TOKENS
    community = message.conversation.community
    try:
        allowances.spend(message.asker, community, tokens=cost)
    except allowances.UsedUp:
        return passages(message.standalone, hits, note="tokens")
    draft = Draft()
    note = ""
    try:
        _fill(draft, turn, asked, hits)
    except chat.ModelAway as away:
        note = "model_away"
        draft.was_asked = not isinstance(away, chat.LeftAlone)
    except Revoked:
        note = "revoked"
    finally:
        if draft.was_asked:
            draft.tokens_in = draft.tokens_in or asked.tokens
            draft.tokens_out = draft.tokens_out or tokens_of(draft.text)
        used = {"read": draft.tokens_in, "written": draft.tokens_out}
        allowances.settle_tokens(message.asker, community, counted=cost, **used)
    return _judged(turn, draft, hits, note)


def _judged(turn: Turn, draft: Draft, hits: Sequence[Hit], note: str) -> Written:
    """What may be shown of the draft; its cost is noted in any case."""
    shown = None if note else _shown(draft, hits, f"{turn.message.question} {turn.message.standalone}")
    if shown is None:
        streaming.append(turn.message.uuid, streaming.BEGIN)
        shown = passages(turn.message.standalone, hits, note=note or "unsupported")
    return replace(shown, tokens_in=draft.tokens_in, tokens_out=draft.tokens_out)


def _shown(draft: Draft, hits: Sequence[Hit], question: str) -> Written | None:
    """None when nothing of it rests on a source."""
    model = settings.AI_CHAT_MODEL
    if draft.text.strip(" .*").upper() == NOT_FOUND:
        return Written(State.REFUSED, hits, model=model)
    found = verified(draft.text, hits, question)
    if not found.is_supported:
        return Written(State.CANCELLED, hits) if draft.is_stopped else None
    state = State.CANCELLED if draft.is_stopped else State.DONE
    return Written(state, hits, found.text, found.quotes, note="left_out" if found.left_out else "", model=model)


def _fill(draft: Draft, turn: Turn, asked: Prompt, hits: Sequence[Hit]) -> None:
    """Sends each word on as it comes, and asks every second whether to go on. Raises ModelAway, Revoked, Lost."""
    heard = time.monotonic()
    for part in chat.parts(asked):
        if part:
            draft.tokens_in += part.tokens_in
            draft.tokens_out += part.tokens_out
        if part and part.text:
            draft.pieces.append(part.text)
            streaming.append(turn.message.uuid, streaming.TEXT, part.text)
        if time.monotonic() - heard > rules.ANSWER_HEARD.total_seconds():
            heard = time.monotonic()
            draft.is_stopped = turn.should_stop()
            turn.check_rights(hits)
        if draft.is_stopped:
            return
