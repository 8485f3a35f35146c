"""Registering the documents of a frontend's build: all of a manifest, or none if one of them can't be executed.

`manage.py register_documents` does it on the server, `register` over HTTP with a token of the scope *documents*.
"""

import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from graphql import GraphQLError
from wagtail.log_actions import log
from wagtail.models import APIToken

from cms.graphql.protocol.documents import Document, hash_of
from cms.graphql.protocol.errors import ErrorCode, Refusal, UserError
from cms.graphql.protocol.manifest import ManifestError, cheapest_variables, documents_in, problem_with_key
from cms.graphql.serving.posts import posted
from cms.graphql.serving.view import endpoint
from cms.models.trusted_document import TrustedDocument
from cms.publishing.visitors import UnknownToken, WrongScope, registrar_of

logger = logging.getLogger(__name__)
ACTION = "cms.documents.register"
Problems = dict[str, Refusal]


def checked(entries: Mapping[str, str]) -> tuple[dict[str, Document], Problems]:
    """Return the valid documents of a manifest by their source, and why the others are refused by their keys.

    A document is refused for its cost if no variables make it cheap enough.
    """
    documents: dict[str, Document] = {}
    problems: Problems = {}
    for key, source in entries.items():
        try:
            if problem := problem_with_key(key, source):
                raise Refusal(ErrorCode.DOCUMENT_HASH_MISMATCH, problem)
            document = endpoint().documents.checked(source, hash_of(source))
            documents[source] = document
            for operation in document.operations.values():
                if not operation.is_query:
                    raise Refusal(ErrorCode.GRAPHQL_VALIDATION_FAILED, "This server executes only queries.")
                endpoint().check_estimate(operation, cheapest_variables(operation.node))
        except Refusal as refusal:
            problems[key] = refusal
    return documents, problems


@transaction.atomic
def store(documents: Mapping[str, Document], client: str) -> int:
    """Store documents by their source for a frontend, and return how many of them are new."""
    new = 0
    # In one order, so that two builds at once wait for each other instead of failing.
    for source, document in sorted(documents.items(), key=lambda one: one[1].sha256):
        name = ", ".join(name for name in document.operations if name)[:255]
        _, created = TrustedDocument.objects.update_or_create(
            sha256=document.sha256, defaults={"name": name, "source": source, "client": client}
        )
        new += created
    return new


def _allowed(request: HttpRequest) -> APIToken:
    try:
        return registrar_of(request)
    except WrongScope as error:
        raise Refusal(ErrorCode.FORBIDDEN, str(error)) from error
    except UnknownToken as error:
        headers = {"WWW-Authenticate": "Bearer"}
        raise Refusal(ErrorCode.UNAUTHENTICATED, str(error), headers) from error


@posted(lambda: settings.CMS_GRAPHQL_MAX_MANIFEST_BYTES, "Send the manifest in parts.", allow=_allowed)
def register(token: APIToken, sent: Any) -> dict[str, Any]:
    """Register a manifest for the frontend that the token names. Raises `Refusal` with one error for each problem."""
    try:
        entries = documents_in(sent)
    except ManifestError as error:
        raise Refusal(ErrorCode.BAD_REQUEST, str(error)) from error
    if len(entries) > (most := settings.CMS_GRAPHQL_MAX_MANIFEST_DOCUMENTS):
        message = f"A manifest may have at most {most} documents. Send it in parts."
        raise Refusal(ErrorCode.BODY_TOO_LARGE, message)
    documents, problems = checked(entries)
    if problems:
        code = next(iter(problems.values())).code
        errors = [_named(key, refusal, one) for key, refusal in problems.items() for one in refusal.errors]
        logger.info("Documents refused: %d of %d", len(problems), len(entries), extra=_fields(token))
        raise Refusal(code, errors)
    with transaction.atomic():
        new = store(documents, token.name[:100])
        log(token, ACTION, user=token.user, data={"documents": len(documents), "new": new})
    logger.info("Documents registered: %d, %d of them new", len(documents), new, extra=_fields(token))
    return {"documents": len(documents), "new": new}


def _named(key: str, refusal: Refusal, error: GraphQLError) -> GraphQLError:
    """Return an error that says which document of the manifest it is about."""
    code = error.code if isinstance(error, UserError) else refusal.code
    extensions = {name: value for name, value in (error.extensions or {}).items() if name != "code"}
    named = UserError(code, error.message, **extensions, document=key)
    named.locations = error.locations
    return named


def _fields(token: APIToken) -> dict[str, Any]:
    return {"fields": {"client": token.name, "token": token.prefix}}
