"""The time zones a member may live in."""

from functools import cache
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
    return ("UTC", *sorted(zone for zone in available_timezones() if zone.split("/")[0] in AREAS))


def known_zone(zone: str) -> None:
    if zone not in zones():
        raise ValidationError(_("We do not know this time zone; choose one of the list."))
