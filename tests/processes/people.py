"""Who works with a site of several machines: an editor at the admin, and a server that hears of changes."""

import base64
import json
import secrets
import threading
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User

from tests.cms.test_two_editors import form_in

PASSWORD = "nobody guesses this one 7"


def superuser(name: str) -> Any:
    """Make a superuser whose password production can check."""
    user = User.objects.create_superuser(name)
    user.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt of tests", iterations=1000)
    user.save()
    return user


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_arguments: Any) -> None:
        return None


_open = build_opener(_Stay).open


class Editor:
    """A person who is signed in to the admin, by way of any address of the site."""

    def __init__(self, root: str, name: str) -> None:
        self._cookies: dict[str, str] = {}
        self.ask(root, "/admin/login/")
        status, text = self.post(root, "/admin/login/", {"username": name, "password": PASSWORD})
        assert status == 302, f"{status} {text}"

    def ask(self, root: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
        """Return status and text of an answer; 0 where none comes."""
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        try:
            answer = _open(Request(root + path, body, headers | {"Cookie": cookies}), timeout=30)  # noqa: S310
        except HTTPError as error:
            answer = error
        except OSError:
            return 0, ""
        try:
            with answer:
                for line in answer.headers.get_all("Set-Cookie") or ():
                    self._cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
                return int(answer.status), answer.read().decode()
        except OSError:
            return 0, ""

    def post(self, root: str, path: str, form: Any) -> tuple[int, str]:
        body = urlencode({**form, "csrfmiddlewaretoken": self._token()}, doseq=True).encode()
        return self.ask(root, path, body)

    def _token(self) -> str:
        return self._cookies.get("__Host-csrf", "")

    def publish(self, root: str, page: int, title: str) -> bool:
        """Publish a page under a title; return whether that was acknowledged."""
        path = f"/admin/pages/{page}/edit/"
        status, text = self.ask(root, path)
        if status != 200:
            return False
        form = form_in(text).dict() | {"title": title, "action-publish": "1"}
        status, answer = self.post(root, path, form)
        assert status != 200, answer
        return status == 302

    def upload(self, root: str, title: str, content: bytes = b"%PDF-1.7") -> bool:
        """Upload a document; return whether that was acknowledged."""
        fields = {
            "title": title, "language": "sl", "accessible": "UNKNOWN", "rights": "CC BY", "tags": "",
            "csrfmiddlewaretoken": self._token(),
        }  # fmt: skip
        edge = secrets.token_hex(12)
        parts = [
            f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}' for name, value in fields.items()
        ]
        body = "".join(f"--{edge}\r\n{part}\r\n" for part in parts).encode()
        name = f"{title.replace(' ', '-')}.pdf"
        body += f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'.encode()
        body += b"Content-Type: application/pdf\r\n\r\n" + content + f"\r\n--{edge}--\r\n".encode()
        kind = f"multipart/form-data; boundary={edge}"
        return self.ask(root, "/admin/documents/add/", body, **{"Content-Type": kind})[0] == 302


@dataclass
class Told:
    """What a receiver was told: the ids of messages as they came, and for each id its changes."""

    ids: list[str] = field(default_factory=list)
    changes: dict[str, list[int]] = field(default_factory=dict)
    differing: int = 0

    def note(self, message_id: str, cursors: list[int]) -> None:
        self.differing += self.changes.setdefault(message_id, cursors) != cursors
        self.ids.append(message_id)

    def in_order(self) -> list[int]:
        """Return the changes as they came, repetitions of a message left out."""
        return [number for message_id in dict.fromkeys(self.ids) for number in self.changes[message_id]]

    def repeated(self) -> int:
        return len(self.ids) - len(self.changes)


class ReceiverServer:
    """A server that hears of changes and answers with 500 while it `refuses`."""

    def __init__(self) -> None:
        self.refuses = False
        told = self.told = Told()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if receiver.refuses:
                    self.send_error(500)
                    return
                cursors = [base64.urlsafe_b64decode(change["cursor"]) for change in body["data"]["changes"]]
                told.note(self.headers["webhook-id"], [int(one.rpartition(b":")[2]) for one in cursors])
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_arguments: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
