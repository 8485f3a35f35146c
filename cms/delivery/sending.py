"""Exchanges one request with a server that an editor named, and lets it neither reach inside nor hold the caller up.

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
from email.message import Message
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


@dataclass(frozen=True)
class Answer:
    """What a server answered: the beginning of its body, and whether that is all of it."""

    status: int
    headers: Message
    body: bytes
    whole: bool


class Refused(Exception):
    """The address may not be sent to; the text says why."""


class TooSlow(Exception):
    """The whole exchange took longer than it may."""


def send(request: Request) -> Reply:
    """Send a request. Whatever goes wrong is a reply without a status."""
    begun = time.monotonic()

    def reply(status: int | None, text: str, retry_after: int = 0) -> Reply:
        return Reply(status, text, round((time.monotonic() - begun) * 1000), retry_after)

    try:
        answer = exchange(request, settings.CMS_DELIVERY_SECONDS, _READ_BYTES)
    except TooSlow:
        return reply(None, f"No whole answer within {settings.CMS_DELIVERY_SECONDS} seconds.")
    except (Refused, OSError, HTTPException, ValueError) as error:
        return reply(None, one_line(error))
    text = answer.body.decode("utf-8", "replace").replace("\0", "")
    return reply(answer.status, text, _seconds(answer.headers.get("Retry-After")))


def exchange(request: Request, seconds: float, most_bytes: int) -> Answer:
    """Return the answer to a request, with at most ``most_bytes`` of its body.

    Raises Refused for an address that may not be asked, TooSlow after ``seconds``, and OSError, HTTPException or
    ValueError where there is no answer.
    """
    parts = urlsplit(request.address)
    connection = _connected(request.address, seconds)
    # A server that answers a byte a second would otherwise never time out.
    over = threading.Event()
    watch = threading.Timer(seconds, _cut_off, (connection, over))
    watch.start()
    try:
        if parts.scheme == "https":
            secure = ssl.create_default_context().wrap_socket(
                connection.sock, server_hostname=parts.hostname, do_handshake_on_connect=False
            )
            connection.sock = secure  # before the handshake, so that a slow one is cut off too
            secure.do_handshake()
        target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request(request.method, target, request.body, dict(request.headers))
        found = connection.getresponse()
        body = found.read(most_bytes)
        whole = len(body) < most_bytes and not found.length
    except (OSError, HTTPException, ValueError) as error:
        if over.is_set():
            raise TooSlow from error
        raise
    finally:
        watch.cancel()
        connection.close()
    if over.is_set():
        raise TooSlow
    return Answer(found.status, found.headers, body, whole)


def _connected(address: str, seconds: float) -> HTTPConnection:
    """Return a connection, not yet encrypted, to an address that was checked. Raises Refused, OSError, ValueError."""
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
    connection.sock = socket.create_connection((checked, port), timeout=seconds)
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


def _seconds(retry_after: str | None) -> int:
    return min(int(retry_after), _LONGEST_WAIT) if retry_after and retry_after.isdecimal() else 0
