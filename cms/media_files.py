"""Uploaded files: pictures by their names, documents behind the gate.

Wagtail's view of documents says nothing to caches, and what says nothing may be kept by any of them for as long as they
guess (RFC 9111, 4.2.2): a member's copy of a closed document too.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from posixpath import normpath
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

View = Callable[..., HttpResponseBase]


def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send a picture. Raises Http404 where there is none, and for each path that is not written plainly.

    The folder of the documents stands beside: ``images/../documents/…`` is a path to it.
    """
    if normpath(path) != path:
        raise Http404
    try:
        return serve(request, path, settings.MEDIA_ROOT)
    except OSError as error:  # the name is longer than one of a file may be
        raise Http404 from error


def asked_each_time(view: View) -> View:
    """Return ``view`` with a Cache-Control: what everybody gets may be kept but is asked for anew, else nothing is."""

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        response = view(request, *arguments, **named)
        everybody = settings.SESSION_COOKIE_NAME not in request.COOKIES
        served = response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
        response["Cache-Control"] = "no-cache" if everybody and served else "private, no-store"
        return response

    return answer


document_urls = decorate_urlpatterns(wagtaildocs_urls.urlpatterns, asked_each_time)
