"""Seals what lies in the database for a while and holds a secret, such as the link to a new password in a mail.

Who reads the database, or a copy of it, can't read what is sealed: the key is made of SECRET_KEY.
"""

import hashlib
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


class SealError(Exception):
    """What can't be opened: too old, of another SECRET_KEY, or not sealed here."""


def seal(text: str) -> str:
    """Return `text` sealed."""
    return _keys().encrypt(text.encode()).decode()


def opened(sealed: str, seconds: int) -> str:
    """Return what was sealed within the last `seconds`. Raises SealError."""
    try:
        return _keys().decrypt(sealed, ttl=seconds).decode()
    except InvalidToken:
        raise SealError("It is too old, or was sealed with another SECRET_KEY.") from None


def _keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(__name__.encode() + force_bytes(secret)).digest() for secret in secrets]
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])
