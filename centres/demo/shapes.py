"""The shapes of the demo's data: plain values that know nothing of tables."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from typing import Any, Literal

type Precision = Literal["DAY", "MONTH", "YEAR"]


class Words(dict[str, str]):
    """The same words in Slovenian and, where somebody has written them, in English."""


def words(sl: str, en: str = "") -> Words:
    """Return both texts with line breaks of the source folded into spaces; an empty one is left out."""
    return Words({code: " ".join(text.split()) for code, text in (("sl", sl), ("en", en)) if text.strip()})


def rich(sl: str, en: str = "") -> Words:
    """Return rich text written in a few signs of Markdown: paragraphs, ``- `` lists, ``**bold**`` and links.

    A link's target is an address or ``page:<key>`` or ``document:<key>``, which the loader resolves.
    """
    return Words({code: _html(text) for code, text in (("sl", sl), ("en", en)) if text.strip()})


def _html(text: str) -> str:
    return "".join(_chunk(chunk) for chunk in re.split(r"\n\s*\n", text.strip()))


def _chunk(chunk: str) -> str:
    lines = [line.strip() for line in chunk.strip().splitlines()]
    if lines[0].startswith("- "):
        items = re.split(r"(?:^|\s)- (?=\S)", "\n".join(lines))
        return "<ul>" + "".join(f"<li>{_inline(item)}</li>" for item in items if item.strip()) + "</ul>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _inline(text: str) -> str:
    text = escape(" ".join(text.split()), quote=False)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    return re.sub(r"\[([^]]+)\]\(([^)]+)\)", r'<a href="\2">\1</a>', text)


@dataclass(frozen=True, slots=True)
class Ref:
    """Something else of the demo by its key: a page, picture, document, shared text…"""

    kind: Literal["page", "picture", "document", "shared_text", "topic"]
    key: str


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which only ``precision`` is known."""

    date: date
    precision: Precision = "DAY"


def day(year: int, month: int, number: int) -> PartialDate:
    return PartialDate(date(year, month, number))


def month(year: int, number: int) -> PartialDate:
    return PartialDate(date(year, number, 1), "MONTH")


def year(number: int) -> PartialDate:
    return PartialDate(date(number, 1, 1), "YEAR")


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a body; `Words` and `Ref` may stand anywhere inside ``value``."""

    kind: str
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContent:
    """What every page has. A page exists in English only where ``title`` has English words."""

    key: str
    slug: Words
    title: Words
    summary: Words
    body: tuple[Block, ...] = ()
    in_menus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreContent(PageContent):
    """A competence centre; names of fields as in the graph, in snake case."""

    short_name: Words
    official_name: Words
    name_variants: tuple[str, ...]
    easy_read_summary: Words
    intro: str
    lead_image: str
    host: str
    network: str
    field: str
    related_fields: tuple[str, ...]
    topics: tuple[str, ...]
    functions: tuple[str, ...]
    roles: tuple[str, ...]
    audiences: tuple[str, ...]
    "Codes; the first one is the primary audience."
    partners: tuple[tuple[str, str, Words], ...]
    "Organisation, relation, note."
    staff: tuple[tuple[str, Words], ...]
    "Person, role."
    collections: tuple[dict[str, Any], ...]
    goals: tuple[dict[str, Any], ...]
    expected_effects: tuple[dict[str, Any], ...]
    solutions: tuple[dict[str, Any], ...]
    results: tuple[dict[str, Any], ...]
    milestones: tuple[tuple[PartialDate, Words], ...]
    contact: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeContent(PageContent):
    """A programme of a centre."""

    centre: str
    kind: str
    format: str
    topics: tuple[str, ...]
    audiences: tuple[str, ...]
    cadence: str
    purposes: tuple[str, ...] = ()
    outcomes: tuple[Words, ...] = ()
    since_year: int | None = None
    duration_hours: str | None = None
    duration_days: int | None = None
    credential: Words = field(default_factory=Words)
    "What stands on the certificate of attendance; empty where none is given."
    external_codes: tuple[tuple[str, str], ...] = ()
    "Catalogue, code."
    co_organisers: tuple[str, ...] = ()
    funders: tuple[str, ...] = ()
    lead_image: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionContent:
    """One sitting of an event, by the clock in Ljubljana."""

    start: datetime
    end: datetime
    topic: Words
    presenters: tuple[str, ...] = ()
    venue: str | None = None
    online: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EventContent:
    """One run of a programme. ``moves``: its dates are invented; ``exact``: see `Clock.day`."""

    key: str
    programme: str
    year: int
    label: Words
    sessions: tuple[SessionContent, ...]
    mode: str
    moves: bool = True
    exact: bool = False
    number: int | None = None
    venue: str | None = None
    capacity: int | None = None
    seats_taken: int = 0
    waitlist: int = 0
    applications_open: datetime | None = None
    applications_close: datetime | None = None
    application_url: str = ""
    free: bool = False
    fees: tuple[tuple[Words, str, str | None], ...] = ()
    "Label, amount in EUR, code of the audience."
    languages: tuple[str, ...] = ("sl",)
    status_override: str = "NONE"
    cancel_reason: Words = field(default_factory=Words)
    previous_starts: tuple[datetime, ...] = ()
    accessibility_info: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookContent:
    """A book that was given an award; ``year`` is the year in which it came out."""

    key: str
    title: str
    year: int
    publisher: str = ""
    language: str = "sl"
    authors: tuple[str, ...] = ()
    illustrators: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    isbn: str = ""
    cobiss_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardContent:
    """One year of an award or a sign. Numbers that nobody published stay None, which is not zero."""

    programme: str
    year: int
    label: Words
    co_awarders: tuple[str, ...] = ()
    announced_on: PartialDate | None = None
    ceremony_date: PartialDate | None = None
    ceremony_place: Words = field(default_factory=Words)
    published: int | None = None
    evaluated: int | None = None
    signed: int | None = None
    publishers: int | None = None
    results: tuple[tuple[str, tuple[str, ...], Words], ...] = ()
    "Category, keys of the books (none: not awarded), citation."


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationContent:
    """One year's issue of a publication."""

    programme: str
    year: int
    label: Words
    own_title: Words
    cover: str | None = None
