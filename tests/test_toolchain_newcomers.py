"""The wrong settings of a newcomer's first day: each is one line, code 2, and no process is left."""

import json
import os
import re
import secrets
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.settings.names import CloseNames

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parent.parent
KEY = secrets.token_urlsafe(50)
MISTAKES = [
    # what was set (None: not set), and what the line says
    ({"BEHIND_PROXY": "yess"}, "BEHIND_PROXY=yess is neither true nor false"),
    ({"SECURE_SSL_REDIRECT": "flase"}, "SECURE_SSL_REDIRECT=flase is neither true nor false"),
    ({"TWO_FACTOR": "2"}, "TWO_FACTOR=2 is neither true nor false"),
    ({"DATABASE_URL": None}, "DATABASE_URL is not set"),
    ({"DATABASE_URL": ""}, "DATABASE_URL is empty"),
    ({"DATABASE_URL": None, "DATABSE_URL": "postgres://a:b@db/cms"},
     "DATABSE_URL is not a setting. Did you mean DATABASE_URL?"),
    ({"DATABASE_URL": None, "POSTGRES_URL": "postgres://a:b@db/cms"}, "POSTGRES_URL is. Did you mean DATABASE_URL?"),
    ({"DATABASE_URL": "postgres://cms:pa/ss@db/cms"}, "DATABASE_URL is not a valid address"),
    ({"DATABASE_URL": "mysql://cms:hidden@db/cms"}, "DATABASE_URL must be postgres://"),
    ({"DATABASE_URL": "postgres://cms:hidden@127.0.0.1:1/cms"}, "The database cms on 127.0.0.1:1 can't be used"),
    ({"DATABASE_URL": "postgres://cms@127.0.0.1/cms", "DATABASE_POOL": "1", "BEHIND_PGBOUNCER": "1"},
     "DATABASE_POOL and"),
    ({"CACHE_URL": "redis://localhost:6379"}, "CACHE_URL needs the Python package redis"),
    ({"CACHE_URL": "localhost:6379"}, "CACHE_URL: "),
    ({"BASE_URL": "cms.example"}, "BASE_URL: cms.example is not an address. Write it with its scheme"),
    ({"BASE_URL": "https://cms.example/admin/"}, "BASE_URL=https://cms.example/admin must end after the host"),
    ({"BASE_URL": "http://cms.example"}, "BASE_URL must begin with https://"),
    ({"BASE_URL": "https://www.example"}, "ALLOWED_HOSTS lacks the host of BASE_URL=https://www.example"),
    ({"BASE_URL": "https://cms.example?x=1"}, "BASE_URL=https://cms.example?x=1 must end after the host"),
    ({"BASE_URL": "https://user@cms.example"}, "BASE_URL=https://user@cms.example must end after the host"),
    ({"CORS_ALLOWED_ORIGINS": "https://a.example#x"}, "CORS_ALLOWED_ORIGINS: https://a.example#x must end after"),
    ({"SENTRY_DSN": "https://sentry.example"}, "SENTRY_DSN is not valid. Write https://KEY@HOST/PROJECT"),
    ({"DJANGO_SETTINGS_MODULE": "config.settings.production"}, "DJANGO_SETTINGS_MODULE=config.settings.production is"),
    ({"PROXIES": "2"}, "PROXIES is set, but BEHIND_PROXY is not true"),
    ({"DEFAULT_FROM_EMAIL": "cms.example.org"}, "DEFAULT_FROM_EMAIL=cms.example.org is not an address of mails"),
    ({"CACHE_URL": "dbcache://no table"}, "CACHE_URL: 'no table' is not the name of a table"),
    ({"CACHE_URL": "filecache://"}, "CACHE_URL names no folder"),
    ({"FRONTEND_URL": "www.example.si"}, "FRONTEND_URL: www.example.si is not an address"),
    ({"FRONTEND_REDIRECT": "www.example.si"}, "FRONTEND_REDIRECT: www.example.si is not an address"),
    ({"PREVIEW_URL": "front.example/preview"}, "PREVIEW_URL: front.example/preview is not an address"),
    ({"ALLOWED_HOSTS": "https://cms.example"}, "ALLOWED_HOSTS: https://cms.example is not the name of a host"),
    ({"ALLOWED_HOSTS": "cms.example:443"}, "ALLOWED_HOSTS: cms.example:443 must be written without its port"),
    ({"ALLOWED_HOSTS": None, "ALOWED_HOSTS": "cms.example"}, "ALOWED_HOSTS is. Did you mean ALLOWED_HOSTS?"),
    ({"ALLOWED_HOSTS": " "}, "ALLOWED_HOSTS is empty"),
    ({"CORS_ALLOWED_ORIGINS": "front.example"}, "CORS_ALLOWED_ORIGINS: front.example is not an address"),
    ({"CORS_ALLOWED_ORIGINS": "https://front.example/"}, "CORS_ALLOWED_ORIGINS: https://front.example/ must end after"),
    ({"CSRF_TRUSTED_ORIGINS": "cms.example"}, "CSRF_TRUSTED_ORIGINS: cms.example is not an address"),
    ({"EMAIL_URL": "mail.example"}, "EMAIL_URL is not valid"),
    ({"EMAIL_URL": "smtp://user:pa#ss@mail.example"}, "EMAIL_URL is not valid"),
    ({"EMAIL_URL": "smtp://"}, "EMAIL_URL names no host"),
    ({"SECRET_KEY": "geslo"}, "SECRET_KEY is too easy to guess"),
    ({"PORT": "http"}, "PORT=http is not a port"),
    ({"HOST": "192.0.2.1"}, "HOST=192.0.2.1 is not an address of this machine"),
    ({"WEB_WORKERS": "0"}, "WEB_WORKERS=0 must be from 1"),
    ({"WEB_WORKERS": "two"}, "WEB_WORKERS=two is not valid"),
    ({"PREVIEW_SECONDS": "-1"}, "PREVIEW_SECONDS=-1 must be from 1"),
    ({"LOG_LEVEL": "loud"}, "LOG_LEVEL=loud is not one of"),
    ({"DATA_DIR": "/dev/null/data"}, "DATA_DIR=/dev/null/data can't be written to"),
    ({"STATIC_ROOT": "/dev/null/static"}, "STATIC_ROOT=/dev/null/static holds no static files"),
    ({"BEHIND_PROXI": "true"}, "BEHIND_PROXI is not a setting. Did you mean BEHIND_PROXY?"),
    ({"behind_proxy": "true"}, "behind_proxy is not a setting. Did you mean BEHIND_PROXY?"),
    ({"LOGLEVEL": "DEBUG"}, "LOGLEVEL is not a setting. Did you mean LOG_LEVEL?"),
]  # fmt: skip


