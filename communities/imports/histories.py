"""What the texts of a dump said before: its history becomes revisions of the posts and answers."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from django.db import connection, transaction

from accounts.models import User
from communities import rules
from communities.imports.dump import BadRow, Row
from communities.imports.run import Run
from communities.imports.tags import tags_in
from communities.models import Answer, Post, Revision
from communities.models.revision import thing_of

TITLE, BODY, TAGS = (1, 4, 7), (2, 5, 8), (3, 6, 9)  # PostHistoryTypeId: the first, an edit, a return to an older one

# A table of this session brings the rows of one text together, however far apart the file has them.
PREPARE = """
    CREATE TEMPORARY TABLE IF NOT EXISTS imported_save (
        id bigint, target bigint, guid text, sort smallint, saved_on timestamptz, editor text, said text, why text
    );
    TRUNCATE imported_save
"""
SORTED = "SELECT target, guid, sort, saved_on, editor, said, why FROM imported_save ORDER BY target, saved_on, guid, id"


class Part(NamedTuple):
    """One of the things that a save changed: title, body or tags."""

    target: int
    guid: str
    sort: int
    saved_on: datetime
    editor: str
    said: str
    why: str


def import_histories(run: Run) -> None:
    """Texts that have revisions already keep theirs; a text that was saved once needs none."""
    with connection.cursor() as cursor:
        cursor.execute(PREPARE)
    for rows in run.dump.batches("PostHistory.xml", "history", size=2_000):
        with connection.cursor() as cursor, cursor.copy("COPY imported_save FROM STDIN") as copy:
            for save in _saves(run, rows):
                copy.write_row(save)
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(SORTED)
        for target, parts in groupby((Part(*row) for row in cursor), key=lambda part: part.target):
            _keep(run, target, list(parts))


def _saves(run: Run, rows: list[Row]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        try:
            sort = row.number("PostHistoryTypeId")
            if sort in TITLE + BODY + TAGS:
                editor = run.site.user(row.number("UserId")) if row.get("UserId") else ""
                said = (row.get("Text"), row.get("Comment")[: rules.NOTE_MAX])
                place = (row.number("Id"), row.number("PostId"), row.text("RevisionGUID"), sort)
                yield *place, row.moment("CreationDate"), editor, *said
        except BadRow as error:
            run.dump.leave_out(row, str(error))


def _keep(run: Run, target: int, parts: list[Part]) -> None:
    saves = [list(save) for _, save in groupby(parts, key=lambda part: part.guid)]
    content = _content(run, target)
    if content is None or len(saves) < 2:
        return
    run.held["revisions"] += len(saves)
    if Revision.objects.of(content).exists():
        return
    editors = _editors({part.editor for part in parts})
    title = body = tags = ""
    revisions = []
    for number, save in enumerate(saves, start=1):
        for part in save:
            if part.sort in TITLE:
                title = part.said[: rules.TITLE_MAX]
            elif part.sort in TAGS:
                tags = ", ".join(tags_in(part.said))
            else:
                body = part.said
        revision = Revision(**thing_of(content), number=number, title=title, body=body, tags=tags)
        revision.editor_id = editors.get(save[0].editor, content.author_id)
        revision.note, revision.created_at = save[0].why, save[0].saved_on
        revision.origin_url = f"{run.site.address}/revisions/{save[0].guid}"
        revisions.append(revision)
    revisions[-1].body = content.body  # what is read there now
    Revision.objects.bulk_create(revisions)
    run.made["revisions"] += len(revisions)


def _content(run: Run, target: int) -> Post | Answer | None:
    post = Post.objects.filter(origin_url=run.site.question(target)).first()
    return post or Answer.objects.filter(origin_url=run.site.answer(target)).first()


def _editors(urls: set[str]) -> dict[str, int]:
    return {str(url): pk for url, pk in User.objects.filter(origin_url__in=urls).values_list("origin_url", "pk")}
