"""What the processes of a server tell each other while it ends: bytes that they share.

The main process imports this module before it forks its workers, so all of them see the same bytes.
"""

import mmap

_shared = mmap.mmap(-1, 2)
_SERVING, _ENDING = 0, 1


def note_serving() -> None:
    """A worker says that it answers requests from now on."""
    _shared[_SERVING] = 1


def is_serving() -> bool:
    """Return whether any worker has answered requests, so that a balancer may be sending more."""
    return bool(_shared[_SERVING])


def begin_ending() -> None:
    """The main process says that the server ends soon."""
    _shared[_ENDING] = 1


def is_ending() -> bool:
    """Return whether the server ends soon and should be sent no further requests."""
    return bool(_shared[_ENDING])
