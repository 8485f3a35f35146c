"""Orders by a value that other rows have, such as the next start of a programme, which its editions have.

An expression for each row would have to be computed for all rows before the first one is known. The other rows are
read along their index instead, until enough rows of the list are found.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

type Bound = tuple[str, Any, Any]  # ">" or "<", a value and a primary key


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The smallest ``value`` among those ``rows`` whose ``key`` is the column ``of`` of a row in the list.

    ``last`` is the value of rows for which there is none. It is greater than all others.
    """

    rows: models.QuerySet[Any]
    key: str
    value: str
    of: str
    last: Any

    def expression(self) -> Any:
        """Return the value of a row of the list, as an expression."""
        own = self.rows.filter(**{self.key: OuterRef(self.of)}).order_by(self.value)
        return Coalesce(Subquery(own.values(self.value)[:1]), Value(self.last))

    def first(
        self, listed: models.QuerySet[Any], bounds: Iterable[Bound], limit: int, *, descending: bool
    ) -> RawSQL:
        """Return the primary keys of the first rows of ``listed`` within ``bounds``, and of a few more.

        Raises EmptyResultSet where Django sees that there are none.
        """
        values = self.rows.order_by().values(its_key=F(self.key), its_value=F(self.value), its_id=F("pk"))
        rows = listed.order_by().values(its_pk=F("pk"), its_key=F(self.of))
        (found, given), (listing, more) = (part.query.sql_with_params() for part in (values, rows))
        parameters = [*given, *more]
        column = self.rows.model._meta.get_field(self.value)
        within, of_rest = "", ""
        for side, value, pk in bounds:
            within += f' AND ("its_value", "its_pk") {side} (%s, {int(pk)})'
            parameters.append(column.get_db_prep_value(value, connection))
            if value == self.last:
                of_rest += f' AND "its_pk" {side} {int(pk)}'
            elif side == "<":  # rows without a value stand behind all others
                of_rest += " AND 1 = 0"
        way = "DESC" if descending else "ASC"
        sql = f"""
            WITH "found" AS NOT MATERIALIZED ({found}), "listed" AS NOT MATERIALIZED ({listing})
            SELECT * FROM (
                SELECT "its_pk" FROM "found" AS "first" JOIN "listed" USING ("its_key")
                WHERE NOT EXISTS (
                    SELECT 1 FROM "found" WHERE "found"."its_key" = "first"."its_key"
                    AND ("found"."its_value", "found"."its_id") < ("first"."its_value", "first"."its_id")
                ){within}
                ORDER BY "its_value" {way}, "its_pk" {way} LIMIT {int(limit)}
            ) AS "with_value"
            UNION ALL SELECT * FROM (
                SELECT "its_pk" FROM "listed"
                WHERE NOT EXISTS (SELECT 1 FROM "found" WHERE "found"."its_key" = "listed"."its_key"){of_rest}
                ORDER BY "its_pk" {way} LIMIT {int(limit)}
            ) AS "without_value"
        """  # noqa: S608
        return RawSQL(sql, parameters)  # noqa: S611  # SQL that Django wrote, values as parameters
