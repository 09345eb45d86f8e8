"""`python -m bench.asking SET`: uploads the articles of a set as Markdown, PDF and Word through the pages of a running
Cairn, asks its questions there, and says how good and how fast the answers are. In place of that, `--passages 50000`
asks in a library of so many passages, and `--first-words` says how long the first words of a chat model are under way.
"""

import argparse
import http.client
import os
import re
import shutil
import time
from itertools import cycle
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit
from uuid import uuid4

from ai_assist.evaluation.measures import p95
from bench.accounting import family
from bench.outcomes import MEASURES, Outcome, outcome
from bench.place import FOLDER
from bench.retrieval import database
from bench.served import served
from bench.visiting import Browser, browser

EACH = 20  # questions of one member: as many as may be asked in a minute
READY_SECONDS, LOOK_SECONDS = 900, 0.5


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.asking", description="Measure answers through the pages.")
    parser.add_argument("set", type=Path, nargs="?", help="a file as `eval_rag` takes it")
    parser.add_argument("--questions", type=int, default=1_000)
    parser.add_argument("--passages", type=int)
    parser.add_argument("--first-words", action="store_true")
    arguments = parser.parse_args()
    if arguments.first_words:
        first_words()
        return
    if arguments.passages:
        with database(FOLDER / f"passages-{arguments.passages}"), served() as pids:
            ask_large(arguments.passages, min(arguments.questions, 300), pids)
        return
    if arguments.set is None:
        parser.error("name a set, or --passages")
    folder = FOLDER / "articles"
    shutil.rmtree(folder, ignore_errors=True)
    with database(folder), served() as pids:
        ask_set(arguments.set, arguments.questions, pids)


