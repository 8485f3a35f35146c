"""Answers for load balancers and Prometheus: does the process live, may it be sent requests, how does it do."""

import logging
from collections.abc import Callable
from threading import Event

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from cms.running import draining, metrics

logger = logging.getLogger(__name__)
_applied = Event()


class HealthMiddleware:
    """Answers /-/live, /-/ready and /-/metrics before anything else looks at the request.

    Those who ask are inside: they come without TLS and name the machine, not a host that the site knows.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.answers: dict[str, Callable[[HttpRequest], HttpResponse]] = {
            "/-/live": lambda _request: live(),
            "/-/ready": lambda _request: ready(),
            "/-/metrics": metrics.metrics,
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.answers.get(request.path_info)
        if answer is None or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        response = answer(request)
        response["Cache-Control"] = "no-store"
        # Django would write a line for each 503, and balancers ask each second.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response


def live() -> JsonResponse:
    """200 as long as the process answers at all. Asks nothing else: a restart can't mend a database."""
    return JsonResponse({"status": "ok"})


def ready() -> JsonResponse:
    """200 when the database answers and has every migration of this code, else 503 and what is missing.

    503 also once the server was told to end: a balancer then sends the next requests elsewhere.

    The cache is not asked: without it answers are slower, not wrong.
    """
    if draining.is_ending():
        return JsonResponse({"status": "unavailable", "server": "ending"}, status=503)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        migrated = _is_migrated()
    except (DatabaseError, InterfaceError):
        logger.exception("The database does not answer")
        return JsonResponse({"status": "unavailable", "database": "unreachable"}, status=503)
    if not migrated:
        return JsonResponse({"status": "unavailable", "migrations": "pending"}, status=503)
    return JsonResponse({"status": "ok"})


def _is_migrated() -> bool:
    """Whether every migration is applied. Once true it stays true: this process's code doesn't change."""
    if not _applied.is_set():
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            _applied.set()
    return _applied.is_set()
