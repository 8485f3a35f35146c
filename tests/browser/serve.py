"""Serves a copy of the demo on its own first day, in a process of its own: python -m tests.browser.serve FOLDER.

The browser's event loop runs in the thread of the tests, where Django keeps other connections than it says.
Prints the address once the port is open; ends when its standard input is closed.
"""

import os
import socket
import sys
import threading
from pathlib import Path

import django
import time_machine

from tests.browser import EDITOR, NOW, SECRET_KEY


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
        server.set_app(CompressedFilesHandler(get_wsgi_application()))
        print(os.environ["BASE_URL"], flush=True)
        server.serve_forever()


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
