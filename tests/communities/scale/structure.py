"""The structure of the tables as PostgreSQL tells it."""

from typing import Any

from django.db import connection

STRUCTURE = """
    SELECT 'index', indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid, indisclustered
    FROM pg_index WHERE indrelid::regclass::text ~ '^(communities|accounts)_'
    UNION ALL
    SELECT 'constraint', conrelid::regclass::text || conname, pg_get_constraintdef(oid), convalidated, condeferred
    FROM pg_constraint WHERE conrelid::regclass::text ~ '^(communities|accounts)_'
    ORDER BY 1, 2
"""


def structure() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(STRUCTURE)
        return list(cursor.fetchall())
