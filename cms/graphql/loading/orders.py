"""Orders of lists: each is total, and rows without a value come last."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from cms.graphql.loading.connections import Order
from cms.graphql.loading.context import Context
from cms.graphql.loading.elsewhere import Elsewhere
from cms.graphql_fields import LONG_AGO, NEVER

NEVER_DAY = date(9999, 1, 1)
_LAST: tuple[tuple[type[Any], type, Any, Any], ...] = (
    # column, Python's type of its values, what comes after all and before all of them
    (models.DateTimeField, datetime, NEVER, LONG_AGO),
    (models.DateField, date, NEVER_DAY, date(1, 1, 2)),
    (models.IntegerField, int, 2**31 - 1, -(2**31)),
)


@dataclass(frozen=True, slots=True)
class Sorting:
    """One order of a list: a column, or an expression that ``compute`` makes for an operation."""

    description: str
    column: str = ""
    kind: Any = str
    descending: bool = False
    last: Any = None
    compute: Callable[[Context], tuple[Any, Any] | Elsewhere] | None = None

    def of(
        self, context: Context, rows: models.QuerySet[Any], name: str, *, filtered: bool = False
    ) -> tuple[models.QuerySet[Any], Order]:
        """Return ``rows`` with what the order needs, and the order under its ``name`` in the schema.

        Of ``filtered`` rows there are mostly few: computing the order of each takes less than looking for them among
        all other rows.
        """
        if self.compute is not None:
            found = self.compute(context)
            elsewhere = found if isinstance(found, Elsewhere) and not filtered else None
            expression, kind = (
                (found.expression(), type(found.last)) if isinstance(found, Elsewhere) else found
            )
            return rows.annotate(computed_order=expression), Order(
                name, "computed_order", kind, name.endswith("_DESC"), elsewhere
            )
        if self.last is None:
            return rows, Order(name, self.column, self.kind, self.descending)
        ordered = f"{self.column}_order"
        expression = Coalesce(F(self.column), Value(self.last))
        return rows.annotate(**{ordered: expression}), Order(name, ordered, self.kind, self.descending)


def on_order(model: type[models.Model], path: str, descending: bool, description: str = "") -> Sorting:
    """Return the order by a column of ``model``."""
    column: Any = model._meta.get_field(path)
    kind, after, before = next(
        (entry[1:] for entry in _LAST if isinstance(column, entry[0])), (str, "\U0010ffff", "")
    )
    words = str(column.verbose_name)
    said = description or f"By {words}, {'the greatest' if descending else 'the smallest'} first."
    return Sorting(said, path, kind, descending, (before if descending else after) if column.null else None)
