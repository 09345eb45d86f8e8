"""Asks each question twice: among all articles, and among all but its own."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import uuid4

from django.db import transaction

from accounts.models import User
from ai_assist import generations, rules
from ai_assist.answering.extractive import answer
from ai_assist.chunking import PageText, cut
from ai_assist.evaluation.dataset import Article, Asked, Dataset
from ai_assist.evaluation.measures import DEPTH, Outcome
from ai_assist.models import Chunk, Document, IndexGeneration
from ai_assist.parsing import Block
from ai_assist.passages import embed_passages, write_passages
from ai_assist.retrieval import Hit, search
from ai_assist.stores import store


@contextmanager
def library(dataset: Dataset) -> Iterator["Trial"]:
    """The articles as documents of somebody who is there only meanwhile: nothing of it is kept."""
    with transaction.atomic():
        reader = User.objects.create_user(f"trial-{uuid4().hex[:12]}")
        generation = generations.current()
        documents = [_document(article, reader, generation) for article in dataset.articles]
        try:
            yield Trial(dataset, reader, documents)
        finally:
            for document in documents:
                chunks = Chunk.objects.filter(document=document).values_list("pk", flat=True)
                store(generation.store).delete(generation, list(chunks))
            transaction.set_rollback(True)


class Trial:
    def __init__(self, dataset: Dataset, reader: User, documents: list[Document]) -> None:
        self.dataset = dataset
        self.reader = reader
        self.documents = documents

    def ask(self, questions: Iterable[Asked]) -> Iterator[Outcome]:
        return (self._outcome(asked) for asked in questions)

    def _outcome(self, asked: Asked) -> Outcome:
        own = self.documents[asked.article]
        everything = Document.objects.filter(owner=self.reader)
        begin = time.perf_counter()
        hits = search(asked.question, user=self.reader, documents=everything, top=DEPTH)
        given = answer(asked.question, hits[: rules.CITATIONS_MAX])
        seconds = time.perf_counter() - begin
        elsewhere = search(asked.question, user=self.reader, documents=everything.exclude(pk=own.pk))
        passages = [chunk.text for hit in hits[: rules.CITATIONS_MAX] for chunk in hit.chunks]
        return Outcome(
            place=place(hits, own, asked.page),
            is_refused=given.is_refused,
            is_in_found=not given.is_refused and has_any(asked.answers, passages),
            is_in_cited=has_any(asked.answers, [quote.chunk.text for quote in given.quotes]),
            is_in_quotes=has_any(asked.answers, [quote.text for quote in given.quotes]),
            are_quotes_exact=all(quote.text in self._source(quote.chunk) for quote in given.quotes),
            is_refused_elsewhere=answer(asked.question, elsewhere).is_refused,
            seconds=seconds,
        )

    def _source(self, chunk: Chunk) -> str:
        article = self.dataset.articles[[document.pk for document in self.documents].index(chunk.document_id)]
        return " ".join(article.paragraphs[chunk.page_start - 1 : chunk.page_end])


def place(hits: Iterable[Hit], document: Document, page: int) -> int | None:
    """Of the paragraph among the passages, each of which counts for itself."""
    parts = sorted((part for hit in hits for part in hit.parts), key=lambda part: -part.score)
    chunks = [part.chunk for part in parts]
    places = (
        n for n, chunk in enumerate(chunks[:DEPTH], 1) if (chunk.document_id, chunk.page_start) == (document.pk, page)
    )
    return next(places, None)


def has_any(answers: Iterable[str], texts: list[str]) -> bool:
    return any(given in text for given in answers for text in texts)


def _document(article: Article, reader: User, generation: IndexGeneration) -> Document:
    """Each paragraph is a page of its own."""
    document = Document.objects.create(
        owner=reader,
        title=article.title,
        filename=f"{article.title}.txt",
        format="txt",
        bytes=0,
        sha256=uuid4().hex,
        state="ready",
        chunks=len(article.paragraphs),
    )
    document.refresh_from_db()
    pages = [PageText(n, "", [Block("prose", text)]) for n, text in enumerate(article.paragraphs, start=1)]
    passages = cut(article.title, pages)
    write_passages(document, generation, passages)
    for _ in embed_passages(Chunk.objects.filter(document=document), generation):
        pass
    return document
