"""Executing an operation within its time."""

import logging
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
    GraphQLLeafType,
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
from cms.graphql.protocol.left_out import LeftOut, is_left_out, leave_out, place_of, possible_type

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Variables:
    """The values of an operation's variables, as they were sent and as their types make them."""

    sent: dict[str, Any]
    coerced: dict[str, Any]


class BoundedExecution(ExecutionContext):
    """Looks at the clock before each object, and gives up when the time is over.

    This costs about a microsecond an object. A statement that the database works on is not interrupted by it:
    that is for PostgreSQL's ``statement_timeout``. What cannot be shown is left out.
    """

    _source: Any = None  # the object whose field is being executed

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
                if is_left_out(error) or (is_non_null_type(return_type.of_type) and leave_out(error, item)):
                    continue
                self.handle_field_error(error, return_type.of_type, place)
                values.append(None)
        return values

    def execute_field(
        self, parent_type: GraphQLObjectType, source: Any, field_nodes: list[FieldNode], path: Path
    ) -> Any:
        """Execute a field of ``source``, which is remembered for the log."""
        self._source = source
        return super().execute_field(parent_type, source, field_nodes, path)

    def complete_leaf_value(self, return_type: GraphQLLeafType, result: Any) -> Any:  # type: ignore[override]
        """Serialize a value. Raises `LeftOut` for one that its type cannot have."""
        try:
            return super().complete_leaf_value(return_type, result)
        except Exception as error:
            logger.exception("%s holds what is no %s: %r", place_of(self._source), return_type.name, result)
            raise LeftOut from error

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
