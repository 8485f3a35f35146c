"""Where previews may be shown: on origins of the deployment's settings, and nowhere that an editor could name.

A preview's token opens a draft to whoever holds it, so it is sent only to an address that `refuse` has nothing against.
The form of the settings asks it, so does the check before a start, and so does each use of an address: rows are also
written by imports and statements.
"""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

# Letters of addresses (RFC 3986, 2.2 and 2.3) without those that servers and browsers read in different ways.
_PATH = re.compile(r"(?:/[A-Za-z0-9._~!$&'()*+,;=:@-]+)*/?")
_QUERY = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/?-]*")
_PORTS = {"http": 80, "https": 443}


def origin_of(address: str) -> str:
    """Return scheme, host and port of ``address`` as browsers compare them (RFC 6454, 6.1); empty where it has none.

    An address with a user, a host that is not written in plain letters, or a dot at its end has none either.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    host = parts.hostname or ""
    plain = re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|[0-9a-f:.]+", host)
    written = parts.netloc.isascii() and "@" not in parts.netloc and "\\" not in address
    if parts.scheme not in _PORTS or not plain or not written:
        return ""
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}:{_PORTS[parts.scheme] if port is None else port}"


def allowed_origins() -> frozenset[str]:
    """Return the origins on which previews may be shown: those of ``CMS_PREVIEW_ORIGINS`` and ``CMS_PREVIEW_URL``."""
    return frozenset(
        origin
        for address in (*settings.CMS_PREVIEW_ORIGINS, settings.CMS_PREVIEW_URL)
        if (origin := origin_of(address))
    )


def refuse(address: str) -> None:
    """Raise `ValidationError` unless a preview's token may be sent to ``address``.

    Codes: ``preview_origin`` where its origin is not of the settings, ``preview_address`` where the rest is not plain.
    """
    if origin_of(address) not in allowed_origins():
        raise ValidationError(
            _("Previews are shown only on %(origins)s. Others are added by whoever runs the server."),
            code="preview_origin",
            params={"origins": get_text_list(sorted(_shown()), _("or"))},
        )
    parts = urlsplit(address)
    steps = parts.path.split("/")
    plain = _PATH.fullmatch(parts.path) and _QUERY.fullmatch(parts.query) and address.isprintable()
    leads_on = any(re.search(r"//|^[a-z]+:", value) for value in re.split("[&=;]", parts.query))
    names_token = any(part.partition("=")[0] == "token" for part in parts.query.split("&"))
    if not plain or "#" in address or " " in address or leads_on or names_token or {".", ".."} & set(steps):
        raise ValidationError(
            _(
                "Give a plain address such as https://www.example.si/predogled/, without #, blanks and other addresses."
            ),
            code="preview_address",
        )


def is_allowed(address: str) -> bool:
    """Return whether a preview's token may be sent to ``address``."""
    try:
        refuse(address)
    except ValidationError:
        return False
    return True


def _shown() -> set[str]:
    # As one types it: without the port that goes without saying.
    return {re.sub(r"^(http://.*):80$|^(https://.*):443$", r"\1\2", origin) for origin in allowed_origins()}
