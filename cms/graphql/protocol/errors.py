"""Every way in which a request or a field can fail, under one code. docs/errors.md is the same list.

Resolvers raise `UserError`. A `Refusal` stops a request before it is executed. Any other exception is a fault
of the server: it is logged with the request id, and the response contains only that id.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

from graphql import GraphQLError

logger = logging.getLogger(__name__)


class ErrorCode(Enum):
    """The codes of ``extensions.code``.

    A value holds the HTTP status of a request that ends with this code, first for a response of the type
    ``application/graphql-response+json``, then for ``application/json`` (GraphQL over HTTP, "Status Codes":
    with the older type a well-formed request gets status 200), and what the code means.
    """

    # The HTTP request
    BAD_REQUEST = (400, 400, "The request is not well formed: broken JSON or UTF-8, or a wrong parameter.")
    NOT_ACCEPTABLE = (406, 406, "The Accept header allows no media type that the server can send.")
    UNSUPPORTED_MEDIA_TYPE = (415, 415, "The body is not application/json in UTF-8.")
    METHOD_NOT_ALLOWED = (405, 405, "The HTTP method is not allowed for this operation.")
    BODY_TOO_LARGE = (413, 413, "The request's body is too large.")
    URL_TOO_LONG = (414, 414, "The query string is too long.")
    BATCH_LIMIT = (400, 400, "The request has too many operations, or batches are not allowed.")

    # The document
    GRAPHQL_PARSE_FAILED = (400, 200, "The document has a syntax error.")
    GRAPHQL_VALIDATION_FAILED = (400, 200, "The document does not match the schema.")
    OPERATION_NOT_FOUND = (400, 200, "The operation to execute is missing or ambiguous.")
    BAD_USER_INPUT = (400, 200, "A variable or an argument has a value that its type does not allow.")
    INTROSPECTION_DISABLED = (400, 200, "Introspection needs a token.")
    DOCUMENT_NOT_TRUSTED = (403, 200, "Only registered documents are executed.")
    PERSISTED_QUERY_NOT_FOUND = (404, 200, "No document is known under this hash.")
    PERSISTED_QUERY_NOT_SUPPORTED = (400, 200, "The server does not store documents under a hash.")

    DOCUMENT_HASH_MISMATCH = (
        400,
        400,
        "A manifest names a document by a key that is not the SHA-256 of its source.",
    )

    # Limits
    TOKEN_LIMIT = (400, 200, "The document has too many tokens.")
    FIELD_LIMIT = (400, 200, "The document selects too many fields. A fragment counts each time it is used.")
    DEPTH_LIMIT = (400, 200, "The document nests too deeply.")
    ALIAS_LIMIT = (400, 200, "The document has too many aliases.")
    ROOT_FIELD_LIMIT = (400, 200, "The operation selects too many root fields.")
    DIRECTIVE_LIMIT = (400, 200, "The document has too many directives.")
    OVERLAP_LIMIT = (400, 200, "Too many fields of the document have the same name in the same place.")
    VARIABLE_LIMIT = (
        400,
        200,
        "A list or string in the arguments is too long, or there are too many variables.",
    )
    INTROSPECTION_LIMIT = (400, 200, "The introspection query is much larger than those of common tools.")
    COST_LIMIT = (400, 200, "The operation reads too many rows, or could read very many.")
    TIMEOUT = (503, 503, "The operation took longer than the server allows.")

    # Errors of resolvers
    UNKNOWN_LOCALE = (400, 200, "The site has no such locale.")
    PAGE_SIZE = (400, 200, "The argument first or last is not from 1 to 100.")
    INVALID_CURSOR = (400, 200, "The cursor does not belong to this list and order.")
    PREVIEW_TOKEN_EXPIRED = (400, 200, "The preview token has expired.")
    PREVIEW_TOKEN_INVALID = (
        400,
        200,
        "The preview token is invalid, or its editor may no longer see the draft.",
    )
    DRAFT_CODE_INVALID = (400, 400, "The code of draft mode is unknown, was used, or is older than a minute.")
    UNAUTHENTICATED = (401, 401, "The token in the Authorization header is unknown, expired or revoked.")
    FORBIDDEN = (403, 403, "The token's scope does not cover the request.")

    INTERNAL_SERVER_ERROR = (500, 500, "The server failed. The log has the details under the request id.")

    @property
    def is_of_size(self) -> bool:
        """Whether the code refuses a document for its size. Registered documents may be larger."""
        return self.name in _SIZES

    def __init__(self, status: int, json_status: int, meaning: str) -> None:
        self.status = status
        self.json_status = json_status
        self.meaning = meaning


_SIZES = frozenset(
    ("TOKEN_LIMIT", "FIELD_LIMIT", "DEPTH_LIMIT", "ALIAS_LIMIT", "ROOT_FIELD_LIMIT", "DIRECTIVE_LIMIT",
     "OVERLAP_LIMIT", "VARIABLE_LIMIT")
)  # fmt: skip


class UserError(GraphQLError):
    """An error that the caller can correct: a code and a message that says what to do.

    Resolvers and scalars raise it; keyword arguments become further entries of ``extensions``. ``nodes`` are the
    place in the document, where it is not that of the field.
    """

    def __init__(self, code: ErrorCode, message: str, *, nodes: Any = None, **extensions: Any) -> None:
        super().__init__(message, nodes, extensions={"code": code.name, **extensions})
        self.code = code


class Refusal(Exception):
    """Stops a request before it is executed; the response contains one or more errors with one code."""

    def __init__(
        self, code: ErrorCode, errors: str | Sequence[GraphQLError], headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code.name)
        self.code = code
        self.errors = [UserError(code, errors)] if isinstance(errors, str) else list(errors)
        self.headers = dict(headers or {})


class DeadlineExceeded(BaseException):
    """The operation exceeded its time limit.

    It is no `Exception`, because graphql-core turns each `Exception` into an error of one field and continues.
    """


class RowLimitExceeded(BaseException):
    """The operation would read more rows than it may. No `Exception`, for the same reason."""


def render_request_errors(code: ErrorCode, errors: Iterable[GraphQLError]) -> list[dict[str, Any]]:
    """Return errors found before execution as they are sent. An error without a code gets ``code``."""
    return [_render(error, _before_execution(error, code)) for error in errors]


def _before_execution(error: GraphQLError, code: ErrorCode) -> UserError:
    """Return an error as it is sent: a scalar that refused a value gives the code, graphql-core the words around it."""
    found = _user_error(error)
    if found is None:
        return UserError(code, error.message)
    return found if found is error else UserError(found.code, error.message)


def render_field_errors(errors: Iterable[GraphQLError], request_id: str) -> list[dict[str, Any]]:
    """Return errors of fields as they are sent. Errors that are not a `UserError` are logged and masked."""
    return [_render(error, _presentable(error, request_id)) for error in errors]


def internal_error(request_id: str) -> UserError:
    """Return the error that the response contains after a fault of the server."""
    message = "The server failed. Report the problem with the request id."
    return UserError(ErrorCode.INTERNAL_SERVER_ERROR, message, requestId=request_id)


def timed_out() -> UserError:
    """Return the error of an operation that took too long."""
    return UserError(ErrorCode.TIMEOUT, "The query took too long. Request fewer rows or fewer fields.")


def _render(error: GraphQLError, shown: UserError) -> dict[str, Any]:
    rendered: dict[str, Any] = {"message": shown.message}
    if error.locations:
        rendered["locations"] = [location.formatted for location in error.locations]
    if error.path:
        rendered["path"] = error.path
    rendered["extensions"] = shown.extensions
    return rendered


def _user_error(error: BaseException | None) -> UserError | None:
    """Return the `UserError` that graphql-core wrapped, if there is one."""
    while error is not None and not isinstance(error, UserError):
        error = getattr(error, "original_error", None)
    return error


def _presentable(error: GraphQLError, request_id: str) -> UserError:
    if found := _user_error(error):
        return found
    origin = _origin(error)
    if isinstance(origin, GraphQLError) and origin.message.startswith("Argument '"):
        # After validation graphql-core itself reports only one error in the caller's values: a null in a
        # nullable variable whose argument allows no null.
        return UserError(ErrorCode.BAD_USER_INPUT, origin.message)
    if is_statement_timeout(origin):
        logger.warning("Statement timeout at %s (request %s)", _where(error), request_id)
        return timed_out()
    logger.error("Failure at %s (request %s)", _where(error), request_id, exc_info=origin)
    return internal_error(request_id)


def is_statement_timeout(error: BaseException) -> bool:
    """Return whether PostgreSQL ended a statement that ran too long (query_canceled, SQLSTATE 57014)."""
    return getattr(error.__cause__, "sqlstate", None) == "57014"


def _origin(error: GraphQLError) -> BaseException:
    origin: BaseException = error
    while isinstance(origin, GraphQLError) and origin.original_error is not None:
        origin = origin.original_error
    return origin


def _where(error: GraphQLError) -> str:
    return ".".join(str(key) for key in error.path or ()) or "the operation"
