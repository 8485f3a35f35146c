"""From an HTTP request to an HTTP response: the order in which a GraphQL request is read, checked and executed.

Nothing here knows Django: a server that has a `WireRequest` and a context can answer without it.
"""

import json
import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from graphql import ExecutionResult, GraphQLSchema
from graphql.execution.values import get_variable_values

from cms.graphql.protocol import execution, http, persisted
from cms.graphql.protocol.caching import Freshness, matches
from cms.graphql.protocol.cost import evaluate
from cms.graphql.protocol.documents import Document, Documents, Operation
from cms.graphql.protocol.errors import (
    DeadlineExceeded,
    ErrorCode,
    Refusal,
    RowLimitExceeded,
    UserError,
    internal_error,
    render_field_errors,
    render_request_errors,
    timed_out,
)
from cms.graphql.protocol.expensive import Expensive, most_expensive
from cms.graphql.protocol.limits import Limits, check_variables
from cms.graphql.protocol.persisted import AutomaticQueries, TrustedDocuments
from cms.graphql.protocol.responses import Answer, Executed, ResponseCache

logger = logging.getLogger(__name__)

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
PARTIAL_SUCCESS = 294  # GraphQL over HTTP, "Partial success"
NOT_MODIFIED = 304
# The operation of this context's last response, for logs and figures.
executed: ContextVar[Executed | None] = ContextVar("executed", default=None)
_SEVERAL = Executed("", "(several)", registered=True)
_LONGEST_NAME = 60


