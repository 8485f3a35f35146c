import fcntl
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from cms.running import first_migration, preflight


class Command(BaseCommand):
    help = "Makes what the site still lacks before it can be served: tables, demo content, search index."
    # The checks ask the database; what is wrong with it is said in one line by the preflight.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--reload-demo", action="store_true", help="load the demo content even if it is there"
        )

    def handle(self, *args: Any, reload_demo: bool, **options: Any) -> None:
        preflight.check_data_dir(settings.DATA_DIR)
        preflight.check_database()
        with self.alone():
            self.step("Database", lambda: first_migration.migrate(self.say))
            self.step("Demo content", lambda: self.run("load_demo", only_if_missing=not reload_demo))
            self.step("Search index", lambda: self.run("rebuild_search", if_needed=True))

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def step(self, name: str, do: Callable[[], None]) -> None:
        begun = time.monotonic()
        do()
        self.say(f"{name}: ready ({time.monotonic() - begun:.1f} s)")

    def run(self, command: str, **options: Any) -> None:
        call_command(command, **options, stdout=self.stdout)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let no two preparations of one DATA_DIR run at once. The lock ends with the process."""
        with (settings.DATA_DIR / "prepare.lock").open("w") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self.say("Waiting for another terminal that prepares this site")
                fcntl.flock(held, fcntl.LOCK_EX)
            yield
