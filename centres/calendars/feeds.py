"""Reads Atom and RSS whose entries say when something takes place.

A feed has no such field of its own. What is used instead: the event module of RSS 1.0 (ev:), iCalendar in XML (xCal),
Google's gd:when, and the element ``time`` in an entry's HTML. The day of publication is not the day of an event.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from bs4 import BeautifulSoup
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from centres.calendars.entries import Entry, Reading, Skipped, Unreadable, When, link, made, site_zone

_MOST_ENTRIES = 2_000
_LONGEST_HTML = 100_000
_ROOTS = frozenset(("feed", "rss", "RDF"))
_STARTS = frozenset(("startdate", "dtstart", "starttime", "start", "start_date", "startDate", "eventstart"))
_ENDS = frozenset(("enddate", "dtend", "endtime", "end", "end_date", "endDate", "eventend"))
_PLACES = frozenset(("location", "where", "venue"))
_TITLE_SAYS_CANCELLED = re.compile(r"^\W*(odpovedano|odpade|cancelled|canceled)\b", re.IGNORECASE)


def read(body: bytes, base: str, website: str) -> Reading:
    """Return the events of a feed. Raises `Unreadable` where it is none, or not well-formed."""
    try:
        root: Element = fromstring(body, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise Unreadable("entities", type(error).__name__) from error
    except (ParseError, ValueError, LookupError) as error:
        kind = "broken_xml" if body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else "wrong_type"
        raise Unreadable(kind, str(error)) from error
    if _name(root) not in _ROOTS:
        raise Unreadable("wrong_type", f"<{_name(root)}>")
    reading = Reading()
    for number, element in enumerate(one for one in root.iter() if _name(one) in ("entry", "item")):
        if number >= _MOST_ENTRIES:
            raise Unreadable("too_much", str(_MOST_ENTRIES))
        uid = _text(element, "id", "guid") or _address(element)
        try:
            entry = _entry(element, uid, base, website)
        except Skipped as why:
            reading.skip(_text(element, "title") or uid, str(why), uid)
        else:
            reading.entries[entry.source_uid] = entry
    return reading


def _entry(element: Element, uid: str, base: str, website: str) -> Entry:
    title = _text(element, "title")
    content = _text(element, "content", "encoded") or _text(element, "summary", "description")
    online = "VirtualLocation" in content[:_LONGEST_HTML]
    return made(
        _when(element, content),
        uid=uid,
        title=title,
        summary=_text(element, "summary", "description") or content,
        url=link([_address(element)], base, website),
        place=_place(element),
        online=online,
        cancelled=_is_cancelled(element, title),
    )


def _is_cancelled(element: Element, title: str) -> bool:
    status = _text(element, "status", "eventstatus", "eventStatus").upper()
    return "CANCEL" in status or bool(_TITLE_SAYS_CANCELLED.search(title))


def _when(element: Element, content: str) -> When:
    start = end = ""
    for one in element.iter():
        name = _name(one)
        if name == "when" and one.get("startTime"):
            start, end = str(one.get("startTime")), str(one.get("endTime") or "")
        elif name in _STARTS and not start:
            start = (one.text or "").strip()
        elif name in _ENDS and not end:
            end = (one.text or "").strip()
    if not start:
        start, end = _times(content)
    return When.of(*between(start, end), site_zone())


def _times(content: str) -> tuple[str, str]:
    """Return the first two times that the HTML of an entry marks."""
    found = (
        [
            str(one["datetime"])
            for one in BeautifulSoup(content[:_LONGEST_HTML], "html.parser").find_all("time", datetime=True)
        ]
        if "<time" in content
        else []
    )
    start, end, *_others = [*found, "", ""]
    return start, end


def between(start: Any, end: Any) -> tuple[date | datetime, date | datetime | None]:
    """Return beginning and end from what ISO 8601 writes. Raises `Skipped` for a beginning that is none."""
    begins = read_time(start)
    if begins is None:
        raise Skipped("no_start")
    ends = read_time(end)
    same = ends is not None and isinstance(ends, datetime) == isinstance(begins, datetime)
    if same and not isinstance(begins, datetime) and ends is not None and ends < date.max:
        ends = date.fromordinal(ends.toordinal() + 1)  # the last day belongs to it
    return begins, ends if same else None


def read_time(text: Any) -> date | datetime | None:
    """Return the day or time that a text in the notation of ISO 8601 names, None where it names none."""
    if not isinstance(text, str) or not 8 <= len(text.strip()) <= 40:
        return None
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found.date() if re.fullmatch(r"\d{4}-?\d\d-?\d\d", text.strip()) else found


def _place(element: Element) -> str:
    for one in element.iter():
        if _name(one) in _PLACES and (
            said := one.get("valueString") or " ".join("".join(one.itertext()).split())
        ):
            return said
    return ""


def _address(element: Element) -> str:
    for one in _children(element, "link"):
        if one.get("rel", "alternate") == "alternate" and (
            found := one.get("href") or (one.text or "").strip()
        ):
            return found
    return ""


def _text(element: Element, *names: str) -> str:
    """Return the text of the first child that has one of these names and a text, with what is inside of it."""
    for name in names:
        for one in _children(element, name):
            if found := (_markup(one) if len(one) else (one.text or "")).strip():
                return found
    return ""


def _markup(element: Element) -> str:
    """Return XHTML inside an element as HTML: the times that it marks are read from it."""
    parts = [element.text or ""]
    for one in element.iter():
        if one is element:
            continue
        if _name(one) == "time" and (moment := one.get("datetime")):
            parts.append(f'<time datetime="{moment}"></time>'.replace("&", ""))
        parts += [" ", one.text or "", one.tail or ""]
    return " ".join(parts)


def _children(element: Element, name: str) -> Iterator[Element]:
    return (one for one in element if _name(one) == name)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
