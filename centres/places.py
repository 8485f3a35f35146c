"""Numbers of seats from outside: a system for applications says how many are taken and how many people wait.

It needs a token of the scope *places* whose owner may edit the event. Nothing else can be written or read with it.
"""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from wagtail.log_actions import log
from wagtail.models import APIToken
from wagtail.permissions import policy_registry

from centres.models import EventEdition
from cms.graphql.protocol.errors import ErrorCode, Refusal
from cms.graphql.serving.posts import posted
from cms.models import TokenScope
from cms.publishing.identity import GlobalId
from cms.publishing.operation import operation
from cms.publishing.version import lock_version
from cms.publishing.visitors import UnknownToken, token_for

ACTION = "centres.places"
# Names in the request, as in the graph, and the columns behind them.
COUNTS = {"seatsTaken": "seats_taken", "waitlist": "waitlist"}
_MOST = 1_000_000
_LONGEST = 4_096
_NOT_THERE = "There is no event with this id that the owner of the token may edit."


def _allowed(request: HttpRequest) -> APIToken:
    try:
        token = token_for(TokenScope.PLACES, request)
    except UnknownToken as error:
        headers = {"WWW-Authenticate": "Bearer"}
        raise Refusal(ErrorCode.UNAUTHENTICATED, str(error), headers) from error
    if token is None:
        raise Refusal(ErrorCode.FORBIDDEN, "Get a token of the scope places in the admin.")
    return token


@posted(lambda: _LONGEST, "Send the numbers of one event at a time.", allow=_allowed)
def set_places(token: APIToken, sent: Any) -> dict[str, Any]:
    """Set the numbers of one event at once and return them. Raises `Refusal`.

    ``sent`` has the event's ``id`` of the graph, and ``seatsTaken``, ``waitlist`` or both.
    """
    counts = _counts_in(sent)
    with operation(), transaction.atomic():
        event = _event_of(token, sent.get("id"))
        if any(getattr(event, name) != count for name, count in counts.items()):
            lock_version()  # before any row of the event: a publishing or an import has this lock before it writes rows
            event.count_seats(**counts)
            data = {"token": token.name, **counts}
            log(event, ACTION, user=token.user, data=data, content_changed=False)
    return {
        "id": str(GlobalId(EventEdition, str(event.pk))),
        **{name: getattr(event, column) for name, column in COUNTS.items()},
        "seatsLeft": event.seats_left,
    }


def _counts_in(sent: Any) -> dict[str, int]:
    known = {"id", *COUNTS}
    if not isinstance(sent, dict) or sent.keys() - known or not sent.keys() & COUNTS.keys():
        message = "Send an object with id, and seatsTaken, waitlist or both, and nothing else."
        raise Refusal(ErrorCode.BAD_REQUEST, message)
    counts = {column: sent[name] for name, column in COUNTS.items() if name in sent}
    if not all(type(count) is int and 0 <= count <= _MOST for count in counts.values()):
        message = f"seatsTaken and waitlist are whole numbers from 0 to {_MOST}."
        raise Refusal(ErrorCode.BAD_USER_INPUT, message)
    return counts


def _event_of(token: APIToken, sent: Any) -> EventEdition:
    found = GlobalId.read(sent) if isinstance(sent, str) else None
    event = None
    if found is not None and found.model in (EventEdition, EventEdition.__base__) and not found.block:
        event = EventEdition.objects.filter(pk=found.pk).first()
    policy = policy_registry.get_by_type(EventEdition)
    # One that may not be edited is as unknown as one that is not there.
    if event is None or not policy.user_has_permission_for_instance(token.user, "change", event):
        raise Refusal(ErrorCode.BAD_USER_INPUT, _NOT_THERE)
    return event
