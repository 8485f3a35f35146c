"""What publications and uncached reads take, beside another checkout of this project, in turn, in one run.

    git worktree add ../before COMMIT
    python scripts/with_postgres.py python benchmarks/beside.py ../before [ROUNDS]

Each checkout has a process and a database of its own and is asked for each kind of work in turn, so a busy machine
slows both. Prints the medians and their ratio.
"""

import logging
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

READS = ("list", "page", "nested", "filtered", "search", "navigation")  # of benchmarks/reads.py
WORK = ("programme", "centre", "edition", "draft", "first read", *READS)
_WARM = 3  # rounds that do not count
_MARK = "> "  # of lines that are no log
EACH = 20  # programmes of each of 20 centres
QUERY = "{ centres(first: 20) { nodes { title summary host { name } programmes { nodes { title } } } } }"


def prepared() -> dict[str, Callable[[], None]]:
    """Migrate the database, write some pages and return what can be done with them, by name."""
    import django

    django.setup()
    from django.core import management
    from django.test import Client
    from django.test.utils import setup_test_environment

    from tests import factories as make

    management.call_command("migrate", verbosity=0)
    setup_test_environment()
    queries = _queries()
    centre = make.centre("Pionirska")
    make.translated(centre, title="Pioneers", slug="pioneers")
    programmes = [make.programme(centre, f"Program {number}") for number in range(10)]
    edition = make.event(programmes[0], datetime(2030, 1, 1, 9, tzinfo=UTC))

    def publish(row: Any, **values: Any) -> None:
        row = type(row).objects.get(pk=row.pk).get_latest_revision_as_object()
        for name, value in values.items():
            setattr(row, name, value)
        row.save_revision().publish()

    def summary() -> str:
        return f"{make.SUMMARY} {time.monotonic_ns()}"

    def draft() -> None:
        row = type(centre).objects.get(pk=centre.pk).get_latest_revision_as_object()
        row.summary = summary()
        row.save_revision()

    client = Client()

    def read(query: str, **variables: Any) -> None:
        sent = {"query": query, "variables": variables}
        answer = client.post("/graphql/", sent, content_type="application/json").json()
        assert "errors" not in answer, answer  # noqa: S101  # a measurement of errors measures nothing

    uncached = {
        # No response is cached for this variable.
        name: partial(lambda query: read(query, own=time.monotonic_ns()), query)
        for name, query in queries.items()
    }

    return {
        "programme": lambda: publish(programmes[1], summary=summary()),
        "centre": lambda: publish(centre, summary=summary()),
        "edition": lambda: publish(edition, label={"sl": summary()[:60]}),
        "draft": draft,
        "first read": lambda: read(QUERY),  # after a change of the content
        **uncached,
    }


def _queries() -> dict[str, str]:
    """Insert the content that `make bench` reads, and return its queries by name."""
    from django.core.management import call_command

    from benchmarks import content, reads
    from centres.models import CentrePage, ProgrammePage

    content.make_base()
    content.add_programmes(EACH)
    call_command("rebuild_search", stdout=StringIO())
    programme, centre = ProgrammePage.objects.get(slug="programme-7"), CentrePage.objects.get(slug="centre-7")
    word = programme.title.split()[0]
    target = reads.Target(programme.url_path, programme.pk, centre.slug, centre.pk, word)
    return {name: target.fill(reads.OURS[name]) for name in READS}


def work() -> None:
    """Do what standard input names, line by line, and print the seconds and those of the processor that each took."""
    works = prepared()
    logging.disable(logging.INFO)
    print(f"{_MARK}ready", flush=True)
    for line in sys.stdin:
        begun = time.perf_counter(), time.process_time()
        works[line.strip()]()
        print(_MARK, time.perf_counter() - begun[0], time.process_time() - begun[1], flush=True)


class Checkout:
    """A process that works in a checkout, on a new database."""

    def __init__(self, folder: Path, name: str) -> None:
        import psycopg

        address = os.environ["DATABASE_URL"]
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
            own = address.replace(f"/{connection.info.dbname}?", f"/{name}?")
        more = {"DATABASE_URL": own, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve()), "--work"],
            cwd=folder, env=os.environ | more, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def wait(self) -> None:
        """Return when it is ready."""
        self._read()

    def seconds(self, name: str) -> list[float]:
        """Return what this work takes once: time, and time of its processor without the database's."""
        assert self._process.stdin  # noqa: S101  # a pipe
        print(name, file=self._process.stdin, flush=True)
        return [float(part) for part in self._read().split()]

    def end(self) -> None:
        self._process.communicate(timeout=60)

    def _read(self) -> str:
        assert self._process.stdout  # noqa: S101  # a pipe
        for line in self._process.stdout:
            if line.startswith(_MARK):
                return line.removeprefix(_MARK)
        sys.exit("A checkout has ended.")


def main(other: Path, rounds: int) -> None:
    """Measure and print."""
    checkouts = [Checkout(other, "before"), Checkout(Path(__file__).resolve().parent.parent, "now")]
    for checkout in checkouts:
        checkout.wait()
    taken: dict[tuple[str, int], list[list[float]]] = {(name, at): [] for name in WORK for at in (0, 1)}
    for turn in range(rounds + _WARM):
        for name in WORK:
            for at, checkout in enumerate(checkouts):
                if name == "first read":
                    checkout.seconds("programme")  # nothing is cached any more
                seconds = checkout.seconds(name)
                if turn >= _WARM:
                    taken[name, at].append(seconds)
    for checkout in checkouts:
        checkout.end()
    print(f"{rounds} rounds\n\n{'':20} {'before':>10} {'now':>10} {'ratio':>7}")
    for name in WORK:
        for place, kind in enumerate(("time", "processor")):
            before, now = (statistics.median(one[place] for one in taken[name, at]) * 1000 for at in (0, 1))
            print(f"{name:10} {kind:9} {before:>7.2f} ms {now:>7.2f} ms {now / before:>7.3f}")


if __name__ == "__main__":
    sys.path[0] = str(Path.cwd())
    if sys.argv[1:] == ["--work"]:
        work()
    elif sys.argv[1:]:
        main(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 40)
    else:
        sys.exit(__doc__)
