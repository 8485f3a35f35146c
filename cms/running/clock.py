"""What only time brings: scheduled publishing, the end of what expires, and the work of each day."""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone

logger = logging.getLogger(__name__)

RETRY = timedelta(hours=1)

type Wait = Callable[[float], bool]


class Clock:
    """Does what is due, at every turn; knows for which day each of the daily commands was run."""

    def __init__(self) -> None:
        self._done: dict[str, date] = {}
        self._failed: dict[str, datetime] = {}

    def turn(self) -> None:
        """Publish and unpublish what is scheduled; on a new day, do its work too.

        What fails is logged and tried again, so that one fault does not stop the others.
        """
        self.publish()
        self.work_of_the_day()

    def publish(self) -> bool:
        """Publish and unpublish what is scheduled; return whether that succeeded."""
        return self._run("publish_scheduled")

    def work_of_the_day(self) -> list[str]:
        """Run those of `CMS_DAILY_COMMANDS` that did not succeed today yet; return those that failed now.

        One that failed is tried again after `RETRY`, as it may write mails each time.
        """
        now, today = timezone.now(), timezone.localdate()
        due = [
            command
            for command in settings.CMS_DAILY_COMMANDS
            if self._done.get(command) != today
            and (command not in self._failed or now - self._failed[command] >= RETRY)
        ]
        failed = []
        for command in due:
            if self._run(command):
                self._done[command] = today
                self._failed.pop(command, None)
            else:
                self._failed[command] = now
                failed.append(command)
        return failed

    def run(self, wait: Wait) -> None:
        """Turn every `CMS_CLOCK_SECONDS` until ``wait``, called with that number, returns True."""
        while True:
            self.turn()
            close_old_connections()
            if wait(settings.CMS_CLOCK_SECONDS):
                return

    def _run(self, command: str) -> bool:
        try:
            call_command(command)
        except Exception:
            logger.exception("%s failed", command)
            return False
        return True
