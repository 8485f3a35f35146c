"""What the triggers of the content version cost: the same work with and without them, in turn, in one run.

    python scripts/with_postgres.py python -m benchmarks.freshness [ROUNDS]

Prints for each kind of work the median with triggers, without, and their ratio. Needs an empty database, which it
migrates and fills with some pages.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from centres.models import CentrePage  # noqa: E402
from cms.models import ContentVersion  # noqa: E402
from cms.publishing import triggers  # noqa: E402
from cms.publishing.version import advance  # noqa: E402
from tests import factories as make  # noqa: E402

QUERY = "{ centres(first: 20) { nodes { title summary host { name } programmes { nodes { title } } } } }"


def publish(page: CentrePage) -> None:
    """Publish a page as the admin does."""
    page.summary = f"{make.SUMMARY} {time.monotonic_ns()}"
    page.save_revision().publish()


def draft(page: CentrePage) -> None:
    """Save a draft."""
    page.summary = f"{make.SUMMARY} {time.monotonic_ns()}"
    page.save_revision()


def read(_page: CentrePage) -> None:
    """Ask what no cache holds."""
    advance()
    answer = Client().post("/graphql/", {"query": QUERY}, content_type="application/json").json()
    assert "errors" not in answer, answer  # noqa: S101  # a benchmark of errors measures nothing


def many(page: CentrePage) -> None:
    """Write 1,000 times in one transaction, as an import does."""
    with transaction.atomic():
        for number in range(1_000):
            CentrePage.objects.filter(pk=page.pk).update(summary=str(number))


def seconds(work: Callable[[CentrePage], None], page: CentrePage) -> float:
    """Return what the work takes once."""
    begun = time.perf_counter()
    work(page)
    return time.perf_counter() - begun


def main(rounds: int) -> None:
    """Measure and print."""
    call_command("migrate", verbosity=0)
    setup_test_environment()
    page = make.centre("Pionirska")
    for number in range(10):
        make.programme(page, f"Program {number}")
    print(f"{connection.vendor}, {rounds} rounds\n")
    print(f"{'':10} {'with':>10} {'without':>10} {'ratio':>7}")
    for work, times in ((publish, rounds), (draft, rounds), (read, rounds), (many, max(3, rounds // 20))):
        taken: dict[bool, list[float]] = {True: [], False: []}
        for turn in range(2 * times):
            with_triggers = turn % 2 == 0
            (triggers.install if with_triggers else triggers.remove)(connection)
            seconds(read, page)
            taken[with_triggers].append(seconds(work, page))
        with_, without = (statistics.median(taken[key]) * 1000 for key in (True, False))
        print(f"{work.__name__:10} {with_:>7.2f} ms {without:>7.2f} ms {with_ / without:>7.3f}")
    triggers.install(connection)
    assert ContentVersion.objects.exists()  # noqa: S101


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