@pytest.fixture
def right(tmp_path: Path) -> dict[str, str]:
    """The variables of a site that starts, but for its static files."""
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "DATA_DIR": str(tmp_path),
        "STATIC_ROOT": str(static_files(tmp_path)),
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": "cms.example",
        "BASE_URL": "https://cms.example",
        "EMAIL_URL": "smtp://localhost",
        "HOST": "127.0.0.1",
        "PORT": "0",
    }


def static_files(folder: Path) -> Path:
    static = folder / "static"
    static.mkdir()
    (static / "staticfiles.json").write_text('{"version": "1.1", "hash": "", "paths": {"a.css": "a.1.css"}}')
    return static


# Imports what takes time once, then lets a process of its own make each start.
START_EACH = """
import io, json, os, sys, traceback
import django.core.management, environ, rapidfuzz, granian.server.mp, psycopg, whitenoise.storage
from config import entrypoint

for line in sys.stdin:
    role, environment = json.loads(line)
    read, write = os.pipe()
    if not (child := os.fork()):
        for number in (1, 2):
            os.dup2(write, number)
        os.environ.clear()
        os.environ.update(environment)
        code = 99
        try:
            entrypoint.main([role])
        except SystemExit as end:
            code = end.code
        except BaseException:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    os.close(write)
    with open(read) as said:
        text = said.read()
    print(json.dumps([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text]), flush=True)
"""


