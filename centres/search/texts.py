"""The words by which the pages of the domain are found, beyond their title, summary and body."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from wagtail.models import Page

from centres.models import (
    AwardEdition,
    Book,
    CentrePage,
    CommissionPage,
    Edition,
    EventEdition,
    LegalBasis,
    Organisation,
    Person,
    ProgrammePage,
    PublicationEdition,
)
from cms.fields import LocalisedText
from cms.languages.locales import LocaleChain
from cms.publishing.visibility import Gate
from cms.search.catalogue import Piece
from cms.search.postings import Level
from cms.search.text import chosen_text

type Words = Iterator[str | LocalisedText]


PREFETCH: dict[type[Page], tuple[str, ...]] = {
    CentrePage: (
        "host", "competence_field", "related_fields", "topics", "audiences__audience",
        "partners__organisation", "staff__person", "collections", "goals", "expected_effects", "solutions",
        "results__document", "milestones",
    ),
    ProgrammePage: (
        "format", "topics", "programme_audiences__audience", "programme_co_organisers__organisation",
        "programme_funders__organisation", "external_codes",
    ),
    CommissionPage: ("parent_body",),
}  # fmt: skip

_EDITIONS: dict[type[Edition], tuple[str, ...]] = {
    EventEdition: ("venue", "sessions__presenters", "sessions__venue", "materials__document"),
    AwardEdition: ("co_awarders", "results__category", "results__books__contributors"),
    PublicationEdition: ("document",),
}


def pieces_of(pages: Sequence[Page], gate: Gate) -> Mapping[int, list[Piece]]:
    """Return what pages show of other rows and of their own columns, by page."""
    lent = _Lent(pages, gate)
    return {
        page.pk: list(read(page, _Reader(page, gate, lent)))
        for page in pages
        if (read := _READERS.get(type(page))) is not None
    }


class _Lent:
    """What programmes borrow from rows that are not below them, read for many pages at once."""

    def __init__(self, pages: Sequence[Page], gate: Gate) -> None:
        programmes = [page for page in pages if isinstance(page, ProgrammePage)]
        self.editions: dict[UUID, list[Edition]] = defaultdict(list)
        self.centres: dict[tuple[UUID, int], str] = {}
        if not programmes:
            return
        keys = {programme.translation_key for programme in programmes}
        for model, lookups in _EDITIONS.items():
            found = model.objects.filter(gate.q(model), programme_key__in=keys)
            for edition in found.prefetch_related(*lookups).order_by("-year", "-starts_at", "-pk"):
                self.editions[edition.programme_key].append(edition)
        centres = CentrePage.objects.filter(
            gate.q(CentrePage), translation_key__in={page.centre_key for page in programmes}
        )
        for key, locale_id, name in centres.values_list("translation_key", "locale_id", "short_name"):
            self.centres[key, locale_id] = name


class _Reader:
    """Picks the language of a page out of facts, and asks the gate what everybody may see."""

    def __init__(self, page: Page, gate: Gate, lent: _Lent) -> None:
        self.chain = LocaleChain.of(page.locale.language_code)
        self.gate, self.lent = gate, lent

    def pieces(self, texts: Iterable[str | LocalisedText], level: Level = Level.ANYWHERE) -> Iterator[Piece]:
        for text in texts:
            words = text.pick(self.chain.codes)[0] if isinstance(text, LocalisedText) else text
            if words:
                yield Piece(words, level)

    def chosen(self, row: Any) -> Iterator[Piece]:
        return chosen_text(row, self.gate, self.chain)


def _centre(page: CentrePage, reader: _Reader) -> Iterator[Piece]:
    names = [page.short_name, page.official_name, *page.name_variant_list]
    yield from reader.pieces([name for name in names if name != page.title], Level.TITLE)
    topics = [topic.name for topic in page.topics.all()]
    yield from reader.pieces([page.competence_field.name, *_organisation(page.host), *topics], Level.LEAD)
    yield from reader.chosen(page.intro)
    yield from reader.pieces(_around_centre(page))
    for result in page.results.all():
        yield from reader.pieces([result.title])
        yield from reader.chosen(result.document)


def _around_centre(page: CentrePage) -> Words:
    yield from (related.name for related in page.related_fields.all())
    yield from (row.audience.name for row in page.audiences.all())
    for row in page.partners.all():
        yield from _organisation(row.organisation)
        yield row.note
    for row in page.staff.all():
        yield from _person(row.person)
        if row.person.publication_consent:
            yield row.role
    for row in page.collections.all():
        yield from (row.name, row.description)
    yield from (row.text for row in page.goals.all())
    yield from (row.text for row in page.expected_effects.all())
    for row in page.solutions.all():
        yield from (row.title, row.description)
    yield from (row.text for row in page.milestones.all())
    yield page.contact_address


def _programme(page: ProgrammePage, reader: _Reader) -> Iterator[Piece]:
    yield from reader.pieces((topic.name for topic in page.topics.all()), Level.LEAD)
    yield from reader.pieces(_around_programme(page))
    yield from (Piece(row.code, shown=False) for row in page.external_codes.all())
    yield from reader.pieces([reader.lent.centres.get((page.centre_key, page.locale_id), "")])
    for edition in reader.lent.editions[page.translation_key]:
        yield Piece("", Level.EXTRA, edition.expire_at)  # it is there, whatever it says
        for piece in _edition(edition, reader):
            ends = [moment for moment in (piece.until, edition.expire_at) if moment is not None]
            yield Piece(piece.text, Level.EXTRA, min(ends, default=None))


def _around_programme(page: ProgrammePage) -> Words:
    yield page.format.name
    yield from page.outcome_list
    yield from (row.audience.name for row in page.programme_audiences.all())
    for partner in page.programme_co_organisers.all():
        yield from _organisation(partner.organisation)
    for funder in page.programme_funders.all():
        yield from _organisation(funder.organisation)
    yield page.credential_text


def _commission(page: CommissionPage, reader: _Reader) -> Iterator[Piece]:
    yield from reader.pieces(_organisation(page.parent_body), Level.LEAD)
    yield from reader.pieces(page.task_list)
    for basis in LegalBasis.objects.filter(reader.gate.q(LegalBasis)).order_by("pk"):
        for piece in reader.pieces([basis.title]):
            yield Piece(piece.text, until=basis.expire_at)


def _edition(edition: Edition, reader: _Reader) -> Iterator[Piece]:
    yield from reader.pieces([edition.label, str(edition.year)])
    if isinstance(edition, EventEdition):
        yield from reader.pieces(_event(edition))
        for material in edition.materials.all():
            yield from reader.chosen(material.document)
    elif isinstance(edition, AwardEdition):
        yield from _award(edition, reader)
    elif isinstance(edition, PublicationEdition):
        yield from reader.pieces([edition.own_title, edition.isbn])
        yield from reader.chosen(edition.document)


def _event(edition: EventEdition) -> Words:
    if edition.venue:
        yield edition.venue.name
    for session in edition.sessions.all():
        yield session.topic
        if session.venue:
            yield session.venue.name
        for person in session.presenters.all():
            yield from _person(person)


def _award(edition: AwardEdition, reader: _Reader) -> Iterator[Piece]:
    yield from reader.pieces([edition.ceremony_place])
    for organisation in edition.co_awarders.all():
        yield from reader.pieces(_organisation(organisation))
    for result in edition.results.all():
        yield from reader.pieces([result.category.name, result.citation])
        for book in reader.gate.visible(result.books.all()):
            for piece in reader.pieces(_book(book)):
                yield Piece(piece.text, until=book.expire_at)


def _book(book: Book) -> Words:
    yield from (book.title, book.publisher)
    yield from (contributor.name for contributor in book.contributors.all())


def _organisation(organisation: Organisation) -> Words:
    yield from (organisation.acronym, organisation.name, organisation.city)


def _person(person: Person) -> Words:
    if person.publication_consent:
        yield from (person.name, person.title)


_READERS: dict[type[Page], Callable[[Any, _Reader], Iterator[Piece]]] = {
    CentrePage: _centre,
    ProgrammePage: _programme,
    CommissionPage: _commission,
}
