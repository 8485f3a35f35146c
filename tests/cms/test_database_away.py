"""A database that is away is told as such: to callers by 503, in the log by one line a second."""

import logging
from typing import Any
from unittest.mock import Mock

import psycopg
import pytest
from django.db import OperationalError, ProgrammingError
from django.http import HttpResponse
from django.test import RequestFactory

from cms.running import away


def lost(sqlstate: str | None = None) -> OperationalError:
    error = OperationalError("the connection\nis lost")
    error.__cause__ = type("Lost", (psycopg.OperationalError,), {"sqlstate": sqlstate})()
    return error


def answered(status: int, monkeypatch: pytest.MonkeyPatch, *, there: bool) -> Any:
    connection = Mock()
    if not there:
        connection.ensure_connection.side_effect = lost()
    monkeypatch.setattr(away, "connection", connection)
    middleware = away.DatabaseAwayMiddleware(lambda _request: HttpResponse(status=status))
    return middleware(RequestFactory().get("/"))


def test_a_fault_while_the_database_is_away_is_503_with_a_time_to_try_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = answered(500, monkeypatch, there=False)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_other_faults_and_other_answers_stay_what_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    assert answered(500, monkeypatch, there=True).status_code == 500
    assert answered(200, monkeypatch, there=False).status_code == 200


def record(error: Exception) -> logging.LogRecord:
    return logging.LogRecord(
        "x", logging.ERROR, "", 0, "Failure of %s", ("a request",), (type(error), error, None)
    )


@pytest.mark.parametrize("sqlstate", [None, "08006", "57P01"])
def test_a_lost_connection_is_one_line_a_second_without_its_trace(sqlstate: str | None) -> None:
    once = away.OneLineASecond()
    first = record(lost(sqlstate))
    assert once.filter(first)
    assert (first.getMessage(), first.exc_info) == ("The database is away: the connection is lost", None)
    assert not once.filter(record(lost(sqlstate)))


def failed_because_of(first: Exception) -> Exception:
    try:
        try:
            raise first
        except type(first):
            raise ProgrammingError("Cannot open a new connection in an atomic block.")  # noqa: B904 - as Django does
    except ProgrammingError as error:
        return error


@pytest.mark.parametrize(
    "error",
    [failed_because_of(lost()), psycopg.OperationalError("the connection is lost")],
    ids=["in a transaction", "without a cursor of Django"],
)
def test_what_fails_because_of_a_lost_connection_is_that_line_too(error: Exception) -> None:
    one = record(error)
    assert away.OneLineASecond().filter(one)
    assert (one.getMessage(), one.exc_info) == ("The database is away: the connection is lost", None)


def test_the_fault_of_a_statement_keeps_its_trace() -> None:
    once = away.OneLineASecond()
    for error in (
        lost("40P01"),
        lost("57014"),
        OperationalError("database is locked"),
        ValueError("x"),
        failed_because_of(lost("40P01")),
    ):
        one = record(error)
        assert once.filter(one)
        assert one.exc_info
        assert one.getMessage() == "Failure of a request"
