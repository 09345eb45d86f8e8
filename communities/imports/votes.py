"""The votes of a dump, which come without voters, and the acceptances among them."""

from collections.abc import Iterable

from django.db import connection, transaction

from communities.imports.dump import BadRow, Row
from communities.imports.records import QUESTION, kind_of
from communities.imports.run import Run
from communities.models import Answer, Post

ACCEPTED, UP, DOWN = 1, 2, 3  # VoteTypeId

# A table of this session holds them while they are counted, so that memory does not grow with their number.
PREPARE = """
    CREATE TEMPORARY TABLE IF NOT EXISTS imported_vote (target bigint, sort smallint, cast_on timestamptz);
    TRUNCATE imported_vote
"""
COUNT = """
    UPDATE {table} AS content
    SET imported_up = counted.up, imported_down = counted.down, version = version + 1,
        up = content.up - content.imported_up + counted.up,
        down = content.down - content.imported_down + counted.down
    FROM (
        SELECT %s || target AS origin_url,
            count(*) FILTER (WHERE sort = 2) AS up, count(*) FILTER (WHERE sort = 3) AS down
        FROM imported_vote WHERE sort IN (2, 3) GROUP BY target
    ) AS counted
    WHERE content.origin_url = counted.origin_url
        AND (content.imported_up, content.imported_down) IS DISTINCT FROM (counted.up, counted.down)
"""
ACCEPTED_ON = "SELECT %s || target, min(cast_on) FROM imported_vote WHERE sort = 1 AND target = ANY(%s) GROUP BY target"


def import_votes(run: Run) -> None:
    """Counts ups and downs where only the sum was known. Votes on what is not here count for nothing."""
    with connection.cursor() as cursor:
        cursor.execute(PREPARE)
    if not run.dump.has("Votes.xml"):
        return
    for rows in run.dump.batches("Votes.xml", "votes", size=5_000):
        with connection.cursor() as cursor, cursor.copy("COPY imported_vote FROM STDIN") as copy:
            for vote in _votes(run, rows):
                copy.write_row(vote)
    with transaction.atomic(), connection.cursor() as cursor:
        for model, stem in ((Post, run.site.address + "/q/"), (Answer, run.site.address + "/a/")):
            cursor.execute(COUNT.format(table=model._meta.db_table), [stem])


def accept_answers(run: Run) -> None:
    """Each question's accepted answer is accepted by who asked, on the day that the dump says or at once.

    What members here have accepted since stays. The posts are recounted afterwards.
    """
    for rows in run.dump.batches("Posts.xml", "accepted"):
        accepted = {}
        for row in rows:
            try:
                if row.get("AcceptedAnswerId") and kind_of(row) == QUESTION:
                    accepted[row.number("AcceptedAnswerId")] = run.site.question(row.number("Id"))
            except BadRow as error:
                run.dump.leave_out(row, str(error))
        with transaction.atomic():
            _accept(run, accepted)


def _votes(run: Run, rows: Iterable[Row]) -> Iterable[tuple[object, ...]]:
    for row in rows:
        try:
            sort = row.number("VoteTypeId")
            if sort in (ACCEPTED, UP, DOWN):
                yield row.number("PostId"), sort, row.moment("CreationDate")
        except BadRow as error:
            run.dump.leave_out(row, str(error))


def _accept(run: Run, accepted: dict[int, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ACCEPTED_ON, [run.site.address + "/a/", list(accepted)])
        days = dict(cursor.fetchall())
    questions = {run.site.answer(number): question for number, question in accepted.items()}
    answers = []
    found = Answer.objects.select_related("post").filter(origin_url__in=questions, deleted_at=None)
    for answer in found.filter(post__accepted_at=None):
        if answer.post.origin_url == questions[answer.origin_url or ""]:
            answer.accepted_at = max(days.get(answer.origin_url, answer.created_at), answer.created_at)
            answer.accepted_by_id = answer.post.author_id
            answer.version += 1
            answers.append(answer)
    Answer.objects.bulk_update(answers, ["accepted_at", "accepted_by", "version"])
