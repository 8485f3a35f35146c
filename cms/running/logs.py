"""Log lines that a machine can read, each with the id of the request that wrote it."""

import json
import logging
import re
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

REQUEST_ID_HEADER = "X-Request-ID"
# What a proxy sends is repeated in logs and in the answer, so it may hold no line break and no markup.
SAFE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

access = logging.getLogger("cms.access")
request_id: ContextVar[str] = ContextVar("request_id", default="")


class RequestIdMiddleware:
    """Gives a request an id (a proxy's own, if it is safe to repeat), answers and logs it.

    The line of a request has no query string: that of a preview holds its token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.headers.get(REQUEST_ID_HEADER, "")
        token = request_id.set(sent if SAFE_ID.fullmatch(sent) else secrets.token_hex(8))
        try:
            begun = time.perf_counter()
            response = self.get_response(request)
            response[REQUEST_ID_HEADER] = request_id.get()
            milliseconds = (time.perf_counter() - begun) * 1000
            access.info("%s %s %s %.1f ms", request.method, request.path, response.status_code, milliseconds)
            return response
        finally:
            request_id.reset(token)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request_id and, after an exception, its trace."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id.get():
            line["request_id"] = request_id.get()
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
