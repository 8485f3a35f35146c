"""Finds out what the tables of a file are, and gathers their lines into records: one for each thing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.sheets.cells import Cell, Text, folded
from cms.sheets.columns import Column, languages
from cms.sheets.registry import sheets
from cms.sheets.report import Place, Problem
from cms.sheets.sheet import Rows, Sheet
from cms.sheets.tables import Line, Table
from cms.sheets.writing import heading, title_of


@dataclass
class Part:
    """The cells of a line that belong to a thing, or to one row below it."""

    line: Line
    cells: dict[Column, Cell] = field(default_factory=dict)


@dataclass
class Record:
    """All lines of one thing: its own cells, and those of the rows below it by their relation."""

    sheet: Sheet
    key: str
    own: Part
    given: frozenset[Column]  # the columns of the table
    rows: dict[str, list[Part]] = field(default_factory=dict)

    def place(self, part: Part | None = None, column: Column | None = None) -> Place:
        """Return where a cell of the record is."""
        where = title_of(self.sheet)
        return Place(where, (part or self.own).line.number, heading(column) if column else "")


@dataclass(frozen=True)
class Headed:
    """A table whose headings are known; ``columns`` has the column at each place, None where nothing is written."""

    sheet: Sheet
    table: Table
    columns: list[tuple[Rows | None, Column] | None]


def headed(tables: Iterable[Table]) -> tuple[list[Headed], list[Problem]]:
    """Return the tables that have a sheet of the site behind them, in the order of import, and what is wrong."""
    found: list[Headed] = []
    problems: list[Problem] = []
    for table in tables:
        try:
            if table.hidden:
                raise ValidationError(_("This sheet is hidden. Unhide it in Excel, or delete it."))
            one = _headed(table)
            if any(one.sheet is other.sheet for other in found):
                raise ValidationError(_("There are two sheets of this kind. Put their lines into one."))
            found.append(one)
        except ValidationError as error:
            problems.append(Problem(Place(table.title, table.lines[0].number), " ".join(error.messages)))
    order = sheets()
    return sorted(found, key=lambda one: order.index(one.sheet)), problems


def _headed(table: Table) -> Headed:
    first = table.lines[0]
    words = [folded(str(cell)) if cell is not None else "" for cell in first.cells]
    named = [sheet for sheet in sheets() if sheet.exported and table.title and _is_called(sheet, table.title)]
    sheet = named[0] if named else _by_headings(words)
    known = {folded(text): (rows, column) for rows, column in columns_of(sheet) for text in column.headings()}
    unknown = [str(cell) for cell, word in zip(first.cells, words, strict=True) if word and word not in known]
    if unknown:
        raise ValidationError(
            _(
                "No column is called %(unknown)s. Correct the heading, or delete the column. There are: %(known)s."
            )
            % {
                "unknown": get_text_list([_("“%s”") % one[:60] for one in unknown[:5]], _("or")),
                "known": ", ".join(heading(column) for _rows, column in columns_of(sheet)),
            }
        )
    columns = [known.get(word) for word in words]
    twice = next((one for place, one in enumerate(columns) if one and one in columns[:place]), None)
    if twice:
        raise ValidationError(
            _("The heading “%s” is there twice. Delete one of the columns.") % heading(twice[1])
        )
    return Headed(sheet, table, columns)


def _is_called(sheet: Sheet, title: str) -> bool:
    return folded(title) in {folded(title_of(sheet)), sheet.name, *(_titles(sheet))}


def _titles(sheet: Sheet) -> Iterator[str]:
    for language in languages():
        with override(language):
            yield folded(str(sheet.title))


def _by_headings(words: list[str]) -> Sheet:
    """Return the sheet that has the most of the headings, if that is most of them."""
    given = {word for word in words if word}

    def fitting(sheet: Sheet) -> int:
        return len(
            given & {folded(text) for _rows, column in columns_of(sheet) for text in column.headings()}
        )

    best = max((sheet for sheet in sheets() if sheet.exported), key=fitting)
    if not given or fitting(best) * 2 <= len(given):
        titles = ", ".join(title_of(sheet) for sheet in sheets() if sheet.exported)
        raise ValidationError(
            _(
                "Nobody can tell what is in this sheet. Call it by one of these names and write the headings of the "
                "download into its first row, or delete the sheet: %s."
            )
            % titles
        )
    return best


def columns_of(sheet: Sheet) -> Iterator[tuple[Rows | None, Column]]:
    """Yield all columns, with the rows that they belong to."""
    yield from ((None, column) for column in sheet.columns)
    yield from ((rows, column) for rows in sheet.rows for column in rows.columns)


def records_of(one: Headed) -> tuple[list[Record], list[Problem]]:
    """Return the records of a table and what is wrong with its cells, whatever they mean."""
    records: list[Record] = []
    problems: list[Problem] = []
    by_key: dict[str, Record] = {}
    given = frozenset(column for _rows, column in filter(None, one.columns))
    for line in one.table.lines[1:]:
        problems += _broken(one, line)
        own, below = _parts(one, line)
        key = _key_in(one.sheet, own)
        says = _says(one.sheet, own)
        known = by_key.get(folded(key)) if key else (records[-1] if records and not says else None)
        if known is not None and says and not _says(one.sheet, known.own):
            known.own = own  # somebody sorted the lines, and those below it came first
        if known is None or (says and not _repeats(known.own, own)):
            if known is not None:
                words = _("Row %d has the same key. Delete one of the two, or empty the key of a new one.")
                problems.append(
                    Problem(Place(title_of(one.sheet), line.number), words % known.own.line.number)
                )
                continue
            known = Record(one.sheet, key, own, given, {rows.relation: [] for rows in below})
            records.append(known)
            if key:
                by_key[folded(key)] = known
        for rows, part in below.items():
            if _begun(one, rows, part):
                known.rows[rows.relation].append(part)
    return records, problems


def _parts(one: Headed, line: Line) -> tuple[Part, dict[Rows, Part]]:
    own, below = Part(line), {rows: Part(line) for rows, _c in filter(None, one.columns) if rows is not None}
    for known, cell in zip(one.columns, line.cells, strict=False):
        if known is not None:
            rows, column = known
            (own if rows is None else below[rows]).cells[column] = cell
    return own, below


def _begun(one: Headed, rows: Rows, part: Part) -> bool:
    """Return whether a line says anything of ``rows``, be it in a cell that cannot be read."""
    unread = (one.columns[place] for place in part.line.broken if place < len(one.columns))
    return any(known is not None and known[0] is rows for known in unread) or any(
        not _empty(cell) for cell in part.cells.values()
    )


def _broken(one: Headed, line: Line) -> Iterator[Problem]:
    where = title_of(one.sheet)
    for place, words in line.broken.items():
        known = one.columns[place] if place < len(one.columns) else None
        yield Problem(Place(where, line.number, heading(known[1]) if known else ""), words)
    for place, cell in enumerate(line.cells):
        if not _empty(cell) and (place >= len(one.columns) or one.columns[place] is None):
            words = _("“%s” stands in a column without a heading. Delete it, or write the heading.")
            yield Problem(Place(where, line.number), words % str(cell)[:60])


def _key_in(sheet: Sheet, own: Part) -> str:
    cell: Any = next((cell for column, cell in own.cells.items() if column.field == sheet.key_field), None)
    try:
        return str(Text().read(cell))
    except ValidationError:
        return ""


def _says(sheet: Sheet, own: Part) -> bool:
    """Return whether anything but the key is written of the thing itself."""
    return any(not _empty(cell) for column, cell in own.cells.items() if column.field != sheet.key_field)


def _repeats(first: Part, again: Part) -> bool:
    return all(_empty(cell) or cell == first.cells.get(column) for column, cell in again.cells.items())


def _empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
