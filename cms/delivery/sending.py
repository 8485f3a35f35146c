"""Sends one request to a server that a superuser named, and lets it neither reach inside nor hold the sender up.

Only https, except for hosts of ``CMS_DELIVERY_PRIVATE_HOSTS``. The name is resolved once, every address must be public,
and the connection goes to an address that was checked: a second look-up could give another one. Redirects are not
followed. The whole exchange has a deadline, and only the beginning of the answer is read.
"""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from django.conf import settings

from cms.running.one_line import one_line

_READ_BYTES = 2_000
_LONGEST_WAIT = 60 * 60


@dataclass(frozen=True)
class Request:
    """What to send."""

    method: str
    address: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """What came back: a status, or None and the reason in `text`."""

    status: int | None
    text: str
    milliseconds: int
    retry_after: int = 0


class Refused(Exception):
    """The address may not be sent to; the text says why."""


def send(request: Request) -> Reply:
    """Send a request. Whatever goes wrong is a reply without a status."""
    begun = time.monotonic()

    def reply(status: int | None, text: str, retry_after: int = 0) -> Reply:
        return Reply(status, text, round((time.monotonic() - begun) * 1000), retry_after)

    try:
        connection = _connected(request.address)
    except (Refused, OSError, ValueError) as error:
        return reply(None, one_line(error))
    # A server that answers a byte a second would otherwise never time out.
    over = threading.Event()
    watch = threading.Timer(settings.CMS_DELIVERY_SECONDS, _cut_off, (connection, over))
    watch.start()
    try:
        parts = urlsplit(request.address)
        target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request(request.method, target, request.body, dict(request.headers))
        answer = connection.getresponse()
        text = answer.read(_READ_BYTES).decode("utf-8", "replace").replace("\0", "")
        if not over.is_set():
            return reply(answer.status, text, _seconds(answer.headers.get("Retry-After")))
        return reply(None, _too_slow())
    except (OSError, HTTPException, ValueError) as error:
        return reply(None, _too_slow() if over.is_set() else one_line(error))
    finally:
        watch.cancel()
        connection.close()


def _connected(address: str) -> HTTPConnection:
    """Return a connection to an address that was checked. Raises Refused, OSError, ValueError."""
    parts = urlsplit(address)
    host, encrypted = parts.hostname or "", parts.scheme == "https"
    known = host in settings.CMS_DELIVERY_PRIVATE_HOSTS
    if not host or not (encrypted or (known and parts.scheme == "http")):
        raise Refused("Only addresses that begin with https are sent to.")
    port = parts.port or (443 if encrypted else 80)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not known and not all(_is_public(str(one[4][0])) for one in found):
        raise Refused(f"{host} is an address of a private network.")
    connection = HTTPConnection(host, port)
    checked = str(found[0][4][0])
    connection.sock = socket.create_connection((checked, port), timeout=settings.CMS_DELIVERY_SECONDS)
    if encrypted:
        try:
            connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
        except OSError:
            connection.close()
            raise
    return connection


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return ip.is_global and not ip.is_multicast and (inner is None or inner.is_global)


def _cut_off(connection: HTTPConnection, over: threading.Event) -> None:
    over.set()
    try:
        connection.sock.shutdown(socket.SHUT_RDWR)
    except (OSError, AttributeError):
        return  # it has ended meanwhile


def _too_slow() -> str:
    return f"No whole answer within {settings.CMS_DELIVERY_SECONDS} seconds."


def _seconds(retry_after: str | None) -> int:
    return min(int(retry_after), _LONGEST_WAIT) if retry_after and retry_after.isdecimal() else 0
