"""Fetches a document from a server of others: only from hosts that the operator named, bounded in time and size."""

import time
from collections.abc import Collection
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from cms.delivery.sending import Answer, Refused, Request, TooSlow, exchange
from cms.running.one_line import one_line

_MOST_REDIRECTS = 3
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_LONGEST_MARK = 250


@dataclass(frozen=True, slots=True)
class Marks:
    """By what a server tells whether its document has changed since (RFC 9110, 13)."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document, the address at which it was in the end, and what its server says of it."""

    body: bytes
    address: str
    media_type: str
    charset: str
    marks: Marks


class NotFetched(Exception):
    """There is no document. ``code`` says why in one word, ``detail`` what the server or the network said."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


def fetch(
    address: str, hosts: Collection[str], marks: Marks | None = None, accept: str = "*/*"
) -> Document | None:
    """Return the document at ``address``; None where it is what it was when ``marks`` were told.

    Redirects are followed within ``hosts``. Raises `NotFetched` with one of the codes host, private, unreachable, slow,
    large, cut, status, redirects and packed.
    """
    ends = time.monotonic() + settings.CMS_FETCH_SECONDS
    for _step in range(_MOST_REDIRECTS + 1):
        answer = _asked(address, hosts, _headers(marks or Marks(), accept), ends - time.monotonic())
        if answer.status == 304 and marks is not None:
            return None
        if answer.status not in _REDIRECTS:
            return _document(answer, address)
        try:
            address = iri_to_uri(urljoin(address, answer.headers.get("Location", "")))
        except ValueError as error:
            raise NotFetched("redirects", one_line(error)) from error
    raise NotFetched("redirects", address)


def _headers(marks: Marks, accept: str) -> dict[str, str]:
    given = {"If-None-Match": marks.etag, "If-Modified-Since": marks.last_modified}
    return {
        "Accept": accept,
        "Accept-Encoding": "identity",
        "User-Agent": "competence-centres",
        "Connection": "close",
        **{name: value for name, value in given.items() if value},
    }


def _asked(address: str, hosts: Collection[str], headers: dict[str, str], seconds: float) -> Answer:
    try:
        host = (urlsplit(address).hostname or "").lower()
        if host not in hosts:
            raise NotFetched("host", host)
        if seconds <= 0:
            raise TooSlow
        return exchange(Request("GET", address, b"", headers), seconds, settings.CMS_FETCH_BYTES + 1)
    except TooSlow:
        raise NotFetched("slow", f"{settings.CMS_FETCH_SECONDS} s") from None
    except TimeoutError as error:
        raise NotFetched("slow", one_line(error)) from error
    except Refused as error:
        raise NotFetched("private", one_line(error)) from error
    except (OSError, HTTPException, ValueError) as error:
        raise NotFetched("unreachable", one_line(error)) from error


def _document(answer: Answer, address: str) -> Document:
    if answer.status != 200:
        raise NotFetched("status", str(answer.status))
    if len(answer.body) > settings.CMS_FETCH_BYTES:
        raise NotFetched("large", f"{settings.CMS_FETCH_BYTES // 1024 // 1024} MB")
    if not answer.whole:
        raise NotFetched("cut", f"{len(answer.body)} B")
    if (packed := answer.headers.get("Content-Encoding", "identity").lower()) != "identity":
        raise NotFetched("packed", packed)
    return Document(
        answer.body,
        address,
        answer.headers.get_content_type(),
        answer.headers.get_content_charset("") or "",
        Marks(_mark(answer, "ETag"), _mark(answer, "Last-Modified")),
    )


def _mark(answer: Answer, name: str) -> str:
    """Return a mark that can be sent back, empty where it cannot."""
    value = str(answer.headers.get(name, ""))
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST_MARK else ""
