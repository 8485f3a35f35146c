"""Granian with an end that loses no request and never lasts longer than its limit.

SIGTERM or SIGINT first turns /-/ready to 503 and gives a balancer time to notice. Then the workers finish what they
have. A server that is still starting ends at once; a worker that does not end in time is killed.
"""

import gc
import json
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from granian.constants import Interfaces
from granian.server.mp import MPServer

from cms.running import draining

type Load = Callable[[], Any]


class Server(MPServer):
    """Serves on one port with several workers, until a signal ends it."""

    pid: Any

    def __init__(self, *arguments: Any, drain_seconds: float, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._drain_seconds = drain_seconds
        self._told_to_end = False

    def signal_handler_interrupt(self, number: int, frame: FrameType | None) -> None:
        """End the server: after the time for draining, or at once at the second signal."""
        if os.getpid() != self.pid:
            # A worker that has not loaded the application yet still has the handler of its parent.
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        elif self._told_to_end or not draining.is_serving():
            super().signal_handler_interrupt()
        else:
            self._told_to_end = True
            draining.begin_ending()
            end = threading.Timer(self._drain_seconds, super().signal_handler_interrupt)
            end.daemon = True
            end.start()


def _loaded(load: Load) -> Any:
    """Load the application before there are workers, so that it is read once and they share its memory.

    Until it is there, a signal ends the process. Nothing is collected meanwhile: all of it stays, and what stays needs
    no looking at later (`gc.freeze`, "if a process will fork()").
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    gc.disable()
    try:
        return load()
    finally:
        gc.freeze()
        gc.enable()


def _in_worker(application: Any) -> Any:
    draining.note_serving()
    return application


def serve(
    load: Load,
    host: str,
    port: int,
    *,
    workers: int,
    threads: int,
    drain_seconds: int,
    stop_seconds: int,
    log_config: Path,
) -> None:
    """Serve the WSGI application that `load` returns, until a signal comes.

    `load` must leave no thread and no connection open, which workers would inherit.

    Raises SystemExit with another code than 0 where a worker ended by itself and could not be replaced.
    """
    multiprocessing.set_start_method("fork", force=True)
    application = _loaded(load)
    server = Server(
        "config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=stop_seconds,
        log_dictconfig=json.loads(log_config.read_text()),
        drain_seconds=drain_seconds,
    )
    server.serve(target_loader=partial(_in_worker, application), wrap_loader=False)
