"""The sheet of award editions: one line for each result, with its books."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Prefetch, QuerySet

from centres.models import AwardEdition
from centres.models.award import AwardResult
from centres.sheets.editions import EditionSheet
from cms.sheets.columns import Column, name_of, of_model
from cms.sheets.keys import Keys
from cms.sheets.sheet import Rows


class AwardSheet(EditionSheet):
    """Awards and signs of quality, by programme and year."""

    name, model = "awards", AwardEdition

    def declare(self) -> None:
        names = (
            "programme", "year", "label", "production_year", "announced_on", "announced_on_precision",
            "ceremony_on", "ceremony_on_precision", "ceremony_place", "co_awarders", "jury", "count_published",
            "count_evaluated", "count_signed", "count_publishers",
        )  # fmt: skip
        columns = of_model(AwardEdition, *names, programme="programmes", co_awarders="organisations")
        self.columns = [_with_its_date(column) for column in columns]
        results = of_model(
            AwardResult,
            "category",
            "outcome",
            "books",
            "citation",
            category="award-categories",
            books="books",
        )
        self.rows = [Rows("results", AwardResult, results)]

    def known(self) -> QuerySet[Any]:
        return super().known().order_by("year", "pk")

    def loaded(self, rows: QuerySet[Any]) -> Iterable[Any]:
        results = AwardResult.objects.prefetch_related("books")
        return rows.select_related("latest_revision").prefetch_related(
            Prefetch("results", results), "co_awarders"
        )

    def key_of(self, thing: Any, keys: Keys) -> str:
        return f"{super().key_of(thing, keys)} {thing.year}"


def _with_its_date(column: Column) -> Column:
    """Return ``column`` with the name of the date before its own, where it says how much of a date is known."""
    date, suffix, _rest = column.field.partition("_precision")
    return replace(column, group=name_of(AwardEdition, date)) if suffix else column
