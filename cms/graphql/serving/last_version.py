"""The content version as a process read it last, and for how long that may be believed while the database is away."""

import time
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError

# After a failure the next requests do not wait for the database as well.
_PAUSE_SECONDS = 1.0


class LastVersion:
    """Compares content versions with the present one, which ``read`` returns.

    ``seconds`` is how long a version may be believed after it was read; 0 is not at all.
    """

    def __init__(self, read: Callable[[], int], seconds: float) -> None:
        self._read = read
        self._seconds = seconds
        self._known: tuple[int, float] = (0, float("-inf"))
        self._failed = float("-inf")

    def is_present(self, version: int) -> bool:
        """Return whether ``version`` is the present one; not where the database is away."""
        if self._seconds and time.monotonic() - self._failed < _PAUSE_SECONDS:
            return False
        # What was read is as old as the question.
        asked = time.monotonic()
        try:
            number = self._read()
        except (DatabaseError, InterfaceError):  # the application reports it, with a code
            self._failed = time.monotonic()
            return False
        self._known = number, asked
        return number == version

    def may_be_present(self, version: int) -> bool:
        """Return whether the database is away and ``version`` was the present one a short while ago."""
        number, asked = self._known
        return self._failed >= asked and number == version and time.monotonic() - asked < self._seconds
