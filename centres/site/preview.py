"""The draft behind a preview token, as the public will see it; nobody keeps it."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from centres.site import assets
from centres.site.asking import Reading
from centres.site.frame import Context, frame, of_page, render
from centres.site.pages import content
from centres.site.routes import locale_of
from centres.site.words import WORDS

_LONGEST_TOKEN = 2_000


@require_safe
@xframe_options_exempt  # the policy says who may frame it
def preview(request: HttpRequest) -> HttpResponse:
    """Answer with the draft behind a token, in the words of its language."""
    if not settings.CMS_FRONTEND:
        raise Http404
    token = request.GET.get("token", "").replace("\0", "")[:_LONGEST_TOKEN]
    reading = Reading()
    payload = reading.payload("preview", token=token)
    draft = (payload.get("data") or {}).get("preview")
    locale = draft["requestedLocale"] if draft else locale_of(request.GET.get("locale", ""))
    with translation.override(locale):
        context = frame(reading, request.path_info, locale)
        context |= {"noindex": True, "preview": _bar(request, draft)}
        if draft:
            template, shown = content(reading, draft, locale, {"token": token})
            context |= of_page(context, draft) | shown
            context |= {"title": f"{WORDS['preview']}: {draft['title']}", "path": draft["path"]}
        else:
            template = "preview_refused.html"
            context |= _refusal(request, payload.get("errors") or [])
        context["scripts"] += [assets.script("preview"), assets.script("edit-frame")]
        response = render(request, reading, template, context)
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = assets.content_security_policy(admin=True)
    response["Referrer-Policy"] = "no-referrer"  # the address holds the token
    return response


def _bar(request: HttpRequest, draft: Any) -> Context:
    query = request.META.get("QUERY_STRING", "")
    return {"user_bar": f"{reverse('preview_user_bar')}?{query}" if draft else "", "refused": not draft}


def _refusal(request: HttpRequest, errors: list[Any]) -> Context:
    expired = any(error.get("extensions", {}).get("code") == "PREVIEW_TOKEN_EXPIRED" for error in errors)
    query = request.META.get("QUERY_STRING", "")
    return {
        "title": WORDS["preview_expired" if expired else "preview_invalid"],
        "lead": WORDS["preview_expired_text" if expired else "preview_invalid_text"],
        "renew": f"{reverse('preview_renew')}?{query}" if expired else "",
    }
