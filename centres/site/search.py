"""The search: hits with the words in them, narrowed by type, topic, audience and centre."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest

from centres.site import asked
from centres.site.asking import AnswerError, Reading
from centres.site.frame import Context
from centres.site.words import WORDS, name

LEAST = 2  # letters: one finds nothing yet
TYPES = ("CENTRE", "EDITION", "INFO", "PROGRAMME")
_FILTERS = {"TYPE": "type", "TOPIC": "topic", "AUDIENCE": "audience", "CENTRE": "centre"}
# More values than these stand behind their name: on a phone they would push the hits away.
_MOST_AT_ONCE = 6
_CODES = ("topic", "audience", "centre")


def show(request: HttpRequest, reading: Reading, context: Context, path: str) -> Context:
    """Return what the search shows for the parameters of a request."""
    query = asked.text(request, "q")
    given = {
        "q": query,
        "type": asked.chosen(request, "type", TYPES),
    } | {key: asked.text(request, key) for key in _CODES}
    address = asked.address(path, given)
    shown: Context = {"query": query, "found": None, "facets": [], "address": address, "whole": True}
    if len(query) < LEAST:
        return shown | {"noindex": True}
    after = asked.cursor(request)
    try:
        data, as_asked = reading.part(
            "search",
            after,
            query=query,
            locale=context["locale"],
            types=[given["type"]] if given["type"] else None,
            **{key: [given[key]] if given[key] else None for key in _CODES},
        )
    except AnswerError as error:
        if not set(error.codes) <= _REFUSED:
            raise
        return shown | {"noindex": True}
    found = data["search"]
    facets = [_facet(row, given, address) for row in found["facets"] if row["name"] in _FILTERS]
    return shown | {
        "found": found,
        "facets": [facet for facet in facets if len(facet["values"]) > 1 or facet["chosen"]],
        "whole": not after or not as_asked,
        "noindex": True,
    }


# What the endpoint says to words that it does not take.
_REFUSED = {"BAD_USER_INPUT", "BAD_REQUEST"}


def _facet(facet: Mapping[str, Any], given: Mapping[str, str], address: Callable[..., str]) -> Context:
    """Return the links that narrow the hits by one property, with the number that each would leave."""
    key = _FILTERS[facet["name"]]
    values = facet["values"]
    return {
        "long": len(values) > _MOST_AT_ONCE,
        "current": next((value["label"] for value in values if value["code"] == given[key]), ""),
        "title": WORDS[f"facet_{facet['name'].lower()}"],
        "every": WORDS[f"all_of_{key}"],
        "all": address(**{key: None}),
        "chosen": given[key],
        "values": [
            {
                "path": address(**{key: value["code"]}),
                "label": name(value["code"]) if key == "type" else value["label"],
                "count": value["count"],
                "current": value["code"] == given[key],
            }
            for value in values
        ],
    }
