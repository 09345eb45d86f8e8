"""Reads the environment: every variable Cairn knows, checked, with one sentence when a value is wrong."""

import os
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
DEVELOPMENT_KEY_MARK = "local-"
SECRET_LEAST = 20
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")

env = environ.Env()


class WrongValue(ImproperlyConfigured):
    """A variable is missing, unknown or malformed; the message is one sentence that names it."""


def variable(name: str, default: Any = environ.Env.NOTSET, cast: str = "str") -> Any:
    """The value of one variable. Raises WrongValue with a sentence that names it."""
    try:
        value = getattr(env, cast)(name, default=default)
    except (ImproperlyConfigured, ValueError) as error:
        if name not in os.environ:
            raise WrongValue(f"{name} is not set; .env.example shows what it means.") from error
        raise WrongValue(f"{name} has the value {os.environ[name]!r}, which is not a valid {cast}.") from error
    if value == "" and default is environ.Env.NOTSET:
        raise WrongValue(f"{name} is empty; .env.example shows what it means.")
    return value


def boolean(name: str, default: bool) -> bool:
    raw = os.environ.get(name, str(default)).strip().lower()
    if raw not in ("true", "false", "1", "0", "yes", "no", "on", "off"):
        raise WrongValue(f"{name} has the value {raw!r}; it must be true or false.")
    return raw in ("true", "1", "yes", "on")


def count(name: str, default: int) -> int:
    """A whole number, 0 or more."""
    value: int = variable(name, default, "int")
    if value < 0:
        raise WrongValue(f"{name} has the value {value}; it must not be negative.")
    return value


def one_of(name: str, choices: tuple[str, ...], default: str) -> str:
    value: str = variable(name, default)
    if value not in choices:
        raise WrongValue(f"{name} has the value {value!r}; it must be {' or '.join(choices)}.")
    return value


def url(name: str, schemes: tuple[str, ...], default: Any = environ.Env.NOTSET) -> str:
    """A URL whose scheme is one of `schemes`."""
    value: str = variable(name, default)
    try:
        scheme = urlsplit(value).scheme
    except ValueError:
        scheme = ""
    if scheme not in schemes:
        wanted = " or ".join(f"{scheme}:" for scheme in schemes)
        raise WrongValue(f"{name} must begin with {wanted}.")  # not its value: there may be a password in it
    return value


def mailer(name: str, default: str) -> dict[str, Any]:
    """A Django MAILERS entry from `smtp://user:password@host:25`, `smtp+tls:`, `smtp+ssl:` or `file:folder`."""
    parts = urlsplit(url(name, ("smtp", "smtp+tls", "smtp+ssl", "file"), default))
    if parts.scheme == "file":
        folder = BASE_DIR / (parts.path or "var/mail")
        return {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(folder)},
        }
    if not parts.hostname:
        raise WrongValue(f"{name} names no mail server; write smtp://host:25.")
    options = {
        "host": parts.hostname,
        "port": _port(name, parts) or {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtp+ssl",
        "timeout": 10,
    }
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


def database(name: str) -> dict[str, Any]:
    """A Django DATABASES entry from `postgresql://user:password@host:port/name`."""
    parts = urlsplit(url(name, ("postgres", "postgresql")))
    port = _port(name, parts)
    if not parts.hostname or not parts.path.strip("/"):
        raise WrongValue(f"{name} must look like postgresql://user:password@host:5432/cairn.")
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname,
        "PORT": str(port or 5432),
        "OPTIONS": options,
    }


def redis(name: str) -> str:
    """The address of a Redis-compatible server; which of its numbers hold what is for the settings to say."""
    value = url(name, ("redis", "rediss")).rstrip("/")
    parts = urlsplit(value)
    _port(name, parts)
    if not parts.hostname or parts.path:
        raise WrongValue(f"{name} must look like redis://:password@host:6379, without a number at its end.")
    return value


def site_url(name: str, default: str) -> str:
    """The address that members type; plain http is for this machine only."""
    value = url(name, ("http", "https"), default).rstrip("/")
    parts = urlsplit(value)
    _port(name, parts)
    if not parts.hostname or parts.username or parts.path or parts.query or parts.fragment:
        raise WrongValue(f"{name} has the value {value!r}; it must be scheme and host, like https://cairn.example.org.")
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise WrongValue(f"{name} has the value {value!r}; outside this machine it must begin with https:.")
    return value


def origins(name: str) -> list[str]:
    """Scheme, host and port of pages, as browsers send them."""
    values = [value.rstrip("/") for value in variable(name, [], "list")]
    for value in values:
        try:
            parts = urlsplit(value)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or value != f"{parts.scheme}://{parts.netloc}" or not parts.hostname:
            raise WrongValue(
                f"{name} has the value {value!r}; it must be scheme and host, like https://app.example.org."
            )
    return values


def secret(name: str) -> str:
    """A password that programs send; "" = there is none."""
    value: str = variable(name, "")
    if value and len(value) < SECRET_LEAST:
        raise WrongValue(f"{name} is too short; it needs at least {SECRET_LEAST} random characters.")
    return value


def prices(name: str) -> tuple[Decimal, Decimal] | None:
    """Two amounts of money with a comma between them."""
    value: str = variable(name, "")
    try:
        amounts = [Decimal(word.strip()) for word in value.split(",") if value]
    except InvalidOperation:
        amounts = [Decimal(-1)]
    if not value:
        return None
    if len(amounts) != 2 or not all(amount.is_finite() and amount >= 0 for amount in amounts):
        raise WrongValue(f"{name} has the value {value!r}; it must be two amounts, like 0.25,2.")
    return amounts[0], amounts[1]


def secret_key(name: str, *, is_local: bool) -> str:
    """The signing key. A key that the local run generated is refused anywhere else."""
    value: str = variable(name)
    if len(value) < 40:
        raise WrongValue(f"{name} is too short; it needs at least 40 random characters.")
    if value.startswith(DEVELOPMENT_KEY_MARK) and not is_local:
        raise WrongValue(f"{name} is the key of a local run; set one of your own.")
    return value


def key_files(name: str) -> list[Path]:
    """Private keys in files, the newest first; none when it is not set."""
    files = [Path(path) for path in variable(name, [], "list")]
    for path in files:
        try:
            is_key = "PRIVATE KEY-----" in path.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            is_key = False
        if not is_key:
            raise WrongValue(f"{name} names {str(path)!r}, which is no file with a private key that can be read.")
    return files


def _port(name: str, parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise WrongValue(f"{name} has no valid port; it is a number up to 65535.") from error
