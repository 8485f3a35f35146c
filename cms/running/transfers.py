"""Slow callers keep a thread, of which there are many, and none of the few places to work in.

The body of a request is taken whole before the request gets a place, and a file is sent after its request gave its
place back. No thread is waited for: what comes beyond the numbers below is told to try again.
"""

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock
from typing import IO, Any

from cms.running.one_line import one_line

logger = logging.getLogger(__name__)
# How many callers may send a body at once, and how many may be sent a file. Each keeps a thread of Granian, which
# starts them as they are needed.
MOST = 128
# The largest upload, and its form. The example of nginx says the same.
LONGEST_BODY = 60 * 1024 * 1024
# Of the bodies of one process that are larger than a part, in temporary files; /tmp may be memory.
MOST_BYTES = 256 * 1024 * 1024
_IN_MEMORY = 256 * 1024
_PART = 64 * 1024
_WITHOUT_BODY = frozenset(("GET", "HEAD", "OPTIONS", "DELETE"))

type Environ = dict[str, Any]


class BodyError(Exception):
    """A body that was not taken; `status` is that of the response."""

    def __init__(self, status: str, text: str) -> None:
        super().__init__(text)
        self.status = status


class TooMuchError(Exception):
    """There is no room for one more body now."""


class Bodies:
    """Takes the bodies of requests: at most `most` at once, and `most_bytes` of all that are kept."""

    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._free, self._free_bytes = most, most_bytes
        self._lock = Lock()

    @contextmanager
    def taken(self, environ: Environ) -> Iterator[None]:
        """Read the body of a request, and put what was read in its place until the block ends.

        Raises `BodyError` where the body is too long or ends early, `TooMuchError` where there is no room for it.
        """
        length = _length(environ)
        if length == 0:
            yield
            return
        if length is not None and length > LONGEST_BODY:
            raise _too_long()
        self._occupy(1, 0)
        kept = _Kept(environ["wsgi.input"])
        try:
            try:
                environ["wsgi.input"] = self._read(kept, length)
            finally:
                self._occupy(-1, 0)
            yield
        finally:
            self._occupy(0, -kept.size)
            kept.close()

    def _read(self, kept: "_Kept", length: int | None) -> IO[bytes]:
        if length is not None and length <= _PART:
            whole: bytes = kept.body.read(length)
            if len(whole) < length:
                raise _ends_early()
            return BytesIO(whole)
        while part := kept.body.read(_PART if length is None else min(_PART, length - kept.size)):
            if kept.size + len(part) > LONGEST_BODY:
                raise _too_long()
            self._occupy(0, len(part))
            kept.add(part)
        if length is not None and kept.size < length:
            raise _ends_early()
        kept.file.seek(0)
        return kept.file

    def _occupy(self, number: int, size: int) -> None:
        with self._lock:
            if number > self._free or size > self._free_bytes:
                raise TooMuchError
            self._free -= number
            self._free_bytes -= size


class _Kept:
    """A body, and the temporary file that it is read into."""

    def __init__(self, body: Any) -> None:
        self.body, self.size = body, 0
        self.file: Any = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115

    def add(self, part: bytes) -> None:
        self.size += len(part)
        try:
            self.file.write(part)
        except OSError as error:
            logger.error("The body of a request can't be kept in a temporary file: %s", one_line(error))  # noqa: TRY400
            raise TooMuchError from None

    def close(self) -> None:
        self.file.close()


def _length(environ: Environ) -> int | None:
    """Return the length of a body; None where only its end tells it (chunks, HTTP/2)."""
    said = environ.get("CONTENT_LENGTH") or ""
    if said.isdecimal():
        return int(said)
    ends = environ.get("wsgi.input_terminated") and (
        "HTTP_TRANSFER_ENCODING" in environ or environ["REQUEST_METHOD"] not in _WITHOUT_BODY
    )
    return None if ends else 0


def _too_long() -> BodyError:
    limit = LONGEST_BODY // (1024 * 1024)
    return BodyError("413 Content Too Large", f"A request may have {limit} MB.")


def _ends_early() -> BodyError:
    return BodyError("400 Bad Request", "The request ended early.")
