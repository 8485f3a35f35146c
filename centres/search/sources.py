"""Which pages are found by the words of a row that is no page: asked when such a row changes."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from wagtail.models import Page

from centres.models import (
    Audience,
    AwardCategory,
    AwardEdition,
    AwardResult,
    Book,
    CentrePage,
    CommissionPage,
    CompetenceField,
    Contributor,
    EventEdition,
    EventMaterial,
    LegalBasis,
    Organisation,
    Person,
    ProgrammeFormat,
    ProgrammePage,
    PublicationEdition,
    Session,
    Topic,
    Venue,
)

type Keys = Iterable[UUID]


def _pages(*keys: Keys) -> set[int]:
    """Return the ids of the pages of these translation keys, in every language."""
    wanted = {key for some in keys for key in some}
    return set(Page.objects.filter(translation_key__in=wanted).values_list("pk", flat=True))


def _centres(condition: Q) -> Keys:
    return CentrePage.objects.filter(condition).values_list("translation_key", flat=True)


def _programmes(condition: Q) -> Keys:
    return ProgrammePage.objects.filter(condition).values_list("translation_key", flat=True)


def _awards(condition: Q) -> Keys:
    return AwardEdition.objects.filter(condition).values_list("programme_key", flat=True)


def _events(condition: Q) -> Keys:
    return EventEdition.objects.filter(condition).values_list("programme_key", flat=True)


def _of_edition(edition: Any) -> set[int]:
    return _pages([edition.programme_key])


def _of_edition_row(row: Any) -> set[int]:
    return _of_edition(row.edition)


def _of_organisation(row: Organisation) -> set[int]:
    commissions = CommissionPage.objects.filter(parent_body=row).values_list("translation_key", flat=True)
    return _pages(
        _centres(Q(host=row) | Q(partners__organisation=row)),
        _programmes(Q(programme_co_organisers__organisation=row) | Q(programme_funders__organisation=row)),
        _awards(Q(co_awarders=row)),
        commissions,
    )


def _of_person(row: Person) -> set[int]:
    return _pages(_centres(Q(staff__person=row)), _events(Q(sessions__presenters=row)))


def _of_venue(row: Venue) -> set[int]:
    return _pages(_events(Q(venue=row) | Q(sessions__venue=row)))


def _of_book(row: Book) -> set[int]:
    return _pages(_awards(Q(results__books=row)))


def _of_contributor(row: Contributor) -> set[int]:
    return _of_book(row.book)


def _of_topic(row: Topic) -> set[int]:
    return _pages(_centres(Q(topics=row)), _programmes(Q(topics=row)))


def _of_audience(row: Audience) -> set[int]:
    return _pages(_centres(Q(audiences__audience=row)), _programmes(Q(programme_audiences__audience=row)))


def _of_competence_field(row: CompetenceField) -> set[int]:
    return _pages(_centres(Q(competence_field=row) | Q(related_fields=row)))


def _of_format(row: ProgrammeFormat) -> set[int]:
    return _pages(_programmes(Q(format=row)))


def _of_award_category(row: AwardCategory) -> set[int]:
    return _pages(_awards(Q(results__category=row)))


def _of_legal_basis(_row: LegalBasis) -> set[int]:
    return set(CommissionPage.objects.values_list("pk", flat=True))


SOURCES: dict[type[models.Model], Callable[[Any], Iterable[int]]] = {
    Organisation: _of_organisation,
    Person: _of_person,
    Venue: _of_venue,
    Topic: _of_topic,
    Audience: _of_audience,
    CompetenceField: _of_competence_field,
    ProgrammeFormat: _of_format,
    AwardCategory: _of_award_category,
    LegalBasis: _of_legal_basis,
    Book: _of_book,
    Contributor: _of_contributor,
    EventEdition: _of_edition,
    AwardEdition: _of_edition,
    PublicationEdition: _of_edition,
    Session: _of_edition_row,
    AwardResult: _of_edition_row,
    EventMaterial: _of_edition_row,
}
