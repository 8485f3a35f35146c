"""Asking the endpoint over HTTP, as a frontend does."""

from typing import Any

from django.test import Client

from cms.publishing.identity import GlobalId

ENDPOINT = "/graphql/"


class Refused(AssertionError):
    """The answer carries errors; ``codes`` are theirs, in order."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(errors)
        self.codes = [error["extensions"]["code"] for error in errors]


def global_id(row: Any, *, draft: bool = False) -> str:
    """Return the id of a row in its usual locale."""
    return str(GlobalId(type(row), str(row.pk), draft=draft))


def ask(query: str, client: Client | None = None, **variables: Any) -> Any:
    """Return the data of the answer. Raises `Refused` where it carries errors."""
    answer = send(query, client, **variables).json()
    if "errors" in answer:
        raise Refused(answer["errors"])
    return answer["data"]


def send(
    query: str, client: Client | None = None, headers: dict[str, str] | None = None, **variables: Any
) -> Any:
    """Return the whole response to a query by POST."""
    body = {"query": query, "variables": variables}
    return (client or Client()).post(ENDPOINT, body, content_type="application/json", headers=headers)
