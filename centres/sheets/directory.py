"""Sheets of organisations, people, venues and books."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from centres.models import Book, Organisation, Person, Venue
from centres.models.book import Contributor
from cms.sheets.coded import CodedSheet
from cms.sheets.columns import of_model
from cms.sheets.keys import Keys
from cms.sheets.sheet import Rows, Sheet


class OrganisationSheet(CodedSheet):
    """Organisations."""

    name, model = "organisations", Organisation
    fields = ("acronym", "kind", "city", "url", "isil", "same_as")

    def other_names(self, thing: Any) -> Iterable[str]:
        return {*super().other_names(thing), *filter(None, (thing.acronym,))}


class PersonSheet(Sheet):
    """People, by name."""

    name, model = "people", Person

    def declare(self) -> None:
        names = ("name", "title", "employer", "publication_consent", "email", "email_consent", "same_as")
        self.columns = of_model(Person, *names, employer="organisations")

    def known(self) -> QuerySet[Any]:
        return super().known().order_by("sort_key", "pk")

    def key_of(self, thing: Any, keys: Keys) -> str:
        return str(thing.name)


class VenueSheet(Sheet):
    """Venues, by name and address."""

    name, model = "venues", Venue

    def declare(self) -> None:
        names = ("name", "address", "city", "latitude", "longitude", "step_free", "hearing_loop")
        self.columns = of_model(Venue, *names)

    def known(self) -> QuerySet[Any]:
        return super().known().order_by("address", "pk")

    def key_of(self, thing: Any, keys: Keys) -> str:
        return f"{thing.name.pick((settings.LANGUAGE_CODE,))[0]}, {thing.address}"

    def other_names(self, thing: Any) -> Iterable[str]:
        return {name for name in thing.name.values() if name}


class BookSheet(Sheet):
    """Books, by ISBN, else by their number in COBISS, else by title and year."""

    name, model = "books", Book

    def declare(self) -> None:
        names = (
            "title", "year", "publisher", "language", "isbn", "cobiss_id", "genre", "target_group", "theme",
            "physical_description", "keywords",
        )  # fmt: skip
        self.columns = of_model(Book, *names)
        self.rows = [Rows("contributors", Contributor, of_model(Contributor, "name", "role"))]

    def known(self) -> QuerySet[Any]:
        return super().known().order_by("sort_key", "pk").select_related("latest_revision")

    def loaded(self, rows: QuerySet[Any]) -> Iterable[Any]:
        return rows.prefetch_related("contributors")

    def key_of(self, thing: Any, keys: Keys) -> str:
        if thing.isbn:
            return "ISBN " + "".join(letter for letter in thing.isbn if letter.isalnum()).upper()
        if thing.cobiss_id:
            return f"COBISS {thing.cobiss_id}"
        return f"{thing.title} ({thing.year})" if thing.year else str(thing.title)

    def other_names(self, thing: Any) -> Iterable[str]:
        return {thing.title, str(thing), thing.isbn or thing.title}
