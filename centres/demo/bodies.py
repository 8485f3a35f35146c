"""Turns the demo's blocks into what a StreamField stores."""

import json
import re
from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import override

from centres.demo.shapes import Block, PartialDate, Ref, Words
from centres.demo.store import Store, demo_uuid

_REFERENCE = re.compile(r'href="(page|document):([^"]+)"')


def stream_json(store: Store, page: str, body: Sequence[Block], locale: str) -> str:
    """Return ``body`` of the page with the key ``page`` in one language, as JSON with stable ids.

    A block without words in that language is left out.
    """
    blocks = []
    for place, block in enumerate(body):
        if _speaks(block.value, locale):
            key = f"{page}/{place}"
            value = _stored(store, block.value, locale, key)
            blocks.append({"type": block.kind, "value": value, "id": str(demo_uuid(key))})
    return json.dumps(blocks, default=str)


def with_links(store: Store, html: str, locale: str) -> str:
    """Return rich text with the keys in its links turned into ids, and ``{day}`` into today's date."""

    def link(match: re.Match[str]) -> str:
        row = _row(store, Ref(match[1], match[2]), locale)  # type: ignore[arg-type]
        return f'linktype="{match[1]}" id="{row.pk}"'

    with override(locale):
        # In numbers, because a Slovenian month inside a sentence has another ending than Django's.
        today = date_format(store.clock.today, "j. n. Y" if locale == "sl" else "j F Y")
    return _REFERENCE.sub(link, html).replace("{day}", today)


def _speaks(value: Any, locale: str) -> bool:
    """Return whether all words inside ``value`` are there in the language."""
    if isinstance(value, Words):
        return locale in value or not value
    if isinstance(value, dict):
        return all(_speaks(part, locale) for part in value.values())
    return not isinstance(value, (list, tuple)) or all(_speaks(part, locale) for part in value)


def _stored(store: Store, value: Any, locale: str, key: str) -> Any:
    if isinstance(value, Words):
        return with_links(store, value.get(locale, ""), locale)
    if isinstance(value, Ref):
        return _row(store, value, locale).pk
    if isinstance(value, PartialDate):
        return {"date": value.date.isoformat(), "precision": value.precision}
    if isinstance(value, dict):
        # Columns, rows and cells of a table are plain lists; all others are lists of blocks.
        plain = "columns" in value or "values" in value
        return {
            name: [_stored(store, part, locale, key) for part in child]
            if plain and isinstance(child, list)
            else _stored(store, child, locale, f"{key}/{name}")
            for name, child in value.items()
        }
    if isinstance(value, list):
        return [
            {
                "type": "item",
                "value": _stored(store, part, locale, f"{key}/{n}"),
                "id": str(demo_uuid(f"{key}/{n}")),
            }
            for n, part in enumerate(value)
        ]
    return value


def _row(store: Store, ref: Ref, locale: str) -> Any:
    """Return the row that ``ref`` names, in the asked language where there is one."""
    if ref.kind in {"page", "shared_text"}:
        key = f"{ref.kind}:{ref.key}:{locale}"
        return store[key if key in store else f"{ref.kind}:{ref.key}:sl"]
    return store[f"{ref.kind}:{ref.key}"]
