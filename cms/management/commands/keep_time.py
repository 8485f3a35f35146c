import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.running.clock import Clock


class Command(BaseCommand):
    help = (
        "Publishes and unpublishes what is scheduled, and runs each day's commands, until it is stopped. "
        "One such process is enough for a site; `make run` has it inside."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="publish what is scheduled and end, for cron each minute"
        )
        parser.add_argument(
            "--daily", action="store_true", help="do the work of the day and end, for cron once a day"
        )

    def handle(self, *args: Any, once: bool, daily: bool, **options: Any) -> None:
        clock = Clock()
        if once or daily:
            failed = [] if not once or clock.publish() else ["publish_scheduled"]
            if daily:
                failed += clock.work_of_the_day()
            if failed:
                raise CommandError(f"What failed: {', '.join(failed)}. The log says why.")
            return
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        self.stdout.write("Keeping time")
        clock.run(stopped.wait)
