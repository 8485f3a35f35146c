"""Rows of a draft that are not whole yet: they stay in the draft, and their table has them once they are whole.

A draft that was never published stands in the tables too. A row without a date or without what it is about does not
fit there, so it is set aside while the rest is saved. Publishing asks for it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from modelcluster.fields import ParentalKey

from cms.models.row_keys import held_rows

# The code of errors about rows, of which `row_errors` says more.
IN_A_ROW = "in_a_row"


def is_whole(row: Any) -> bool:
    """Return whether the table of ``row`` can hold it."""
    return not any(getattr(row, column.attname) is None for column in _needed(type(row))) and not _broken(row)


@contextmanager
def unfinished_set_aside(holder: Any) -> Iterator[None]:
    """Have only those rows of ``holder`` saved that are whole; it holds all of them again afterwards.

    A row that was whole when it was last saved stays in its table as it was then. What is public is left alone: it was
    validated.
    """
    held = {} if getattr(holder, "live", False) else dict(held_rows(holder))
    parted = {rel: rows for rel, rows in held.items() if not all(is_whole(row) for row in rows)}
    for rel, rows in parted.items():
        getattr(holder, rel.get_accessor_name()).set(as_far_as_whole(rows))
    try:
        yield
    finally:
        for rel, rows in parted.items():
            getattr(holder, rel.get_accessor_name()).set(rows)


def as_far_as_whole(rows: Iterable[Any]) -> list[Any]:
    """Return ``rows`` without those that are not whole; one that is in its table stands there as it is in the table."""
    found = []
    for row in rows:
        if is_whole(row):
            found.append(row)
        elif row.pk is not None:
            found.extend(type(row)._default_manager.filter(pk=row.pk))
    return found


def leave_unfinished_out(holder: Any) -> Any:
    """Take the rows that are not whole out of ``holder``, in memory, and return it."""
    for relation, rows in held_rows(holder):
        whole = [row for row in rows if is_whole(row)]
        if len(whole) < len(rows):
            getattr(holder, relation.get_accessor_name()).set(whole)
    return holder


def row_errors(holder: Any) -> Iterator[tuple[str, int, Any, ValidationError]]:
    """Yield what is wrong with each row that ``holder`` has in memory: relation, place from 1, row, error."""
    for relation, rows in held_rows(holder):
        for number, row in enumerate(rows, start=1):
            try:
                _check(row)
            except ValidationError as error:
                yield relation.get_accessor_name(), number, row, error


def check_rows_are_whole(holder: Any) -> None:
    """Raise a `ValidationError` that names each row which ``holder`` has in memory and which breaks a rule."""
    lines = [
        ValidationError(f"{_name(row)} {number}: {' '.join(_words(row, error))}", code=IN_A_ROW)
        for _relation, number, row, error in row_errors(holder)
    ]
    if lines:
        raise ValidationError(lines)


def _needed(model: type[models.Model]) -> list[Any]:
    return [
        column
        for column in model._meta.concrete_fields
        if not (column.null or column.primary_key or isinstance(column, ParentalKey))
    ]


def _broken(row: Any) -> bool:
    try:
        _check_constraints(row)
    except ValidationError:
        return True
    return False


def _check_constraints(row: Any) -> None:
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.CheckConstraint):
            constraint.validate(type(row), row)


def _check(row: Any) -> None:
    # Chosen rows are there, as the database holds; asking for each would take a statement.
    chosen = {
        column.name
        for column in row._meta.concrete_fields
        if isinstance(column, ParentalKey)
        or (isinstance(column, models.ForeignKey) and getattr(row, column.attname) is not None)
    }
    row.clean_fields(exclude=chosen)
    row.clean()
    _check_constraints(row)


def _name(row: Any) -> str:
    return str(capfirst(row._meta.verbose_name))


def _words(row: Any, error: ValidationError) -> Iterator[str]:
    if not hasattr(error, "error_dict"):
        yield from error.messages
        return
    for name, words in error.message_dict.items():
        column = next((one for one in row._meta.fields if one.name == name), None)
        yield f"{capfirst(column.verbose_name)}: {' '.join(words)}" if column else " ".join(words)
