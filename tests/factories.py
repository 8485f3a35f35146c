"""Plain constructors of content for tests: each returns a saved, published object that passes validation.

What a test speaks of is given by name, everything else has a plain value.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.signal_handlers import disable_reference_index_auto_update, update_reference_index_on_save
from wagtail.signals import page_published

from centres.models import (
    Appointment,
    Audience,
    AwardCategory,
    AwardEdition,
    Book,
    CalendarProvider,
    CentreAudience,
    CentreIndexPage,
    CentrePage,
    CompetenceField,
    EventEdition,
    ExpectedEffect,
    ExternalEdition,
    Fee,
    Goal,
    Network,
    Organisation,
    Person,
    ProgrammeAudience,
    ProgrammeFormat,
    ProgrammePage,
    PublicationEdition,
    Review,
    Session,
    Topic,
    Venue,
)
from cms.publishing.operation import operation
from cms.search.index import indexed_once
from home.models import HomePage

SUMMARY = "A summary of at least sixty characters, which is what lists and search engines show."
LJUBLJANA = ZoneInfo("Europe/Ljubljana")


def moment(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a moment by the clock in Ljubljana."""
    return datetime(year, month, day, hour, minute, tzinfo=LJUBLJANA)


def at_once[**P, R](make: Callable[P, R]) -> Callable[P, R]:
    """Have all rows that a call makes logged and indexed together, which takes half the time."""

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        with operation(), indexed_once():
            return make(*args, **kwargs)

    return made


def coded(model: type[models.Model], code: str, **facts: Any) -> Any:
    """Return the row of ``model`` with ``code``, made if there is none."""
    facts.setdefault("name", {"sl": code, "en": code})
    return model._default_manager.get_or_create(code=code, defaults=facts)[0]


def filled(model: type[models.Model], word: str) -> dict[str, Any]:
    """Return values for the columns of a model that nobody has thought of; each of its texts has ``word`` in it."""
    found: dict[str, Any] = {}
    for column in model._meta.local_concrete_fields:
        if isinstance(column, (models.CharField, models.TextField)) and not column.choices:
            found[column.name] = f"{column.name} {word}"
        elif column.null or column.blank or column.has_default() or column.primary_key:
            continue
        elif column.choices:
            found[column.name] = column.choices[0][0]
        elif column.is_relation:
            found[column.name] = column.related_model._default_manager.first()
        else:
            kind = column.get_internal_type()
            found[column.name] = {"DateField": date(2026, 1, 2), "DateTimeField": moment(2026, 1, 2)}.get(
                kind, 1
            )
    return {name: value for name, value in found.items() if name not in model._meta.parents.values()}


def organisation(code: str = "mkl", **facts: Any) -> Organisation:
    return coded(Organisation, code, **facts)


def person(name: str = "Ana Novak", **facts: Any) -> Person:
    return Person.objects.create(name=name, **{"publication_consent": True} | facts)


def venue(**facts: Any) -> Venue:
    defaults = {"name": {"sl": "Dvorana"}, "address": "Kersnikova 2, 1000 Ljubljana", "city": "Ljubljana"}
    return Venue.objects.create(**defaults | facts)


def external_edition(
    title: str = "Tečaj drugod", start: datetime | None = None, **facts: Any
) -> ExternalEdition:
    """Return a date in the calendar of another provider, whose code is ``nuk`` unless ``provider`` is given."""
    if "provider" not in facts:
        words = {"url": "https://www.nuk.example/", "address": "https://www.nuk.example/koledar.ics"}
        facts["provider"] = coded(CalendarProvider, "nuk", name={"sl": "NUK", "en": "NUL"}, **words)
    begins = start or timezone.now() + timedelta(days=3)
    defaults = {
        "source_uid": f"{title}@nuk.example",
        "end": begins + timedelta(hours=2),
        "time_zone": "Europe/Ljubljana",
        "url": "https://www.nuk.example/tecaj",
    }
    return ExternalEdition.objects.create(title=title, start=begins, **defaults | facts)


def home(locale: str = "sl") -> HomePage:
    return HomePage.objects.get(locale__language_code=locale)


def publish(page: Any) -> Any:
    """Publish ``page`` as an editor does, and return it as it stands in the database then."""
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


@at_once
def below(parent: Page, page: Any) -> Any:
    """Return ``page`` as a published child of ``parent``, with no draft behind it and indexed once.

    An editor's way, a revision that is published, takes five times as long.
    """
    page.locale = parent.locale
    page.first_published_at = page.last_published_at = timezone.now()
    with disable_reference_index_auto_update():
        parent.add_child(instance=page)
        page_published.send(type(page), instance=page, revision=None)
    update_reference_index_on_save(page)
    return type(page).objects.get(pk=page.pk)


