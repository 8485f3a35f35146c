"""Executing an operation within its time."""

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from graphql import (
    ExecutionContext,
    ExecutionResult,
    FieldNode,
    GraphQLObjectType,
    GraphQLSchema,
    execute_sync,
)
from graphql.pyutils import Path

from cms.graphql.protocol.compiled import Unplanned
from cms.graphql.protocol.documents import Document
from cms.graphql.protocol.errors import DeadlineExceeded


@dataclass(frozen=True, slots=True)
class Variables:
    """The values of an operation's variables, as they were sent and as their types make them."""

    sent: dict[str, Any]
    coerced: dict[str, Any]


class BoundedExecution(ExecutionContext):
    """Looks at the clock before each object, and gives up when the time is over.

    This costs about a microsecond an object. A statement that the database works on is not interrupted by it:
    that is for PostgreSQL's ``statement_timeout``.
    """

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
    Raises `DeadlineExceeded`.
    """
    plans = document.operation(operation_name).plans
    if plans is not None:
        with suppress(Unplanned):
            _select(context, document)
            return plans.execute(variables.coerced, context), context
        context = context.fresh()
    _select(context, document)
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
