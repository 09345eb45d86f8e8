"""Requests to addresses that somebody typed in: to public places only, whatever a name leads to and when.

A name is looked up once. Each address that it leads to has to be public, and the connection goes to one of these, so
that a name which leads elsewhere a moment later leads nobody there. Nothing is redirected, and no proxy is asked.
"""

import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Buffer, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

URL_MAX = 500  # characters
PORTS = (443, 8443)
CONNECT_WITHIN, ANSWERED_WITHIN = 3.0, 10.0  # seconds; the second is for everything together
READ_AT_MOST = 64 * 1024  # bytes of an answer
NAT64, SIX_TO_FOUR = ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16")
UNICAST = ipaddress.ip_network("2000::/3")


class Refused(Exception):
    """Cairn sends nothing there; the sentence says why."""


class NoAnswer(Exception):
    """It was tried; the sentence says what happened."""


@dataclass(frozen=True)
class Target:
    """Where a request goes. `host` is as it stands in `Host` and in certificates."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def netloc(self) -> str:
        named = f"[{self.host}]" if ":" in self.host else self.host
        return named if self.port == {"https": 443, "http": 80}[self.scheme] else f"{named}:{self.port}"


@dataclass(frozen=True)
class Answered:
    """`said` is the beginning of its body."""

    status: int
    said: bytes


def target_of(url: str) -> Target:
    """Takes the address apart. Raises Refused for what is no address of a public place, as far as one can see it."""
    if len(url) > URL_MAX or not url.isascii() or any(sign <= " " or sign in '\\"<>^`{|}\x7f' for sign in url):
        raise Refused(_("This is no address of a web page: signs that it may not have, or too many."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused(_("This is no address of a web page.")) from None
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.REACHES_LOOPBACK):
        raise Refused(_("The address has to begin with https://."))
    if not parts.hostname or "%" in parts.netloc or "@" in parts.netloc:
        raise Refused(_("The address needs the name of a place, and no name or password of a person."))
    if parts.fragment:
        raise Refused(_("Leave out what comes after the #: it is never sent."))
    if (port or 443) not in PORTS and not settings.REACHES_LOOPBACK:
        raise Refused(_("Only the ports %(ports)s can be used.") % {"ports": ", ".join(map(str, PORTS))})
    return Target(parts.scheme, parts.hostname, port or 443, _path(parts))


def looked_up(target: Target) -> list[str]:
    """The addresses of the place, each of them public. Raises Refused, or NoAnswer for a name that leads nowhere."""
    pool = ThreadPoolExecutor(1)
    try:
        found = pool.submit(socket.getaddrinfo, target.host, target.port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(place[0]) for *_rest, place in found.result(CONNECT_WITHIN)))
    except (OSError, UnicodeError):
        raise NoAnswer(_("There is no place of this name, or nobody said in time where it is.")) from None
    finally:
        pool.shutdown(wait=False)
    if not addresses or not all(map(_may_be_reached, addresses)):
        raise Refused(_("This leads into a network that is not public."))
    return addresses


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answered:
    """Sends `body` there once. Raises Refused or NoAnswer."""
    deadline = time.monotonic() + ANSWERED_WITHIN
    target = target_of(url)
    addresses = looked_up(target)
    try:
        with _connected(target, addresses, deadline) as plain:
            connection = HTTPConnection(target.host, target.port)
            connection.sock = _Wire(plain, deadline)
            connection.request("POST", target.path, body, {"Host": target.netloc, "Connection": "close", **headers})
            response = connection.getresponse()
            return Answered(response.status, response.read(READ_AT_MOST))
    except ssl.SSLCertVerificationError:
        raise NoAnswer(_("Its certificate is not valid.")) from None
    except TimeoutError:
        raise NoAnswer(_("It took too long to answer.")) from None
    except (HTTPException, ValueError):
        raise NoAnswer(_("What it said is not HTTP.")) from None
    except OSError:
        raise NoAnswer(_("It could not be reached, or broke off.")) from None


def is_public(address: str) -> bool:
    """Whether this is one machine somewhere in the internet; addresses that hold another one are as that one is."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip not in UNICAST or ip in SIX_TO_FOUR:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _may_be_reached(address: str) -> bool:
    is_here = settings.REACHES_LOOPBACK and ipaddress.ip_address(address.partition("%")[0]).is_loopback
    return is_here or is_public(address)


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


class _Wire:
    """A socket on which everything together ends by a deadline, however slowly the other side drips."""

    def __init__(self, wire: socket.socket, deadline: float) -> None:
        self.wire = wire
        self.deadline = deadline

    def until_then(self) -> socket.socket:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.wire.settimeout(left)
        return self.wire

    def sendall(self, data: bytes) -> None:
        self.until_then().sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reading(self))

    def close(self) -> None:
        """Said when the head of the answer has been read; its body is still to come."""


class _Reading(io.RawIOBase):
    def __init__(self, wire: _Wire) -> None:
        self.wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        return self.wire.until_then().recv_into(buffer)


def _connected(target: Target, addresses: list[str], deadline: float) -> socket.socket:
    """To the first that takes it. The certificate has to be that of the name."""
    until = min(deadline, time.monotonic() + CONNECT_WITHIN)
    plain = _first_of(addresses, target.port, until)
    if target.scheme == "http":
        return plain
    try:
        plain.settimeout(max(0.01, deadline - time.monotonic()))
        return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
    except BaseException:
        plain.close()
        raise


def _first_of(addresses: list[str], port: int, until: float) -> socket.socket:
    for address in addresses[:-1]:
        with suppress(OSError):
            return _connected_to(address, port, until)
    return _connected_to(addresses[-1], port, until)


def _connected_to(address: str, port: int, until: float) -> socket.socket:
    """By its number, so that nothing is looked up again."""
    plain = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        plain.settimeout(max(0.01, until - time.monotonic()))
        plain.connect((address, port))
    except BaseException:
        plain.close()
        raise
    return plain
