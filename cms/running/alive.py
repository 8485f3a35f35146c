"""A sign of life of processes that listen on no port: a file that they touch at each turn.

``python -m cms.running.alive ROLE`` ends with 0 where a process of that role has turned lately, else with 1. It loads
neither settings nor Django, so a container may ask often.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

# A task, or the work of a day, may take some minutes.
LONGEST_TURN_SECONDS = 15 * 60


def _file(role: str) -> Path:
    # Of its own for each user, as the folder may belong to all.
    return Path(tempfile.gettempdir()) / f"cms-{role}-{os.getuid()}"


def note(role: str) -> None:
    """Note that a process of ``role`` has turned."""
    _file(role).touch()


def is_alive(role: str) -> bool:
    """Return whether one has within the longest time that a turn may take."""
    try:
        return time.time() - _file(role).stat().st_mtime < LONGEST_TURN_SECONDS
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    sys.exit(not is_alive(sys.argv[1]))
