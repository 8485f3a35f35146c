"""Sends the same HTTP requests again and again over connections that stay open, and takes the times."""

import selectors
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

_numbers = count()


@dataclass(frozen=True, slots=True)
class Request:
    """A request to a server on this machine.

    ``fresh`` gives each one a variable that no document declares: its answer stands in no cache, all else does.
    """

    port: int
    path: str
    body: str = ""
    headers: tuple[str, ...] = ()
    fresh: bool = False

    def wire(self) -> Iterator[bytes]:
        """Yield the bytes of one request after the other."""
        head = "".join(
            f"{line}\r\n" for line in ("Host: 127.0.0.1", "Accept: application/json", *self.headers)
        )
        if not self.body:
            plain = f"GET {self.path} HTTP/1.1\r\n{head}\r\n".encode()
            while True:
                yield plain
        start = f"POST {self.path} HTTP/1.1\r\n{head}Content-Type: application/json\r\nContent-Length: "
        if not self.fresh:
            body = self.body.encode()
            same = f"{start}{len(body)}\r\n\r\n".encode() + body
            while True:
                yield same
        text, length = self.body.removesuffix("}"), len(self.body.encode())
        for number in _numbers:
            # Ten digits, so that every request is as long as the others.
            more = f',"variables":{{"n":{number + 10**9}}}}}'
            yield f"{start}{length + len(more) - 1}\r\n\r\n{text}{more}".encode()


@dataclass(slots=True)
class Times:
    """How long each answer took, in seconds, and how long all of them together."""

    each: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, other: "Times") -> None:
        self.each += other.each
        self.seconds += other.seconds

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return len(self.each) / self.seconds

    def quantile(self, part: float) -> float:
        """Milliseconds in which ``part`` of the answers came."""
        ordered = sorted(self.each)
        return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000


class Connection:
    """One connection, which has one request on its way at a time."""

    def __init__(self, request: Request) -> None:
        self.socket = socket.create_connection(("127.0.0.1", request.port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.wire = request.wire()
        self.sent = 0.0
        self._received = b""
        self._missing = -1

    def send(self) -> None:
        self._received, self._missing = b"", -1
        message = next(self.wire)
        self.sent = time.perf_counter()
        self.socket.sendall(message)

    def receive(self) -> bool:
        """Read what is there; return whether the answer is complete. Raises OSError for anything but 200 or 304."""
        part = self.socket.recv(262_144)
        if not part:
            raise OSError("The server closed the connection.")
        if self._missing >= 0:
            self._missing -= len(part)
            return self._missing <= 0
        self._received += part
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return False
        status = self._received[9:12]
        if status not in (b"200", b"304"):
            raise OSError(self._received.decode(errors="replace"))
        length = 0 if status == b"304" else _length(self._received[:end])
        self._missing = length - (len(self._received) - end - 4)
        return self._missing <= 0


def _length(head: bytes) -> int:
    _before, name, rest = head.lower().partition(b"content-length:")
    if not name:
        raise OSError(f"No Content-Length: {head!r}")
    return int(rest.partition(b"\r\n")[0])


def measure(
    request: Request | Iterable[Request], connections: int, seconds: float, at_most: int = 10**9
) -> Times:
    """Keep ``connections`` busy for ``seconds`` or ``at_most`` requests, and return the times."""
    given = [request] if isinstance(request, Request) else list(request)
    opened = [Connection(given[number % len(given)]) for number in range(connections)]
    times = Times()
    begun = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        for connection in opened:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send()
        end, waiting, sent = begun + seconds, len(opened), len(opened)
        while waiting:
            for key, _events in selector.select():
                connection = key.data
                if not connection.receive():
                    continue
                now = time.perf_counter()
                times.each.append(now - connection.sent)
                if now < end and sent < at_most:
                    sent += 1
                    connection.send()
                else:
                    selector.unregister(connection.socket)
                    waiting -= 1
    times.seconds = time.perf_counter() - begun
    for connection in opened:
        connection.socket.close()
    return times


def fetch(request: Request) -> tuple[dict[str, str], bytes]:
    """Return headers (by lower-case names) and body of one answer."""
    with socket.create_connection(("127.0.0.1", request.port), timeout=60) as one:
        one.sendall(next(request.wire()))
        received = b""
        while b"\r\n\r\n" not in received:
            received += one.recv(262_144)
        head, _blank, body = received.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        if " 200 " not in f"{lines[0]} ":
            raise OSError(received.decode(errors="replace"))
        headers = {
            name.lower(): value.strip() for name, _colon, value in (line.partition(":") for line in lines[1:])
        }
        while len(body) < int(headers["content-length"]):
            body += one.recv(262_144)
    return headers, body
