"""Brings every receiver what changed, in order, again and again until it has it."""

import logging
import random
import threading
import time
from datetime import timedelta

from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django.utils import timezone

from cms.delivery import messages
from cms.delivery.sending import Reply, Request, send
from cms.models import Change, Delivery, Receiver
from cms.running.clock import Wait
from cms.running.locks import alone
from cms.running.one_line import one_line

logger = logging.getLogger(__name__)

CHANGES_AT_ONCE = 100
RECEIVERS_AT_ONCE = 8
POLL_SECONDS = 0.5
# When to try again, with up to a quarter more at random; after the last the receiver is paused. About five days.
PAUSES = [timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10),
          timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2), timedelta(hours=4), timedelta(hours=8),
          *[timedelta(hours=12)] * 8]  # fmt: skip
_KEPT = timedelta(days=30)
_GONE = 410
_AWAY_SECONDS = 5


def run(wait: Wait) -> None:
    """Deliver what there is until ``wait``, called with a number of seconds, returns True, and end what is under way.

    Each receiver has a thread while there is something for it, so that a slow one keeps no other waiting.
    """
    pause = POLL_SECONDS
    at_work: dict[int, threading.Thread] = {}
    while not wait(pause):
        pause = POLL_SECONDS
        close_old_connections()
        at_work = {pk: thread for pk, thread in at_work.items() if thread.is_alive()}
        try:
            for pk in _due():
                if pk not in at_work and len(at_work) < RECEIVERS_AT_ONCE:
                    at_work[pk] = threading.Thread(target=_bring_and_log, args=(pk,), daemon=True)
                    at_work[pk].start()
        except (OperationalError, InterfaceError) as error:
            logger.warning("Deliveries wait for the database: %s", one_line(error))
            pause = _AWAY_SECONDS
    for thread in at_work.values():
        thread.join()
    connections.close_all()


def deliver_all() -> None:
    """Send every receiver that is due what it has not got yet, one after the other."""
    for pk in _due():
        _bring(pk)


def _due() -> list[int]:
    newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    due = Receiver.objects.filter(paused=False, next_try__lte=timezone.now(), position__lt=newest)
    return list(due.order_by("next_try", "pk").values_list("pk", flat=True))


def _bring(pk: int) -> None:
    with alone(f"delivery-{pk}") as mine:
        while mine and _deliver(pk):
            pass


def _bring_and_log(pk: int) -> None:
    """Bring a receiver what it lacks, in a thread of its own."""
    try:
        _bring(pk)
    except (OperationalError, InterfaceError) as error:
        logger.warning("Deliveries wait for the database: %s", one_line(error))
        time.sleep(_AWAY_SECONDS)
    except Exception:
        logger.exception("A delivery failed")
        time.sleep(_AWAY_SECONDS)
    finally:
        connections.close_all()


def _deliver(pk: int) -> bool:
    """Send a receiver its next message; return whether it took it and there may be another."""
    receiver = Receiver.objects.filter(pk=pk, paused=False, next_try__lte=timezone.now()).first()
    if receiver is None:
        return False
    changes = _next_changes(receiver)
    if not changes:
        return False
    for message_id, request in messages.requests(receiver, changes):
        reply = record(receiver, message_id, request)
        if reply.status is None or not 200 <= reply.status < 300:
            _failed(receiver, reply)
            return False
    Receiver.objects.filter(pk=pk).update(
        position=changes[-1].pk, pending=None, attempts=0, next_try=timezone.now()
    )
    return True


def _next_changes(receiver: Receiver) -> list[Change]:
    later = Change.objects.filter(pk__gt=receiver.position).order_by("pk")
    if receiver.pending is not None:
        return list(later.filter(pk__lte=receiver.pending))
    changes = list(later[:CHANGES_AT_ONCE])
    if changes:
        Receiver.objects.filter(pk=receiver.pk).update(pending=changes[-1].pk)
    return changes


def _failed(receiver: Receiver, reply: Reply) -> None:
    attempts = receiver.attempts + 1
    if attempts > len(PAUSES) or reply.status == _GONE:
        Receiver.objects.filter(pk=receiver.pk).update(paused=True, attempts=attempts)
        logger.error("%s is paused: %s %s", receiver.name, reply.status, reply.text[:200])
        return
    pause = max(PAUSES[attempts - 1] * random.uniform(1, 1.25), timedelta(seconds=reply.retry_after))  # noqa: S311
    Receiver.objects.filter(pk=receiver.pk).update(attempts=attempts, next_try=timezone.now() + pause)
    logger.warning("%s did not take a message: %s %s", receiver.name, reply.status, reply.text[:200])


def record(receiver: Receiver, message_id: str, request: Request) -> Reply:
    """Send a request, and log it with its reply. A message that is a PURGE has its tags in its header."""
    reply = send(request)
    Delivery.objects.create(
        receiver=receiver,
        message_id=message_id,
        request=request.body.decode() or request.headers.get("xkey-purge", ""),
        status=reply.status,
        response=reply.text,
        milliseconds=reply.milliseconds,
    )
    receiver.deliveries.filter(sent_at__lt=timezone.now() - _KEPT).delete()
    return reply


def start_now(receiver: Receiver) -> None:
    """Let a new receiver begin with the changes from now on."""
    newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    Receiver.objects.filter(pk=receiver.pk).update(position=newest)


def sleep(seconds: float) -> bool:
    """Wait, as a thread that nobody ends."""
    time.sleep(seconds)
    return False
