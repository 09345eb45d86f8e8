"""The time zones a member may live in."""

from functools import cache
from itertools import groupby
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

AREAS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@cache
def zones() -> tuple[str, ...]:
    """UTC and every zone that is named for a place."""
    return ("UTC", *sorted(zone for zone in available_timezones() if area(zone) in AREAS))


def area(zone: str) -> str:
    return zone.partition("/")[0]


def zone_choices() -> list[tuple[str, object]]:
    """For a select: UTC, then each area with its places."""
    groups = groupby(zones()[1:], key=area)
    return [("UTC", "UTC"), *((name, [(zone, place(zone)) for zone in members]) for name, members in groups)]


def place(zone: str) -> str:
    return zone.partition("/")[2].replace("_", " ").replace("/", ", ")


def known_zone(zone: str) -> None:
    if zone not in zones():
        raise ValidationError(_("We do not know this time zone; choose one of the list."))
