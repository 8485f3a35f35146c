"""The sheets of the site, in the order in which they are imported."""

from typing import Any

from cms.sheets.sheet import Sheet

_sheets: dict[str, Sheet] = {}


def register(*kinds: type[Sheet]) -> None:
    """Make sheets known, in the order in which they are imported: what others name comes first."""
    for kind in kinds:
        _sheets[kind.name] = kind()


def sheets() -> list[Sheet]:
    """Return all sheets, in the order in which they are imported."""
    return list(_sheets.values())


def sheet_called(name: str) -> Sheet:
    """Return the sheet with ``name``. Raises `KeyError`."""
    return _sheets[name]


def sheet_of(model: Any) -> Sheet | None:
    """Return the sheet for rows of ``model``."""
    return next((sheet for sheet in _sheets.values() if sheet.model is model), None)