@pytest.fixture(scope="module")
def starts() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", START_EACH],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        assert process.stdin
        process.stdin.close()


@pytest.fixture
def entrypoint(starts: subprocess.Popen[str]) -> Callable[[str, dict[str, str]], tuple[int, str]]:
    """Starts a role with an environment; returns its code and all that it says."""

    def start(role: str, environment: dict[str, str]) -> tuple[int, str]:
        assert starts.stdin
        assert starts.stdout
        starts.stdin.write(json.dumps([role, environment]) + "\n")
        starts.stdin.flush()
        code, said = json.loads(starts.stdout.readline())
        return code, said

    return start


type Entrypoint = Callable[[str, dict[str, str]], tuple[int, str]]


def refused(answer: tuple[int, str]) -> str:
    """The one line of a start that was refused."""
    code, said = answer
    assert code == 2, said
    assert said.count("\n") == 1, said
    return said


@contextmanager
def taken_port() -> Iterator[int]:
    """A port that another server of the same kind listens on: its workers share it."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.mark.parametrize(("change", "line"), MISTAKES, ids=[" ".join(change) for change, _line in MISTAKES])
def test_a_wrong_setting_is_one_line_before_anything_starts(
    entrypoint: Entrypoint, right: dict[str, str], change: dict[str, str | None], line: str
) -> None:
    values = {name: value for name, value in (right | {"PORT": "8000"} | change).items() if value is not None}
    with taken_port() as port:
        if "PORT" not in change and "HOST" not in change:
            values["PORT"] = str(port)  # were the mistake not seen, the start would still end here
        answer = refused(entrypoint("serve", values))
    assert line in answer
    assert "hidden" not in answer
    assert "'pa'" not in answer


@pytest.mark.parametrize("role", ["migrate", "keep_time", "worker"])
def test_every_role_begins_with_the_same_preflight(
    entrypoint: Entrypoint, right: dict[str, str], role: str
) -> None:
    assert "BEHIND_PROXY" in refused(entrypoint(role, right | {"BEHIND_PROXY": "yess"}))
    assert "CACHE_URL" in refused(entrypoint(role, right | {"CACHE_URL": "redis://localhost"}))


def test_the_script_of_the_image_says_the_same(right: dict[str, str]) -> None:
    answer = subprocess.run(
        [ROOT / "docker" / "entrypoint", "serve"],
        env=right | {"BEHIND_PROXY": "yess"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == "Configuration: BEHIND_PROXY=yess is neither true nor false.\n"


def test_a_port_that_another_copy_serves_on_is_refused(entrypoint: Entrypoint, right: dict[str, str]) -> None:
    with taken_port() as port:
        line = refused(entrypoint("serve", right | {"PORT": str(port)}))
    assert f"Port {port} is taken by another program" in line


def test_no_two_settings_are_close_enough_to_be_taken_for_one_another() -> None:
    documented = set(
        re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE)
    )
    for name in documented:
        names = CloseNames({name: ""})
        names.known = documented - {name}
        names.check()


@pytest.mark.parametrize(
    "name",
    [
        "HOSTNAME",
        "HOSTTYPE",
        "DATABASE_PORT",
        "DATABASE_PORT_5432_TCP",
        "CACHE_SERVICE_HOST",
        "NO_PROXY",
        "SHELL",
    ],
)
def test_a_variable_of_the_machine_is_no_slip(name: str) -> None:
    names = CloseNames({name: "value"})
    names.known = {"HOST", "PORT", "DATABASE_POOL", "DATABASE_URL", "CACHE_URL", "PROXIES"}
    names.check()


def test_an_empty_variable_counts_as_not_set(entrypoint: Entrypoint, right: dict[str, str]) -> None:
    empty = dict.fromkeys(["BEHIND_PROXY", "PROXIES", "CORS_ALLOWED_ORIGINS", "CACHE_URL", "LOG_LEVEL"], "")
    with taken_port() as port:
        assert "is taken" in refused(entrypoint("serve", right | empty | {"PORT": str(port)}))
