"""The badges of a dump, which become honours: counted by member and name, and worth nothing here."""

from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import Sum

from accounts.names import plain_line
from communities.imports.dump import BadRow, Row
from communities.imports.members import known_members
from communities.imports.run import Run
from communities.models import Grade, Honour

NAME_MAX = 60

# A table of this session holds them while they are counted, so that memory does not grow with their number.
PREPARE = """
    CREATE TEMPORARY TABLE IF NOT EXISTS imported_honour (member bigint, name text, grade smallint);
    TRUNCATE imported_honour
"""
COUNT = """
    INSERT INTO communities_honour AS honour (community_id, site, member_id, name, grade, count)
    SELECT %s, %s, member, name, grade, count(*) FROM imported_honour GROUP BY member, name, grade
        ON CONFLICT (member_id, site, name, grade) DO UPDATE SET count = excluded.count
     WHERE honour.count <> excluded.count
"""


def import_honours(run: Run) -> None:
    """Counts what each member earned, as the dump has it now. Badges of nobody who is here are left out."""
    with connection.cursor() as cursor:
        cursor.execute(PREPARE)
    for rows in run.dump.batches("Badges.xml", "honours", size=2_000):
        badges = list(_badges(run, rows))  # asks the database, which a copy keeps busy
        with connection.cursor() as cursor, cursor.copy("COPY imported_honour FROM STDIN") as copy:
            for badge in badges:
                copy.write_row(badge)
    with transaction.atomic(), connection.cursor() as cursor:
        before = _earned(run)
        cursor.execute(COUNT, [run.community.pk, run.site.address])
        run.held["honours"] = _earned(run)
        run.made["honours"] = run.held["honours"] - before


def _badges(run: Run, rows: list[Row]) -> Iterator[tuple[int, str, int]]:
    numbers = {row.get("UserId") for row in rows}
    members = known_members(run.site.user(int(number)) for number in numbers if number.lstrip("-").isdecimal())
    for row in rows:
        try:
            number = row.number("UserId")
            if not (member := members.get(run.site.user(number))):
                raise BadRow(f"its UserId {number} is nobody who is here")
            if not (name := plain_line(row.text("Name"))[:NAME_MAX]):
                raise BadRow("its Name is empty")
            yield member, name, _grade(row)
        except BadRow as error:
            run.dump.leave_out(row, str(error))


def _grade(row: Row) -> Grade:
    if not row.get("Class"):
        return Grade.OTHER
    try:
        return Grade(row.number("Class"))
    except ValueError as error:
        raise BadRow("its Class is none of 1, 2 and 3") from error


def _earned(run: Run) -> int:
    count: int | None = Honour.objects.filter(site=run.site.address).aggregate(count=Sum("count"))["count"]
    return count or 0
