"""A whole site for rehearsals: a database with a standby, nodes, workers, clocks, a bucket, Varnish and a receiver."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count, pairwise
from pathlib import Path
from typing import Any

from django.db import connection, connections
from wagtail.models import Revision

from cms.delivery import deliverer
from cms.models import Change, Document, Receiver
from home.models import InfoPage
from tests import factories as make
from tests.processes.machines import Postgres, Role, Varnish, gather_static_files, until
from tests.processes.people import Editor, ReceiverServer, superuser
from tests.processes.visitors import Answers, read, visitors

PATH = "/sl/dogaja-se/"
_numbers = count(1)
# Errors of Django and psycopg, and what PostgreSQL says when it ends; other traces are of other faults.
_OF_A_CONNECTION = re.compile(
    r"OperationalError|InterfaceError|AdminShutdown|CrashShutdown|the connection|in recovery"
)


@dataclass
class Writes:
    """The titles that two editors sent, one by publishing and one by uploading, and those acknowledged to them."""

    sent: int = 0
    published: list[str] = field(default_factory=list)
    uploaded: list[str] = field(default_factory=list)

    def lost(self, root: str) -> int:
        """Return how many acknowledged titles the database does not know, or have no file that `root` shows."""
        known = set(Revision.objects.values_list("content__title", flat=True))
        documents = Document.objects.filter(title__in=self.uploaded)
        whole = {one.title for one in documents if read(root, one.url)[0] == 200}
        return len(set(self.published) - known) + len(set(self.uploaded) - whole)


@dataclass
class Site:
    primary: Postgres
    standby: Postgres
    nodes: list[Role]
    workers: list[Role]
    clocks: list[Role]
    varnish: Varnish
    receiver: ReceiverServer
    page: int
    figures: list[str]
    first_change: int = 0

    @property
    def origins(self) -> list[str]:
        return [node.root for node in self.nodes]

    @property
    def everything_runs(self) -> bool:
        return all(node.is_ready() for node in self.nodes)

    def changes(self) -> list[int]:
        found = Change.objects.filter(pk__gt=self.first_change).order_by("pk")
        return list(found.values_list("pk", flat=True))

    @contextmanager
    def under_load(self, name: str, *, least: int = 3) -> Iterator[Answers]:
        """Have visitors read and editors write by way of Varnish while the block does its harm.

        Then nothing that was acknowledged may be missing, and the receiver must have been told of everything.
        """
        writes, before = Writes(), self.receiver.told.repeated()
        with visitors([self.varnish.root], PATH) as answers, self._editors(writes):
            self._wait_for_writes(writes, least)
            yield answers
            self._wait_for_writes(writes, len(writes.published) + len(writes.uploaded) + least)
        connection.close()  # the fault may have broken it
        until(lambda: self.receiver.told.in_order() == self.changes(), "the receiver lacks something")
        told, lost = self.receiver.told, writes.lost(self.origins[0])
        acknowledged = len(writes.published) + len(writes.uploaded)
        other = {status: number for status, number in sorted(answers.by_status.items()) if status != 200}
        self.figures.append(
            f"| {name} | {answers.sent} | {other or 'none'} | {answers.slowest:.1f} s | {writes.sent} | "
            f"{acknowledged} | {lost} | {len(self.changes())} in order, {told.repeated() - before} repeated |"
        )
        assert lost == 0
        assert told.differing == 0

    @staticmethod
    def _wait_for_writes(writes: Writes, number: int) -> None:
        until(lambda: len(writes.published) + len(writes.uploaded) >= number, "nothing can be written")

    @contextmanager
    def _editors(self, writes: Writes) -> Iterator[None]:
        done = threading.Event()

        def work(acknowledged: list[str], write: Callable[[Editor, str], bool]) -> None:
            editor = Editor(self.varnish.root, "ana")
            while not done.wait(0.05):
                title = f"Naslov {next(_numbers)}."
                writes.sent += 1
                if write(editor, title):
                    acknowledged.append(title)

        root = self.varnish.root
        threads = [
            threading.Thread(
                target=work, args=(writes.published, lambda one, title: one.publish(root, self.page, title))
            ),
            threading.Thread(target=work, args=(writes.uploaded, lambda one, title: one.upload(root, title))),
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            done.set()
            for thread in threads:
                thread.join()

    def told_of_a_lost_database(self) -> tuple[int, float, list[str]]:
        """Return of all logs: how many lines say that the database is away, the shortest time between two of them in
        the log of one process, and the traces of whatever failed because of it."""
        count, shortest, traces = 0, float("inf"), []
        for role in (*self.nodes, *self.workers, *self.clocks):
            lines = role.lines()
            times = [
                datetime.fromisoformat(line["time"])
                for line in lines
                if line["message"].startswith("The database is away")
            ]
            count += len(times)
            shortest = min([shortest, *((b - a).total_seconds() for a, b in pairwise(times))])
            traces += [line["trace"] for line in lines if _OF_A_CONNECTION.search(line.get("trace", ""))]
        return count, shortest, traces

    def run_at_once(self, commands: list[str], other: dict[str, str]) -> list[str]:
        """Run commands with `other` variables at the same time; return what each said."""
        processes = [self.nodes[0].run_beside(command, other) for command in commands]
        said = [process.communicate()[0] for process in processes]
        assert [process.returncode for process in processes] == [0] * len(processes), said
        return said

    def upload_is_shown(self, title: str) -> bool:
        address = Document.objects.get(title=title).url
        return {read(root, address)[0] for root in (*self.origins, self.varnish.root)} == {200}


@contextmanager
def database_of(address: dict[str, Any]) -> Iterator[None]:
    """Have this process use another database until the block ends."""
    usual = connections["default"]
    usual.close()
    own = usual.copy()
    own.settings_dict |= address
    connections["default"] = own
    try:
        yield
    finally:
        own.close()
        connections["default"] = usual


@contextmanager
def running_site(folder: Path, template: str, bucket: dict[str, str], figures: list[str]) -> Iterator[Site]:
    """Start everything, with a copy of the database at the address `template`."""
    with ExitStack() as stack:
        primary = Postgres(folder / "primary")
        stack.callback(primary.stop)
        primary.start()
        primary.copy_from(template)
        standby = Postgres(folder / "standby", standby_of=primary)
        stack.callback(standby.stop)
        standby.start()
        hosts = f"127.0.0.1:{primary.port},127.0.0.1:{standby.port}"
        stack.enter_context(
            database_of(
                {
                    "NAME": "cms", "USER": "cms", "PASSWORD": "", "HOST": "127.0.0.1,127.0.0.1",
                    "PORT": f"{primary.port},{standby.port}", "CONN_HEALTH_CHECKS": True,
                    "OPTIONS": {"target_session_attrs": "read-write", "connect_timeout": 5},
                }
            )
        )  # fmt: skip
        with connection.cursor() as cursor:
            # What is acknowledged is on both machines. The standby has no such line, so it goes on alone.
            cursor.execute("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
            cursor.execute("SELECT pg_reload_conf()")
        superuser("ana")
        page = make.below(make.home(), InfoPage(title="Začetek", slug="dogaja-se", summary=make.SUMMARY))
        environment = bucket | {
            "DATABASE_URL": f"postgres://cms@{hosts}/cms", "STATIC_ROOT": gather_static_files(folder),
            "DELIVERY_PRIVATE_HOSTS": "127.0.0.1", "LOG_LEVEL": "WARNING", "DRAIN_SECONDS": "3",
        }  # fmt: skip

        def started(role: str, names: str) -> list[Role]:
            return [Role(role, folder / f"{role}-{name}", environment) for name in names]

        nodes, workers, clocks = started("serve", "abc"), started("worker", "ab"), started("keep_time", "ab")
        for one in (*nodes, *workers, *clocks):
            stack.callback(one.end)
        varnish = Varnish(folder / "varnish", [node.port for node in nodes])
        stack.callback(varnish.stop)
        receiver = ReceiverServer()
        stack.callback(receiver.stop)
        for row in (
            Receiver(name="Varnish", kind="VARNISH", address=f"{varnish.root}/", keys=""),
            Receiver(name="Drugi", address=receiver.address),
        ):
            row.save()
            deliverer.start_now(row)
        first = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        site = Site(
            primary, standby, nodes, workers, clocks, varnish, receiver, page.pk, figures, first_change=first
        )
        until(lambda: site.everything_runs, "the nodes are not ready")
        time.sleep(1.1)  # Varnish's probe
        yield site
