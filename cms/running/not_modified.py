"""Responses with status 304 describe no content.

Source: RFC 9110, 15.4.5. Django gives each response a type and a length. Node's fetch waits for as many bytes as the
length says and keeps its connection, so a program that sent a condition never ended.
"""

from collections.abc import Callable, Iterable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

_OF_CONTENT = frozenset({"content-type", "content-length", "content-encoding", "transfer-encoding"})


def without_content(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return headers without those that describe content."""
    return [(name, value) for name, value in headers if name.lower() not in _OF_CONTENT]


class NotModifiedMiddleware:
    """Removes the headers that describe content from each 304, whatever view or middleware it comes from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            for name in _OF_CONTENT:
                del response[name]
        return response
