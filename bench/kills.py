"""`python -m bench.kills`: kills the worker that reads documents again and again, and looks what becomes of them.

Everything runs as in `dev.py run`: the worker, the timetable with its sweep, PostgreSQL and Valkey.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from bench.place import FOLDER, ROOT
from bench.retrieval import database
from config.local.processes import kill_group, open_log, spawn

UPLOADS = 50  # of a member, which is a day's allowance
DELETED_EACH = 10  # every tenth is deleted while others are read
LONGEST = 600  # seconds after the last kill
GOAL = 180


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.kills", description="Kill the worker that reads documents.")
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    folder = FOLDER / "kills"
    for old in (folder, FOLDER / "media" / "documents"):
        shutil.rmtree(old, ignore_errors=True)
    with database(folder):
        import django

        django.setup()
        sys.exit(0 if measure(arguments.documents, arguments.kills, random.Random(arguments.seed)) else 1)


def measure(documents: int, kills: int, chance: random.Random) -> bool:
    from django.utils import timezone

    from ai_assist.models import ENDED, WORKING, Document, State

    begin = time.monotonic()
    upload(documents)
    unfinished = Document.objects.exclude(state__in=ENDED)
    hit: Counter[str] = Counter()
    with running("worker"), running("beat"):
        for number in range(kills):
            started = timezone.now()
            with running("ingest") as process:
                time.sleep(chance.uniform(2.5, 9))  # it takes more than two seconds until it begins
                if number == kills // 2:
                    delete_some()
                hit.update(unfinished.filter(heartbeat_at__gt=started).values_list("state", flat=True))
                process.send_signal(signal.SIGKILL)
                process.wait()
        last = time.monotonic()
        with running("ingest"):
            while unfinished.exists() and time.monotonic() - last < LONGEST:
                time.sleep(0.5)
        took = time.monotonic() - last
    states = Counter(Document.objects.values_list("state", flat=True))
    attempts = Counter(Document.objects.filter(state=State.READY).values_list("attempts", flat=True))
    found = faults()
    print(f"{documents} documents, {kills} kills in {last - begin:.0f} s; in hand when it was killed:", end=" ")
    print(", ".join(f"{state} {hit[state]}" for state in (State.RECEIVED, *WORKING, State.DELETING) if hit[state]))
    print(f"all ended {took:.0f} s after the last kill (goal: {GOAL} s): {json.dumps(states)}")
    print(f"attempts that the ready ones took: {json.dumps(dict(sorted(attempts.items())))}")
    print(f"faults: {json.dumps(found)}")
    return took <= GOAL and not any(found.values()) and not unfinished.exists()


def upload(documents: int) -> None:
    from django.core.files.base import ContentFile

    from accounts.models import User
    from ai_assist.actions.uploading import add_document
    from tests.ai_assist.parsing.paper import lines, pdf

    for number in range(documents):
        if number % UPLOADS == 0:
            member = User.objects.create_user(f"member{number}")
        said = [f"Cairn {number} on moor {place} is {number + place} feet high." for place in range(30)]
        texts = {
            "txt": "\n\n".join(said).encode(),
            "md": f"# Cairns {number}\n\n{' '.join(said)}".encode(),
            "pdf": pdf(*(lines(*said[page::3]) for page in range(3))),
        }
        ending = ("txt", "md", "pdf")[number % 3]
        add_document(ContentFile(texts[ending]), by=member, name=f"cairns {number}.{ending}")


def delete_some() -> None:
    from ai_assist.actions.keeping import delete_document_of
    from ai_assist.models import Document

    for document in Document.objects.order_by("pk")[::DELETED_EACH]:
        delete_document_of(document, by=document.owner)


def faults() -> dict[str, int]:
    """How many of each kind; none is as it should be."""
    from django.core.files.storage import default_storage
    from django.db.models import Count, Max, Sum

    from accounts.models import User
    from ai_assist.allowances import Whose, left
    from ai_assist.models import ENDED, Chunk, Document, Embedding, State
    from notifications.models import Notification

    found: Counter[str] = Counter(dict.fromkeys(("unfinished", "passages", "vectors", "told", "room", "files"), 0))
    for document in Document.objects.all():
        chunks = Chunk.objects.filter(document=document)
        counted = chunks.aggregate(many=Count("pk"), last=Max("ordinal"))
        found["unfinished"] += document.state not in ENDED
        if document.state == State.READY:
            found["passages"] += not counted["many"] == document.chunks == (counted["last"] or 0) + 1
            known = Embedding.objects.filter(document=document).values_list("chunk_id", flat=True)
            found["vectors"] += set(known) != set(chunks.values_list("pk", flat=True))
        found["told"] += Notification.objects.filter(url=document.get_absolute_url()).count() != 1
    found["vectors"] += Embedding.objects.exclude(chunk__document__in=Document.objects.all()).count()
    for member in User.objects.filter(username__startswith="member"):
        kept = Document.objects.filter(owner=member).aggregate(many=Count("pk"), bytes=Sum("bytes"))
        used = left(Whose(member)).used
        found["room"] += (used["documents"], used["bytes"]) != (kept["many"], kept["bytes"] or 0)
    files = set(default_storage.listdir("documents")[1])
    found["files"] = len(
        files ^ {str(name).rpartition("/")[2] for name in Document.objects.values_list("file", flat=True)}
    )
    return dict(found)


@contextmanager
def running(name: str) -> Iterator[subprocess.Popen[bytes]]:
    from config.management.commands.up import programs

    program = next(program for program in programs(port="0") if program.name == name)
    with open_log(FOLDER / "log" / f"kills-{name}.log") as log:
        process = spawn(program.command, cwd=ROOT, env=os.environ | program.environment, stdout=log, stderr=log)
    try:
        yield process
    finally:
        kill_group(process)


if __name__ == "__main__":
    main()
