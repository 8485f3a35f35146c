"""Loads what all else points at: lists of terms, organisations, people, venues, shared texts, books."""

from functools import partial
from typing import Any

from wagtail.models import Locale

from centres import models as m
from centres.demo import books, organisations, terms
from centres.demo.bodies import with_links
from centres.demo.shapes import BookContent, Words
from centres.demo.store import Store, demo_uuid
from cms.models import CodedModel, SharedText


def load(store: Store) -> None:
    """Make the snippets of the demo that are not there yet."""
    for code in ("sl", "en"):
        if code not in store.locales:
            store.locales[code] = Locale.objects.create(language_code=code)
    _load_terms(store)
    _load_organisations(store)
    for key, venue in terms.VENUES.items():
        store.make(f"venue:{key}", partial(published, m.Venue(**venue)))
    for book in books.BOOKS:
        store.make(f"book:{book.key}", partial(_book, book))


def _load_terms(store: Store) -> None:
    lists: tuple[tuple[str, type[CodedModel], dict[str, Words]], ...] = (
        ("audience", m.Audience, terms.AUDIENCES),
        ("topic", m.Topic, terms.TOPICS),
        ("format", m.ProgrammeFormat, terms.FORMATS),
        ("category", m.AwardCategory, terms.AWARD_CATEGORIES),
    )
    for kind, model, names in lists:
        for code, name in names.items():
            store.make(f"{kind}:{code}", partial(_coded, model, code, name=name))
    for code, values in terms.NETWORKS.items():
        store.make(f"network:{code}", partial(_coded, m.Network, code, **values))
    for code, (name, kind) in terms.FIELDS.items():
        store.make(
            f"field:{code}",
            partial(_coded, m.CompetenceField, code, name=name, kind=kind),
        )


def _load_organisations(store: Store) -> None:
    for code, content in organisations.ORGANISATIONS.items():
        values = {
            name: getattr(content, name)
            for name in ("name", "acronym", "city", "url", "kind", "isil", "same_as")
        }
        store.make(f"organisation:{code}", partial(_coded, m.Organisation, code, **values))
    for key, person in organisations.PEOPLE.items():
        employer = store[f"organisation:{person.organisation}"] if person.organisation else None
        row = m.Person(
            name=person.name,
            title=person.title,
            email=person.email,
            employer=employer,
            publication_consent=True,
            email_consent=bool(person.email),
            same_as=person.same_as,
        )
        store.make(f"person:{key}", partial(published, row))


def load_shared_texts(store: Store, *keys: str) -> None:
    """Make the shared texts of ``keys``; the pages that they link to must be there."""
    for key in keys:
        name, text = terms.SHARED_TEXTS[key]
        for code in text:
            row = SharedText(
                name=name[code],
                locale=store.locales[code],
                translation_key=demo_uuid(f"shared_text:{key}"),
                text=with_links(store, text[code], code),
            )
            store.make(f"shared_text:{key}:{code}", partial(published, row))


def _coded(model: type[CodedModel], code: str, **values: Any) -> Any:
    """Return the row of ``code``, one that an editor made before included."""
    return model._default_manager.filter(code=code).first() or published(model(code=code, **values))


def _book(content: BookContent) -> m.Book:
    book = m.Book(
        title=content.title,
        year=content.year,
        publisher=content.publisher,
        language=content.language,
        isbn=content.isbn,
        cobiss_id=content.cobiss_id,
    )
    book.contributors = [
        m.Contributor(name=name, role=role, sort_order=place)
        for place, (name, role) in enumerate(
            [(name, "AUTHOR") for name in content.authors]
            + [(name, "ILLUSTRATOR") for name in content.illustrators]
            + [(name, "TRANSLATOR") for name in content.translators]
        )
    ]
    return published(book)


def published(row: Any) -> Any:
    """Save ``row`` as an editor would: checked, with a revision, published where it can be a draft."""
    draft = any(field.name == "live" for field in row._meta.fields)
    row.full_clean()
    if draft:
        row.live = False
    row.save()
    revision = row.save_revision()
    if draft:
        revision.publish()
        row.refresh_from_db()
    return row