@at_once
def translated(page: Any, locale: str = "en", **words: Any) -> Any:
    """Return the published translation of ``page``, with the pages above it."""
    copy = page.copy_for_translation(Locale.objects.get(language_code=locale), copy_parents=True)
    for name, text in words.items():
        setattr(copy, name, text)
    return publish(copy)


@at_once
def centre_index(locale: str = "sl") -> CentreIndexPage:
    index = CentreIndexPage.objects.filter(locale__language_code=locale).first()
    return index or below(home(locale), CentreIndexPage(title="Kompetenčni centri", summary=SUMMARY))


@at_once
def centre(name: str = "Pionirska", **facts: Any) -> CentrePage:
    defaults = {
        "title": name,
        "short_name": name,
        "official_name": name,
        "summary": SUMMARY,
        "host": facts.get("host") or organisation(),
        "network": coded(Network, "public-libraries"),
        "competence_field": facts.get("competence_field") or coded(CompetenceField, "youth"),
        "functions": ["KNOWLEDGE"],
        "roles": ["PROMOTER"],
        "contact_email": "centre@example.si",
        "audiences": [CentreAudience(audience=coded(Audience, "librarians"), primary=True)],
    }
    return below(centre_index(), CentrePage(**defaults | facts))


@at_once
def programme(
    of: CentrePage | None = None, title: str = "Prireditve v knjižnici", **facts: Any
) -> ProgrammePage:
    defaults = {
        "title": title,
        "summary": SUMMARY,
        "kind": "TRAINING",
        "format": coded(ProgrammeFormat, "seminar"),
        "cadence": "ANNUAL",
        "topics": [coded(Topic, "reading")],
        "programme_audiences": [ProgrammeAudience(audience=coded(Audience, "librarians"))],
    }
    return below(of or centre(), ProgrammePage(**defaults | facts))


@at_once
def event(of: ProgrammePage | None = None, *starts: datetime, **facts: Any) -> EventEdition:
    """Return an event with a session of two hours at each of ``starts``."""
    begins = starts or (moment(2027, 4, 7, 10),)
    sessions = [Session(start=start, end=start + timedelta(hours=2)) for start in begins]
    defaults = {
        "programme": of or programme(),
        "sessions": sessions,
        "mode": "ONLINE",
        "unlimited": facts.get("capacity") is None,
        "free": "fees" not in facts,
        "languages": ["sl"],
    }
    edition = EventEdition(**defaults | facts)
    edition.full_clean()
    edition.save()
    return edition


def fee(amount: str = "60.00", **facts: Any) -> Fee:
    return Fee(**{"label": {"sl": "kotizacija"}, "amount": Decimal(amount)} | facts)


@at_once
def award(of: ProgrammePage | None = None, year: int = 2025, **facts: Any) -> AwardEdition:
    edition = AwardEdition(programme=of or programme(kind="AWARD"), year=year, **facts)
    edition.full_clean()
    edition.save()
    return edition


@at_once
def publication(of: ProgrammePage | None = None, year: int = 2025, **facts: Any) -> PublicationEdition:
    edition = PublicationEdition(programme=of or programme(kind="PUBLICATION"), year=year, **facts)
    edition.full_clean()
    edition.save()
    return edition


def book(title: str = "Gugalnica za vse", **facts: Any) -> Book:
    return Book.objects.create(title=title, **facts)


def category(code: str = "l1", **facts: Any) -> AwardCategory:
    return coded(AwardCategory, code, **facts)


@at_once
def appointment(of: CentrePage, valid_from: date = date(2024, 12, 1), **facts: Any) -> Appointment:
    defaults = {
        "centre": of,
        "act": "APPOINTED",
        "title_awarded": {"sl": "kompetenčni center"},
        "issuer": organisation("zsk", kind="ASSOCIATION"),
        "decided_on": valid_from,
        "valid_from": valid_from,
    }
    if facts.get("act") == "WITHDRAWN":
        defaults |= {"term_months": None, "reason": {"sl": "Center ne deluje več."}}
    act = Appointment(**defaults | facts)
    act.full_clean()
    act.save()
    return act


def goals(of: CentrePage) -> CentrePage:
    """Give a centre a goal and an expected effect, and publish it."""
    of.goals = [Goal(text="Usposobimo vsakega knjižničarja.", target=Decimal(200), unit="ljudi")]
    of.expected_effects = [ExpectedEffect(text="Boljše delo z mladimi.", level="LIBRARY")]
    return publish(of)


def review(of: Appointment, **facts: Any) -> Review:
    if facts.get("state") == "DECIDED":
        facts = {
            "adequacy": "ADEQUATE",
            "outcome": "RENEW",
            "decided_on": date(2024, 11, 5),
            "public_summary": {"sl": "Center dosega cilje."},
        } | facts
    checked = Review(centre=of.centre, appointment=of, **facts)
    checked.full_clean()
    checked.save()
    return checked
