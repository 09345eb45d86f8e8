"""The chat model: asked through LangChain in a thread of its own, so that no library decides how long we wait."""

import logging
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from queue import Empty, Queue
from threading import Event, Thread
from typing import Any

from django.conf import settings
from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel

from ai_assist import rules
from ai_assist.answering.breaker import Breaker
from ai_assist.answering.prompt import Prompt

logger = logging.getLogger(__name__)


class ModelAway(Exception):
    """It does not answer, or stopped in the middle."""


class LeftAlone(ModelAway):
    """It was not asked, because it keeps failing."""


@dataclass(frozen=True)
class Part:
    """Some words, or, at the end, what the provider counted; None: it did not say."""

    text: str = ""
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True)
class Limits:
    """`first`: the time to its first word, `whole`: to its last; `tokens` that it may write."""

    first: timedelta
    whole: timedelta
    tokens: int


def parts(prompt: Prompt) -> Iterator[Part | None]:
    """The answer as it comes; None twice a second while nothing comes. Tried a second time if nothing came at all.

    Raises ModelAway, LeftAlone.
    """
    limits = Limits(rules.FIRST_TOKEN_WITHIN, rules.ANSWER_WITHIN, rules.ANSWER_TOKENS)
    breaker = Breaker(settings.AI_CHAT_MODEL)
    if not breaker.lets_pass():
        raise LeftAlone
    for attempt in range(rules.MODEL_ATTEMPTS):
        has_begun = False
        try:
            for part in _asked(prompt, limits):
                has_begun = has_begun or bool(part and part.text)
                yield part
        except ModelAway as error:
            breaker.failed()
            logger.warning("chat model %s: %s", settings.AI_CHAT_MODEL, error)
            if has_begun or attempt + 1 == rules.MODEL_ATTEMPTS or not breaker.lets_pass():
                raise
            time.sleep(random.uniform(0.5, 1) * rules.MODEL_PAUSE.total_seconds())  # noqa: S311  nothing secret
        else:
            breaker.succeeded()
            return


def line_parts(prompt: Prompt) -> Iterator[Part | None]:
    """As `parts`, of something short that nobody waits for long. What becomes of it says nothing about answers, which
    have more time: it neither counts as a failure nor tries whether the model is back."""
    if not Breaker(settings.AI_CHAT_MODEL).is_closed:
        raise LeftAlone
    yield from _asked(prompt, Limits(rules.LINE_WITHIN, rules.LINE_WITHIN, rules.LINE_TOKENS))


def _asked(prompt: Prompt, limits: Limits) -> Iterator[Part | None]:
    line: Queue[Part | Exception | None] = Queue()
    is_over = Event()
    Thread(target=_produce, args=(prompt, limits.tokens, line, is_over), daemon=True).start()
    until = time.monotonic() + limits.first.total_seconds()
    whole = time.monotonic() + limits.whole.total_seconds()
    try:
        while True:
            if time.monotonic() > until:
                raise ModelAway("it took too long")
            try:
                part = line.get(timeout=rules.MODEL_HEARD.total_seconds())
            except Empty:
                yield None
                continue
            if part is None:
                return
            if isinstance(part, Exception):
                raise ModelAway(f"{type(part).__name__}: {part}"[:200]) from part
            until = whole
            yield part
    finally:
        is_over.set()


def _produce(prompt: Prompt, tokens: int, line: Queue[Any], is_over: Event) -> None:
    """Ends when nobody listens any more."""
    try:
        for chunk in _model(tokens).stream([("system", prompt.rules), ("human", prompt.question)]):
            if is_over.is_set():
                return
            usage: Any = getattr(chunk, "usage_metadata", None) or {}
            part = Part(chunk.text, usage.get("input_tokens", 0), usage.get("output_tokens", 0))
            if part != Part():
                line.put(part)
        line.put(None)
    except Exception as error:  # noqa: BLE001  each provider has its own
        line.put(error)


def _model(tokens: int) -> BaseChatModel:
    return _made(settings.AI_CHAT_MODEL, settings.AI_CHAT_BASE_URL, tokens)


@cache
def _made(name: str, base_url: str, tokens: int) -> BaseChatModel:
    """Keys are read from the environment by the library of the provider."""
    provider = name.partition(":")[0]
    options: dict[str, Any] = {"base_url": base_url} if base_url else {}
    patience = rules.FIRST_TOKEN_WITHIN.total_seconds()
    times = (rules.MODEL_CONNECT.total_seconds(), patience, patience, patience)  # to connect, read, write, be connected
    if provider == "ollama":
        options |= {"client_kwargs": {"timeout": times}, "num_predict": tokens}
    else:
        options |= {"max_retries": 0, "max_tokens": tokens}
        options["timeout"] = times if provider == "openai" else patience
    if provider == "openai":
        options["stream_usage"] = True
    model: BaseChatModel = init_chat_model(name, temperature=0, **options)
    return model
