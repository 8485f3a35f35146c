"""Asking the GraphQL endpoint from within the server, in the way of an anonymous client."""

import json
import re
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from centres.site.trusted import documents
from cms.graphql.loading.context import Context
from cms.graphql.protocol.caching import cache_control, within
from cms.graphql.protocol.http import Reply, WireRequest
from cms.graphql.serving.cached import offer
from cms.graphql.serving.view import endpoint
from cms.running import logs

_SHARED = re.compile(r"s-maxage=(\d+), stale-while-revalidate=(\d+), stale-if-error=(\d+)")


class AnswerError(RuntimeError):
    """The endpoint answered with errors; the text has their messages, ``codes`` their codes."""

    def __init__(self, document: str, errors: list[dict[str, Any]]) -> None:
        self.codes = [str(error.get("extensions", {}).get("code")) for error in errors]
        said = "; ".join(
            f"{code}: {error['message']}" for code, error in zip(self.codes, errors, strict=True)
        )
        super().__init__(f"{document}: {said}")


class Reading:
    """All that one page asks for, and how long the page is right: no longer than any of the answers."""

    def __init__(self) -> None:
        self._replies: list[Reply] = []
        self._end: datetime | None = None

    def ask(self, name: str, **variables: Any) -> dict[str, Any]:
        """Return the data of a document. Raises `AnswerError` for an answer with errors."""
        payload = self.payload(name, **variables)
        if errors := payload.get("errors"):
            raise AnswerError(name, errors)
        data: dict[str, Any] = payload["data"]
        return data

    def payload(self, name: str, **variables: Any) -> dict[str, Any]:
        """Return what the endpoint says to a document, data or errors."""
        query = urlencode(
            {"documentId": f"sha256:{documents()[name].sha256}", "variables": json.dumps(variables)}
        )
        wire = WireRequest("GET", query.encode(), {"accept": "application/json"}, _no_body)
        reply = endpoint().reply(wire, Context, logs.request_id.get() or "site")
        self._replies.append(reply)
        payload: dict[str, Any] = json.loads(reply.body)
        return payload

    def part(self, name: str, after: str | None, **variables: Any) -> tuple[dict[str, Any], bool]:
        """Return the part of a list behind a cursor, and whether it is the part that was asked for.

        A cursor that the endpoint refuses leads to the beginning of the list.
        """
        if after:
            payload = self.payload(name, **variables, after=after)
            if "errors" not in payload:
                return payload["data"], True
            self._replies.pop()
        return self.ask(name, **variables, after=None), not after

    def until(self, end: datetime) -> None:
        """Note that the page changes at ``end`` by the clock alone."""
        self._end = end if self._end is None else min(self._end, end)

    def mark(self, request: HttpRequest, response: HttpResponse) -> None:
        """Tell caches how long the page may be kept; one with an answer for a single visitor never is."""
        holds = [reply.holds for reply in self._replies]
        versions = {held.version for held in holds if held is not None}
        if None in holds or len(versions) != 1:
            response["Cache-Control"] = "private, no-store"
            return
        now = timezone.now()
        end = min([held.end for held in holds if held is not None] + ([self._end] if self._end else []))
        limits = [_shared(reply.headers["Cache-Control"]) for reply in self._replies]
        shared, stale, error = within(end - now, *(min(times) for times in zip(*limits, strict=True)))
        response["Cache-Control"] = cache_control(shared, stale, error)
        if tags := self._tags():
            response[endpoint().freshness.tag_header] = tags
        # A response from memory has the headers of the first one, which are wrong once less time is left than they say.
        end -= (
            timedelta(seconds=shared + stale + error)
            if self._end is not None and end == self._end
            else timedelta()
        )
        if response.status_code == HTTPStatus.OK and end > now:
            offer(request.META, versions.pop(), end)

    def _tags(self) -> str:
        rules = endpoint().freshness
        headers = (reply.headers.get(rules.tag_header, "") for reply in self._replies)
        return rules.tags({tag for header in headers for tag in rules.tags_in(header)})


def _shared(header: str) -> tuple[int, int, int]:
    found = _SHARED.search(header)
    return (int(found[1]), int(found[2]), int(found[3])) if found else (0, 0, 0)


def _no_body(_length: int) -> bytes:
    return b""
