import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cms.clock import Clock


class Command(BaseCommand):
    help = (
        "Publishes and unpublishes what is scheduled, and runs each day's commands, until it is stopped. "
        "One such process is enough for a site; `make run` has it inside."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due and end, for cron")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        clock = Clock()
        if once:
            clock.turn()
            return
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        self.stdout.write("Keeping time")
        clock.run(stopped.wait)
