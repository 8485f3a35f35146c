"""The mail server is asked before anything starts: what is wrong is one line, what is down stops nothing."""

import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

import pytest
from django.core.management import CommandError

from cms.running import preflight
from config.settings.environment import Environment
from tests.test_toolchain_settings import PRODUCTION, python, said

pytestmark = pytest.mark.one_database


@contextmanager
def mail_server(*, greeting: bytes = b"220 mail.example\r\n", login: bytes = b"235 in\r\n") -> Iterator[int]:
    """Yield the port of a mail server that answers a login as it is told."""

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(greeting)
            for line in self.rfile:
                word = line.split()[0].upper()
                answers = {b"EHLO": b"250-mail.example\r\n250 AUTH PLAIN\r\n", b"AUTH": login}
                self.wfile.write(answers.get(word, b"221 bye\r\n"))
                if word == b"QUIT":
                    return

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def check(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Checks an EMAIL_URL."""

    def checked(url: str) -> str:
        monkeypatch.setenv("EMAIL_URL", url)
        settings.MAILERS = Environment().mailers(queue=True)
        return preflight.check_mail()

    return checked


def test_a_mail_server_that_answers_says_nothing(check: Callable[[str], str]) -> None:
    with mail_server() as port:
        assert check(f"smtp://ana:geslo@127.0.0.1:{port}") == ""


@pytest.mark.parametrize(
    ("scheme", "reply", "line"),
    [
        ("smtp", b"535 no\r\n", "refuses the user and the password"),
        ("smtp+tls", b"", "does not speak as the address says: STARTTLS"),
        ("smtp+ssl", b"", "does not speak as the address says"),
    ],
)
def test_a_mail_server_that_refuses_is_one_line(
    check: Callable[[str], str], scheme: str, reply: bytes, line: str
) -> None:
    secret = secrets.token_hex(8)
    with mail_server(login=reply) as port, pytest.raises(CommandError, match=line) as refused:
        check(f"{scheme}://ana:{secret}@127.0.0.1:{port}")
    assert refused.value.returncode == 2
    assert secret not in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("code", "refused"), [(socket.EAI_NONAME, True), (socket.EAI_NODATA, True), (socket.EAI_AGAIN, False)]
)
def test_a_host_that_there_is_not_is_one_line_and_a_resolver_that_is_away_is_none(
    check: Callable[[str], str], monkeypatch: pytest.MonkeyPatch, code: int, refused: bool
) -> None:
    def look_up(*_arguments: Any, **_named: Any) -> None:
        raise socket.gaierror(code, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    if refused:
        with pytest.raises(CommandError, match=r"there is no host mial\.example"):
            check("smtp://mial.example")
    else:
        assert "does not answer" in check("smtp://mial.example")


def test_a_mail_server_that_is_down_or_has_too_much_to_do_is_told_and_no_reason_not_to_start(
    check: Callable[[str], str],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert f"The mail server 127.0.0.1:{port} does not answer" in check(f"smtp://127.0.0.1:{port}")
    with mail_server(greeting=b"421 later\r\n") as port:
        assert "does not answer" in check(f"smtp://127.0.0.1:{port}")


def test_a_mail_server_that_says_nothing_costs_no_more_than_a_moment(
    check: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preflight, "MAIL_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert "timed out" in check(f"smtp://127.0.0.1:{silent.getsockname()[1]}")


def test_mails_that_go_nowhere_need_no_server(check: Callable[[str], str]) -> None:
    assert check("dummymail://") == ""


def test_every_role_asks_the_mail_server(tmp_path: Path) -> None:
    with mail_server(login=b"535 no\r\n") as port:
        values = PRODUCTION | {
            "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3", "DATA_DIR": str(tmp_path),
            "EMAIL_URL": f"smtp://ana:geslo@127.0.0.1:{port}",
        }  # fmt: skip
        line = said(python("-m", "config.entrypoint", "worker", **values))
    assert line == f"Configuration: EMAIL_URL: 127.0.0.1:{port} refuses the user and the password."
