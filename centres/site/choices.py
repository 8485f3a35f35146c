"""What the filters of calendar and programmes offer, in the language of the page."""

from typing import Any

from centres.site.asking import Reading
from centres.site.words import NAMES, name

KINDS = ("TRAINING", "MEETING_SERIES", "CAMPAIGN", "AWARD", "QUALITY_SIGN", "PUBLICATION", "SERVICE")
Options = list[dict[str, Any]]


def choices(reading: Reading, locale: str) -> dict[str, Options]:
    """Return the options of each filter: ``value``, ``label``, and ``lang`` where the label is in another one."""
    found = reading.ask("choices", locale=locale)
    return {
        "topic": [{"value": row["code"], "label": row["name"], "lang": ""} for row in found["topics"]],
        "audience": [{"value": row["code"], "label": row["name"], "lang": ""} for row in found["audiences"]],
        "centre": [
            {
                "value": row["slug"],
                "label": row["shortName"],
                "lang": row["locale"] if row["isFallback"] else "",
            }
            for row in found["centres"]["nodes"]
        ],
        "kind": [{"value": kind, "label": name(kind), "lang": ""} for kind in KINDS if kind in NAMES],
    }


def code_of(option: dict[str, Any]) -> str:
    """Return what an option sends."""
    return str(option["value"])
