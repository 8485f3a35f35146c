"""Counts the SQL statements of requests, in a process with the settings of the environment; prints JSON.

    python -m benchmarks.statements < requests.json

A request is [method, path, body]. Each is sent until its document is known and then counted: ``first`` is the first
one after a change of the content, ``next`` one whose answer is not kept, ``kept`` the same request again. ``plans``
are the plans of the statements of ``next``, as PostgreSQL makes them.
"""

import json
import logging
import sys
from collections.abc import Iterator
from itertools import count
from typing import Any
from unittest.mock import patch

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from cms.publishing import version as changes  # noqa: E402
from cms.publishing.version import advance  # noqa: E402

_numbers = count()
_version = changes._prepared_version


def counted(method: str, path: str, body: str) -> dict[str, Any]:
    """Return the numbers of statements of one request, and the plans."""
    _send(method, path, body, fresh=True)
    _send(method, path, body, fresh=True)
    _send(method, path, body, fresh=False)
    kept = _statements(method, path, body, fresh=False)
    following = _statements(method, path, body, fresh=True)
    advance()
    first = _statements(method, path, body, fresh=True)
    return {"first": len(first), "next": len(following), "kept": len(kept), "plans": list(_plans(following))}


def _statements(method: str, path: str, body: str, *, fresh: bool) -> list[dict[str, str]]:
    """Return the statements of a request, with the one for the content version, which goes below Django."""
    below = []

    def counted_version(postgres: Any) -> int:
        below.append({"sql": "the content version"})
        return _version(postgres)

    with (
        patch("cms.publishing.version._prepared_version", counted_version),
        CaptureQueriesContext(connection) as seen,
    ):
        _send(method, path, body, fresh=fresh)
    return [*below, *seen.captured_queries]


def _send(method: str, path: str, body: str, *, fresh: bool) -> None:
    if method == "GET":
        response = Client().get(path, headers={"host": "127.0.0.1"})
    else:
        entries = json.loads(body) | ({"variables": {"n": next(_numbers)}} if fresh else {})
        response = Client().post(
            path, entries, content_type="application/json", headers={"host": "127.0.0.1"}
        )
    if response.status_code != 200 or b'"errors"' in response.content[:200]:
        raise RuntimeError(f"{path} {body}: {response.content[:2000]!r}")


def _plans(statements: list[dict[str, str]]) -> Iterator[Any]:
    with connection.cursor() as cursor:
        for statement in statements:
            if statement["sql"].startswith(("SELECT", "(SELECT", "WITH")):
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement['sql'].replace('%', '%%')}", ())
                yield {"sql": statement["sql"], "plan": cursor.fetchone()[0][0]}


if __name__ == "__main__":
    logging.disable()
    requests = json.load(sys.stdin)
    print(json.dumps({name: counted(*request) for name, request in requests.items()}))
