"""The site's GraphQL documents, registered as trusted ones: the site asks for them by their hash."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models.signals import post_migrate
from graphql import FragmentDefinitionNode, FragmentSpreadNode, Node, Visitor, parse, print_ast, visit

from cms.graphql.protocol.documents import hash_of
from cms.models.trusted_document import TrustedDocument

FOLDER = Path(__file__).parent / "documents"
CLIENT = "site"


@dataclass(frozen=True, slots=True)
class Document:
    """A document with all fragments that it needs; ``operation`` is the name of its query."""

    operation: str
    source: str
    sha256: str


@cache
def documents() -> dict[str, Document]:
    """Return the documents by the names of their files."""
    fragments = {
        node.name.value: node
        for path in sorted((FOLDER / "fragments").glob("*.graphql"))
        for node in parse(path.read_text("utf-8")).definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    return {path.stem: _assembled(path, fragments) for path in sorted(FOLDER.glob("*.graphql"))}


def connect() -> None:
    """Have the endpoint serve the documents, and their rows stored after each migration."""
    TrustedDocument.built_in.append(sources)
    # Django sends the signal for apps with models only: here for the one that keeps the documents.
    post_migrate.connect(register, sender=apps.get_app_config("cms"), dispatch_uid="centres.site.trusted")


@cache
def sources() -> dict[str, str]:
    """Return the documents' sources by their hashes. The endpoint serves them where somebody deleted their rows."""
    return {document.sha256: document.source for document in documents().values()}


def register(*, using: str = "default", **_: Any) -> None:
    """Store the documents, so that the endpoint answers to their hashes.

    Runs after each migration: no deployment is without one. Documents of earlier versions stay, because servers
    of the earlier version ask for them until they end.
    """
    if TrustedDocument._meta.db_table not in connections[using].introspection.table_names():
        return
    for document in documents().values():
        TrustedDocument.objects.using(using).update_or_create(
            sha256=document.sha256,
            defaults={"name": document.operation, "source": document.source, "client": CLIENT},
        )


def _assembled(path: Path, fragments: dict[str, FragmentDefinitionNode]) -> Document:
    """Return the document of a file that holds one query, with the fragments behind it in a fixed order."""
    query = parse(path.read_text("utf-8")).definitions[0]
    needed: dict[str, FragmentDefinitionNode] = {}
    _gather(query, fragments, needed)
    parts = [query, *(node for name, node in fragments.items() if name in needed)]
    source = "\n\n".join(print_ast(node) for node in parts) + "\n"
    return Document(query.name.value, source, hash_of(source))  # type: ignore[attr-defined]


def _gather(
    node: Node, fragments: dict[str, FragmentDefinitionNode], needed: dict[str, FragmentDefinitionNode]
) -> None:
    for name in _spreads(node):
        if name not in needed:
            needed[name] = fragments[name]
            _gather(fragments[name], fragments, needed)


def _spreads(node: Node) -> list[str]:
    found: list[str] = []

    class Spreads(Visitor):
        def enter_fragment_spread(self, spread: FragmentSpreadNode, *_: Any) -> None:
            found.append(spread.name.value)

    visit(node, Spreads())
    return found
