"""Named places in a page that apps of a higher floor may fill: `{% slot "profile_activity" member=member %}`.

An app fills a place in its `AppConfig.ready` with `fill(name, function)`; the function gets the request and what the
tag was given, and returns safe HTML. A place that nobody fills stays empty.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

Filling = Callable[..., SafeString]

_fillings: dict[str, list[Filling]] = {}


def fill(name: str, filling: Filling) -> None:
    """Puts `filling` into the place; several stand below each other in the order of INSTALLED_APPS."""
    fillings = _fillings.setdefault(name, [])
    if filling not in fillings:
        fillings.append(filling)


def filled(name: str, request: HttpRequest, **given: object) -> list[SafeString]:
    """What the place holds on this page."""
    return [filling(request, **given) for filling in _fillings.get(name, ())]
