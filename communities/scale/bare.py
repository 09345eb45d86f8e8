"""Tables without their indexes and foreign keys for a while: rows go in several times faster.

All of it in the transaction of the caller: whatever ends it early brings everything back.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tqdm import tqdm

INDEXES = """
    SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    FROM pg_index
    WHERE indrelid = ANY(%s::regclass[])
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
    ORDER BY indexrelid::regclass::text
"""
CONSTRAINTS = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
        format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint
    WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('u', 'f')
    ORDER BY contype DESC, conname
"""


@contextmanager
def bare(cursor: Any, tables: Sequence[str]) -> Iterator[None]:
    """Primary keys and checks stay. Afterwards everything is there again as it was, and has been checked."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits to be checked would hold the tables as they are
    taken_off: list[tuple[str, str]] = []
    for catalogue in (CONSTRAINTS, INDEXES):
        cursor.execute(catalogue, [list(tables)])
        taken_off += cursor.fetchall()
    for drop, _ in sorted(taken_off):
        cursor.execute(drop)
    yield
    cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    for _, create in tqdm(sorted(taken_off, key=_foreign_keys_last), desc="indexes", disable=None):
        cursor.execute(create)


def _foreign_keys_last(pair: tuple[str, str]) -> bool:
    return " FOREIGN KEY " in pair[1]