class RequestContext(Protocol):
    """What the endpoint asks of the context of an execution.

    ``privileged`` is a caller who showed a token; ``public`` an answer that everybody gets, asked before and
    after the execution; ``session`` a request whose response may carry a cookie, whatever it says; ``boundary`` the
    time at which the clock makes the response stale; ``tags`` name its contents; ``deprecations`` say of arguments what
    will not be accepted for long.
    """

    request_id: str
    version: int
    now: datetime
    deadline: float
    boundary: datetime | None
    tags: set[str]
    deprecations: dict[str, str]
    session: bool

    def fresh(self) -> "RequestContext":
        """Return a context for the same request in which nothing was executed yet."""

    def allow_rows(self, allowed: int) -> None:
        """Say how many rows an execution may read."""

    def counted(self) -> AbstractContextManager[None]:
        """Count the rows that are read meanwhile; more than allowed raise `RowLimitExceeded`."""

    @property
    def rows_read(self) -> int: ...

    def settle(self) -> None:
        """Do what waited for the answer."""

    @property
    def public(self) -> bool: ...

    @property
    def privileged(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Policy:
    """What anonymous callers may do."""

    introspection: bool
    trusted_only: bool


@dataclass(slots=True)
class Endpoint:
    """One GraphQL endpoint. ``automatic`` is None where automatic persisted queries are off."""

    schema: GraphQLSchema
    limits: Limits
    policy: Policy
    documents: Documents
    trusted: TrustedDocuments
    automatic: AutomaticQueries | None
    responses: ResponseCache
    freshness: Freshness

    def reply(
        self, request: http.WireRequest, open_context: Callable[[], RequestContext], request_id: str
    ) -> http.Reply:
        """Return the response to a request. Every failure becomes a response too."""
        media_type = http.JSON
        try:
            http.check_method(request.method)
            media_type = http.negotiate(request.headers.get("accept"))
            sent = http.parameters(request, self.limits)
            context = open_context()
            if isinstance(sent, list):
                return self._batch(sent, context)
            return self._single(request, sent, context, media_type)
        except (Exception, DeadlineExceeded) as error:  # noqa: BLE001 - the last line before the caller
            refusal = _refusal(error, request_id)
        status = refusal.code.status if media_type == http.GRAPHQL else refusal.code.json_status
        headers = {**self.freshness.private(), **refusal.headers}
        return _reply(status, _refused(refusal, request_id), media_type, headers)

    def _single(
        self, request: http.WireRequest, parameters: http.Parameters, context: RequestContext, media_type: str
    ) -> http.Reply:
        answer, context = self._answer(parameters, context, read_only=request.method != "POST")
        if isinstance(answer, bytes):
            status = PARTIAL_SUCCESS if media_type == http.GRAPHQL else 200
            return _reply(status, answer, media_type, self.freshness.private())
        if context.session or not _shared(context):
            return _reply(200, answer.body, media_type, self.freshness.private())
        headers = self.freshness.public(answer, context.now, media_type)
        # A condition on a POST would mean something else (RFC 9110, 13.1.2): it is not looked at.
        unchanged = request.method != "POST" and matches(
            request.headers.get("if-none-match"), headers["ETag"]
        )
        reply = _reply(NOT_MODIFIED if unchanged else 200, answer.body, media_type, headers)
        if parameters.query is not None and parameters.extensions:
            return reply  # the document may have to be registered again the next time
        return replace(reply, holds=http.Holding(context.version, self._headers_hold(answer, context.now)))

    def _headers_hold(self, answer: Answer, now: datetime) -> datetime:
        """Return until when the response and all its headers stay the same."""
        end = now + self.responses.longest
        if answer.until is None:
            return end
        return min(end, answer.until - timedelta(seconds=sum(self.freshness.seconds(answer.until, now))))

    def _batch(self, entries: list[Any], context: RequestContext) -> http.Reply:
        """Answer several operations; together they may cost as much as one."""
        if not 0 < len(entries) <= self.limits.batch:
            several = f"Send 1 to {self.limits.batch} operations in one request."
            raise Refusal(
                ErrorCode.BATCH_LIMIT, several if self.limits.batch else "Send one operation, not a list."
            )
        bodies = []
        for entry in entries:
            try:
                parameters = http.from_entries(entry)
                answer, _ = self._answer(parameters, context.fresh(), read_only=False, share=len(entries))
                bodies.append(answer if isinstance(answer, bytes) else answer.body)
            except (Refusal, UserError) as error:
                bodies.append(_refused(_refusal(error, context.request_id), context.request_id))
        executed.set(_SEVERAL)
        return _reply(200, b"[" + b",".join(bodies) + b"]", http.JSON, self.freshness.private())

    def _answer(
        self,
        parameters: http.Parameters,
        context: RequestContext,
        *,
        read_only: bool,
        share: int = 1,
    ) -> tuple[Answer | bytes, RequestContext]:
        """Return the answer, or the body of one with errors, and the context that it was made in.

        ``share``: among how many operations the limits are divided. Raises `Refusal`, `DeadlineExceeded`.
        """
        sha256 = persisted.identify(parameters)
        key = (sha256, parameters.operation_name, parameters.canonical_variables)
        if _shared(context) and (cached := self.responses.get(key, context.version, context.now)):
            self._register(parameters, sha256)
            executed.set(cached.executed)
            return cached, context
        check_variables(parameters.variables, self.limits)
        document = self._document(parameters, sha256, context)
        operation = document.operation(parameters.operation_name)
        name = operation.node.name.value if operation.node.name else ""
        registered = document.registered or (self.policy.trusted_only and not context.privileged)
        executed.set(done := Executed(sha256[:12], name[:_LONGEST_NAME], registered))
        self._check_kind(operation, document, context, read_only=read_only)
        variables = self._coerce(operation, parameters.variables, context)
        estimate = self.check_estimate(operation, variables.coerced, share)
        self._register(parameters, sha256)
        context.allow_rows(allowed := self.limits.cost // share)
        try:
            result, context = execution.run(
                self.schema, document, parameters.operation_name, variables, context
            )
        except RowLimitExceeded:
            found = most_expensive(operation.pricing, operation.node, variables.coerced)
            message = f"The operation reads more than {allowed} rows. {found.advice}"
            raise _too_expensive(message, found, allowed=allowed, estimate=estimate) from None
        context.settle()
        cost = {"estimate": estimate, "used": context.rows_read, "allowed": allowed}
        told = [{"argument": name, "message": text} for name, text in context.deprecations.items()]
        extensions = {"cost": cost, **({"deprecations": told} if told else {})}
        body = _body(result, extensions, context.request_id)
        if result.errors:
            return body, context
        answer = Answer.of(body, context.boundary, self.freshness.tags(context.tags), done)
        if _shared(context):
            self.responses.store(key, answer, context.version, context.now)
        return answer, context

    def _document(self, parameters: http.Parameters, sha256: str, context: RequestContext) -> Document:
        open_to_all = context.privileged or not self.policy.trusted_only
        if parameters.query is not None:
            if not open_to_all and sha256 not in self.trusted:
                raise Refusal(ErrorCode.DOCUMENT_NOT_TRUSTED, "Register the document or send a token.")
            hide = not (self.policy.introspection or context.privileged)
            return self._prepare(parameters.query, sha256, hide)
        if open_to_all and (known := self.documents.get(sha256)):
            return known
        if registered := self._registered(sha256):
            return registered
        source = self.automatic.source(sha256) if self.automatic and open_to_all else None
        if source is None:
            raise self._not_found(parameters)
        return self.documents.prepare(source, sha256)

    def _prepare(self, source: str, sha256: str, hide: bool) -> Document:
        """Return a document that was sent in full. One that is too large may be a registered one."""
        try:
            return self.documents.prepare(source, sha256, hide_suggestions=hide)
        except Refusal as refusal:
            if refusal.code.is_of_size and (registered := self._registered(sha256)):
                return registered
            raise

    def _registered(self, sha256: str) -> Document | None:
        """Return a document that is registered now, or was so a moment ago."""
        known = self.documents.get(sha256, registered=True)
        if known is not None and sha256 in self.trusted:
            return known
        source = self.trusted.source(sha256)
        return None if source is None else self.documents.prepare(source, sha256, registered=True)

    def _not_found(self, parameters: http.Parameters) -> Refusal:
        # Apollo's clients look for these very messages.
        if parameters.document_id is not None:
            return Refusal(
                ErrorCode.PERSISTED_QUERY_NOT_FOUND,
                "No document is registered under this documentId. Register it.",
            )
        if self.automatic is None or self.policy.trusted_only:
            return Refusal(ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED, "PersistedQueryNotSupported")
        return Refusal(ErrorCode.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound")

    def _check_kind(
        self, operation: Operation, document: Document, context: RequestContext, *, read_only: bool
    ) -> None:
        if not operation.is_query:
            if read_only:
                raise Refusal(
                    ErrorCode.METHOD_NOT_ALLOWED, "Only queries may be sent with GET.", {"Allow": "POST"}
                )
            raise Refusal(ErrorCode.GRAPHQL_VALIDATION_FAILED, "This server executes only queries.")
        if operation.introspection == 0 or self.policy.introspection or context.privileged:
            return
        if document.sha256 not in self.trusted:
            message = "Introspection is off. Read the project's schema.graphql or send a token."
            raise Refusal(ErrorCode.INTROSPECTION_DISABLED, message)

    def _coerce(
        self, operation: Operation, sent: dict[str, Any], context: RequestContext
    ) -> execution.Variables:
        """Return the variables as their types make them. Raises `Refusal`."""
        hide = not (self.policy.introspection or context.privileged)
        variables = get_variable_values(
            self.schema,
            operation.node.variable_definitions or (),
            sent,
            max_errors=self.limits.errors,
            hide_suggestions=hide,
        )
        if isinstance(variables, list):
            raise Refusal(ErrorCode.BAD_USER_INPUT, variables)
        return execution.Variables(sent, variables)

    def check_estimate(self, operation: Operation, variables: Mapping[str, Any], share: int = 1) -> int:
        """Return about how many rows the operation reads with its variables. Raises `Refusal`."""
        if evaluate(operation.introspection, variables) > self.documents.introspection_budget:
            raise Refusal(ErrorCode.INTROSPECTION_LIMIT, "Request less of the schema at a time.")
        estimate = evaluate(operation.rows, variables)
        allowed = self.limits.estimate // share
        if estimate > allowed:
            found = most_expensive(operation.pricing, operation.node, variables)
            message = f"The operation could read {estimate} rows, but the limit is {allowed}. {found.advice}"
            raise _too_expensive(message, found, allowed=allowed, estimate=estimate)
        return estimate

    def _register(self, parameters: http.Parameters, sha256: str) -> None:
        """Keep a document that was sent in full with its hash (Apollo's second step)."""
        if self.automatic is None or self.policy.trusted_only or parameters.query is None:
            return
        if persisted.hash_in(parameters) is not None:
            self.automatic.keep(sha256, parameters.query)


def _shared(context: RequestContext) -> bool:
    """Return whether a response may be cached for others; one that needs a token is never."""
    return context.public and not context.privileged


def _refusal(error: BaseException, request_id: str) -> Refusal:
    if isinstance(error, Refusal):
        return error
    if isinstance(error, UserError):
        headers = {"WWW-Authenticate": "Bearer"} if error.code is ErrorCode.UNAUTHENTICATED else {}
        return Refusal(error.code, [error], headers)
    if isinstance(error, DeadlineExceeded):
        logger.warning("Operation out of time (request %s)", request_id)
        return Refusal(ErrorCode.TIMEOUT, [timed_out()])
    logger.error("Failure of a request (request %s)", request_id, exc_info=error)
    return Refusal(ErrorCode.INTERNAL_SERVER_ERROR, [internal_error(request_id)])


def _too_expensive(message: str, found: Expensive, **numbers: int) -> Refusal:
    error = UserError(ErrorCode.COST_LIMIT, message, mostExpensive=found.path, lower=found.lower, **numbers)
    return Refusal(ErrorCode.COST_LIMIT, [error])


def _refused(refusal: Refusal, request_id: str) -> bytes:
    errors = render_request_errors(refusal.code, refusal.errors)
    return _encode({"errors": errors, "extensions": {"requestId": request_id}})


def _body(result: ExecutionResult, extensions: dict[str, Any], request_id: str) -> bytes:
    if not result.errors:
        return _encode({"data": result.data, "extensions": extensions})
    errors = render_field_errors(result.errors, request_id)
    return _encode(
        {"errors": errors, "data": result.data, "extensions": {**extensions, "requestId": request_id}}
    )


def _encode(payload: dict[str, Any]) -> bytes:
    return _ENCODER.encode(payload).encode()


def _reply(status: int, body: bytes, media_type: str, headers: Mapping[str, str]) -> http.Reply:
    return http.Reply(status, body, {"Content-Type": f"{media_type}; charset=utf-8", **headers})
