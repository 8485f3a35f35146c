"""Every way in which a request or a field can fail, under one code. docs/errors.md is the same list.

Resolvers raise `UserError`. What stops a request before it is executed is a `Refusal`. Everything else is a
fault of ours: it is logged with the id of the request, and the caller learns that id and nothing more.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

from graphql import GraphQLError

logger = logging.getLogger(__name__)


class ErrorCode(Enum):
    """The codes of ``extensions.code``.

    A value holds the HTTP status of a request that ends with this code, first for an answer of the type
    ``application/graphql-response+json``, then for ``application/json`` (GraphQL over HTTP, "Status Codes":
    with the older type a well-formed request is answered 200), and what the code means.
    """

    # The HTTP request
    BAD_REQUEST = (400, 400, "No well-formed GraphQL request: broken JSON or UTF-8, or a wrong parameter.")
    NOT_ACCEPTABLE = (406, 406, "The Accept header allows no media type that this server writes.")
    UNSUPPORTED_MEDIA_TYPE = (415, 415, "The body is not application/json in UTF-8.")
    METHOD_NOT_ALLOWED = (405, 405, "The HTTP method is not allowed, or not for this kind of operation.")
    BODY_TOO_LARGE = (413, 413, "The request's body is larger than the server reads.")
    URL_TOO_LONG = (414, 414, "The query string is longer than the server reads; use POST.")
    BATCH_LIMIT = (400, 400, "Several operations in one request are not allowed, or not so many.")

    # The document
    GRAPHQL_PARSE_FAILED = (400, 200, "The document is not written in the GraphQL language.")
    GRAPHQL_VALIDATION_FAILED = (400, 200, "The document does not fit the schema.")
    OPERATION_NOT_FOUND = (400, 200, "No operation has that name, or there are several and none is named.")
    BAD_USER_INPUT = (400, 200, "A variable or an argument has a value that its type does not allow.")
    INTROSPECTION_DISABLED = (400, 200, "The schema can't be read by introspection without a token.")
    DOCUMENT_NOT_TRUSTED = (403, 200, "Only registered documents are executed.")
    PERSISTED_QUERY_NOT_FOUND = (404, 200, "No document is known under this hash; send it in full.")
    PERSISTED_QUERY_NOT_SUPPORTED = (400, 200, "The server keeps no documents under a hash; send it in full.")

    # Limits
    TOKEN_LIMIT = (400, 200, "The document has too many tokens.")
    FIELD_LIMIT = (400, 200, "The document selects too many fields, fragments counted where they are used.")
    DEPTH_LIMIT = (400, 200, "The document nests too deeply.")
    ALIAS_LIMIT = (400, 200, "The document has too many aliases.")
    ROOT_FIELD_LIMIT = (400, 200, "The operation selects too many root fields.")
    DIRECTIVE_LIMIT = (400, 200, "The document has too many directives.")
    OVERLAP_LIMIT = (400, 200, "Too many fields of the document have the same name in the same place.")
    VARIABLE_LIMIT = (400, 200, "A list or string in the arguments is too long, or variables are too many.")
    INTROSPECTION_LIMIT = (400, 200, "The introspection asks for much more than the usual tools do.")
    COST_LIMIT = (400, 200, "The operation could read too many rows.")
    TIMEOUT = (503, 503, "The operation took longer than the server allows.")

    # What resolvers say
    UNKNOWN_LOCALE = (400, 200, "The site has no such locale.")
    PAGE_SIZE = (400, 200, "The argument first is not within 1 and 100.")
    INVALID_CURSOR = (400, 200, "The cursor does not belong to this list in this order.")
    PREVIEW_TOKEN_EXPIRED = (400, 200, "The preview token was valid once.")
    PREVIEW_TOKEN_INVALID = (400, 200, "The preview token is not ours, or its holder lost the right.")
    UNAUTHENTICATED = (401, 401, "The token in the Authorization header is unknown, expired or revoked.")
    FORBIDDEN = (403, 403, "The token does not cover what was asked.")

    INTERNAL_SERVER_ERROR = (500, 500, "A fault of the server, logged under the request id of the answer.")

    @property
    def is_of_size(self) -> bool:
        """Whether a document was refused for its size, which registered documents may have."""
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
    """An error that a caller can mend: a code and a message that says what to do.

    Resolvers and scalars raise it; keyword arguments become further entries of ``extensions``.
    """

    def __init__(self, code: ErrorCode, message: str, **extensions: Any) -> None:
        super().__init__(message, extensions={"code": code.name, **extensions})
        self.code = code


class Refusal(Exception):
    """A request that is answered without being executed, with one or more errors of one kind."""

    def __init__(
        self, code: ErrorCode, errors: str | Sequence[GraphQLError], headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code.name)
        self.code = code
        self.errors = [UserError(code, errors)] if isinstance(errors, str) else list(errors)
        self.headers = dict(headers or {})


class DeadlineExceeded(BaseException):
    """The operation's time is up.

    No `Exception`: graphql-core makes those errors of one field and goes on with the next.
    """


def render_request_errors(code: ErrorCode, errors: Iterable[GraphQLError]) -> list[dict[str, Any]]:
    """Return errors found before execution as they are sent. One that has no code of its own has ``code``."""
    return [_render(error, _user_error(error) or UserError(code, error.message)) for error in errors]


def render_field_errors(errors: Iterable[GraphQLError], request_id: str) -> list[dict[str, Any]]:
    """Return errors of fields as they are sent; what is not a `UserError` is logged and masked."""
    return [_render(error, _presentable(error, request_id)) for error in errors]


def internal_error(request_id: str) -> UserError:
    """Return what a caller is told about a fault of ours."""
    message = "Something went wrong on the server. Quote the request id when you report it."
    return UserError(ErrorCode.INTERNAL_SERVER_ERROR, message, requestId=request_id)


def timed_out() -> UserError:
    """Return what a caller is told whose operation took too long."""
    return UserError(ErrorCode.TIMEOUT, "The query took too long. Ask for fewer rows or fewer fields.")


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
        # The one thing that graphql-core itself finds wrong with a caller's values after validation: a
        # nullable variable in a place that allows no null.
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
