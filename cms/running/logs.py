"""Log lines that a machine can read, each with the id of the request that wrote it."""

import json
import logging
import re
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.running.counting import Operation, observe

REQUEST_ID_HEADER = "X-Request-ID"
# What a proxy sends is repeated in logs and in the answer, so it may hold no line break and no markup.
SAFE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

access = logging.getLogger("cms.access")
slow = logging.getLogger("cms.slow")
request_id: ContextVar[str] = ContextVar("request_id", default="")
# The GraphQL operation of the request under way. The endpoint sets it.
operation: ContextVar[Operation | None] = ContextVar("operation", default=None)


def trace_id() -> str:
    """Return the id of the trace under way; `cms.running.observing` puts another function here."""
    return ""


class RequestIdMiddleware:
    """Gives a request an id (a proxy's own, if it is safe to repeat), answers and logs it.

    The line of a request has no query string: that of a preview holds its token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.headers.get(REQUEST_ID_HEADER, "")
        token = request_id.set(sent if SAFE_ID.fullmatch(sent) else secrets.token_hex(8))
        named = operation.set(None)
        try:
            begun = time.perf_counter()
            response = self.get_response(request)
            response[REQUEST_ID_HEADER] = request_id.get()
            size = 0 if response.streaming else len(response.content)
            note_request(request.method or "", request.path, response.status_code, begun, size)
            return response
        finally:
            operation.reset(named)
            request_id.reset(token)


def note_request(
    method: str, path: str, status: int, begun: float, size: int, *, cached: bool = False
) -> None:
    """Log and count a request that was answered; ``begun`` is of `time.perf_counter`."""
    duration = time.perf_counter() - begun
    done = operation.get()
    observe(method, status, duration, cached=cached, operation=done)
    is_slow = done is not None and duration * 1000 > settings.CMS_SLOW_MILLISECONDS > 0
    if is_slow or access.isEnabledFor(logging.INFO):
        fields: dict[str, Any] = {
            "method": method,
            "path": path,
            "status": status,
            "milliseconds": round(duration * 1000, 1),
            "bytes": size,
            "cached": cached,
        }
        if done:
            fields["operation"] = f"{done.document} {done.name}".strip()
        access.info("%s %s %s %.1f ms", method, path, status, duration * 1000, extra={"fields": fields})
        if is_slow:
            slow.warning(
                "Slow operation %s: %.0f ms", fields["operation"], duration * 1000, extra={"fields": fields}
            )


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, ids of request and trace, fields, trace of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id.get():
            line["request_id"] = request_id.get()
        if trace := trace_id():
            line["trace_id"] = trace
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
