"""The root of a site without a frontend of its own: it says where the admin and the endpoint are."""

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import Resolver404, re_path, resolve, reverse
from django.utils import translation
from django.utils.http import escape_leading_slashes
from django.views.decorators.http import require_safe

# One style sheet of this server and nothing else.
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Say where the admin and the endpoint are, or redirect to ``FRONTEND_REDIRECT``; raises Http404 elsewhere."""
    if request.path_info != "/":
        if (other := with_slash(request.path_info)) is not None:
            return HttpResponsePermanentRedirect(with_query(request, other))
        raise Http404
    if settings.CMS_FRONTEND_REDIRECT:
        return HttpResponseRedirect(settings.CMS_FRONTEND_REDIRECT)
    context = {
        "admin": reverse("wagtailadmin_home"),
        "endpoint": reverse("graphql"),
        "developers": reverse("graphql_docs") if settings.CMS_GRAPHQL_EXPLORER else "",
    }
    with translation.override(translation.get_language_from_request(request)):
        response = render(request, "home/headless.html", context)
    response["Content-Security-Policy"] = _POLICY
    response["Vary"] = "Accept-Language"
    return response


def with_slash(path: str) -> str | None:
    """Return the address with a slash at its end, where another part of the project answers to it.

    Django's own APPEND_SLASH never comes into play where a view answers to everything.
    """
    try:
        match = resolve(f"{path}/")
    except Resolver404:
        return None
    return None if path.endswith("/") or match.url_name == "frontend" else escape_leading_slashes(f"{path}/")


def with_query(request: HttpRequest, location: str) -> str:
    """Return the location with the query string of the request, unless it has one of its own."""
    query = request.META.get("QUERY_STRING", "")
    return location if not query or "?" in location else f"{location}?{query}"


urlpatterns = [re_path(r"^", root, name="frontend")]
