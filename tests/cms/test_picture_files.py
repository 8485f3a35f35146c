"""Files of pictures, originals and renditions: the gate decides by the row that has the file."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupCollectionPermission,
    PageViewRestriction,
)

from cms.accounts.token_admin import make_token
from cms.media.images import make_renditions
from cms.models import Image
from tests import factories as make
from tests.cms.pictures import jpeg
from tests.graph import ask

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PRIVATE = "private, no-store"


def picture(collection: Collection | None = None) -> Image:
    where = {"collection": collection} if collection else {}
    return Image.objects.create(
        title="Slika", file=jpeg("slika.jpg", size=(64, 48)), alt_text={"sl": "Slika"}, **where
    )


def addresses(image: Image) -> list[str]:
    """The original, the renditions of the site, and one that Wagtail makes for its admin."""
    make_renditions(image)
    image.get_rendition("max-165x165")
    found = [image.file.url, *(one.file.url for one in image.renditions.all())]
    assert len(found) > 5
    return found


def closed(kind: str = "login", **facts: Any) -> Collection:
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    collection = root.add_child(name="Zaprta")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=kind, **facts)
    return collection


def signed_in(name: str = "ana", *groups: Group) -> Client:
    client = Client()
    user = User.objects.create_user(name)
    user.groups.add(*groups)
    client.force_login(user)
    return client


def fetched(client: Client, address: str, **headers: str) -> Any:
    response = client.get(address, headers=headers)
    if response.streaming:
        response.getvalue()  # to the end, where the file is closed
    return response


def answers(client: Client, image: Image, **headers: str) -> set[tuple[int, str | None]]:
    found = [fetched(client, address, **headers) for address in addresses(image)]
    return {(response.status_code, response.get("Cache-Control")) for response in found}


def test_a_picture_is_served_by_its_name() -> None:
    image = picture()
    response = fetched(Client(), image.file.url)
    assert response["Content-Type"] == "image/jpeg"
    assert response["Last-Modified"]
    assert {status for status, _cache in answers(Client(), image)} == {200}


def test_a_rendition_whose_name_was_taken_is_served_as_well() -> None:
    image = picture()
    stem = Path(image.file.name).stem
    taken = Path(settings.MEDIA_ROOT, "images", f"{stem}.max-165x165.jpg")
    taken.parent.mkdir(parents=True, exist_ok=True)
    taken.write_bytes(b"the rest of an attempt that was broken off")
    rendition = image.get_rendition("max-165x165")
    assert rendition.file.url != f"{settings.MEDIA_URL}images/{taken.name}"
    assert fetched(Client(), rendition.file.url).status_code == 200
    assert fetched(Client(), f"{settings.MEDIA_URL}images/{taken.name}").status_code == 404


def test_an_open_picture_may_be_kept_by_every_cache_whoever_asked_for_it() -> None:
    image = picture()
    for client in (Client(), signed_in()):
        response = fetched(client, image.file.url)
        assert response["Cache-Control"] == "public, max-age=300"
        assert "Vary" not in response
        unchanged = fetched(client, image.file.url, **{"If-Modified-Since": response["Last-Modified"]})
        assert unchanged.status_code == 304


def test_a_picture_costs_two_statements_however_many_collections_are_closed() -> None:
    image, counts = picture(), []
    ways = addresses(image)
    for more in (0, 5):
        for _number in range(more):
            closed("groups")
        fetched(Client(), image.file.url)  # what is kept of the content is read
        for address in ways:
            with CaptureQueriesContext(connection) as statements:
                assert fetched(Client(), address).status_code == 200
            counts.append(len(statements))
    assert set(counts) == {2}


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
def test_no_file_of_a_closed_collection_or_of_one_below_it_is_sent_to_a_stranger(kind: str) -> None:
    collection = closed(kind, password="beri")
    for image in (picture(collection), picture(collection.add_child(name="Pod zaprto"))):
        assert answers(Client(), image) == {(404, PRIVATE)}
        assert answers(Client(), image, Authorization="Bearer wagtail_nobody") == {(404, PRIVATE)}


def test_a_closed_picture_and_one_that_does_not_exist_give_the_same_answer() -> None:
    image = picture(closed())
    secret = fetched(Client(), image.file.url)
    none = fetched(Client(), image.file.url.replace("slika", "ni-je"))
    assert secret.content == none.content
    quiet = {"X-Request-ID"}
    assert {name: secret[name] for name in secret.headers if name not in quiet} == {
        name: none[name] for name in none.headers if name not in quiet
    }


def test_a_picture_is_closed_at_once_with_its_collection() -> None:
    image = picture(Collection.get_first_root_node().add_child(name="Odprta"))
    kept = fetched(Client(), image.file.url)["Last-Modified"]
    CollectionViewRestriction.objects.create(collection=image.collection, restriction_type="login")
    assert fetched(Client(), image.file.url, **{"If-Modified-Since": kept}).status_code == 404


def test_whom_the_gate_lets_through_gets_the_picture_and_no_cache_keeps_it() -> None:
    members = Group.objects.create(name="Člani")
    collection = closed("groups")
    collection.view_restrictions.get().groups.add(members)
    image = picture(collection)
    member = signed_in("ana", members)
    assert answers(member, image) == {(200, PRIVATE)}
    assert answers(signed_in("bine"), image) == {(404, PRIVATE)}
    kept = fetched(member, image.file.url)["Last-Modified"]
    unchanged = fetched(member, image.file.url, **{"If-Modified-Since": kept})
    assert (unchanged.status_code, unchanged["Cache-Control"]) == (304, PRIVATE)


def test_a_server_with_a_token_gets_what_its_owner_may_see() -> None:
    image = picture(closed())
    _row, token = make_token(
        user=User.objects.create_user("streznik"), name="spletišče", scope="PUBLISHED",
        last_day=timezone.localdate(),
    )  # fmt: skip
    assert answers(Client(), image, Authorization=f"Bearer {token}") == {(200, PRIVATE)}


def test_the_password_of_a_collection_opens_its_pictures_and_that_of_a_page_opens_none() -> None:
    collection = closed("password", password="beri")
    image, restriction = picture(collection), collection.view_restrictions.get()
    page = PageViewRestriction.objects.create(
        pk=restriction.pk, page=make.centre(), restriction_type="password", password="drugo"
    )
    visitor = Client()
    session = visitor.session
    session["passed_page_view_restrictions"] = [page.pk]
    session.save()
    assert answers(visitor, image) == {(404, PRIVATE)}
    visitor.post(
        f"/documents/authenticate_with_password/{restriction.pk}/", {"password": "beri", "return_url": "/"}
    )
    assert answers(visitor, image) == {(200, PRIVATE)}


def test_the_graph_tells_of_a_collection_s_pictures_to_who_gave_its_password_and_not_that_of_a_page() -> None:
    collection = closed("password", password="beri")
    restriction = collection.view_restrictions.get()
    page = make.centre(lead_image=picture(collection))
    visitor = Client()
    session = visitor.session
    query = f'{{ page(id: "{page.pk}") {{ ... on CentrePage {{ leadImage {{ title }} }} }} }}'
    for key, seen in (("page", None), ("collection", {"title": "Slika"})):
        session[f"passed_{key}_view_restrictions"] = [restriction.pk]
        session.save()
        visitor.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        assert ask(query, visitor)["page"]["leadImage"] == seen


def test_who_works_with_a_closed_picture_in_the_admin_sees_it_there() -> None:
    collection = closed("groups")
    image, editors = picture(collection), Group.objects.create(name="Uredniki")
    editors.permissions.add(Permission.objects.get(codename="access_admin"))
    editor = signed_in("urednica", editors)
    assert answers(editor, image) == {(404, PRIVATE)}
    choosing = Permission.objects.get(codename="choose_image", content_type__app_label="cms")
    GroupCollectionPermission.objects.create(group=editors, collection=collection, permission=choosing)
    assert answers(editor, image) == {(200, PRIVATE)}
    User.objects.filter(username="urednica").update(is_active=False)
    assert answers(editor, image) == {(404, PRIVATE)}


def test_what_lies_in_the_folder_and_is_no_row_s_is_sent_to_nobody() -> None:
    image = picture()
    make_renditions(image)
    folder = Path(settings.MEDIA_ROOT)
    address = next(iter(image.renditions.all())).file.url
    image.renditions.all().delete()
    (folder / address.removeprefix("/media/")).write_bytes(b"\xff\xd8\xff")
    (folder / "images" / "pozabljena.jpg").write_bytes(b"\xff\xd8\xff")
    admin = Client()
    admin.force_login(User.objects.create_superuser("admin"))
    for client in (Client(), admin):
        for way in (address, "/media/images/pozabljena.jpg"):
            assert fetched(client, way).status_code == 404


@pytest.mark.parametrize("name", ["%00.jpg", "a" * 5_000, "%ff.jpg", "."])
def test_a_picture_that_can_not_be_is_not_found(name: str) -> None:
    assert Client().get(f"/media/images/{name}").status_code == 404
    assert Client().get(f"/media/original_images/{name}").status_code == 404
