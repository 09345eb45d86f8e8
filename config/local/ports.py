"""Free loopback ports: any for the services, a wished one or the next for the pages."""

from __future__ import annotations

import socket

TRIES = 100


class NoFreePort(Exception):
    """None of the tried ports is free."""


def any_free_port() -> int:
    """A port that the system says is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def free_port_from(wished: int) -> int:
    """The wished port, or the first free one after it."""
    for port in range(wished, min(wished + TRIES, 65536)):
        if is_free(port):
            return port
    raise NoFreePort(f"No port from {wished} to {wished + TRIES - 1} is free; set PORT to another one.")


def is_free(port: int) -> bool:
    """Whether nothing listens there, on IPv4 or IPv6: a browser may take either for `localhost`."""
    return _can_bind(socket.AF_INET, "127.0.0.1", port) and (
        not _has_ipv6_loopback() or _can_bind(socket.AF_INET6, "::1", port)
    )


def _has_ipv6_loopback() -> bool:
    return socket.has_ipv6 and _can_bind(socket.AF_INET6, "::1", 0)


def _can_bind(family: socket.AddressFamily, host: str, port: int) -> bool:
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError:
        return False
    return True
