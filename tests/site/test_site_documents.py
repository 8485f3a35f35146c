"""The site's documents come with its code: it needs no rows of theirs."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from centres.site.trusted import documents
from cms.graphql.serving.view import endpoint
from cms.models.trusted_document import TrustedDocument
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[False, True], ids=["all documents", "trusted documents only"])
def deleted(request: Any, settings: Any) -> Iterator[None]:
    settings.CMS_GRAPHQL_TRUSTED_ONLY = request.param
    endpoint.cache_clear()  # it remembers which documents there were
    TrustedDocument.objects.all().delete()
    yield
    endpoint.cache_clear()


@pytest.mark.usefixtures("deleted")
@pytest.mark.parametrize(
    "path", ["", "kompetencni-centri/pionirska/", "programi/", "koledar/", "iskanje/?q=branje"]
)
def test_a_page_answers_when_all_trusted_documents_were_deleted(client: Client, path: str) -> None:
    make.event(make.programme(make.centre("Pionirska")))
    assert client.get(f"/sl/{path}").status_code == 200


@pytest.mark.usefixtures("deleted")
def test_others_may_ask_for_them_by_their_hash_as_before(client: Client) -> None:
    make.home()
    asked = {"documentId": f"sha256:{documents()['choices'].sha256}", "variables": "{}"}
    answer = client.get("/graphql/", asked, headers={"accept": "application/json"}).json()
    codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
    assert not codes & {"PERSISTED_QUERY_NOT_FOUND", "DOCUMENT_NOT_TRUSTED"}
    unknown = client.get("/graphql/", asked | {"documentId": f"sha256:{'0' * 64}"})
    assert unknown.json()["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
