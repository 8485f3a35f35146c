"""Executing an operation within its time."""

import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from graphql import (
    ExecutionContext,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLList,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    GraphQLSchema,
    execute_sync,
    is_non_null_type,
    located_error,
)
from graphql.pyutils import Path

from cms.graphql.protocol.compiled import Unplanned
from cms.graphql.protocol.documents import Document
from cms.graphql.protocol.errors import DeadlineExceeded
from cms.graphql.protocol.left_out import is_left_out, possible_type


@dataclass(frozen=True, slots=True)
class Variables:
    """The values of an operation's variables, as they were sent and as their types make them."""

    sent: dict[str, Any]
    coerced: dict[str, Any]


class BoundedExecution(ExecutionContext):
    """Looks at the clock before each object, and gives up when the time is over.

    This costs about a microsecond an object. A statement that the database works on is not interrupted by it:
    that is for PostgreSQL's ``statement_timeout``. An object whose type the schema does not have is left out.
    """

    def ensure_valid_runtime_type(
        self,
        runtime_type_name: Any,
        return_type: Any,
        field_nodes: list[FieldNode],
        info: GraphQLResolveInfo,
        result: Any,
    ) -> GraphQLObjectType:
        """Return the type of an object. Raises `LeftOut` for one that the schema does not have."""
        return possible_type(self.schema, return_type, runtime_type_name, result)

    def complete_list_value(
        self,
        return_type: GraphQLList[Any],
        field_nodes: list[FieldNode],
        info: GraphQLResolveInfo,
        path: Path,
        result: Any,
    ) -> Any:
        """Complete a list without the entries that are left out."""
        if not isinstance(result, Iterable):
            return super().complete_list_value(return_type, field_nodes, info, path, result)
        values = []
        for index, item in enumerate(result):
            place = path.add_key(index, None)
            try:
                values.append(self.complete_value(return_type.of_type, field_nodes, info, place, item))
            except Exception as raw_error:  # noqa: BLE001  # graphql-core makes it the error of the entry
                error = located_error(raw_error, field_nodes, place.as_list())
                if not is_left_out(error):
                    self.handle_field_error(error, return_type.of_type, place)
                    values.append(None)
        return values

    def handle_field_error(self, error: GraphQLError, return_type: GraphQLOutputType, path: Path) -> None:
        """Note an error, but for that of an object which is left out where null may be."""
        if is_non_null_type(return_type) or not is_left_out(error):
            super().handle_field_error(error, return_type, path)

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        fields: dict[str, list[FieldNode]],
    ) -> Any:
        """Execute the fields of an object. Raises `DeadlineExceeded`."""
        if time.monotonic() > self.context_value.deadline:
            raise DeadlineExceeded
        return super().execute_fields(parent_type, source_value, path, fields)


def run(
    schema: GraphQLSchema,
    document: Document,
    operation_name: str | None,
    variables: Variables,
    context: Any,
) -> tuple[ExecutionResult, Any]:
    """Execute one operation of a valid document; return its result and the context that holds what it did.

    Where the plan gives up, graphql-core starts from a fresh context, as if nothing had been executed.
    Raises `DeadlineExceeded` and `RowLimitExceeded`.
    """
    plans = document.operation(operation_name).plans
    if plans is not None:
        with suppress(Unplanned), context.counted():
            _select(context, document)
            return plans.execute(variables.coerced, context), context
        context = context.fresh()
    _select(context, document)
    with context.counted():
        result = execute_sync(
            schema,
            document.node,
            context_value=context,
            variable_values=variables.sent,
            operation_name=operation_name,
            execution_context_class=BoundedExecution,
        )
    return result, context


def _select(context: Any, document: Document) -> None:
    if context.public:
        context.selected = document.fields
