"""One import under way: reads rows, and saves each text once, whoever runs it how often."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction

from communities.imports.comment_text import comment_to_markdown
from communities.imports.dump import BadRow, Dump, Row
from communities.imports.markdown import TooDeep, to_markdown
from communities.imports.members import authors_of
from communities.imports.records import Remark, Text
from communities.imports.sites import Site
from communities.models import Community, Content
from communities.writing import write_body


@dataclass
class Run:
    """From which dump and site into which community; how many texts of each sort it held and made."""

    dump: Dump
    site: Site
    community: Community
    held: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)

    def read[T](self, rows: Iterable[Row], read: Callable[[Row, Site], T]) -> Iterator[T]:
        """What the rows say; those that make no sense are named and left out."""
        for row in rows:
            try:
                yield read(row, self.site)
            except BadRow as error:
                self.dump.leave_out(row, str(error))

    def save[T: Text, C: Content](self, noun: str, contents: list[tuple[T, C]]) -> list[C]:
        """Writes the contents that are not here yet, with their authors. What is here stays as it is."""
        if not contents:
            return []
        model = type(contents[0][1])
        urls = [text.origin_url for text, _ in contents]
        with transaction.atomic():
            there = ids_by_origin(model, urls)
            missing = [pair for pair in contents if pair[0].origin_url not in there]
            written = [pair for pair in missing if self._write(*pair)]
            authors = authors_of([text for text, _ in written], self.community)
            for text, content in written:
                content.author_id = authors[text.author.origin_url]
            model._base_manager.bulk_create([content for _, content in written], ignore_conflicts=True)
        self.held[noun] += len(there) + len(written)
        self.made[noun] += len(written)
        return [content for _, content in written]

    def _write(self, text: Text, content: Content) -> bool:
        try:
            if isinstance(text, Remark):
                body = comment_to_markdown(text.source, self.site)
            else:
                body = to_markdown(text.source, self.site)
        except TooDeep:
            self.dump.leave_out(text.row, "its elements lie too deep within each other")
            return False
        if not body:
            self.dump.leave_out(text.row, "it says nothing")
            return False
        write_body(content, body, [])  # names in it are names over there
        content.origin_url = text.origin_url
        content.licence = text.licence
        content.created_at = text.created_at
        return True


def ids_by_origin(model: type[Content], urls: Iterable[str]) -> dict[str, int]:
    found = model._base_manager.filter(origin_url__in=list(urls))
    return {str(url): pk for url, pk in found.values_list("origin_url", "pk")}
