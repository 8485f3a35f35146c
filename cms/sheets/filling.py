"""Puts the cells of a record into a thing, and says what changes and what cannot be."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cms.publishing.registry import entry_of
from cms.sheets.cells import Cell, Reference, References, folded, shown
from cms.sheets.columns import Column
from cms.sheets.keys import Keys
from cms.sheets.records import Part, Record
from cms.sheets.registry import sheet_called
from cms.sheets.report import Change, Problem
from cms.sheets.sheet import KEY, Rows
from cms.sheets.writing import heading, title_of


class Filling:
    """What the cells of one record make of a thing."""

    def __init__(self, record: Record, thing: Any, keys: Keys, failed: dict[tuple[str, str], int]) -> None:
        self.record = record
        self.thing = thing
        self.keys = keys
        self.failed = failed  # rows of the file that have problems, by sheet and key
        self.problems: list[Problem] = []
        self.changes: list[Change] = []

    def fill(self) -> None:
        """Put the cells into the thing where they differ from what is there."""
        for column, cell in self.record.own.cells.items():
            if column.field != KEY:
                self._put(column, cell)
        for rows in self.record.sheet.rows:
            if rows.relation in self.record.rows:
                self._put_rows(rows, self.record.rows[rows.relation])

    def check(self) -> None:
        """Validate the thing and its rows; what is wrong is among the problems."""
        try:
            self.thing.full_clean()
        except ValidationError as error:
            self.blame(error)

    def blame(
        self, error: ValidationError, part: Part | None = None, columns: list[Column] | None = None
    ) -> None:
        """Note an error of the model, at the cell of the field that it is about."""
        wrong = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, words in wrong.items():
            column = next((one for one in columns or self.record.sheet.columns if one.field == name), None)
            said = " ".join(words)
            if column is None and name not in (NON_FIELD_ERRORS, ""):
                said = f"{self._label(name)}: {said}"
            self._tell(said, part, column)

    def _label(self, name: str) -> str:
        meta = self.record.sheet.model._meta
        found = next((field for field in meta.get_fields() if field.name == name), None)
        return str(capfirst(str(getattr(found, "verbose_name", name))))

    def _tell(self, words: str, part: Part | None = None, column: Column | None = None) -> None:
        self.problems.append(Problem(self.record.place(part, column), words))

    # ------------------------------------------------------------ cells
    def _put(self, column: Column, cell: Cell) -> None:
        before = self._read(column, column.cell(self.thing, self.keys))
        try:
            after = self._read(column, cell)
            if self._same(column, before, after):
                return
            self._set(self.thing, column, after)
        except ValidationError as error:
            self._tell(" ".join(error.messages), None, column)
            return
        self.changes.append(Change(heading(column), shown(before), shown(after)))

    def _read(self, column: Column, cell: Cell) -> Any:
        value = column.kind.read(cell)
        return column.default if value == column.kind.empty and column.default is not None else value

    def _same(self, column: Column, before: Any, after: Any) -> bool:
        if isinstance(column.kind, Reference):
            return folded(before) == folded(self._known_as(column.kind.sheet, after))
        if isinstance(column.kind, References):
            names = [
                [folded(self._known_as(column.kind.sheet, name)) for name in some] for some in (before, after)
            ]
            return names[0] == names[1] if column.kind.ordered else sorted(names[0]) == sorted(names[1])
        return bool(before == after and type(before) is type(after))

    def _known_as(self, sheet: str, name: str) -> str:
        """Return the key of what ``name`` means, the name itself if it means nothing."""
        if not name:
            return ""
        pk = self.keys.index(sheet).find(name)
        return name if pk is None else self.keys.of(sheet, pk)

    def _set(self, thing: Any, column: Column, value: Any) -> None:
        resolved = self._resolved(column, value)
        column.put(thing, resolved)
        if column.attach is not None and isinstance(column.kind, Reference):
            other = self.keys.index(column.kind.sheet).things.get(resolved)
            if other is not None:
                column.attach(thing, other)

    def _resolved(self, column: Column, value: Any) -> Any:
        if isinstance(column.kind, Reference):
            return self._named(column.kind.sheet, value) if value else None
        if isinstance(column.kind, References):
            return [self._named(column.kind.sheet, name) for name in value]
        return value

    def _named(self, sheet: str, name: str) -> Any:
        index = self.keys.index(sheet)
        pk = index.find(name)
        if pk is not None:
            return pk
        title = title_of(sheet_called(sheet))
        if row := self.failed.get((sheet, folded(name))):
            words = _(
                "“%(name)s” has an error itself (sheet “%(sheet)s”, row %(row)d). Correct that one first."
            )
            raise ValidationError(words % {"name": name, "sheet": title, "row": row})
        meant = "; ".join(index.similar(name))
        words = _("“%(name)s” is not among “%(sheet)s”. Correct it or add it there first.")
        if meant:
            words += " " + _("Similar: %(meant)s")
        raise ValidationError(words % {"name": name[:100], "sheet": title, "meant": meant})

    # ------------------------------------------------------------ rows
    def _put_rows(self, rows: Rows, parts: list[Part]) -> None:
        columns = [column for column in rows.columns if column in self.record.given]
        if not columns:
            return
        # A row of a draft in which nothing is written yet has no line.
        pairs = [
            (row, [column.cell(row, self.keys) for column in rows.columns]) for row in rows.of(self.thing)
        ]
        old = [row for row, cells in pairs if any(cell not in (None, "") for cell in cells)]
        before = [[self._read(column, column.cell(row, self.keys)) for column in columns] for row in old]
        after = [self._values(columns, part) for part in parts]
        if any(values is None for values in after):
            return  # told already
        wanted = [values for values in after if values is not None]
        if len(before) == len(wanted) and all(
            self._same(column, *pair)
            for ours, theirs in zip(before, wanted, strict=True)
            for column, *pair in zip(columns, ours, theirs, strict=True)
        ):
            return
        new = [
            self._row(rows, columns, row, values, part)
            for row, values, part in zip(_matched(old, before, wanted), wanted, parts, strict=True)
        ]
        for place, row in enumerate(new):
            if hasattr(row, "sort_order"):
                row.sort_order = place
        getattr(self.thing, rows.relation).set(new)
        title = str(capfirst(str(rows.model._meta.verbose_name_plural)))
        self.changes.append(Change(title, _lines(before), _lines(wanted)))

    def _values(self, columns: list[Column], part: Part) -> list[Any] | None:
        values, wrong = [], False
        for column in columns:
            try:
                values.append(self._read(column, part.cells.get(column)))
            except ValidationError as error:
                self._tell(" ".join(error.messages), part, column)
                wrong = True
        return None if wrong else values

    def _row(self, rows: Rows, columns: list[Column], row: Any, values: list[Any], part: Part) -> Any:
        row = row if row is not None else rows.model()
        for column, value in zip(columns, values, strict=True):
            try:
                self._set(row, column, value)
            except ValidationError as error:
                self._tell(" ".join(error.messages), part, column)
        parent = entry_of(rows.model).parent.name
        try:
            row.full_clean(exclude=[parent])
        except ValidationError as error:
            self.blame(error, part, columns)
        return row


def _matched(old: list[Any], before: list[list[Any]], wanted: list[list[Any]]) -> Iterator[Any]:
    """Yield for each of ``wanted`` the row that it changes: one with the same values, else the next that is left."""
    left = list(zip(old, before, strict=True))
    same: dict[int, Any] = {}
    for place, values in enumerate(wanted):
        found = next((pair for pair in left if pair[1] == values), None)
        if found is not None:
            left.remove(found)
            same[place] = found[0]
    for place in range(len(wanted)):
        if place in same:
            yield same[place]
        else:
            yield left.pop(0)[0] if left else None


def _lines(rows: list[list[Any]]) -> str:
    return " | ".join(", ".join(filter(None, map(shown, values))) for values in rows)
