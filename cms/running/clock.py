"""What only time brings: scheduled publishing, the end of what expires, and the work of each day.

Any number of clocks may run for a site: a lock lets one at a time publish, and the database notes what was done today.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections, connection
from django.utils import timezone

from cms.models.chores import Chore
from cms.running import alive, queue
from cms.running.locks import alone, in_turn

logger = logging.getLogger(__name__)

RETRY = timedelta(hours=1)
TURN = "clock"

type Wait = Callable[[float], bool]


class Clock:
    """Does what is due, at every turn."""

    def turn(self) -> None:
        """Publish and unpublish what is scheduled; on a new day, do its work too.

        What fails is logged and tried again, so that one fault does not stop the others.
        """
        try:
            self.publish()
            self.work_of_the_turn()
            self.work_of_the_day()
            queue.rescue()
            Chore.note_done(TURN)
        except Exception:
            logger.exception("The clock's turn failed")

    def publish(self) -> bool:
        """Publish and unpublish what is scheduled; return whether that succeeded, or another process is at it."""
        with alone("publish") as mine:
            return not mine or self._run("publish_scheduled")

    def work_of_the_turn(self) -> None:
        """Run each of `CMS_TURN_COMMANDS`; they hand over to the worker what takes long."""
        for command in settings.CMS_TURN_COMMANDS:
            self._run(command)

    def work_of_the_day(self) -> list[str]:
        """Run those of `CMS_DAILY_COMMANDS` that did not succeed today yet; return those that failed now.

        One that failed is tried again after `RETRY`, as it may write mails each time.
        """
        if not self._due():
            return []
        with in_turn(
            "work of the day", waiting=lambda: logger.info("Another process does the work of the day")
        ):
            failed = []
            for command in self._due():
                if self._run(command):
                    Chore.note_done(command)
                else:
                    Chore.note_failed(command)
                    failed.append(command)
            return failed

    def run(self, wait: Wait) -> None:
        """Turn every `CMS_CLOCK_SECONDS` until ``wait``, called with that number, returns True."""
        while True:
            self.turn()
            alive.note("keep_time")
            if not connection.in_atomic_block:  # it would be cut off
                close_old_connections()
            if wait(settings.CMS_CLOCK_SECONDS):
                return

    @staticmethod
    def _due() -> list[str]:
        now, today = timezone.now(), timezone.localdate()
        chores = {chore.name: chore for chore in Chore.objects.filter(name__in=settings.CMS_DAILY_COMMANDS)}

        def is_due(command: str) -> bool:
            chore = chores.get(command)
            if chore is None:
                return True
            if chore.done_at and timezone.localdate(chore.done_at) == today:
                return False
            return chore.failed_at is None or now - chore.failed_at >= RETRY

        return [command for command in settings.CMS_DAILY_COMMANDS if is_due(command)]

    def _run(self, command: str) -> bool:
        try:
            call_command(command)
        except Exception:
            logger.exception("%s failed", command)
            return False
        return True
