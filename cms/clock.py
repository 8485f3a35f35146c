"""What only time brings: scheduled publishing, the end of what expires, and the work of each day."""

import logging
from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone

logger = logging.getLogger(__name__)

type Wait = Callable[[float], bool]


class Clock:
    """Does what is due, at every turn; knows for which day the daily commands were run."""

    def __init__(self) -> None:
        self._day: date | None = None

    def turn(self) -> None:
        """Publish and unpublish what is scheduled; on a new day, run `CMS_DAILY_COMMANDS` too.

        What fails is logged and tried again at the next turn, so that one fault does not stop the others.
        """
        self._run("publish_scheduled")
        today = timezone.localdate()
        if today != self._day:
            succeeded = [self._run(command) for command in settings.CMS_DAILY_COMMANDS]
            self._day = today if all(succeeded) else None

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
            logger.exception("%s failed; it is tried again in %s s", command, settings.CMS_CLOCK_SECONDS)
            return False
        return True
