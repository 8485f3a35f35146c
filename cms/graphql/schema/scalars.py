"""Dates, times and exact numbers as they are sent and received."""

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from graphql import GraphQLScalarType, GraphQLSchema, StringValueNode, ValueNode

from cms.graphql.protocol.errors import ErrorCode, UserError


def attach(schema: GraphQLSchema) -> None:
    """Give the scalars of ``schema`` their reading and writing."""
    for name, (write, read) in _SCALARS.items():
        scalar = schema.type_map.get(name)
        if isinstance(scalar, GraphQLScalarType):
            scalar.serialize = write  # type: ignore[method-assign, assignment]
            scalar.parse_value = read  # type: ignore[method-assign]
            scalar.parse_literal = _literal(name, read)  # type: ignore[method-assign]


def _literal(name: str, read: Any) -> Any:
    def parse_literal(node: ValueNode, _variables: Any = None) -> Any:
        if not isinstance(node, StringValueNode):
            raise UserError(ErrorCode.BAD_USER_INPUT, f"{name} is written as a string.", nodes=node)
        try:
            return read(node.value)
        except UserError as error:
            raise UserError(error.code, error.message, nodes=node) from error

    return parse_literal


def _refusal(message: str) -> UserError:
    return UserError(ErrorCode.BAD_USER_INPUT, message)


def _write_date(value: date) -> str:
    return (timezone.localtime(value).date() if isinstance(value, datetime) else value).isoformat()


def _read_date(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _refusal("Date is a string such as 2027-03-01.") from error


def _write_datetime(value: datetime) -> str:
    return timezone.localtime(value).isoformat()


def _read_datetime(value: Any) -> datetime:
    try:
        moment = parse_datetime(value)
    except (TypeError, ValueError):
        moment = None
    if moment is None or timezone.is_naive(moment):
        raise _refusal("DateTime is a string with an offset, such as 2027-03-01T09:00:00+01:00.")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise _refusal("A DateTime must be between the years 1 and 9999, in UTC too.") from error


def _write_decimal(value: Decimal) -> str:
    return format(value, "f")


def _read_decimal(value: Any) -> Decimal:
    try:
        number = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise _refusal('Decimal is a string such as "45.00".')
    return number


_SCALARS = {
    "Date": (_write_date, _read_date),
    "DateTime": (_write_datetime, _read_datetime),
    "Decimal": (_write_decimal, _read_decimal),
}
