"""Errors reach Sentry and requests a collector, if a variable says so, and no secret goes with them."""

import gzip
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
import pytest
from django.core.management import CommandError

from cms.running import observing, preflight

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parent.parent
# A site with a view that fails, and what it holds then.
SITE = """
import io, json, logging, sys, types
import django
from django.conf import settings
django.setup()
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from cms.running.logs import JsonFormatter

def broken(request):
    word = "planted-" + "value"
    raise ValueError("it is broken")

def away(request):
    raise OperationalError("the server closed the connection") from type("Away", (Exception,), {"sqlstate": None})()

def well(request):
    logging.getLogger("told").error("told by a view")
    return HttpResponse(b"well")

urls = types.ModuleType("urls")
urls.urlpatterns = [path(f"{view.__name__}/", csrf_exempt(view)) for view in (broken, away, well)]
sys.modules["urls"] = urls
settings.ROOT_URLCONF = "urls"
lines = logging.StreamHandler(sys.stdout)
lines.setFormatter(JsonFormatter())
logging.getLogger("told").addHandler(lines)
handler = WSGIHandler()
for address in sys.argv[1:]:
    answer = handler({
        "REQUEST_METHOD": "POST", "PATH_INFO": address, "QUERY_STRING": "token=planted-token",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(b"planted-body"),
        "CONTENT_LENGTH": "12", "CONTENT_TYPE": "text/plain", "HTTP_COOKIE": "sessionid=planted-cookie",
        "HTTP_AUTHORIZATION": "Bearer planted-bearer", "HTTP_X_CSRFTOKEN": "planted-header",
    }, lambda *_: None)
    b"".join(answer)
    answer.close()
if settings.CMS_SENTRY_DSN:
    import sentry_sdk
    sentry_sdk.flush(20)
if settings.CMS_OTLP_ENDPOINT:
    from opentelemetry import trace
    trace.get_tracer_provider().force_flush(20000)
print(sorted(name for name in ("sentry_sdk", "opentelemetry") if name in sys.modules))
"""


class Collector(BaseHTTPRequestHandler):
    """Takes what both send."""

    taken: list[tuple[str, bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(
            self.headers.get("Content-Encoding", "")
        )
        body = unpack(body) if unpack else body
        self.taken.append((self.path, body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        pass


@contextmanager
def collector() -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """The address of a server, without its scheme, and what it takes."""
    taken: list[tuple[str, bytes]] = []
    own = type("Own", (Collector,), {"taken": taken})
    with ThreadingHTTPServer(("127.0.0.1", 0), own) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"127.0.0.1:{server.server_port}", taken
        server.shutdown()


def serve(folder: Path, *addresses: str, **environment: str) -> str:
    """Ask a site of its own for addresses, and return what it printed."""
    base = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.dev", "DEBUG": "false"}
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SITE, *addresses],
        cwd=ROOT,
        env=base | {"DATA_DIR": str(folder)} | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout


def test_an_error_reaches_sentry_with_its_place_and_without_what_it_held(tmp_path: Path) -> None:
    with collector() as (address, taken):
        serve(tmp_path, "/broken/", "/away/", SENTRY_DSN=f"http://key@{address}/7")
    sent = b"".join(body for path, body in taken if path == "/api/7/envelope/")
    assert b"it is broken" in sent
    assert b"ValueError" in sent
    assert b"/broken/" in sent
    assert b"planted" not in sent.replace(b'word = \\"planted-\\" + \\"value\\"', b"")
    # One of a database that is away would come for every request.
    assert b'"OperationalError"' not in sent


def test_a_request_reaches_the_collector_without_its_query_and_its_lines_have_its_id(tmp_path: Path) -> None:
    with collector() as (address, taken):
        said = serve(tmp_path, "/well/", "/-/live", OTEL_EXPORTER_OTLP_ENDPOINT=f"http://{address}")
    sent = b"".join(body for path, body in taken if path == "/v1/traces")
    assert b"competence-centres" in sent
    assert b"well/" in sent
    assert b"planted" not in sent
    assert b"live" not in sent
    (line,) = (line for line in said.splitlines() if line.startswith("{") and "told by a view" in line)
    assert '"trace_id": "' in line


def test_without_the_variables_neither_is_loaded(tmp_path: Path) -> None:
    said = serve(tmp_path, "/well/")
    assert said.splitlines()[-1] == "[]"
    assert "trace_id" not in said


@pytest.mark.parametrize(
    ("setting", "variable"), [("CMS_SENTRY_DSN", "SENTRY_DSN"), ("CMS_OTLP_ENDPOINT", "OTEL_")]
)
def test_a_variable_whose_package_is_missing_is_one_line(
    settings: object, monkeypatch: pytest.MonkeyPatch, setting: str, variable: str
) -> None:
    setattr(settings, setting, "http://127.0.0.1:1")
    monkeypatch.setattr(observing, "NEEDED", dict.fromkeys(observing.NEEDED, "no_such_package.inside"))
    with pytest.raises(CommandError, match=f"{variable}.* needs packages that are not installed") as error:
        preflight.check_observing()
    assert error.value.returncode == 2
