"""A session that ended while somebody wrote: they sign in again and lose no letter.

A form that saves itself is told so, and the browser opens the sign-in above it (cms/static/cms/signing_in.js). A form
that was sent comes back as a page that keeps all of it. That works without JavaScript too, and the form is signed, so
that nobody else can have it sent.
"""

from http import HTTPStatus
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from wagtail.admin import auth

from cms.running.security_headers import admin_policy

SIGNED_OUT = "signed_out"
AGAIN, DONE = "sign_in_again", "signed_in"
_SALT = "cms.lost_session"
_A_DAY = 24 * 60 * 60
_WORDS = gettext_lazy("You are signed out. Sign in to go on; what you wrote is still here.")
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105  # the name of the field


def connect() -> None:
    """Answer as described above where Wagtail would lead to the sign-in and forget what was sent."""
    plain = auth.reject_request

    def reject_request(request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.user.is_anonymous:
            if not request.accepts("text/html"):
                told = {"success": False, "error_code": SIGNED_OUT, "error_message": str(_WORDS)}
                return JsonResponse(told, status=HTTPStatus.UNAUTHORIZED)
            if request.headers.get("x-requested-with") != "XMLHttpRequest":
                return _asked(request, _kept(request))
        answer: HttpResponse = plain(request)
        return answer

    auth.reject_request = reject_request


def _kept(request: HttpRequest) -> str:
    """Return what was sent and where to, signed. Files are not kept: a browser sends them once."""
    fields = [(name, text) for name, texts in request.POST.lists() if name != _TOKEN for text in texts]
    sent = {"to": request.get_full_path(), "fields": fields, "files": [*request.FILES]}
    return signing.dumps(sent, salt=_SALT, compress=True)


def _asked(request: HttpRequest, kept: str) -> HttpResponse:
    answer = render(request, "cms/lost_session.html", {"kept": kept}, status=HTTPStatus.FORBIDDEN)
    return _like_the_admin(answer)


@never_cache
@csrf_exempt  # it changes nothing, and shows only what this server has signed
def again(request: HttpRequest) -> HttpResponse:
    """Return the kept form, ready to be sent, to who is signed in by now; to others the page that asks for it."""
    kept = request.POST.get("kept", "")
    try:
        sent = signing.loads(kept, salt=_SALT, max_age=_A_DAY)
    except signing.BadSignature:
        return _like_the_admin(render(request, "cms/lost_session_gone.html", status=HTTPStatus.BAD_REQUEST))
    user: Any = request.user
    if not user.is_authenticated or not getattr(user, "is_verified", lambda: True)():
        return _asked(request, kept)
    return _like_the_admin(render(request, "cms/lost_session_again.html", sent))


@never_cache
@xframe_options_sameorigin
def done(request: HttpRequest) -> HttpResponse:
    """Return the page to which the sign-in above a form leads: it hands the form the token of the new session."""
    return _like_the_admin(render(request, "cms/signed_in.html", {"token": get_token(request)}))


def texts() -> dict[str, str]:
    """Return what the browser needs to open the sign-in above a form."""
    return {
        "title": _("Sign in to save"),
        "words": str(_WORDS),
        "frame": _("Sign in"),
        "address": f"{reverse('wagtailadmin_login')}?next={reverse(DONE)}",
    }


def _like_the_admin(response: HttpResponse) -> HttpResponse:
    response._csp_config = admin_policy()  # type: ignore[attr-defined]
    return response


urlpatterns = [path("login/again/", again, name=AGAIN), path("login/done/", done, name=DONE)]
