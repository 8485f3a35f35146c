"""Measures the site against wagtail-grapple, Wagtail's REST API and answers that cost nothing: `make bench`.

    python scripts/with_postgres.py python -m benchmarks.speed [--rounds 3] [--seconds 0.7] [--write]

Everything runs on this machine, with a database and servers of its own, and is gone afterwards. The reads of all
systems take turns in short slices, so that what else the machine does falls on all of them alike.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.load import Request, Times, fetch, measure
from benchmarks.picture import picture
from benchmarks.reads import NAMES, Target
from benchmarks.report import report
from benchmarks.servers import ROOT, Server, production

CENTRES = 20
SMALL, LARGE = 20, 2000
MANY = 16
DOCUMENTS, REQUESTS = 1000, 100_000


@dataclass(slots=True)
class Results:
    """All that was measured. Times by (system, read, connections)."""

    times: dict[tuple[str, str, int], Times] = field(default_factory=dict)
    bytes: dict[tuple[str, str], int] = field(default_factory=dict)
    statements: dict[str, dict[str, Any]] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    growth: list[tuple[int, float]] = field(default_factory=list)
    load: tuple[float, float] = (0.0, 0.0)
    seconds: float = 0.0
    large: int = 0


def main() -> None:
    """Parse the arguments, prepare, measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=0.6, help="of one slice")
    parser.add_argument(
        "--large", type=int, default=LARGE, help="programmes below each centre for the scale; 0: none"
    )
    parser.add_argument("--no-memory", action="store_true", help="leave out 100,000 requests")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md and its picture")
    options = parser.parse_args()
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        sys.exit("DATABASE_URL must name an empty PostgreSQL; scripts/with_postgres.py starts one.")
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        with ExitStack() as stack:
            results = Bench(folder, stack, options).run()
    finally:
        shutil.rmtree(folder)
    text = report(results)
    print(text)
    if options.write:
        (ROOT / "docs" / "benchmarks.md").write_text(text)
        (ROOT / "docs" / "benchmarks.svg").write_text(picture(results))


