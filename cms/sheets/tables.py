"""What was read from a file, before anybody knows what it means: tables with headings and lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cms.sheets.cells import Cell

# A plan of some years has some hundred lines.
MOST_LINES = 20_000
MOST_COLUMNS = 200


@dataclass(frozen=True)
class Line:
    """A line: its number as Excel shows it, its cells, and why some of them cannot be read, by their place."""

    number: int
    cells: list[Cell]
    broken: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        return not self.broken and all(cell is None or not str(cell).strip() for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """A sheet of a workbook, or a CSV file, which has no ``title``."""

    title: str
    lines: list[Line]
    hidden: bool = False
