"""Serves a copy of the demo on its own first day, in a process of its own: python -m tests.browser.serve FOLDER.

The browser's event loop runs in the thread of the tests, where Django keeps other connections than it says.
Prints the address once the port is open; ends when its standard input is closed.
"""

import os
import socket
import sys
import threading
import time
from collections.abc import Iterable
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import django
import time_machine

from tests.browser import EDITOR, NOW, SECRET_KEY, SLOW


def serve(folder: Path) -> None:
    """Serve what is in db.sqlite3 of the folder on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "DATA_DIR": str(folder), "DEBUG": "false"}
    os.environ |= {"BASE_URL": f"http://localhost:{port}", "SECRET_KEY": SECRET_KEY}
    django.setup()

    from django.conf import settings
    from django.contrib.auth.models import User
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    from centres.demo import users
    from centres.demo.clock import Clock
    from centres.demo.store import Store
    from centres.site import trusted
    from cms.running.static_files import CompressedFilesHandler

    if settings.CMS_TWO_FACTOR:
        make_second_factor_tables()
    trusted.register()
    # The settings of development have their password, those of tests do not.
    users.load(Store(Clock(NOW.date())))
    User.objects.create_superuser(EDITOR, password=EDITOR)
    with (
        time_machine.travel(NOW, tick=True),
        ThreadedWSGIServer(("127.0.0.1", port), WSGIRequestHandler) as server,
    ):
        server.daemon_threads = True
        server.set_app(SlowLine(CompressedFilesHandler(get_wsgi_application())))
        print(os.environ["BASE_URL"], flush=True)
        server.serve_forever()


class SlowLine:
    """Holds back the pages of the admin, and the responses to what is sent, of browsers with the cookie ``SLOW``.

    It is done here and not in the browser, so that who tests it can go on clicking meanwhile.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        response: Iterable[bytes] = self.app(environ, start_response)
        seconds = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(SLOW)
        waited_for = environ.get("HTTP_SEC_FETCH_MODE") == "navigate" or environ["REQUEST_METHOD"] == "POST"
        if seconds and waited_for and environ["PATH_INFO"].startswith("/admin/"):
            time.sleep(float(seconds.value))
        return response


def make_second_factor_tables() -> None:
    """Make the tables that the demo, filled without a second factor, does not have; migrating takes much longer."""
    from django.db import connection
    from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
    from django_otp.plugins.otp_totp.models import TOTPDevice

    with connection.schema_editor() as editor:
        for model in (TOTPDevice, StaticDevice, StaticToken):
            editor.create_model(model)


if __name__ == "__main__":
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    serve(Path(sys.argv[1]))
