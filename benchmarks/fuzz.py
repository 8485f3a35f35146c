"""Random and mutated requests against a running server: python -m benchmarks.fuzz http://127.0.0.1:8000 --pid PID

The same seed gives the same requests. Nothing may end in 500, set a cookie, name a place on the server or hold a
hidden word of `benchmarks.fuzz_content`, and the memory of the server (``--pid``) may not grow in the second half
of the requests.
"""

import argparse
import http.client
import re
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.fuzz_requests import Fuzzer

LEAK = re.compile(
    rb'Traceback|File "/|/site-packages/|SELECT .{1,200} FROM|psycopg|sqlite3\.|pbkdf2_|Bearer wagtail_'
)
HIDDEN = re.compile(rb"zq[a-v]{3}x", re.IGNORECASE)
GROWTH = 16 * 1024  # KiB
PARTS = 10


def resident(pid: int | None) -> int:
    """Return the resident memory of a process and of those that it started, in KiB."""
    if pid is None:
        return 0
    total = 0
    for one in {pid, *_children(pid)}:
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{one}/status").read_text())
        total += int(found[1]) if found else 0
    return total


def _children(pid: int) -> set[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(one) for one in listed}


def main() -> int:
    """Send the requests; return 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=20270301)
    parser.add_argument("--pid", type=int)
    given = parser.parse_args()
    fuzzer, where = Fuzzer(given.seed), urlsplit(given.address)
    answers: Counter[str] = Counter()
    problems = 0
    memory: list[int] = []
    begun, slowest = time.monotonic(), (0.0, "")
    connection = http.client.HTTPConnection(where.netloc, timeout=30)
    for number in range(given.count):
        method, path, body, headers = fuzzer.request()
        sent = time.monotonic()
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            content = response.read()
        except (ConnectionError, http.client.HTTPException) as error:
            # The server closes the connection where the request line itself is no HTTP, or a body is left unread.
            answers[type(error).__name__] += 1
            connection.close()
            continue
        took = time.monotonic() - sent
        if took > slowest[0]:
            slowest = took, f"#{number} {method} {path[:200]} {body!r}"
        answers[str(response.status)] += 1
        head = str(response.headers).encode()
        if (
            response.status >= 500
            or b"INTERNAL_SERVER_ERROR" in content
            or LEAK.search(content)
            or any(word not in body and word not in path.encode() for word in HIDDEN.findall(content))
            or b"Set-Cookie" in head
        ):
            problems += 1
            print(
                f"#{number} {method} {path[:200]} {body[:600]!r}\n  {response.status} {content[:400]!r}",
                flush=True,
            )
        if given.count < PARTS or (number + 1) % (given.count // PARTS) == 0:
            memory.append(resident(given.pid))
            print(f"{number + 1} requests, {memory[-1]} KiB, {problems} problems", flush=True)
    # In the first half the server fills what it keeps: answers and documents, up to their settings.
    grown = memory[-1] - memory[len(memory) // 2] if memory else 0
    print(
        f"{given.count} requests, seed {given.seed}, {time.monotonic() - begun:.0f} s, "
        f"slowest {slowest[0] * 1000:.0f} ms"
    )
    print("slowest:", slowest[1][:3000])
    print("answers:", dict(sorted(answers.items())))
    print("memory in KiB:", memory, "grown in the second half:", grown)
    return int(bool(problems) or grown > GROWTH)


if __name__ == "__main__":
    raise SystemExit(main())
