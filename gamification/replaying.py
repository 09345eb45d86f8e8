"""What the last days would have been worth under other rules: a draft in TOML. Writes nothing."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import TruncMonth

from gamification.caps import NOW, Numbers, counted
from gamification.models import Entry
from gamification.rules import RULES, Rule

PEOPLE_AT_ONCE = 1_000
CAPS = ("soft_a_day", "pair_a_day", "pair_a_month")
KEYS: dict[str, type] = {"xp": int, "asker": int, "times_a_day": int, "is_soft": bool, "amounts": dict}
"""What a draft may say of a rule. `amounts`: what becomes of amounts, for rules that have several."""


class DraftUnfit(Exception):
    """Says in one sentence what nobody knows."""


@dataclass(frozen=True)
class Shift:
    """What one member would have, in the days looked at, and how much it is now."""

    user: int
    now: int
    then: int

    @property
    def difference(self) -> int:
        return self.then - self.now


def numbers_of(text: str) -> Numbers:
    """Those of now, with what the draft says instead."""
    try:
        draft = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DraftUnfit(f"This is no TOML: {error}.") from error
    known = {**RULES}
    caps: dict[str, int] = {}
    amounts: dict[tuple[str, int], int] = {}
    for name, said in draft.items():
        if not isinstance(said, dict) or name not in (*RULES, "caps"):
            raise DraftUnfit(f"[{name}] is nothing that has rules; known are {', '.join(RULES)} and caps.")
        if name == "caps":
            caps = _checked(name, said, dict.fromkeys(CAPS, int))
        else:
            known[name] = _with(RULES[name], _checked(name, said, KEYS), amounts)
    return replace(NOW, known=known, amounts=amounts, **caps)


def _checked(name: str, said: Mapping[str, Any], known: Mapping[str, type]) -> dict[str, Any]:
    for key, value in said.items():
        if key not in known:
            raise DraftUnfit(f"[{name}] has no {key}; known are {', '.join(known)}.")
        if type(value) is not known[key]:
            raise DraftUnfit(f"[{name}] {key} is {value!r}; it has to be of the kind {known[key].__name__}.")
    return dict(said)


def _with(rule: Rule, said: dict[str, Any], amounts: dict[tuple[str, int], int]) -> Rule:
    """The rule as drafted; notes what becomes of which amount."""
    for was, now in said.pop("amounts", {}).items():
        if not was.removeprefix("-").isdigit() or type(now) is not int:
            raise DraftUnfit(f"[{rule.key}] amounts says {was} = {now!r}; both have to be whole numbers.")
        amounts[rule.key, int(was)] = now
    for key, was in (("xp", rule.xp), ("asker", rule.asker)):
        if key in said:
            amounts[rule.key, was] = said[key]
    return replace(rule, **said)


def as_draft(numbers: Numbers = NOW) -> str:
    """As a draft that says what is so now: to begin with."""
    lines = ["[caps]", *(f"{key} = {getattr(numbers, key)}" for key in CAPS)]
    for rule in numbers.known.values():
        lines += ["", f"[{rule.key}]  # {rule.deed}", f"xp = {rule.xp}"]
        lines += [f"asker = {rule.asker}"] if rule.asker else []
        lines += [f"times_a_day = {rule.times_a_day}"] if rule.times_a_day is not None else []
        lines += [f"is_soft = {str(rule.is_soft).lower()}"]
    return "\n".join(lines) + "\n"


def shifts(draft: Numbers, *, since: date) -> Iterator[Shift]:
    """Of everybody who has entries since that day. A cap of a month counts what came earlier in it."""
    first = since.replace(day=1)
    entries = Entry.objects.filter(utc_date__gte=first)
    people = list(entries.order_by("user").values_list("user", flat=True).distinct())
    for start in range(0, len(people), PEOPLE_AT_ONCE):
        some = people[start : start + PEOPLE_AT_ONCE]
        months = list(
            entries.filter(user__in=some).annotate(month=TruncMonth("utc_date")).values_list("user", "month").distinct()
        )
        now, then = (_worth(numbers, months, since) for numbers in (NOW, draft))
        for user in some:
            yield Shift(user, now.get(user, 0), then.get(user, 0))


def _worth(numbers: Numbers, months: list[tuple[int, date]], since: date) -> dict[int, int]:
    statement = f"""
        WITH {counted(numbers)}
        SELECT user_id, sum(effective)::integer FROM days WHERE utc_date >= %(since)s GROUP BY user_id
    """
    values: dict[str, Any] = {
        "touched": [user for user, _ in months],
        "months": [month for _, month in months],
        "since": since,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        cursor.execute(statement, values)
        return dict(cursor.fetchall())
