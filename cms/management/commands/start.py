import os
import signal
import sys
import threading
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.core.servers.basehttp import run
from django.core.wsgi import get_wsgi_application

from cms.delivery import deliverer
from cms.running import preflight
from cms.running.clock import Clock
from cms.running.queue import Worker
from cms.running.static_files import CompressedFilesHandler


class Command(BaseCommand):
    help = "Prepares the site and serves it on HOST:PORT. For a developer; production serves config.wsgi."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--end-with",
            type=int,
            metavar="PARENT",
            help="end when PARENT, which started this process, is gone: a killed `make` leaves no port taken",
        )

    def handle(self, *args: Any, end_with: int | None, **options: Any) -> None:
        signal.signal(signal.SIGTERM, _end)
        if end_with:
            threading.Thread(target=_watch, args=(end_with,), daemon=True).start()
        host, port = settings.CMS_HOST, preflight.checked_port(settings.CMS_PORT)
        preflight.check_address(host, port)
        try:
            call_command("prepare", stdout=self.stdout)
            threading.Thread(target=Clock().run, args=(threading.Event().wait,), daemon=True).start()
            threading.Thread(target=Worker("start").run, daemon=True).start()
            threading.Thread(target=deliverer.run, args=(deliverer.sleep,), daemon=True).start()
            run(
                host,
                port,
                CompressedFilesHandler(get_wsgi_application()),
                ipv6=":" in host,
                threading=True,
                on_bind=lambda bound: self.announce(host, int(bound)),
            )
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def announce(self, host: str, port: int) -> None:
        """Say where everything is, once the port is open."""
        shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
        root = f"http://{shown}:{port}"
        lines = ["", f"Serving on {root} (Ctrl-C ends it)"]
        lines += [f"  {name:<9} {root}{path}" for name, path in settings.CMS_START_ADDRESSES]
        if settings.CMS_DEMO_LOGINS:
            lines += ["Demo logins (user / password)", *[f"  {login}" for login in settings.CMS_DEMO_LOGINS]]
        self.stdout.write("\n".join([*lines, ""]))
        self.stdout.flush()


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


def _watch(parent: int) -> None:
    """End this process, as a kill would, once `parent` is not its parent (any more)."""
    while os.getppid() == parent:
        time.sleep(0.3)
    os._exit(1)
