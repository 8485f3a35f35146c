"""Figures for Prometheus: of the requests of all workers, and of the queue, the receivers and the clock.

The workers of a server share their figures by files in PROMETHEUS_MULTIPROC_DIR, which `config.entrypoint` sets.
"""

import hmac
import os
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from cms.models import Change, Chore, Receiver

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class _Site:
    """What is asked of the database when Prometheus asks."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            found = list(_of_the_site())
        except (DatabaseError, InterfaceError):
            yield GaugeMetricFamily("cms_database_up", "Whether the database answers.", 0)
            return
        yield GaugeMetricFamily("cms_database_up", "Whether the database answers.", 1)
        yield from found


def _of_the_site() -> Iterator[GaugeMetricFamily]:
    tasks = GaugeMetricFamily("cms_tasks", "Tasks of the queue by state.", labels=["state"])
    for state in (TaskResultStatus.READY, TaskResultStatus.RUNNING, TaskResultStatus.FAILED):
        tasks.add_metric([state.lower()], DBTaskResult.objects.filter(status=state).count())
    yield tasks
    lag = GaugeMetricFamily(
        "cms_receiver_lag", "Changes that a receiver has not got yet.", labels=["receiver"]
    )
    for receiver in Receiver.objects.all():
        lag.add_metric([receiver.name], Change.objects.filter(pk__gt=receiver.position).count())
    yield lag
    for chore in Chore.objects.filter(name="clock", done_at__isnull=False):
        age = (timezone.now() - chore.done_at).total_seconds() if chore.done_at else 0
        yield GaugeMetricFamily("cms_clock_age_seconds", "Seconds since the clock's last turn.", age)


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer Prometheus, which sends METRICS_TOKEN as its bearer; to others there is nothing here."""
    token = settings.CMS_METRICS_TOKEN
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(sent.encode(), token.encode()):
        return HttpResponseNotFound()
    registry = CollectorRegistry()
    registry.register(_Site())
    shared = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        shared = CollectorRegistry()
        MultiProcessCollector(shared)
    return HttpResponse(generate_latest(shared) + generate_latest(registry), content_type=CONTENT_TYPE)