def ask_set(file: Path, count: int, pids: dict[str, int]) -> None:
    from ai_assist.evaluation.dataset import read
    from ai_assist.models import Chunk, Document, Folder
    from bench.articles import files
    from tests.factories import make_community, make_user

    dataset = read(file)
    people = [make_user(f"learner{n}") for n in range(count // EACH + 1)]
    community = make_community(people[0], *people[1:], name="Articles")
    folders = {
        name: Folder.objects.create(community=community, owner=people[0], name=name) for name in ("md", "pdf", "docx")
    }
    browsers = [browser(person) for person in people]
    begin = time.perf_counter()
    made = files(dataset)
    print(f"{sum(map(len, made.values()))} files made in {time.perf_counter() - begin:.0f} s", flush=True)
    begin = time.perf_counter()
    for name, articles in made.items():
        for filename, content in articles:
            browsers[0].upload(community.slug, folders[name].pk, filename, content)
    uploaded = time.perf_counter() - begin
    wait_until_ready(begin)
    ready = time.perf_counter() - begin
    chunks = Chunk.objects.count()
    many = Document.objects.count()
    print(f"uploaded in {uploaded:.0f} s, ready after {ready:.0f} s: {many} documents, {chunks} passages")
    print(memory(pids), flush=True)
    said: dict[str, list[Outcome]] = {name: [] for name in folders}
    members = cycle(browsers)
    titles = {(d.folder_id, d.filename): d.pk for d in Document.objects.all()}
    name_of = cycle(folders)
    for number, asked in enumerate(dataset.sample(count)):
        if number % EACH == 0:
            member = next(members)
        name = next(name_of)
        own = titles[folders[name].pk, made[name][asked.article][0]]
        begin = time.perf_counter()
        uuid = member.ask({"question": asked.question, "folder": str(folders[name].pk)})
        said[name].append(outcome(uuid, dataset, asked, own, time.perf_counter() - begin))
    print("\n| measure | goal | " + " | ".join(["all", *said]) + " |\n|---|---|" + "---|" * (len(said) + 1))
    groups = [[o for outcomes in said.values() for o in outcomes], *said.values()]
    for measure, goal, value in MEASURES:
        print(f"| {measure} | {goal} | " + " | ".join(value(group) for group in groups) + " |")
    print(f"\n{memory(pids)}")


def ask_large(passages: int, count: int, pids: dict[str, int]) -> None:
    """The library of one community."""
    import numpy as np

    from ai_assist.models import Chunk, Document
    from bench.library import fill, words
    from tests.factories import make_community, make_user

    if not Chunk.objects.exists():
        fill(passages)
    draw = np.random.default_rng(13)
    tag = uuid4().hex[:8]
    people = [make_user(f"asker{tag}{n}") for n in range(count // EACH + 1)]
    community = make_community(people[0], *people[1:], name=f"Library {tag}")
    Document.objects.filter(audience="public").update(community=community)
    members = [browser(person) for person in people]
    seconds = []
    for number in range(count):
        question = " ".join(words(draw, int(draw.integers(200)), 8))
        begin = time.perf_counter()
        members[number // EACH].ask({"question": question, "community": community.slug})
        seconds.append(time.perf_counter() - begin)
    print(f"{passages:,} passages, {count} questions: p50 {median(seconds):.2f} s, p95 {p95(seconds):.2f} s")
    print(memory(pids))


def first_words() -> None:
    """Of a model that answers at once, so that all the time is ours."""
    from tests.ai_assist.model_served import serve_model

    said: list[float] = []

    def say(prompt: str) -> list[str]:
        said.append(time.perf_counter())
        return ["Water ", "boils ", "at ", "100 °C [1]."]

    with serve_model(say) as model, database(FOLDER / "articles"):
        settings = {"AI_CHAT_MODEL": "openai:said", "AI_CHAT_BASE_URL": f"{model.address}/v1", "OPENAI_API_KEY": "none"}
        with served(**settings) as pids:
            from tests.factories import make_community, make_user

            person = make_user(f"asker{uuid4().hex[:8]}")
            member = browser(person)
            community = make_community(person, name=f"Kettle {uuid4().hex[:8]}")
            member.upload(community.slug, "", "water.md", b"Water boils at 100 degrees at the level of the sea.")
            wait_until_ready(time.perf_counter())
            asked = {"question": "When does water boil?", "community": community.slug}
            waited = [_first_words(member, asked, said) for _ in range(EACH)][1:]
            print(f"first words after the model's: p50 {median(waited):.0f} ms, p95 {p95(waited):.0f} ms")
            print(memory(pids))


def _first_words(member: Browser, asked: dict[str, str], said: list[float]) -> float:
    """Milliseconds."""
    path = member.begin(asked).removesuffix("wait/")
    connection = http.client.HTTPConnection(urlsplit(os.environ["SITE_URL"]).netloc, timeout=60)
    connection.request("GET", path, None, member.headers)
    stream = connection.getresponse()
    while (line := stream.readline()) != b"event: text\n":
        if not line:
            raise SystemExit("The model said nothing.")
    waited = (time.perf_counter() - said[-1]) * 1000
    stream.read()
    connection.close()
    return waited


def wait_until_ready(begin: float) -> None:
    from ai_assist.models import Document

    while Document.objects.exclude(state="ready").exists():
        if time.perf_counter() - begin > READY_SECONDS:
            states = Document.objects.exclude(state="ready").values_list("filename", "state", "error_code")
            raise SystemExit(f"Not ready after {READY_SECONDS} s: {list(states)}")
        time.sleep(LOOK_SECONDS)


def memory(pids: dict[str, int]) -> str:
    """Megabytes that each family of processes has had at most (the sum of what each process had at most)."""
    said = []
    for name, pid in pids.items():
        peaks = [int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{one}/status").read_text())[1]) for one in family(pid)]
        said.append(f"{name} {sum(peaks) / 1000:.0f} MB (largest process {max(peaks) / 1000:.0f} MB)")
    return "memory at most: " + ", ".join(said)


if __name__ == "__main__":
    main()
