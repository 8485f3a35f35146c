"""Blocks of a body that show series: tables, figures, events in time."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from grapple.helpers import register_streamfield_block
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockValidationError,
)

from cms.fields import DatePrecision

PREVIEW = "cms/block_preview.html"
SERIES = _("Lists and tables")


class Table(TypedTable):
    """A table that equals another one with the same words.

    Wagtail's equals itself only, so that a page with a table would count as changed each time its form is sent, and
    whoever approved it would have made a new draft to approve.
    """

    @classmethod
    def of(cls, table: TypedTable) -> "Table":
        return cls(table.columns, table.row_data, table.caption)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TypedTable) and self._words() == Table._words(other)

    def __hash__(self) -> int:
        return hash(self.caption)

    def _words(self: TypedTable) -> tuple[Any, ...]:
        columns = [(column["block"].name, column["heading"]) for column in self.columns]
        return columns, [list(row["values"]) for row in self.row_data], self.caption


class CellBlock(blocks.CharBlock):
    """A cell, with a name for those who hear the admin: Wagtail's tables show no label beside their cells."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field.widget.attrs["aria-label"] = _("Table cell")


class TableBlock(TypedTableBlock):
    """A table of words and figures whose first row names the columns."""

    graphql_type: ClassVar[str] = "TableBlock"

    text = CellBlock(label=_("Column"), required=False)

    class Meta:
        icon = "table"
        group = SERIES
        label = _("Table")
        description = _("Figures or facts in rows and columns. For layout use other blocks.")

    def normalize(self, value: Any) -> Any:
        return Table.of(super().normalize(value))

    def to_python(self, value: Any) -> Any:
        return Table.of(super().to_python(value))

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        return Table.of(super().value_from_datadict(data, files, prefix))

    def clean(self, value: Any) -> Any:
        result = Table.of(super().clean(value))
        if not self.is_deferred_validation and (problems := table_problems(result)):
            raise TypedTableBlockValidationError(non_block_errors=problems)
        return result


def table_problems(table: TypedTable) -> list[Any]:
    """Return what keeps the table from being understood without seeing it (WCAG 2.2, 1.3.1)."""
    problems = []
    if not (table.caption or "").strip():
        problems.append(_("Give the table a caption that says what it is about."))
    if not table.columns or not table.row_data:
        problems.append(_("Add at least one column and one row, or remove the table."))
    if any(not (column["heading"] or "").strip() for column in table.columns):
        problems.append(_("Name every column in the first row."))
    return problems


class StatisticBlock(blocks.StructBlock):
    """One figure."""

    graphql_type: ClassVar[str] = "Statistic"

    value = blocks.CharBlock(
        label=_("Figure"), max_length=20, help_text=_("As it should be read, such as 1.250 or 58 %.")
    )
    label = blocks.CharBlock(label=_("What it counts"), max_length=120)

    class Meta:
        icon = "order"
        label = _("Figure")
        label_format = "{value} {label}"


@register_streamfield_block
class StatisticsBlock(blocks.StructBlock):
    """A few figures side by side."""

    items = blocks.ListBlock(StatisticBlock(), min_num=1, max_num=8, label=_("Figures"))

    class Meta:
        icon = "order"
        group = SERIES
        label = _("Figures")
        preview_template = PREVIEW
        preview_value = {
            "items": [{"value": "58", "label": _("libraries")}, {"value": "267", "label": _("branches")}]
        }


class PartialDateBlock(blocks.StructBlock):
    """A date of which perhaps only month or year is known; kept as the first day of these."""

    graphql_type: ClassVar[str] = "PartialDate"

    date = blocks.DateBlock(label=_("Date"), help_text=_("Where only month or year is known: any day in it."))
    precision = blocks.ChoiceBlock(
        choices=DatePrecision.choices, default=DatePrecision.DAY, label=_("Known to the")
    )

    class Meta:
        icon = "date"
        label = _("Date")

    def clean(self, value: Any) -> Any:
        result = super().clean(value)
        if result["date"] and result["precision"] != DatePrecision.DAY:
            january = {"month": 1} if result["precision"] == DatePrecision.YEAR else {}
            result["date"] = result["date"].replace(day=1, **january)
        return result


class MilestoneBlock(blocks.StructBlock):
    """What happened when."""

    graphql_type: ClassVar[str] = "Milestone"

    date = PartialDateBlock()
    text = blocks.TextBlock(label=_("What happened"), max_length=500)

    class Meta:
        icon = "date"
        label = _("Event")
        label_format = "{text}"


@register_streamfield_block
class TimelineBlock(blocks.StructBlock):
    """What happened in the course of time."""

    items = blocks.ListBlock(
        MilestoneBlock(), min_num=1, label=_("Events"), help_text=_("The earliest first.")
    )

    class Meta:
        icon = "history"
        group = SERIES
        label = _("Timeline")
