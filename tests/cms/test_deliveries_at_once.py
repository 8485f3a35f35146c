"""Receivers do not wait for one another."""

import threading
import time
from http.server import ThreadingHTTPServer
from typing import Any

from cms.delivery import deliverer
from cms.models import Receiver
from tests.cms.test_deliveries import Handler, Server, change, server

__all__ = ["server"]


def test_a_slow_receiver_keeps_no_other_one_waiting(
    real_transactions: None, server: Server, settings: Any
) -> None:
    settings.CMS_DELIVERY_SECONDS = 40
    going, ended = threading.Event(), threading.Event()

    class Slow(Handler):
        def do_POST(self) -> None:
            going.set()
            assert ended.wait(60)
            super().do_POST()

    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as slow:
        slow.daemon_threads = True
        slow.__dict__ |= {"requests": [], "drip": False, "statuses": [], "headers": {}, "body": b""}
        threading.Thread(target=slow.serve_forever, args=(0.05,), daemon=True).start()
        Receiver.objects.create(name="Počasno", address=f"http://127.0.0.1:{slow.server_port}/")
        Receiver.objects.create(name="Hitro", address=server.address)
        number = change(1).pk
        stop = threading.Event()
        worker = threading.Thread(target=deliverer.run, args=(lambda _seconds: stop.wait(0.05),))
        worker.start()
        try:
            assert going.wait(60)
            while not Receiver.objects.filter(name="Hitro", position=number):
                time.sleep(0.05)
            # It is still being told, and has not been given up before the other one was.
            assert Receiver.objects.filter(name="Počasno", attempts=0).exclude(position=number)
            ended.set()
            while not Receiver.objects.filter(name="Počasno", position=number):
                time.sleep(0.05)
        finally:
            ended.set()
            stop.set()
            worker.join()
            slow.shutdown()
    assert len(server.requests) == 1
