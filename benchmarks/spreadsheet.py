"""Thousands of events by spreadsheet: how long a check and an import take, and how many statements.

    python scripts/with_postgres.py python -m benchmarks.spreadsheet [EVENTS] [--publish]

Needs an empty database, which it migrates. Prints how far it is, and at the end what each event took.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.management.base import OutputWrapper  # noqa: E402
from django.db import connection  # noqa: E402
from openpyxl import Workbook  # noqa: E402

from centres.models import EventEdition  # noqa: E402
from cms.running.progress import Progress  # noqa: E402
from cms.sheets.importing import import_file  # noqa: E402
from tests import factories as make  # noqa: E402

HEADINGS = (
    "Program", "Oznaka (sl)", "Termin: začetek", "Termin: konec", "Način izvedbe", "Jeziki", "Mesta",
    "Kotizacija: oznaka (sl)", "Kotizacija: znesek",
)  # fmt: skip
PROGRAMMES = 50
FIRST = datetime(2027, 1, 4, 9)  # noqa: DTZ001  # workbooks know no zones


def plan(events: int) -> bytes:
    """Return a workbook with ``events`` of fifty programmes."""
    book = Workbook(write_only=True)
    page = book.create_sheet("Dogodki")
    page.append(HEADINGS)
    for place in range(events):
        start = FIRST + timedelta(days=place // PROGRAMMES)
        programme = f"pionirska/program-{place % PROGRAMMES}"
        end = start + timedelta(hours=3)
        page.append(
            [programme, f"{place}. izvedba", start, end, "na spletu", "slovenščina", 30, "kotizacija", 60]
        )
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@contextmanager
def measured(what: str, events: int) -> Iterator[None]:
    """Print how long the block took."""
    statements = 0

    def count(execute: Any, *args: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*args)

    begun, used = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(count):
        yield
    seconds, processor = time.perf_counter() - begun, time.process_time() - used
    print(
        f"{what}: {seconds:.1f} s ({processor:.1f} s of this process), {1000 * seconds / events:.1f} ms and "
        f"{statements / events:.1f} statements for each event"
    )


def main(events: int, *, publish: bool) -> None:
    call_command("migrate", verbosity=0)
    centre = make.centre()
    for place in range(PROGRAMMES):
        make.programme(centre, f"Program {place}")
    user = get_user_model().objects.create_superuser("plan", "plan@example.si")
    content = plan(events)
    progress = Progress(OutputWrapper(sys.stdout))
    for what, keep in (("check", False), ("import", True)):
        with measured(what, events):
            report, _steps = import_file(
                content,
                user,
                publish=publish,
                keep=(lambda _report: True) if keep else (lambda _report: False),
                told=partial(progress, what),
            )
        if report.problems:
            sys.exit(str(report.problems[:3]))
    print(f"{EventEdition.objects.count():,} events are there")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    main(numbers[0] if numbers else 5_000, publish="--publish" in sys.argv)