class Bench:
    """One run."""

    def __init__(self, folder: Path, stack: ExitStack, options: argparse.Namespace) -> None:
        self.folder, self.stack, self.options = folder, stack, options
        self.results = Results()
        self.began = time.monotonic()
        self.small = production(folder) | {"DATABASE_URL": os.environ["DATABASE_URL"]}
        self.large = self.small | {"DATABASE_URL": _other_database(os.environ["DATABASE_URL"], "large")}
        self.bare = {"DJANGO_SETTINGS_MODULE": "benchmarks.bare.settings"}
        self.plain = {"DJANGO_SETTINGS_MODULE": "benchmarks.bare.plain_settings"}

    def run(self) -> Results:
        """Prepare, measure and return the results."""
        self.results.load = os.getloadavg()[:2]
        target = self._prepare()
        self._count(target)
        servers = self._start()
        requests = dict(self._requests(servers, target))
        for (system, read), request in requests.items():
            self.results.bytes[system, read] = len(fetch(request)[1])
        self._constants(servers, requests)
        self._conditional(requests)
        self._rounds(requests)
        for name, server in servers.items():
            self.results.memory[name] = server.memory()
        if not self.options.no_memory:
            self._memory(servers["ours"])
        self.results.seconds = time.monotonic() - self.began
        return self.results

    def _say(self, what: str) -> None:
        print(f"{time.monotonic() - self.began:6.0f} s  {what}", file=sys.stderr, flush=True)

    # ------------------------------------------------------------ before
    def _prepare(self) -> Target:
        """Fill both databases at once; each takes one processor."""
        self._say("tables and centres")
        _python(self.small, "benchmarks.prepare", "0")
        pending = None
        with ThreadPoolExecutor(1) as pool:
            if self.options.large:
                self._say(f"{CENTRES * self.options.large:,} and {CENTRES * SMALL:,} programmes")
                _copy_database(self.small["DATABASE_URL"], "large")
                pending = pool.submit(_python, self.large, "benchmarks.prepare", str(self.options.large))
                self.results.large = CENTRES * self.options.large
            printed = _python(self.small, "benchmarks.prepare", str(SMALL))
            if pending is not None:
                pending.result()
        return Target(**json.loads(printed))

    def _count(self, target: Target) -> None:
        self._say("statements")
        graph = {read: ("POST", "/graphql/", target.ours(read)) for read in NAMES}
        self.results.statements["ours"] = _counts(self.small, graph)
        if self.options.large:
            self.results.statements["large"] = _counts(self.large, graph)
        graph = {read: ("POST", "/graphql/", target.bare(read)) for read in NAMES}
        self.results.statements["bare"] = _counts(self.small | self.bare, graph)
        rest = {read: ("GET", target.rest(read), "") for read in NAMES}
        self.results.statements["rest"] = _counts(self.small | self.bare, rest)

    def _start(self) -> dict[str, Server]:
        self._say("servers")
        servers = {
            "ours": Server.ours(self.small, self.folder / "ours.log", 2),
            "bare": Server.granian(
                "benchmarks.bare.wsgi:application", self.small | self.bare, self.folder / "bare.log", 2
            ),
            "plain": Server.granian(
                "benchmarks.bare.wsgi:application", self.plain, self.folder / "plain.log", 2
            ),
            "constant": Server.granian(
                "benchmarks.bare.constant:application", {}, self.folder / "constant.log", 2
            ),
        }
        if self.options.large:
            servers["large"] = Server.ours(self.large, self.folder / "large.log", 1)
        for name, server in servers.items():
            self.stack.callback(server.stop)
            server.wait("/constant/20" if name in ("plain", "constant") else "/graphql/")
        return servers

    def _requests(
        self, servers: dict[str, Server], target: Target
    ) -> Iterator[tuple[tuple[str, str], Request]]:
        for read in NAMES:
            ours = target.ours(read)
            yield ("cold", read), Request(servers["ours"].port, "/graphql/", ours, fresh=True)
            yield ("warm", read), Request(servers["ours"].port, "/graphql/", ours)
            yield ("bare", read), Request(servers["bare"].port, "/graphql/", target.bare(read))
            yield ("rest", read), Request(servers["bare"].port, target.rest(read))
            if self.options.large:
                yield ("large", read), Request(servers["large"].port, "/graphql/", ours, fresh=True)

    def _constants(self, servers: dict[str, Server], requests: dict[tuple[str, str], Request]) -> None:
        """Add requests to the constants, for bodies as long as ours."""
        for read in NAMES:
            path = f"/constant/{self.results.bytes['warm', read]}"
            for name in ("plain", "constant"):
                requests[name, read] = Request(servers[name].port, path)

    def _conditional(self, requests: dict[tuple[str, str], Request]) -> None:
        """Add the warm reads as GET, without and with the tag of the answer that the caller has."""
        from urllib.parse import urlencode

        for read in NAMES:
            warm = requests["warm", read]
            path = f"/graphql/?{urlencode({'query': json.loads(warm.body)['query']})}"
            get = requests["get", read] = Request(warm.port, path)
            tag = fetch(get)[0]["etag"]
            requests["304", read] = Request(warm.port, path, headers=(f"If-None-Match: {tag}",))

    # ------------------------------------------------------------ the measurement
    def _rounds(self, requests: dict[tuple[str, str], Request]) -> None:
        for number in range(self.options.rounds + 1):
            self._say(f"round {number} of {self.options.rounds}" if number else "warm up")
            for connections in (1, MANY):
                for (system, read), request in sorted(requests.items(), key=lambda one: one[0][1]):
                    if system == "large" and connections > 1:
                        continue
                    times = measure(request, connections, self.options.seconds if number else 0.3)
                    if number:
                        self.results.times.setdefault((system, read, connections), Times()).add(times)

    def _memory(self, server: Server) -> None:
        self._say(f"{REQUESTS:,} requests of {DOCUMENTS:,} documents")
        fields = [
            f"a{number}: programmes(first: 20) {{ nodes {{ id title path kind }} }}"
            for number in range(DOCUMENTS)
        ]
        documents = [json.dumps({"query": f"{{ {one} }}"}) for one in fields]
        requests = [Request(server.port, "/graphql/", body) for body in documents]
        parts = 5
        for part in range(parts):
            done = 0
            while done < REQUESTS // parts:
                some = [requests[(done // 5 + turn * 20) % DOCUMENTS] for turn in range(50)]
                measure(some, 50, 60, at_most=250)
                done += 250
            self.results.growth.append(((part + 1) * REQUESTS // parts, server.memory()))


def _other_database(url: str, name: str) -> str:
    head, mark, query = url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}{mark}{query}"


def _copy_database(url: str, name: str) -> None:
    import psycopg
    from psycopg import sql

    with psycopg.connect(_other_database(url, "template1"), autocommit=True) as connection:
        source = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(copy.format(sql.Identifier(name), sql.Identifier(str(source))))


def _counts(environment: dict[str, str], requests: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        _python(environment, "benchmarks.statements", given=json.dumps(requests))
    )
    return found


def _python(environment: dict[str, str], module: str, *arguments: str, given: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return done.stdout.strip().splitlines()[-1]


if __name__ == "__main__":
    main()
