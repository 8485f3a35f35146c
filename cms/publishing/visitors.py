"""Who stands behind a request: everybody, a signed-in visitor, a server with a token, or a frontend in draft mode."""

from datetime import timedelta
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import APIToken, CollectionViewRestriction, PageViewRestriction
from wagtail.models.view_restrictions import BaseViewRestriction

from cms.models.access import TokenAccess, TokenScope
from cms.publishing.draft_mode import PREFIX, DraftModeInvalid, editor_with
from cms.publishing.preview import site_drafts_of
from cms.publishing.visibility import PUBLIC, Viewer

_TOUCH_AFTER = timedelta(minutes=1)
# What tokens do that read nothing.
_WRITES: dict[str, str] = {
    TokenScope.DOCUMENTS: "registers documents",
    TokenScope.PLACES: "sets how many seats are taken",
}


class UnknownToken(Exception):
    """The Authorization header holds no token that is valid now; the text says what to do."""

    def __init__(
        self,
        advice: str = "The token is unknown, expired or revoked. Create a new one in the admin.",
    ) -> None:
        super().__init__(advice)


class WrongScope(UnknownToken):
    """The token is valid, but not for this."""


def viewer_of(request: HttpRequest) -> Viewer:
    """Return who asks. Raises `UnknownToken`.

    Without a token and without a session cookie the request is everybody's, and its session is not looked at, so
    that the answer may be shared (RFC 9111, 3.5).
    """
    if shown_credentials(request):
        return _holder(_bearer(request))
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return PUBLIC
    viewer = Viewer(
        user=request.user,
        passwords=_passed(request, PageViewRestriction),
        collection_passwords=_passed(request, CollectionViewRestriction),
    )
    return PUBLIC if viewer.is_public else viewer


def registrar_of(request: HttpRequest) -> APIToken:
    """Return the token with which a build registers documents. Raises `UnknownToken`, or `WrongScope` for another."""
    token = token_for(TokenScope.DOCUMENTS, request)
    if token is None or not may_register(token.user):
        raise WrongScope(
            "Get a token for documents in the admin, of a user who may delete trusted documents."
        )
    return token


def token_for(scope: TokenScope, request: HttpRequest) -> APIToken | None:
    """Return the token of a request if it has ``scope``, None if it has another. Raises `UnknownToken`."""
    access = _access(_bearer(request))
    return access.token if access.scope == scope else None


def may_register(user: Any) -> bool:
    """Return whether tokens of ``user`` may register documents: those who may take them away may bring them."""
    return bool(user.has_perm("cms.delete_trusteddocument"))


def _bearer(request: HttpRequest) -> str:
    scheme, _blank, token = shown_credentials(request).partition(" ")
    if scheme.lower() != "bearer":
        raise UnknownToken
    return token.strip()


def _passed(request: HttpRequest, kind: type[BaseViewRestriction]) -> frozenset[int]:
    """Return the restrictions of one kind whose password the session has given; Wagtail's own views note it there."""
    return frozenset(request.session.get(kind.passed_view_restrictions_session_key, ()))


def shown_credentials(request: HttpRequest) -> str:
    """Return what the request shows in its Authorization header; an empty header shows as little as none."""
    return request.headers.get("Authorization", "")


def client_address(request: HttpRequest) -> str | None:
    """Return the address that a request came from, for counting wrong passwords.

    Each of ``CMS_PROXIES`` servers in front adds the address that it was called from to the end of X-Forwarded-For.
    What stands before those was written by the caller and is worth nothing, so entries are counted from the end.
    Of IPv6 it is the first address of the network: one line has 2⁶⁴ addresses (RFC 6177).
    """
    here = request.META.get("REMOTE_ADDR", "")
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    seen = forwarded[-settings.CMS_PROXIES :][:1] if 0 < settings.CMS_PROXIES <= len(forwarded) else []
    return next((found for text in (*seen, here) if (found := _line(text))), None)


def _line(text: str) -> str | None:
    """Return what tells the line apart from which an address calls; None for what is no address."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), 64), strict=False).network_address)


def _holder(token: str) -> Viewer:
    return _of_draft_mode(token) if token.startswith(PREFIX) else _of_server(token)


def _of_draft_mode(token: str) -> Viewer:
    try:
        editor = editor_with(token)
    except DraftModeInvalid as error:
        raise UnknownToken("Draft mode is over. Open the site from the admin again.") from error
    return Viewer(user=editor, drafts=site_drafts_of(editor))


def _of_server(token: str) -> Viewer:
    access = _access(token)
    if (does := _WRITES.get(access.scope)) is not None:
        raise WrongScope(f"This token {does} and reads nothing. Get one that reads in the admin.")
    user = access.token.user
    return Viewer(user=user, drafts=site_drafts_of(user) if access.scope == TokenScope.DRAFTS else None)


def _access(token: str) -> TokenAccess:
    """Return what a server's token may do, and note that it was used."""
    if not APIToken.validate_token_format(token):
        raise UnknownToken
    access = (
        TokenAccess.objects.select_related("token__user")
        .filter(token__key_hash__in=APIToken.candidate_key_hashes(token))
        .first()
    )
    now = timezone.now()
    if access is None or not access.is_valid(now):
        raise UnknownToken
    if access.token.last_used_at is None or now - access.token.last_used_at > _TOUCH_AFTER:
        APIToken.objects.filter(pk=access.token_id).update(last_used_at=now)
    return access
