"""Reads schema.org events from the JSON-LD of a web page, or from a document that is nothing but JSON-LD."""

import json
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup

from centres.calendars.entries import Entry, Reading, Skipped, Unreadable, When, link, made, site_zone
from centres.calendars.feeds import between

_MOST_EVENTS = 2_000
_DEEPEST = 20
_MOST_NODES = 50_000
# schema.org's types of events: all end in Event or Series, or are on this list.
_MORE_TYPES = frozenset(("CourseInstance", "Festival", "Hackathon", "EventSeries"))


def read(body: bytes, charset: str, media_type: str, base: str, website: str) -> Reading:
    """Return the events of a page. Raises `Unreadable` where it has no JSON-LD that can be read."""
    reading = Reading()
    nodes = list(_nodes(_blocks(body, charset, media_type, reading)))
    named = {str(node["@id"]): node for node in nodes if node.get("@id") and len(node) > 1}
    for node in nodes:
        if not _is_event(node):
            continue
        name = _first(node.get("name"), "")
        uid = str(_first(node.get("@id") or node.get("identifier") or node.get("url"), ""))
        try:
            entry = _entry(node, uid, named, (base, website))
        except Skipped as why:
            reading.skip(str(name) or uid, str(why), uid)
        else:
            reading.entries[entry.source_uid] = entry
        if len(reading.entries) > _MOST_EVENTS:
            raise Unreadable("too_much", str(_MOST_EVENTS))
    return reading


def _blocks(body: bytes, charset: str, media_type: str, reading: Reading) -> list[Any]:
    if "json" in media_type:
        texts = [body.decode("utf-8-sig", "replace")]
    elif b"<" not in body[:1_000]:
        raise Unreadable("wrong_type", media_type)
    else:
        page = BeautifulSoup(body, "html.parser", from_encoding=_encoding(charset))
        texts = [
            one.get_text()
            for one in page.find_all("script")
            if str(one.get("type", "")).partition(";")[0].strip().lower() == "application/ld+json"
        ]
    found = []
    for text in texts:
        try:
            # Line breaks within texts are wrong and common.
            found.append(json.loads(text.strip().removeprefix("<!--").removesuffix("-->"), strict=False))
        except (ValueError, RecursionError):
            reading.skip(text, "broken")
    if not found:
        raise Unreadable("no_json_ld", reading.skipped[0][0] if reading.skipped else "")
    return found


def _encoding(charset: str) -> str | None:
    try:
        "".encode(charset or "utf-8")
    except (LookupError, ValueError):
        return None
    return charset or None


def _nodes(values: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield all objects, however deep: in a graph, a list of items, or below another event or course."""
    todo: list[tuple[Any, int]] = [(value, 0) for value in reversed(values)]
    read_nodes = 0
    while todo:
        value, depth = todo.pop()
        read_nodes += 1
        if read_nodes > _MOST_NODES:
            raise Unreadable("too_much", str(_MOST_NODES))
        if depth > _DEEPEST:
            continue
        if isinstance(value, dict):
            yield value
            todo.extend(
                (one, depth + 1) for one in reversed(list(value.values())) if isinstance(one, (dict, list))
            )
        elif isinstance(value, list):
            todo.extend((one, depth + 1) for one in reversed(value))


def _is_event(node: dict[str, Any]) -> bool:
    types = node.get("@type", [])
    names = [
        str(one).rpartition("/")[2].rpartition(":")[2]
        for one in (types if isinstance(types, list) else [types])
    ]
    is_event = any(name.endswith("Event") or name in _MORE_TYPES for name in names)
    # What has its dates below is shown by those.
    below = node.get("subEvent") or node.get("subEvents")
    return is_event and not (below and "startDate" not in node) and ("startDate" in node or "name" in node)


def _entry(node: dict[str, Any], uid: str, named: dict[str, dict[str, Any]], links: tuple[str, str]) -> Entry:
    base, website = links
    start = _first(node.get("startDate"), "")
    places = [_meant(one, named) for one in _list(node.get("location"))]
    address = link([str(_first(node.get("url"), ""))], base, "") or link([uid], base, website)
    unique = uid if uid.partition("#")[0] != base.partition("#")[0] or "#" in uid else ""
    when = When.of(*between(start, _first(node.get("endDate"), "")), site_zone())
    mode, status = str(node.get("eventAttendanceMode", "")), str(node.get("eventStatus", ""))
    return made(
        when,
        uid=f"{unique} {start}" if unique else "",
        title=str(_first(node.get("name"), "")),
        summary=str(_first(node.get("description"), "")),
        url=address,
        place=next((text for text in map(_place, places) if text), ""),
        online="Online" in mode
        or "Mixed" in mode
        or "MovedOnline" in status
        or any(map(_is_virtual, places)),
        cancelled="Cancelled" in status,
    )


def _place(place: Any) -> str:
    if isinstance(place, str):
        return place
    if not isinstance(place, dict) or _is_virtual(place):
        return ""
    address = _first(place.get("address"), "")
    if isinstance(address, dict):
        parts = [
            str(_first(address.get(name), "")) for name in ("streetAddress", "postalCode", "addressLocality")
        ]
        street, code, city = (part.strip() for part in parts)
        address = ", ".join(part for part in (street, f"{code} {city}".strip()) if part)
    name = str(_first(place.get("name"), "")).strip()
    return ", ".join(part for part in (name, str(address).strip()) if part)


def _is_virtual(place: Any) -> bool:
    return isinstance(place, dict) and "VirtualLocation" in str(place.get("@type", ""))


def _meant(value: Any, named: dict[str, dict[str, Any]]) -> Any:
    """Return the object of the graph that a reference names, else the value itself."""
    if isinstance(value, dict) and set(value) == {"@id"}:
        return named.get(str(value["@id"]), value)
    return value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _first(value: Any, otherwise: Any) -> Any:
    """Return a value, the first of several, and the text of one that has a language."""
    while isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict) and "@value" in value:
        value = value["@value"]
    return otherwise if value is None else value
