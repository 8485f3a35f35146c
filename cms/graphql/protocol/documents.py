"""Documents that are parsed, validated and priced, kept under the hash of their source.

The hash is SHA-256 of the UTF-8 text, in lower-case hexadecimal digits, as persisted documents use it too.
"""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    OverlappingFieldsCanBeMergedRule,
    ValidationContext,
    Visitor,
    parse,
    specified_rules,
    validate,
    visit,
)
from graphql.validation import ASTValidationRule
from graphql.validation.validate import ValidationAbortedError

from cms.graphql.protocol import introspection
from cms.graphql.protocol.compiled import Plans
from cms.graphql.protocol.cost import Pricing, Rows
from cms.graphql.protocol.errors import ErrorCode, Refusal
from cms.graphql.protocol.limits import Limits, check_tokens, of_registered
from cms.graphql.protocol.places import with_arguments
from cms.graphql.protocol.shape import check_shape

# A parsed document takes about forty times the memory of its source.
_SOURCE_OVERHEAD = 200


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation, its price and the functions that it is compiled into, if it is."""

    node: OperationDefinitionNode
    is_query: bool
    rows: Rows
    introspection: Rows
    pricing: Pricing
    plans: Plans | None


@dataclass(frozen=True, slots=True)
class Document:
    """A valid document; ``registered`` where a frontend's build did so, and a request named it by its hash."""

    sha256: str
    node: DocumentNode
    operations: dict[str | None, Operation]
    fields: frozenset[str]
    size: int
    registered: bool

    def operation(self, name: str | None) -> Operation:
        """Return the operation to execute (GraphQL, GetOperation). Raises `Refusal` OPERATION_NOT_FOUND."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if name is None or name not in self.operations:
            message = (
                "Set operationName to the name of one of the document's operations."
                if name is None
                else f"The document has no operation named '{name}'."
            )
            raise Refusal(ErrorCode.OPERATION_NOT_FOUND, message)
        return self.operations[name]


def hash_of(source: str) -> str:
    """Return the hash under which a document is known."""
    return hashlib.sha256(source.encode()).hexdigest()


class Documents:
    """The documents of one schema; the ones that were used last stay, up to ``kept_bytes`` of source."""

    def __init__(
        self, schema: GraphQLSchema, limits: Limits, kept_bytes: int, *, compiled: bool = True
    ) -> None:
        self.schema = schema
        self._compiled = compiled
        self.limits = limits
        self._sizes = {False: limits, True: of_registered(limits)}
        self._rules = {registered: _rules(sizes.comparisons) for registered, sizes in self._sizes.items()}
        self._introspection_prices = introspection.weights(schema)
        self.introspection_budget = introspection.budget(schema, self._introspection_prices)
        self._kept: OrderedDict[tuple[str, bool], Document] = OrderedDict()
        self._kept_bytes = kept_bytes
        self._bytes = 0
        self._lock = Lock()

    def get(self, sha256: str, *, registered: bool = False) -> Document | None:
        """Return a known document. One that was prepared as ``registered`` is known only as such: it may be large."""
        with self._lock:
            document = self._kept.get((sha256, registered))
            if document is not None:
                self._kept.move_to_end((sha256, registered))
            return document

    def prepare(
        self, source: str, sha256: str, *, hide_suggestions: bool = False, registered: bool = False
    ) -> Document:
        """Return the document with this source, prepared if it is not known. Raises `Refusal`.

        ``hide_suggestions`` keeps names of the schema out of the messages that the caller did not write. A
        ``registered`` document may have any size.
        """
        document = self.get(sha256, registered=registered)
        if document is None:
            document = self._prepare(source, sha256, hide_suggestions, registered)
            self._keep(document, registered)
        return document

    def checked(self, source: str, sha256: str) -> Document:
        """Return a document as it would be registered, without keeping it. Raises `Refusal`."""
        return self._prepare(source, sha256, hide_suggestions=False, registered=True)

    def _prepare(self, source: str, sha256: str, hide_suggestions: bool, registered: bool) -> Document:
        sizes = self._sizes[registered]
        check_tokens(source, sizes.tokens)
        try:
            node = parse(source, max_lexical_tokens=sizes.tokens, max_comments=sizes.tokens)
        except GraphQLError as error:
            raise Refusal(ErrorCode.GRAPHQL_PARSE_FAILED, [error.with_traceback(None)]) from None
        check_shape(node, sizes)
        errors = validate(
            self.schema,
            node,
            self._rules[registered],
            max_errors=self.limits.errors,
            hide_suggestions=hide_suggestions,
        )
        if errors:
            raise _invalid(with_arguments(errors, node))
        return Document(
            sha256,
            node,
            self._operations(node),
            field_names(node),
            len(source) + _SOURCE_OVERHEAD,
            registered,
        )

    def _operations(self, document: DocumentNode) -> dict[str | None, Operation]:
        rows = Pricing(self.schema, document)
        fields = Pricing(self.schema, document, self._introspection_prices)
        return {
            node.name.value if node.name else None: Operation(
                node,
                node.operation is OperationType.QUERY,
                rows.rows(node),
                fields.introspection(node),
                rows,
                Plans(self.schema, document, node) if self._compiled else None,
            )
            for node in document.definitions
            if isinstance(node, OperationDefinitionNode)
        }

    def _keep(self, document: Document, registered: bool) -> None:
        with self._lock:
            if (document.sha256, registered) in self._kept:  # another thread was faster
                return
            self._kept[document.sha256, registered] = document
            self._bytes += document.size
            while self._bytes > self._kept_bytes:
                _, dropped = self._kept.popitem(last=False)
                self._bytes -= dropped.size


def field_names(document: DocumentNode) -> frozenset[str]:
    """Return the names of all fields that a document asks for anywhere."""
    names: set[str] = set()

    class Names(Visitor):
        def enter_field(self, node: FieldNode, *_: Any) -> None:
            names.add(node.name.value)

    visit(document, Names())
    return frozenset(names)


def _invalid(errors: list[GraphQLError]) -> Refusal:
    last = errors[-1]
    if isinstance(last, ValidationAbortedError) and len(errors) == 1:
        message = "Too many fields have the same name in the same place. Select each once."
        return Refusal(ErrorCode.OVERLAP_LIMIT, message)
    shown = [error for error in errors if not isinstance(error, ValidationAbortedError)]
    return Refusal(ErrorCode.GRAPHQL_VALIDATION_FAILED, shown)


def _rules(comparisons: int) -> list[type[ASTValidationRule]]:
    """Return all rules of the specification, the one that compares fields with each other on a budget.

    graphql-core gives it one that a hostile document takes 0.7 s to use up.
    """

    class BoundedOverlapRule(OverlappingFieldsCanBeMergedRule):
        def __init__(self, context: ValidationContext) -> None:
            super().__init__(context)
            self.rule_context.remaining_complexity_budget = comparisons

    return [
        BoundedOverlapRule if rule is OverlappingFieldsCanBeMergedRule else rule for rule in specified_rules
    ]
