"""Forms of rows that stand in a draft alone.

Such a row has its key already (`cms.models.row_keys`), and its table does not know it yet. Django looks keys up in the
table, so it would refuse each further save of the draft.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from modelcluster.forms import BaseChildFormSet


class RowKeyField(forms.ModelChoiceField):
    """The key of a row, hidden in its form: one of the rows of the draft, or of their table."""

    draft_rows: dict[str, Any] = {}

    def to_python(self, value: Any) -> Any:
        return self.draft_rows.get(str(value)) or super().to_python(value)


def connect() -> None:
    """Have the forms of the admin take the keys of rows that only their draft has."""
    form: Any = BaseChildFormSet
    form.add_fields = _knowing_the_draft(form.add_fields)


def _knowing_the_draft(plain: Callable[..., None]) -> Callable[..., None]:
    def add_fields(rows: Any, form: Any, index: int | None) -> None:
        plain(rows, form, index)
        name = rows.model._meta.pk.name
        key = form.fields[name]
        if isinstance(key, forms.ModelChoiceField):
            known = RowKeyField(key.queryset, initial=key.initial, required=False, widget=key.widget)
            known.draft_rows = {str(row.pk): row for row in rows.get_queryset() if row.pk is not None}
            form.fields[name] = known

    return add_fields
