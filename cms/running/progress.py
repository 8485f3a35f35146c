"""Says in a terminal how far a long command is; elsewhere, such as in a log, a line for each tenth."""

from typing import Any


class Progress:
    """Call it with what is being done, how much of it is done, and of how much."""

    def __init__(self, stdout: Any) -> None:
        self._stdout = stdout
        self._tenth = ("", -1)

    def __call__(self, what: str, done: int, total: int) -> None:
        if self._stdout.isatty():
            self._stdout.write(f"\r{what}: {done:,} of {total:,} ", ending="\n" if done >= total else "")
            self._stdout.flush()
            return
        tenth = 10 * done // max(total, 1)
        if (what, tenth) != self._tenth:
            self._tenth = (what, tenth)
            self._stdout.write(f"{what}: {done:,} of {total:,}")
