"""The policy that tells browsers what a page of this server may load (Content Security Policy Level 3).

Views that serve a page of their own set their own header: the reference frontend and the explorer, with a nonce.
All else that is public (answers, feeds, files) may load nothing at all. Only the admin gets another policy:
Wagtail 8 writes scripts and styles into its pages and gives them no nonce.
"""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.utils.csp import CSP

from cms.preview_origins import allowed_origins


def admin_policy() -> dict[str, list[str]]:
    """Return the policy of the admin: scripts and requests of this server only, previews of the frontend."""
    return {
        "default-src": [CSP.SELF],
        "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
        "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
        "img-src": [CSP.SELF, "data:", "blob:"],
        "frame-src": [CSP.SELF, *sorted(allowed_origins())],
        "object-src": [CSP.NONE],
        "base-uri": [CSP.SELF],
        "form-action": [CSP.SELF],
        "frame-ancestors": [CSP.SELF],
    }


class PolicyMiddleware(ContentSecurityPolicyMiddleware):
    """Adds the header to each answer that does not bring its own.

    A 304 gets none: its headers take the place of those that the browser has kept (RFC 9111, 3.2), and a page would
    lose its own policy.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> Any:
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            return response
        if request.path.startswith(settings.CMS_ADMIN_PATH):
            response._csp_config = admin_policy()  # type: ignore[attr-defined]
        return super().process_response(request, response)
