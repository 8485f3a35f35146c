"""Files: neither an address nor a cache gives a document to somebody whom the gate did not let through.

Those of pictures have their tests in `test_picture_files.py`.
"""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from cms.models import Document
from tests.cms.pictures import PDF, file

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def document(**facts: Any) -> Document:
    return Document.objects.create(title="Zapisnik", file=file(PDF, "zapisnik.pdf"), **facts)


def closed(kind: str = "login", **facts: Any) -> Collection:
    collection = Collection.get_first_root_node().add_child(name="Zaprta")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=kind, **facts)
    return collection


def member() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("ana"))
    return client


def fetched(client: Client, address: str, **headers: str) -> Any:
    response = client.get(address, headers=headers)
    response.getvalue()  # to the end, where the file is closed
    return response


def test_no_cache_keeps_a_file_of_a_closed_collection() -> None:
    address, client = document(collection=closed()).url, member()
    response = fetched(client, address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    unchanged = fetched(client, address, **{"If-None-Match": response["ETag"]})
    assert unchanged.status_code == 304
    assert unchanged["Cache-Control"] == "private, no-store"


def test_who_knows_the_tag_of_a_closed_file_is_sent_to_the_sign_in_all_the_same() -> None:
    address = document(collection=closed()).url
    tag = fetched(member(), address)["ETag"]
    response = fetched(Client(), address, **{"If-None-Match": tag})
    assert response.status_code == 302
    assert response["Cache-Control"] == "private, no-store"


def test_an_open_file_is_asked_for_anew_so_that_closing_it_is_seen_at_once() -> None:
    open_file = document()
    response = fetched(Client(), open_file.url)
    assert response["Cache-Control"] == "no-cache"
    open_file.collection = closed()
    open_file.save()
    assert fetched(Client(), open_file.url, **{"If-None-Match": response["ETag"]}).status_code == 302


def password_form(client: Client, collection: Collection) -> Any:
    restriction = collection.view_restrictions.get()
    way = f"/documents/authenticate_with_password/{restriction.pk}/"
    return lambda password: client.post(way, {"password": password, "return_url": "/"})


def test_the_form_for_a_password_is_kept_by_nobody_and_can_be_sent() -> None:
    address = document(collection=closed("password", password="beri")).url
    response = Client().get(address)
    assert "csrfmiddlewaretoken" in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert "form-action 'self'" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_wrong_passwords_of_a_collection_are_counted() -> None:
    collection, visitor = closed("password", password="beri"), Client()
    address, other = document(collection=collection).url, closed("password", password="drugo")
    send = password_form(visitor, collection)
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        assert send("ugibam").status_code != 302
    assert send("beri").status_code == 429
    assert "password" in Client().get(address).content.decode()
    # Another door, and the same one from another address, are open.
    assert password_form(visitor, other)("drugo").status_code == 302
    assert password_form(Client(REMOTE_ADDR="192.0.2.7"), collection)("beri").status_code == 302


def test_the_right_password_opens_the_collection_for_the_session() -> None:
    collection, visitor = closed("password", password="beri"), Client()
    address = document(collection=collection).url
    assert password_form(visitor, collection)("beri").status_code == 302
    assert fetched(visitor, address)["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("kind", ["login", "groups"])
def test_no_password_is_asked_for_where_none_opens_anything(kind: str) -> None:
    assert password_form(Client(), closed(kind))("").status_code == 404
    assert Client().get("/documents/authenticate_with_password/99999999999999999999999/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/documents/1/", "/documents/99999999999999999999999/a.pdf", "/documents/0/a"]
)
def test_a_file_that_is_none_is_not_found(address: str) -> None:
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    "way",
    ["/media/", "/media/images/../", "/media/images/%2e%2e/", "/media/images/./../", "/media/original_images/..%2f",
     "/media/images/a/../../", "/media/images/..%5c", "/media/images//../"],
)  # fmt: skip
def test_no_address_leads_past_the_view(way: str) -> None:
    """The pictures stand in the folder beside the documents."""
    stored = document(collection=closed())
    assert fetched(Client(), f"{way}{stored.file.name}").status_code == 404
