"""A real S3 server on loopback (moto's), which fails as it is told to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

Application = Callable[..., Any]
Fault = Callable[[dict[str, Any], Any, Application], Any]


class Quiet(WSGIRequestHandler):
    def log(self, *_arguments: Any) -> None:
        pass

    def log_request(self, *_arguments: Any) -> None:
        pass


class Server:
    """The server; `fault` answers in its place as long as it is set, each request that `hits` counts."""

    def __init__(self) -> None:
        self.fault: Fault | None = None
        self.methods: set[str] = {"GET", "HEAD", "PUT", "POST", "DELETE"}
        self.hits = 0
        self._over = threading.Event()
        self._served = DomainDispatcherApplication(create_backend_app)
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True, request_handler=Quiet)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def _answer(self, environ: dict[str, Any], start: Any) -> Any:
        if self.fault and environ["REQUEST_METHOD"] in self.methods:
            self.hits += 1
            environ["tests.over"] = self._over
            return self.fault(environ, start, self._served)
        return self._served(environ, start)

    @contextmanager
    def failing(self, fault: Fault, *methods: str) -> Iterator[None]:
        """Let requests, or those of `methods`, be answered by `fault`."""
        self.fault, self.methods, self.hits = fault, set(methods) or self.methods, 0
        self._over.clear()
        try:
            yield
            assert self.hits, "The fault was never met."
        finally:
            self._over.set()
            self.fault, self.methods = None, {"GET", "HEAD", "PUT", "POST", "DELETE"}

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def error_500(environ: dict[str, Any], start: Any, served: Application) -> Any:
    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start("500 Internal Server Error", [("Content-Length", "0")])
    return [b""]


def silence(environ: dict[str, Any], start: Any, served: Application) -> Any:
    """Take the request and say nothing for longer than a client waits."""
    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["tests.over"].wait(20)
    return error_500(environ | {"CONTENT_LENGTH": "0"}, start, served)


def half_a_write(environ: dict[str, Any], start: Any, served: Application) -> Any:
    """Read half of what is sent, then hang up."""
    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0) // 2)
    environ["werkzeug.socket"].shutdown(2)
    start("500 Internal Server Error", [])
    return [b""]


def half_an_answer(environ: dict[str, Any], start: Any, served: Application) -> Any:
    """Promise the whole file, send half of it, then hang up."""
    whole = b"".join(served(environ, start))
    return [whole[: len(whole) // 2]]
