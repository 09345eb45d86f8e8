"""Numbers about documents, questions and what they use, for whoever watches the installation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, Min, Sum
from django.utils import timezone

from ai_assist import rules
from ai_assist.answering.breaker import Breaker
from ai_assist.models import Document, Message, State, Usage
from ai_assist.reconciling import last_mended
from ai_assist.retrieval.alarms import alarms
from ai_assist.stores.sign import answers, in_use
from ai_assist.used import SUMS, cost, most, totals

Sample = tuple[Mapping[str, str], int | float | Decimal]


@dataclass(frozen=True)
class Gauge:
    """One number, or one for each set of labels."""

    name: str
    help: str
    samples: Sequence[Sample]


def gauges() -> Iterator[Gauge]:
    yield from _documents()
    yield from _questions()
    yield from _used_today()
    yield from _index()


def _documents() -> Iterator[Gauge]:
    states = Document.objects.order_by("state").values("state").annotate(count=Count("pk"))
    rows = list(states.annotate(bytes=Sum("bytes"), pages=Sum("pages"), passages=Sum("chunks")))
    yield Gauge("cairn_documents", "Documents by state.", [({"state": row["state"]}, row["count"]) for row in rows])
    yield Gauge("cairn_document_bytes", "Bytes of all files.", [({}, sum(row["bytes"] for row in rows))])
    ready = [row for row in rows if row["state"] == State.READY]
    yield Gauge("cairn_document_pages", "Pages that are ready.", [({}, sum(row["pages"] for row in ready))])
    yield Gauge("cairn_passages", "Passages that are ready.", [({}, sum(row["passages"] for row in ready))])


def _questions() -> Iterator[Gauge]:
    waiting = Message.objects.unanswered().aggregate(count=Count("pk"), first=Min("created_at"))
    age = (timezone.now() - waiting["first"]).total_seconds() if waiting["first"] else 0
    yield Gauge("cairn_questions_unanswered", "Questions that wait or are being answered.", [({}, waiting["count"])])
    yield Gauge("cairn_question_oldest_seconds", "How long the oldest of them has waited.", [({}, round(age, 1))])


def _used_today() -> Iterator[Gauge]:
    today = Usage.objects.since(timezone.now().date())
    everybody = totals(today.of_members())
    yield Gauge("cairn_used_today", "What members used since midnight (UTC).", [*_amounts(everybody)])
    if (money := cost(everybody)) is not None:
        yield Gauge("cairn_cost_today", "What the chat model cost of that, by AI_PRICES.", [({}, money)])
    communities = most(today.of_communities(), "community__slug", rules.USAGE_WATCHED)
    samples = [one for row in communities for one in _amounts(row, community=str(row["name"]))]
    yield Gauge("cairn_community_used_today", "The part of it in the communities that used most.", samples)


def _amounts(row: Mapping[str, object], **labels: str) -> Iterator[Sample]:
    for what in SUMS:
        yield {**labels, "what": what}, int(str(row[what]))


def _index() -> Iterator[Gauge]:
    generation = in_use()
    chat_model = settings.AI_CHAT_MODEL
    labels = {"store": generation.store, "embedder": generation.embedder, "chat_model": chat_model}
    yield Gauge("cairn_index_in_use", "What is in use.", [(labels, 1)])
    yield Gauge("cairn_store_answers", "Whether the store of vectors answers.", [({}, int(answers(generation)))])
    is_left_alone = bool(chat_model) and Breaker(chat_model).is_open
    yield Gauge("cairn_chat_model_left_alone", "Whether nobody asks it after failures.", [({}, int(is_left_alone))])
    mended = last_mended()
    found: list[Sample] = [({"what": "lost"}, mended.lost), ({"what": "strange"}, mended.strange)]
    yield Gauge("cairn_vectors_mended", "What was wrong when rows and vectors were last compared.", found)
    help_ = "Passages that the index gave to who may not read them; they were dropped. Since the cache was emptied."
    yield Gauge("cairn_index_alarms", help_, [({}, alarms())])
