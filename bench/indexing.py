"""`python -m bench.indexing SET`: how much of each stage of a document one second of a processor does."""

import argparse
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pypdfium2

from bench.place import FOLDER
from bench.retrieval import database

SCANNED = 5  # pages
DPI = 200


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.indexing", description="Measure the stages of a document.")
    parser.add_argument("set", type=Path, help="a file as `eval_rag` takes it")
    arguments = parser.parse_args()
    folder = FOLDER / "indexing"
    shutil.rmtree(folder, ignore_errors=True)
    with database(folder):
        measure(arguments.set)


def measure(file: Path) -> None:
    import django

    django.setup()
    from django.db import connection

    from ai_assist import chunking, generations, parsing
    from ai_assist.embedding import embedder
    from ai_assist.evaluation.dataset import read
    from ai_assist.passages import embed_passages, write_passages
    from bench.articles import files
    from tests.factories import make_document, make_user

    made = files(read(file))
    keeper, generation = make_user("keeper"), generations.current()
    embedder("minilm").question("loaded before the clock runs")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        database_process = cursor.fetchone()[0]
    print("| stage | | a CPU-second does |\n|---|---|---|")
    read_pages: dict[str, list[list[parsing.Page]]] = {}
    for name, articles in made.items():
        with spent() as reading:
            read_pages[name] = [
                [thing for thing in parsing.read(content, filename) if isinstance(thing, parsing.Page)]
                for filename, content in articles
            ]
        count = sum(map(len, read_pages[name]))
        print(
            f"| reading {name} | {count} pages of {len(articles)} files | {count / reading[0]:.0f} pages |", flush=True
        )
    titles = [filename for filename, _ in made["pdf"]]
    texts = [[chunking.PageText(p.number, p.label, p.blocks) for p in pages] for pages in read_pages["pdf"]]
    with spent() as cutting:
        passages = [list(chunking.cut(title, pages)) for title, pages in zip(titles, texts, strict=True)]
    count = sum(map(len, passages))
    print(f"| cutting | {count} passages | {count / cutting[0]:.0f} passages |")
    documents = [make_document(keeper, name=title.replace(".pdf", ".md")) for title in titles]
    with spent(database_process) as writing:
        for document, some in zip(documents, passages, strict=True):
            write_passages(document, generation, some)
    print(f"| writing, with the database | {count} passages | {count / writing[0]:.0f} passages |")
    with spent(database_process) as embedding:
        for document in documents:
            for _ in embed_passages(document.chunk_set.all(), generation):
                pass
    print(f"| embedding and indexing, with the database | {count} passages | {count / embedding[0]:.1f} passages |")
    pictures = scanned(made["pdf"][0][1])
    with spent() as recognising:
        lines = sum(len(found) for found in parsing.ocr(pictures))
    print(f"| recognising scans | {SCANNED} pages, {lines} lines | {SCANNED / recognising[0]:.2f} pages |")


@contextmanager
def spent(*others: int) -> Iterator[list[float]]:
    """Seconds of processor time of this process, of children that ended, and of `others`."""
    result: list[float] = []
    begin = _seconds(others)
    yield result
    result.append(_seconds(others) - begin)


def scanned(content: bytes) -> list[bytes]:
    """Pages as a scanner sees them."""
    document = pypdfium2.PdfDocument(content)
    pictures = []
    for number in range(min(SCANNED, len(document))):
        output = BytesIO()
        document[number].render(scale=DPI / 72).to_pil().convert("L").save(output, "JPEG", quality=70)
        pictures.append(output.getvalue())
    return pictures


def _seconds(others: tuple[int, ...]) -> float:
    own = os.times()
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in others]
    ticks = sum(int(one[11]) + int(one[12]) for one in fields)
    return own.user + own.system + own.children_user + own.children_system + ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
