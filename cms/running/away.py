"""While the database is away: 503 with Retry-After, and one line a second instead of a trace for each request."""

import logging
import time
from collections.abc import Callable

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse

from cms.running.one_line import one_line

RETRY_AFTER = "5"
_FAULT = 500
_AWAY = 503
_ERRORS = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)


class DatabaseAwayMiddleware:
    """Turns a fault of the server into 503 where no connection to the database can be made.

    So a balancer and a CDN know that the next try may succeed, and a CDN serves what it has.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == _FAULT and not _is_there():
            response.status_code = _AWAY
            response["Retry-After"] = RETRY_AFTER
        return response


def _is_there() -> bool:
    try:
        connection.ensure_connection()
        return connection.is_usable()
    except (DatabaseError, InterfaceError):
        return False


class OneLineASecond(logging.Filter):
    """Shortens what is logged of a database that is away, and lets one line a second through."""

    def __init__(self) -> None:
        super().__init__()
        self._last = float("-inf")

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether to write the record; a trace that says no more than that is cut."""
        error = lost_connection(record.exc_info[1] if isinstance(record.exc_info, tuple) else None)
        if error is None:
            return True
        now = time.monotonic()
        if now - self._last < 1:
            return False
        self._last = now
        record.msg, record.args = f"The database is away: {one_line(error)}", ()
        record.exc_info = record.exc_text = None
        return True


def lost_connection(error: BaseException | None) -> BaseException | None:
    """Return the error, of this one and those that led to it, that is about the connection and not about a statement.

    PostgreSQL, appendix A: classes 08 and 57P. What fails because of it is raised as another error, such as Django's
    ``ProgrammingError`` for a new connection within a transaction, or as psycopg's own where no cursor of Django runs.
    """
    while error is not None:
        raised_by_psycopg = error if hasattr(error, "sqlstate") else error.__cause__
        state = getattr(raised_by_psycopg, "sqlstate", "")
        if isinstance(error, _ERRORS) and (state is None or state.startswith(("08", "57P"))):
            return error
        error = error.__cause__ or error.__context__
    return None
