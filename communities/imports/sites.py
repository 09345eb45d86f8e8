"""Where the originals are: the addresses of a Stack Exchange site, and the licence of its texts."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

NETWORK = "stackexchange.com"
# The day from which a version applies to what was contributed: https://stackoverflow.com/help/licensing
LICENCES = (
    (datetime(2018, 5, 2, tzinfo=UTC), "CC BY-SA 4.0"),
    (datetime(2011, 4, 8, tzinfo=UTC), "CC BY-SA 3.0"),
)
OLDEST_LICENCE = "CC BY-SA 2.5"
LICENCE = re.compile(r"CC BY-SA \d\.\d")


class UnknownSite(Exception):
    """Nobody can tell where the originals are; the message says what to do."""


@dataclass(frozen=True)
class Site:
    """`address` is scheme and host."""

    address: str

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    def question(self, number: int) -> str:
        return f"{self.address}/q/{number}"

    def answer(self, number: int) -> str:
        return f"{self.address}/a/{number}"

    def comment(self, number: int) -> str:
        return f"{self.address}/posts/comments/{number}"

    def user(self, number: int) -> str:
        return f"{self.address}/users/{number}"

    def deleted_user(self, name: str) -> str:
        """Somebody whose account is gone has no page, so it is the list of users, asked for the name."""
        return f"{self.address}/users?filter={quote(name)}" if name else f"{self.address}/users"


def site_at(address: str) -> Site:
    parts = urlsplit(address.rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
        raise UnknownSite(f"{address} is not the address of a site; it looks like https://coffee.{NETWORK}.")
    return Site(f"https://{parts.netloc.lower()}")


def site_of_folder(folder: Path) -> Site:
    """Dumps carry no address, but folders are named for the site: `coffee`, `conlang-meta`, a host."""
    name = folder.resolve().name.lower()
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", name):
        raise UnknownSite(f"The name of the folder {folder} does not say which site it is from; say it with --site.")
    host = name if "." in name else f"{re.sub('-meta$', '.meta', name)}.{NETWORK}"
    return Site(f"https://{host}")


def licence_of(named: str, written_at: datetime) -> str:
    """The licence that the dump names; older dumps name none, there the day decides."""
    if LICENCE.fullmatch(named):
        return named
    return next((licence for since, licence in LICENCES if written_at >= since), OLDEST_LICENCE)
