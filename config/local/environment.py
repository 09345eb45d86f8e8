"""Completes the environment of a local run, so that the settings find every variable they need."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from config.local.dotenv import read_dotenv
from config.local.ports import free_port_from
from config.local.processes import write_private
from config.local.services import Services, start_or_find

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = ROOT / "var"
DEFAULT_PORT = 8000

own_services: Services | None = None  # what this process has started, for `up` to watch


class CannotStart(Exception):
    """The message is a sentence that says why, and what to do."""


def is_local() -> bool:
    """Only an installation for others has an https address."""
    return not os.environ.get("SITE_URL", "").startswith("https:")


def complete(command: str) -> None:
    """Fill in what `.env` and the local run provide, services included when none run yet.

    What the environment already holds stays. Outside a local run nothing is provided: there a missing
    variable must stop the start.
    """
    for name, value in read_dotenv(ROOT / ".env").items():
        if value:
            os.environ.setdefault(name, value)
    if not is_local():
        return
    os.environ.setdefault("SECRET_KEY", secret_key())
    os.environ.setdefault("JWT_KEYS", str(jwt_key()))
    os.environ.setdefault("ADMIN_NEEDS_SECOND_FACTOR", "false")
    (VAR / "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns without it; here files come from the finders
    if command == "up":
        _start_for_up()
    elif not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        _start_or_borrow()


def stop_services() -> None:
    """End what this process has started."""
    if own_services:
        own_services.stop()


def secret_key() -> str:
    """The signing key of this checkout, made once; its beginning lets production refuse it."""
    path = VAR / "secret_key"
    if not path.is_file():
        VAR.mkdir(exist_ok=True)
        write_private(path, f"local-{secrets.token_urlsafe(48)}")
    return path.read_text(encoding="utf-8")


def jwt_key() -> Path:
    """The key of this checkout that signs the tokens of programs which sign in, made once."""
    path = VAR / "jwt_key.pem"
    if not path.is_file():
        from cryptography.hazmat.primitives import serialization  # slow, and needed once
        from cryptography.hazmat.primitives.asymmetric import rsa

        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        VAR.mkdir(exist_ok=True)
        write_private(path, key.private_bytes(*form).decode())
    return path


def _start_or_borrow() -> dict[str, Any]:
    global own_services
    own_services, notes = start_or_find(VAR)
    found = notes["environment"] | ({"SITE_URL": notes["site_url"]} if "site_url" in notes else {})
    os.environ.update({name: value for name, value in found.items() if not os.environ.get(name)})
    return notes


def _start_for_up() -> None:
    """`up` needs services of its own: borrowed ones end with the command that lent them."""
    wished = _wished_port()
    notes = _start_or_borrow()
    if own_services is None:
        where = f"at {notes['site_url']} " if "site_url" in notes else ""
        raise CannotStart(f"Cairn already runs in this folder {where}(process {notes['owner']}); end that one first.")
    port = free_port_from(wished)
    if port != wished:
        print(f"Port {wished} is taken; using {port}.", flush=True)
    os.environ["PORT"] = str(port)
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    own_services.note(site_url=os.environ["SITE_URL"])


def _wished_port() -> int:
    raw = os.environ.get("PORT", str(DEFAULT_PORT))
    if not raw.isdigit() or not 0 < int(raw) < 65536:
        raise CannotStart(f"PORT has the value {raw!r}; it must be a number from 1 to 65535.")
    return int(raw)
