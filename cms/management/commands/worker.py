import os
import socket
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cms.delivery import deliverer
from cms.running.queue import Worker


class Command(BaseCommand):
    help = "Does what the site hands over: sizes of pictures, mails, deliveries. Any number may run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do everything that waits, and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        worker = Worker(f"{socket.gethostname()}-{os.getpid()}"[:64], batch=once)
        worker.configure_signals()
        if once:
            worker.run()
            return
        self.stdout.write("Working")
        self.stdout.flush()
        deliveries = threading.Thread(target=deliverer.run, args=(worker.stop_after,), daemon=True)
        deliveries.start()
        worker.run()
        deliveries.join(settings.CMS_DELIVERY_SECONDS)
