"""One worker's turn with a document: stage after stage from wherever it stands, until it is ready or cannot be."""

from collections.abc import Iterator
from contextlib import contextmanager

from ai_assist import generations, rules
from ai_assist.embedding import EmbedderAway
from ai_assist.models import State
from ai_assist.parsing import Unreadable
from ai_assist.pipeline import stages
from ai_assist.pipeline.ending import end_held
from ai_assist.pipeline.lease import Lease, Lost, beating, take
from ai_assist.pipeline.scans import read_scans
from ai_assist.stores import StoreAway
from ai_assist.tasks import index_document, read_scanned_pages
from outbox import send

READING = (State.RECEIVED, State.CHECKING, State.PARSING)
INDEXING = (State.CHUNKING, State.EMBEDDING, State.INDEXING)
REJECTING = ("unsupported", "wrong_type", "too_large_unpacked", "too_many_pages", "too_many_passages")
ENDS = {"needs_password": State.NEEDS_PASSWORD, "empty": State.EMPTY} | dict.fromkeys(REJECTING, State.REJECTED)
"""What else keeps a file from being read is a failure, which may be tried again."""


def index(pk: int) -> None:
    """Reads and indexes what waits for it. Idempotent; nothing happens while another worker is at it."""
    with _turn(pk, (*READING, *INDEXING)) as lease:
        if lease is None:
            return
        if lease.document.state in READING:
            stages.check(lease)
            stages.parse(lease)
            if lease.document.page_set.filter(needs_ocr=True).exists():
                lease.hand_over(State.OCR)
                send(read_scanned_pages, pk)
                return
        _make_findable(lease)


def read_scanned(pk: int) -> None:
    """Reads the pages that are pictures, then hands the document back. Idempotent."""
    with _turn(pk, (State.OCR,)) as lease:
        if lease is None:
            return
        read_scans(lease)
        lease.hand_over(State.CHUNKING)
        send(index_document, pk)


def _make_findable(lease: Lease) -> None:
    """When the index was changed for a new one meanwhile, all of it again: most vectors are there already."""
    generation = None
    while generation != (generation := generations.current()):
        stages.cut(lease, generation)
        stages.embed(lease, generation)
    stages.finish(lease, generation)


@contextmanager
def _turn(pk: int, states: tuple[State, ...]) -> Iterator[Lease | None]:
    lease = take(pk, states)
    if lease is None:
        yield None
        return
    try:
        with beating(lease):
            yield lease
    except Lost:
        return
    except (Unreadable, stages.Rejected) as error:
        end_held(lease.document.lease, pk, ENDS.get(error.code, State.FAILED), error.code)
    except (StoreAway, EmbedderAway):
        lease.give_back(rules.RETRY_AFTER)
