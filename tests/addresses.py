"""Every address that the site has, found in its URL patterns, and what the tables hold before and after a visit."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from django.urls import URLResolver, get_resolver

PARAMETER = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Route:
    """One URL pattern: its full name ("" when it has none) and its path with the parameters in it."""

    name: str
    path: str

    @property
    def parameters(self) -> list[str]:
        return [first or second for first, second in PARAMETER.findall(self.path)]

    def address(self, values: Mapping[str, object]) -> str:
        filled = PARAMETER.sub(lambda found: str(values[found[1] or found[2]]), self.path)
        return "/" + re.sub(r"[\^$]", "", filled).replace("(?P<url>.*)", "x")


def routes(resolver: URLResolver | None = None, path: str = "", namespace: str = "") -> Iterator[Route]:
    """All of them, those of the libraries included."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern, here, inner)
        else:
            yield Route(namespace + pattern.name if pattern.name else "", here)


NOTED_ON_LOOKING = ("communities_visit", "communities_attendance")
"""Tables in which a look at a page is noted, as in a log; and on the membership when somebody last looked."""


def table_digests() -> dict[str, str]:
    """What every other table holds, in short: any added, removed or changed row changes it."""
    digests = {}
    with connection.cursor() as cursor:
        tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
        for table in sorted(tables.difference(NOTED_ON_LOOKING)):
            row = "(to_jsonb(t) - 'looked_at' - 'new_since')::text"
            cursor.execute(f"SELECT count(*), md5(string_agg({row}, '|' ORDER BY {row})) FROM \"{table}\" t")
            count, digest = cursor.fetchone()
            digests[table] = f"{count} {digest}"
    return digests
