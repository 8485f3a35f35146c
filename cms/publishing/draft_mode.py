"""Draft mode: a frontend shows one editor the whole site with the drafts that they may edit.

The admin leads the editor's browser to the frontend with a code (`begin`). The server of the frontend exchanges it for
a token (`exchange`), so no address and no log holds what opens drafts. A code can be used once, within a minute. A
token is asked at each use (`editor_with`): it ends with its time, with the session in which it was opened, and with the
account or its right to enter the admin.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from cms.models.draft_mode import DraftMode

PREFIX = "draft_"
_CODE = timedelta(minutes=1)
_EDITOR = "wagtailadmin.access_admin"


class DraftModeInvalid(Exception):
    """The code or token is not ours, was used, or is over."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a frontend gets: the token, where on the site to begin, and for how many seconds at most."""

    token: str
    path: str
    seconds: int


def begin(user: Any, session_key: str, path: str) -> str:
    """Return a code with which a frontend opens its draft mode for ``user`` at ``path`` of the site."""
    now = timezone.now()
    DraftMode.objects.filter(ends_at__lte=now).delete()
    code = secrets.token_urlsafe(32)
    DraftMode.objects.create(
        user=user, session_key=session_key, secret=_hidden("code", code), path=path, ends_at=now + _CODE
    )
    return code


def exchange(code: str) -> Opened:
    """Return what a code opens. Raises `DraftModeInvalid` for one that is unknown, used or older than a minute."""
    now = timezone.now()
    row = (
        DraftMode.objects.select_related("user").filter(secret=_hidden("code", code), ends_at__gt=now).first()
    )
    if row is None or not _is_signed_in(row):
        raise DraftModeInvalid
    token = PREFIX + secrets.token_urlsafe(32)
    seconds: int = settings.CMS_DRAFT_MODE_SECONDS
    # The statement is the lock: of two that exchange the same code one finds it.
    taken = DraftMode.objects.filter(pk=row.pk, secret=row.secret).update(
        secret=_hidden("token", token), ends_at=now + timedelta(seconds=seconds)
    )
    if not taken:
        raise DraftModeInvalid
    return Opened(token, row.path, seconds)


def editor_with(token: str) -> Any:
    """Return the editor for whom a frontend holds ``token``. Raises `DraftModeInvalid`."""
    found = DraftMode.objects.select_related("user")
    row = found.filter(secret=_hidden("token", token), ends_at__gt=timezone.now()).first()
    if row is None or not _is_signed_in(row):
        raise DraftModeInvalid
    return row.user


def _hidden(kind: str, text: str) -> str:
    if not text.isascii():
        raise DraftModeInvalid
    return salted_hmac(f"cms.publishing.draft_mode.{kind}", text, algorithm="sha256").hexdigest()


def _is_signed_in(row: DraftMode) -> bool:
    """Return whether the session still is that of the editor, with the password that they have now.

    `django.contrib.auth.get_user` asks the same, but it gives the session a new key where the secret key is a new one.
    """
    user = row.user
    if not user.is_active or not user.has_perm(_EDITOR):
        return False
    session = import_module(settings.SESSION_ENGINE).SessionStore(row.session_key)
    shown = session.get(HASH_SESSION_KEY, "")
    hashes = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return session.get(SESSION_KEY) == str(user.pk) and any(
        constant_time_compare(shown, one) for one in hashes
    )
