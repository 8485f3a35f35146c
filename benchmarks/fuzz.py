"""Random and mutated requests against a running server: python -m benchmarks.fuzz http://127.0.0.1:8000 --pid PID

The same seed gives the same requests. Nothing may end in 500, set a cookie or name a place on the server, and the
memory of the server (``--pid``) may not grow from the first third of the requests to the last.
"""

# ruff: noqa: T201, S311, E501
import argparse
import http.client
import json
import random
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

DOCUMENTS = Path(__file__).parent.parent / "home" / "frontend" / "documents"
SCHEMA = Path(__file__).parent.parent / "config" / "schema.graphql"
LEAK = re.compile(
    rb'Traceback|File "/|/site-packages/|SELECT .{1,200} FROM|psycopg|sqlite3\.|pbkdf2_|Bearer wagtail_'
)
GROWTH = 32 * 1024  # KiB
WORDS = [
    "",
    "a",
    "knjiga",
    "šč",
    "\0",
    "%",
    "'",
    '"',
    "\\",
    "(a+)+$",
    "../../etc/passwd",
    "𝔘",
    "\ud83d",
    "1" * 400,
]
NUMBERS = [0, 1, -1, 100, 101, 2**31, 2**63, -(2**63) - 1, 1e308, 0.5]


class Fuzzer:
    """Makes requests from documents of the frontend, fields of the schema and noise."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.sources = [path.read_text() for path in sorted(DOCUMENTS.glob("*.graphql"))]
        text = SCHEMA.read_text() if SCHEMA.exists() else ""
        self.names = sorted(set(re.findall(r"^  (\w+)[(:]", text, re.MULTILINE))) or ["site", "name"]
        query = re.search(r"^type Query \{(.*?)^\}", text, re.MULTILINE | re.DOTALL)
        self.roots = re.findall(r"^  (\w+)[(:]", query[1], re.MULTILINE) if query else ["site", "page"]

    def request(self) -> tuple[str, str, bytes, dict[str, str]]:
        """Return method, address, body and headers of one more request."""
        query = self.random.choice([self._document, self._tree, self._mutated, self._noise])()
        body = {
            "query": query,
            "variables": self._variables(query),
            "operationName": self.random.choice([None, None, "x"]),
        }
        if self.random.random() < 0.1:
            body[self.random.choice(["extensions", "documentId", "query", "variables"])] = self._value(0)
        headers = {
            "Content-Type": "application/json",
            "Accept": self.random.choice(
                ["*/*", "application/json", "application/graphql-response+json", "*/*", "*/*", "x"]
            ),
        }
        if self.random.random() < 0.1:
            headers["Authorization"] = f"Bearer {self.random.choice(['wagtail_' + '0' * 33, 'x', ''])}"
        if self.random.random() < 0.1:
            headers["Cookie"] = f"sessionid={self.random.getrandbits(80):x}"
        kind = self.random.random()
        if kind < 0.25:
            return (
                "GET",
                f"/graphql/?query={quote(query.encode('utf-8', 'surrogatepass'))[:12_000]}",
                b"",
                headers,
            )
        if kind < 0.3:
            return "GET", self._address(), b"", headers
        sent = json.dumps(body).encode()
        return "POST", "/graphql/", self._spoiled(sent) if kind > 0.85 else sent, headers

    def _document(self) -> str:
        return self.random.choice(self.sources)

    def _tree(self, level: int = 0) -> str:
        names = self.roots if level == 0 else self.names
        parts = []
        for _part in range(self.random.randint(1, 4)):
            name = self.random.choice(names)
            given = f"({self.random.choice(['first', 'id', 'locale', 'slug', 'path', 'filter', 'after', 'query'])}: {json.dumps(self._value(1))})"
            below = self._tree(level + 1) if level < 5 and self.random.random() < 0.6 else ""
            parts.append(f"{name}{given if self.random.random() < 0.3 else ''} {below}")
        return "{ " + " ".join(parts) + " }"

    def _mutated(self) -> str:
        text = list(self.random.choice(self.sources))
        for _change in range(self.random.randint(1, 12)):
            place = self.random.randrange(len(text))
            match self.random.randint(0, 3):
                case 0:
                    del text[place : place + self.random.randint(1, 40)]
                case 1:
                    text[place:place] = self.random.choice(
                        ["{", "}", "(", "...", "@", '"', "\0", "$", "fragment", "é", "#"]
                    )
                case 2:
                    end = place + self.random.randint(1, 60)
                    text[place:place] = text[place:end] * self.random.randint(1, 30)
                case _:
                    text[place] = chr(self.random.randrange(1, 0xD7FF))
            text = text or ["{"]
        return "".join(text)

    def _noise(self) -> str:
        return "".join(chr(self.random.randrange(1, 0x2FF)) for _letter in range(self.random.randint(0, 400)))

    def _spoiled(self, body: bytes) -> bytes:
        spoiled = bytearray(body)
        for _byte in range(self.random.randint(1, 8)):
            spoiled[self.random.randrange(len(spoiled))] = self.random.randrange(256)
        return bytes(spoiled)

    def _variables(self, query: str) -> dict[str, Any]:
        return {name: self._value(0) for name in re.findall(r"\$(\w+)", query)[:20]}

    def _value(self, level: int) -> Any:
        kinds = [
            lambda: self.random.choice(WORDS),
            lambda: self.random.choice(NUMBERS),
            lambda: None,
            lambda: True,
        ]
        if level < 4:
            kinds += [
                lambda: [self._value(level + 1) for _ in range(self.random.randint(0, 5))],
                lambda: {self.random.choice(self.names): self._value(level + 1) for _ in range(3)},
            ]
        return self.random.choice(kinds)()

    def _address(self) -> str:
        paths = [
            "/sitemap.xml",
            "/robots.txt",
            "/sl/koledar.ics",
            "/sl/",
            "/documents/1/x",
            "/media/images/",
            "/graphql/",
        ]
        tail = self.random.choice(
            ["", "?", "?x=%00", "?page=" + "9" * 300, "%2e%2e/", "%ff", "/../../etc/passwd"]
        )
        return self.random.choice(paths) + tail


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
    problems: list[str] = []
    memory: list[int] = []
    begun, slowest = time.monotonic(), 0.0
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
        slowest = max(slowest, time.monotonic() - sent)
        answers[str(response.status)] += 1
        head = str(response.headers).encode()
        if (
            response.status >= 500
            or b"INTERNAL_SERVER_ERROR" in content
            or LEAK.search(content)
            or b"Set-Cookie" in head
        ):
            problems.append(
                f"#{number} {method} {path[:200]} {body[:600]!r}\n  {response.status} {content[:400]!r}"
            )
        if given.count < 3 or number % (given.count // 3) == 0 or number == given.count - 1:
            memory.append(resident(given.pid))
    grown = memory[-1] - memory[1] if len(memory) > 2 else 0
    print(
        f"{given.count} requests, seed {given.seed}, {time.monotonic() - begun:.0f} s, slowest {slowest * 1000:.0f} ms"
    )
    print("answers:", dict(sorted(answers.items())))
    print("memory in KiB:", memory, "grown since the first third:", grown)
    print(*problems[:20], sep="\n")
    return int(bool(problems) or grown > GROWTH)


if __name__ == "__main__":
    raise SystemExit(main())
