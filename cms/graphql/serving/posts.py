"""Addresses beside the endpoint to which servers post JSON. They answer in the endpoint's form: codes and advice."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from cms.graphql.protocol import http
from cms.graphql.protocol.errors import ErrorCode, Refusal, render_request_errors
from cms.graphql.serving.view import wire

_HEADERS = {"Cache-Control": "private, no-store"}
Answering = Callable[[Any, Any], dict[str, Any]]


def posted(
    limit: Callable[[], int], advice: str, allow: Callable[[HttpRequest], Any] = lambda request: request
) -> Callable[[Answering], Callable[..., HttpResponse]]:
    """Return what makes a view of a function that answers decoded JSON of at most ``limit`` bytes, or raises `Refusal`.

    ``advice`` says what to do with a longer body. ``allow`` is asked before the body is read: it raises `Refusal`, or
    returns who posts, which the function gets. The view is exempt from the CSRF check: it reads JSON alone, which a
    foreign page cannot send without asking first, and whatever it does needs a secret in the body or a header.
    """

    def decorate(answer: Answering) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @wraps(answer)
        def view(request: HttpRequest) -> HttpResponse:
            try:
                if request.method != "POST":
                    raise Refusal(ErrorCode.METHOD_NOT_ALLOWED, "Use POST.", {"Allow": "POST"})
                caller = allow(request)
                found = answer(caller, http.json_body(wire(request), limit(), advice))
            except Refusal as refusal:
                errors = render_request_errors(refusal.code, refusal.errors)
                headers = {**_HEADERS, **refusal.headers}
                return JsonResponse({"errors": errors}, status=refusal.code.status, headers=headers)
            return JsonResponse(found, headers=_HEADERS)

        return view

    return decorate
