"""The list of programmes of all centres, narrowed by kind, topic, audience and centre."""

from typing import Any

from django.http import HttpRequest

from centres.site import asked
from centres.site.asking import Reading
from centres.site.choices import choices, code_of
from centres.site.frame import Context, feed


def show(request: HttpRequest, reading: Reading, context: Context, path: str) -> Context:
    """Return what the list shows for the parameters of a request."""
    locale = context["locale"]
    offered = choices(reading, locale)
    given: dict[str, Any] = {
        name: asked.chosen(request, name, map(code_of, offered[name]))
        for name in ("kind", "topic", "audience", "centre")
    }
    conditions: dict[str, Any] = {name: [value] for name, value in given.items() if value}
    given["open"] = asked.text(request, "open") == "1"
    if given["open"]:
        conditions["hasOpenEdition"] = True
    after = asked.cursor(request)
    data, as_asked = reading.part("programmes", after, locale=locale, filter=conditions)
    return {
        "choices": offered,
        "asked": given,
        "filtered": bool(conditions),
        "address": asked.address(path, given),
        "found": data["programmes"],
        "subscription": feed("programmes", locale, given),
        "whole": not after or not as_asked,
    }
