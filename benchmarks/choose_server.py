"""Measures servers and their settings with the same application: which one shall serve?

    DATABASE_URL=… python -m benchmarks.choose_server /sl/path/of/a/programme/ [--with FOLDER]

The database is one that `benchmarks.prepare` filled; ``--with`` names a folder with gunicorn and uvicorn, which the
project does not depend on. Settings take turns in short slices.
"""

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.load import Request, Times, measure
from benchmarks.reads import Target
from benchmarks.servers import Server, free_port, production

APPLICATION = "config.wsgi:application"


def commands(port: int, workers: int, threads: int) -> dict[str, list[str]]:
    """Return the commands of the servers."""
    at = f"127.0.0.1:{port}"
    return {
        "granian": [
            "granian", "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1", "--port", str(port),
            "--workers", str(workers), "--blocking-threads", str(threads), APPLICATION,
        ],
        "gunicorn": [
            "gunicorn", "--worker-class", "gthread", "--bind", at, "--workers", str(workers), "--threads", str(threads),
            "--keep-alive", "60", "--log-level", "error", APPLICATION,
        ],
        "uvicorn": [
            "uvicorn", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", str(workers),
            "--log-level", "error", "--no-access-log", APPLICATION,
        ],
    }  # fmt: skip


CHOICES = [
    ("granian", 1, 1, False), ("granian", 1, 4, False), ("granian", 2, 1, False), ("granian", 2, 2, False),
    ("granian", 2, 4, False), ("granian", 2, 4, True), ("gunicorn", 2, 4, False), ("uvicorn", 2, 0, False),
]  # fmt: skip


def main() -> None:
    """Measure every choice and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("path")
    parser.add_argument("--with", dest="folder", default="")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    target = Target(options.path, 0, "", 0, "")
    times: dict[tuple[str, str, int], Times] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        servers = {
            name: server
            for choice in CHOICES
            if (server := _started(choice, folder, options.folder, stack)) and (name := _name(choice))
        }
        for turn in range(options.rounds + 1):
            for connections in (1, 16):
                for name, server in servers.items():
                    for kind in ("kept", "not kept"):
                        request = Request(
                            server.port, "/graphql/", target.ours("page"), fresh=kind == "not kept"
                        )
                        found = measure(request, connections, 0.5)
                        if turn:
                            times.setdefault((name, kind, connections), Times()).add(found)
        print("| server | kept, 1 | kept, 16 | p99 | not kept, 1 | not kept, 16 | p99 | MB |")
        print("|---|---|---|---|---|---|---|---|")
        for name, server in servers.items():
            cells = []
            for kind in ("kept", "not kept"):
                one, many = times[name, kind, 1], times[name, kind, 16]
                cells += [f"{one.rate:,.0f}", f"{many.rate:,.0f}", f"{many.quantile(0.99):.0f} ms"]
            print(f"| {name} | {' | '.join(cells)} | {server.memory():.0f} |")


def _name(choice: tuple[str, int, int, bool]) -> str:
    server, workers, threads, pool = choice
    each = f" of {threads} threads" if threads else ""
    return f"{server}, {workers} worker{'s' if workers > 1 else ''}{each}{', pool' if pool else ''}"


def _started(
    choice: tuple[str, int, int, bool], folder: Path, packages: str, stack: ExitStack
) -> Server | None:
    server, workers, threads, pool = choice
    if server != "granian" and not packages:
        return None
    port = free_port()
    command = [sys.executable, "-m", *commands(port, workers, threads)[server]]
    environment = production(folder) | {
        "DATABASE_POOL": str(pool).lower(),
        "PYTHONPATH": packages,
        "LOG_LEVEL": "WARNING",
    }
    started = Server(command, port, os.environ | environment, folder / f"{port}.log")
    stack.callback(started.stop)
    started.wait("/graphql/")
    return started


if __name__ == "__main__":
    main()
