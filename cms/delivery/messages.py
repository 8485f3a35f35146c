"""Makes requests from changes: a signed message, or purges by tag."""

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from itertools import batched
from typing import Any

from django.utils import timezone

from cms.delivery.sending import Request
from cms.models import Change, Receiver
from cms.models.changes import cursor_of
from cms.publishing.identity import id_of_change
from cms.publishing.tags import tags_of

# What one request may hold: Fastly 256 keys; Cloudflare 30 tags in every plan; Varnish 8 KiB of a header.
_MOST_TAGS = {Receiver.Kind.FASTLY: 256, Receiver.Kind.CLOUDFLARE: 30, Receiver.Kind.VARNISH: 100}


def requests(receiver: Receiver, changes: Sequence[Change]) -> list[tuple[str, Request]]:
    """Return what to send so that ``receiver`` knows of ``changes``, each with its id, in order."""
    first, last = changes[0].pk, changes[-1].pk
    name = f"{receiver.pk}-{first}-{last}"
    if receiver.kind == Receiver.Kind.WEBHOOK:
        message = {
            "type": "content.changed",
            "timestamp": changes[-1].changed_at.isoformat(),
            "data": {"cursor": cursor_of(last), "changes": [_event(change) for change in changes]},
        }
        return [(f"msg_{name}", webhook(receiver, f"msg_{name}", message))]
    tags = sorted({tag for change in changes for tag in tags_of(change)})
    parts = batched(tags, _MOST_TAGS[Receiver.Kind(receiver.kind)], strict=False)
    return [(f"purge_{name}-{number}", _purge(receiver, part)) for number, part in enumerate(parts)]


def test_request(receiver: Receiver) -> tuple[str, Request]:
    """Return a request that shows whether the receiver can be reached and accepts the key; it changes nothing."""
    name = f"test_{receiver.pk}-{timezone.now():%Y%m%d%H%M%S%f}"
    if receiver.kind == Receiver.Kind.WEBHOOK:
        message = {"type": "test", "timestamp": timezone.now().isoformat(), "data": {}}
        return name, webhook(receiver, name, message)
    return name, _purge(receiver, ("cms-test",))


def webhook(receiver: Receiver, message_id: str, message: dict[str, Any]) -> Request:
    """Return a message that is signed with every key of the receiver (Standard Webhooks 1.0)."""
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    return Request("POST", receiver.address, body, _headers(receiver, message_id, body))


def signed_again(receiver: Receiver, message_id: str, body: bytes) -> Request:
    """Return a message that was sent before, with the time and the keys of now."""
    return Request("POST", receiver.address, body, _headers(receiver, message_id, body))


def _headers(receiver: Receiver, message_id: str, body: bytes) -> dict[str, str]:
    timestamp = str(int(timezone.now().timestamp()))
    signatures = (sign(key, message_id, timestamp, body) for key in receiver.keys.split())
    return {
        "Content-Type": "application/json",
        "User-Agent": "competence-centres",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(signatures),
    }


def sign(key: str, message_id: str, timestamp: str, body: bytes) -> str:
    """Return a signature: HMAC-SHA256 of id, time and body (Standard Webhooks 1.0, "Signature scheme")."""
    secret = base64.b64decode(key.removeprefix("whsec_"))
    content = b".".join((message_id.encode(), timestamp.encode(), body))
    return f"v1,{base64.b64encode(hmac.digest(secret, content, hashlib.sha256)).decode()}"


def _purge(receiver: Receiver, tags: Sequence[str]) -> Request:
    key = (receiver.keys.split() or [""])[0]
    kind = receiver.kind
    if kind == Receiver.Kind.VARNISH:
        return Request("PURGE", receiver.address, b"", {"xkey-purge": " ".join(tags)})
    if kind == Receiver.Kind.FASTLY:
        body, headers = {"surrogate_keys": list(tags)}, {"Fastly-Key": key}
    else:
        body, headers = {"tags": list(tags)}, {"Authorization": f"Bearer {key}"}
    return Request(
        "POST", receiver.address, json.dumps(body).encode(), headers | {"Content-Type": "application/json"}
    )


def _event(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "type": change.type,
        "id": id_of_change(change),
        "translationKey": str(change.translation_key) if change.translation_key else None,
        "locale": change.locale,
        "path": change.path,
        "changedAt": change.changed_at.isoformat(),
        "tags": tags_of(change),
        "cursor": cursor_of(change.pk),
    }
