"""Starts servers for a measurement, waits until they answer, and ends them again."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def production(data_dir: Path) -> dict[str, str]:
    """Return what production needs to know, and the paths of a folder that is thrown away."""
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DJANGO_SETTINGS_MODULE": "config.settings.prod",
        "SECRET_KEY": "for measuring only " * 3,
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
        "BASE_URL": "http://127.0.0.1",
        "EMAIL_URL": "dummymail://",
        "SECURE_SSL_REDIRECT": "false",
        "DATA_DIR": str(data_dir),
        "STATIC_ROOT": str(data_dir / "static"),
    }


class Server:
    """A process that listens on ``port``, with its workers."""

    def __init__(self, command: list[str], port: int, environment: dict[str, str], log: Path) -> None:
        self.port = port
        self.log = log
        self._log = log.open("wb")
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | environment, stdout=self._log, stderr=subprocess.STDOUT
        )

    @classmethod
    def ours(cls, environment: dict[str, str], log: Path, workers: int) -> "Server":
        """Start what the image runs."""
        port = free_port()
        more = {"HOST": "127.0.0.1", "PORT": str(port), "WEB_WORKERS": str(workers)}
        entrypoint = str(ROOT / "docker" / "entrypoint")
        subprocess.run([entrypoint, "collectstatic"], env=os.environ | environment, check=True)
        return cls([entrypoint, "serve"], port, environment | more, log)

    @classmethod
    def granian(cls, application: str, environment: dict[str, str], log: Path, workers: int) -> "Server":
        """Start another application with the same server and the same settings of it."""
        port = free_port()
        return cls(
            [
                sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1",
                "--port", str(port), "--workers", str(workers), "--blocking-threads", "4", application,
            ],
            port,
            environment,
            log,
        )  # fmt: skip

    def wait(self, path: str, body: str = "") -> None:
        """Return when the server answers. Raises RuntimeError when it has ended or takes too long."""
        address = f"http://127.0.0.1:{self.port}{path}"
        end = time.monotonic() + 180
        while time.monotonic() < end and self._process.poll() is None:
            try:
                urllib.request.urlopen(address, timeout=60)
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.3)
            else:
                return
        raise RuntimeError(self.log.read_text()[-2000:])

    def memory(self) -> float:
        """Return the resident memory of the workers in MB, without what they share with others."""
        return sum(_own_memory(pid) for pid in descendants(self._process.pid)) / 1024

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()


def descendants(pid: int) -> list[int]:
    """Return a process and all that it has started, by their numbers."""
    children = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [pid, *(below for child in children for below in descendants(child))]


def _own_memory(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0
