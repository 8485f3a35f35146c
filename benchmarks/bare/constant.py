"""Answers that cost nothing: what is left is the server (`application`), or the server and Django (`view`)."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse


@cache
def body(size: int) -> bytes:
    """Return a JSON text of ``size`` bytes."""
    return b'"' + b"x" * (size - 2) + b'"'


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """A WSGI application without a framework; the path ends with the size of the answer."""
    answer = body(int(environ["PATH_INFO"].rpartition("/")[2]))
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))]
    start_response("200 OK", headers)
    return [answer]


def view(_request: HttpRequest, size: int) -> HttpResponse:
    """The same as a view."""
    headers = {"Content-Length": str(size)}
    return HttpResponse(body(size), content_type="application/json", headers=headers)
