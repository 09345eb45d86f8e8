"""Completes the environment of a local run, so that the settings find every variable they need."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from config.local.dotenv import read_dotenv
from config.local.ports import free_port_from
from config.local.processes import write_private
from config.local.services import Services, start_or_find

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = ROOT / "var"
DEFAULT_PORT = 8000


class CannotStart(Exception):
    """The message is a sentence that says why, and what to do."""


def is_local() -> bool:
    """Only an installation for others has an https address."""
    return not os.environ.get("SITE_URL", "").startswith("https:")


def complete(command: str) -> Services | None:
    """Fill in what `.env` and the local run provide; the services that were started for this command, if any.

    What the environment already holds stays. Outside a local run nothing is provided: there a missing
    variable must stop the start.
    """
    for name, value in read_dotenv(ROOT / ".env").items():
        if value:
            os.environ.setdefault(name, value)
    if not is_local():
        return None
    os.environ.setdefault("SECRET_KEY", secret_key())
    os.environ.setdefault("DEBUG", "true")
    if command == "up":
        return _own_services()
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return None
    services, notes = start_or_find(VAR)
    os.environ.update(notes["environment"])
    if "site_url" in notes:
        os.environ.setdefault("SITE_URL", notes["site_url"])
    return services


def secret_key() -> str:
    """The signing key of this checkout, made once; its beginning lets production refuse it."""
    path = VAR / "secret_key"
    if not path.is_file():
        VAR.mkdir(exist_ok=True)
        write_private(path, f"local-{secrets.token_urlsafe(48)}")
    return path.read_text(encoding="utf-8")


def _own_services() -> Services:
    """The services for `up`, which may share them but not borrow them."""
    wished = _wished_port()
    services, notes = start_or_find(VAR)
    if services is None:
        where = f"at {notes['site_url']} " if "site_url" in notes else ""
        raise CannotStart(
            f"Cairn already runs in this folder {where}(process {notes['owner']}); end that one first."
        )
    os.environ.update(notes["environment"])
    port = free_port_from(wished)
    if port != wished:
        print(f"Port {wished} is taken; using {port}.", flush=True)
    os.environ["PORT"] = str(port)
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    services.note(site_url=os.environ["SITE_URL"])
    return services


def _wished_port() -> int:
    raw = os.environ.get("PORT", str(DEFAULT_PORT))
    if not raw.isdigit() or not 0 < int(raw) < 65536:
        raise CannotStart(f"PORT has the value {raw!r}; it must be a number from 1 to 65535.")
    return int(raw)
