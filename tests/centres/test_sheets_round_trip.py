"""Random content goes out and comes back: without a change on its own site, and the same on another one."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import zip_longest
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from centres.models import AwardResult, Book, EventEdition, Fee, Session, Topic
from centres.models.book import Contributor
from centres.models.event import LANGUAGES
from tests import factories
from tests.centres.sheet_files import cells, exported, exported_csv, imported, said

pytestmark = pytest.mark.django_db

# Letters of the world, quotation marks, what begins formulas, what parts cells; no control characters, which no
# workbook can hold, and no blanks at the ends, which no form keeps.
words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")) | st.sampled_from(";,'\"=+-@#|\t\n"),
    min_size=1, max_size=30,
).map(str.strip).filter(bool)  # fmt: skip
line = words.map(lambda text: " ".join(text.split())).filter(bool)
localised = st.fixed_dictionaries({"sl": line}, optional={"en": line})
moments = st.integers(0, 15 * 366 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
amounts = st.decimals(Decimal(0), Decimal(9999), places=2)
some = st.integers(0, 3)


@st.composite
def events(draw: Any) -> dict[str, Any]:
    starts = draw(st.lists(moments, min_size=1, max_size=3))
    capacity = draw(st.none() | st.integers(0, 500))
    free = draw(st.booleans())
    return {
        "label": draw(localised | st.just({})),
        "sessions": [
            Session(
                start=start, end=start + timedelta(minutes=draw(st.integers(1, 600))), online=draw(st.booleans()),
                topic=draw(localised | st.just({})),
            )
            for start in starts
        ],
        "fees": [] if free else [
            Fee(label=draw(localised), amount=draw(amounts)) for _place in range(draw(st.integers(1, 3)))
        ],
        "free": free,
        "capacity": capacity,
        "unlimited": capacity is None,
        "languages": draw(st.lists(st.sampled_from([code for code, _name in LANGUAGES]), min_size=1, unique=True)),
        "accessibility_info": draw(st.fixed_dictionaries({}, optional={"sl": words})),
        "number": draw(st.none() | st.integers(0, 99)),
        "live": draw(st.booleans()),
    }  # fmt: skip


@st.composite
def sites(draw: Any) -> dict[str, Any]:
    """What a site has: plain values, from which `made` makes it."""
    return {
        "organisations": draw(st.lists(localised, max_size=3)),
        "people": draw(st.lists(line, max_size=4)),
        "venues": draw(st.lists(st.tuples(localised, line, st.none() | st.booleans()), max_size=3)),
        "books": draw(
            st.lists(
                st.tuples(line, st.none() | st.integers(1900, 2030), st.lists(line, max_size=2)), max_size=4
            )
        ),
        "events": draw(st.lists(events(), max_size=4)),
        "seats": draw(st.lists(some, min_size=4, max_size=4)),
        "choices": draw(st.lists(some, min_size=12, max_size=12)),
    }


def made(site: dict[str, Any]) -> None:
    """Make the content of a site."""
    pick = iter(site["choices"] * 20)
    organisations = [
        factories.organisation(f"o{place}", name=name) for place, name in enumerate(site["organisations"])
    ]
    people = [factories.person(name, employer=chosen(organisations, next(pick))) for name in site["people"]]
    venues = [
        factories.venue(name=name, address=address, step_free=free) for name, address, free in site["venues"]
    ]
    books = []
    for title, year, names in site["books"]:
        book = Book(
            title=title, year=year, contributors=[Contributor(name=name, role="AUTHOR") for name in names]
        )
        book.save()
        books.append(book)
    centre = factories.centre()
    programme = factories.programme(
        centre, "Dogodki", topics=list(Topic.objects.all()) or [factories.coded(Topic, "reading")]
    )
    factories.translated(programme, title="Events")
    for facts, seats in zip(site["events"], site["seats"], strict=False):
        venue = chosen(venues, next(pick))
        mode = "ONSITE" if venue else "ONLINE"
        live = facts.pop("live")
        event = factories.event(programme, venue=venue, mode=mode, **facts)
        person = chosen(people, next(pick))
        if person is not None:
            session = event.sessions.first()
            session.presenters.set([person])
            session.save()
        event.count_seats(seats_taken=seats)
        event = EventEdition.objects.get(pk=event.pk)
        event.save_revision() if live else event.unpublish()
    award = factories.programme(centre, "Priznanja", kind="AWARD")
    given = [book for book in books if next(pick)]
    results = [
        AwardResult(category=factories.category(), outcome="AWARDED" if given else "NOT_AWARDED", books=given)
    ]
    factories.award(award, results=results)


def chosen(things: list[Any], number: int) -> Any:
    return things[number] if number < len(things) else None


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[Any]:
    """Return the cells in which two exports differ: sheet, number of the line, heading, both values."""
    assert one.keys() == other.keys()
    found: list[Any] = []
    for sheet, lines in one.items():
        pairs: list[Any] = list(zip_longest(lines, other[sheet], fillvalue=[]))
        for number, pair in enumerate(pairs, start=1):
            cells = zip_longest(lines[0], *pair)
            found += [(sheet, number, *cell) for cell in cells if cell[1] != cell[2]]
    return found


class _Undone(Exception):
    pass


@settings(
    deadline=None,
    max_examples=6,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(sites())
def test_what_was_exported_comes_back_unchanged_and_is_the_same_on_another_site(site: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            admin = get_user_model().objects.create_superuser("admin", "admin@example.si")
            made(site)
            first = exported(admin)
            report = imported(first, admin)
            assert said(report) == []
            assert report.counts.keys() == {"same"}
            for name in ("events", "people", "venues", "books", "awards"):
                report = imported(exported_csv(admin, name), admin)
                assert said(report) == []
                assert report.counts.keys() <= {"same"}
            raise _Undone
    except _Undone:
        pass
    try:
        with transaction.atomic():
            admin = get_user_model().objects.create_superuser("admin", "admin@example.si")
            factories.centre()
            report = imported(first, admin)
            assert said(report) == []
            assert differing(cells(exported(admin)), cells(first)) == []
            raise _Undone
    except _Undone:
        pass
