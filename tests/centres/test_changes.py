"""What changed for the public since a cursor."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from centres.models import CentrePage, Organisation, ProgrammePage
from centres.models.centre_rows import ResultItem
from cms.models import Document
from cms.publishing.visibility import Gate
from tests import factories as make
from tests.cms.pictures import PDF, file
from tests.graph import Refused, ask, global_id

pytestmark = pytest.mark.django_db

CHANGES = """query ($after: String, $first: Int) { changes(after: $after, first: $first) {
    cursor hasMore nodes { kind type id locale path translationKey changedAt } } }"""


def since(cursor, first=100):
    return ask(CHANGES, after=cursor, first=first)["changes"]


def kinds(cursor, page):
    return [
        node["kind"] for node in since(cursor)["nodes"] if node["id"] == global_id(page) and node["locale"]
    ]


def build():
    return make.centre()


@pytest.fixture
def centre(built):
    return built


@pytest.fixture
def cursor(centre):
    return since(None)["cursor"]


def test_without_a_cursor_the_log_begins_at_the_beginning(centre):
    pages = [node for node in since(None)["nodes"] if node["id"] == global_id(centre) and node["locale"]]
    assert [(node["kind"], node["type"], node["path"]) for node in pages] == [
        ("PUBLISHED", "CentrePage", "/sl/kompetencni-centri/pionirska/")
    ]


def test_nothing_comes_twice_and_nothing_is_missed_over_parts(centre):
    make.programme(centre)
    whole = since(None)["nodes"]
    seen, after = [], None
    while True:
        part = since(after, first=1)
        seen += part["nodes"]
        after = part["cursor"]
        if not part["hasMore"]:
            break
    assert seen == whole
    assert since(after)["nodes"] == []
    assert since(after)["cursor"] == after


def test_a_draft_is_no_change(centre, cursor):
    centre.title = "Še ne"
    centre.save_revision()
    assert since(cursor)["nodes"] == []


def test_publishing_again_is_an_update(centre, cursor):
    make.publish(centre)
    assert kinds(cursor, centre) == ["UPDATED"]


def test_a_new_slug_moves_the_page_and_those_below(centre, cursor):
    programme = make.programme(centre, "Bralni klub")
    cursor = since(cursor)["cursor"]
    centre.slug = "pionirska-knjiznica"
    make.publish(centre)
    assert "MOVED" in kinds(cursor, centre)
    moved = [node for node in since(cursor)["nodes"] if node["id"] == global_id(programme)]
    assert [(node["kind"], node["path"]) for node in moved] == [
        ("MOVED", "/sl/kompetencni-centri/pionirska-knjiznica/bralni-klub/")
    ]


def test_what_moves_out_of_sight_is_gone_and_what_comes_into_it_is_new(centre, cursor):
    programme = make.programme(centre, "Bralni klub")
    closed = make.centre("Zaprto")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    cursor = since(cursor)["cursor"]

    ProgrammePage.objects.get(pk=programme.pk).move(CentrePage.objects.get(pk=closed.pk), pos="last-child")
    told = [node for node in since(cursor)["nodes"] if node["id"] == global_id(programme)]
    assert [(node["kind"], node["path"]) for node in told] == [("UNPUBLISHED", programme.url_path)]

    cursor = since(cursor)["cursor"]
    ProgrammePage.objects.get(pk=programme.pk).move(CentrePage.objects.get(pk=centre.pk), pos="last-child")
    assert kinds(cursor, programme) == ["PUBLISHED"]


def test_unpublishing_and_deleting_are_told_once_each(centre, cursor):
    centre.unpublish()
    assert kinds(cursor, centre) == ["UNPUBLISHED"]
    CentrePage.objects.get(pk=centre.pk).delete()
    assert kinds(cursor, centre) == ["UNPUBLISHED"]


def test_deleting_a_public_page_is_told_for_those_below_too(centre, cursor):
    programme = make.programme(centre)
    cursor = since(cursor)["cursor"]
    CentrePage.objects.get(pk=centre.pk).delete()
    assert kinds(cursor, centre) == ["DELETED"]
    assert kinds(cursor, programme) == ["DELETED"]


def test_a_restriction_takes_a_branch_away_and_gives_it_back(centre, cursor):
    programme = make.programme(centre)
    cursor = since(cursor)["cursor"]
    restriction = PageViewRestriction.objects.create(page=centre, restriction_type=PageViewRestriction.LOGIN)
    assert kinds(cursor, programme) == ["UNPUBLISHED"]
    restriction.delete()
    assert kinds(cursor, programme) == ["UNPUBLISHED", "PUBLISHED"]


def test_a_change_of_a_fact_is_told_and_a_save_that_changes_nothing_is_not(centre, cursor):
    host = Organisation.objects.get(code="mkl")
    host.save()
    assert since(cursor)["nodes"] == []
    host.city = "Ljubljana"
    host.save()
    assert [(node["kind"], node["type"]) for node in since(cursor)["nodes"]] == [("UPDATED", "Organisation")]


def test_what_belongs_to_a_hidden_page_is_named_to_nobody_until_that_is_public(centre, cursor):
    programme = make.programme(centre)
    programme.unpublish()
    centre.unpublish()
    edition, act = make.event(programme), make.appointment(centre)
    cursor = since(cursor)["cursor"]
    for row in (edition, act):
        row.save_revision().publish()
    assert since(cursor)["nodes"] == []
    make.publish(centre)
    assert files(cursor) == [("PUBLISHED", "Appointment", global_id(act))]
    cursor = since(cursor)["cursor"]
    make.publish(programme)
    assert files(cursor) == [("PUBLISHED", "EventEdition", global_id(edition))]
    programme.refresh_from_db()
    cursor = since(cursor)["cursor"]
    programme.unpublish()
    assert files(cursor) == [("UNPUBLISHED", "EventEdition", global_id(edition))]
    edition.unpublish()
    assert files(cursor) == [("UNPUBLISHED", "EventEdition", global_id(edition))]


def test_a_person_who_may_not_be_named_is_not_named_here_either(cursor):
    person = make.person(publication_consent=False)
    person.save()
    assert files(cursor) == []
    for agrees in (True, False):
        person.publication_consent = agrees
        person.save()
    told = [("PUBLISHED", "Person", global_id(person)), ("UNPUBLISHED", "Person", global_id(person))]
    person.delete()
    assert files(cursor) == told


@pytest.mark.parametrize("cursor", ["", "x", "Y2hhbmdlOi0x", "Y2hhbmdlOmFiYw==", "č"])
def test_a_cursor_that_is_none_of_ours_is_an_error(cursor):
    with pytest.raises(Refused) as refused:
        since(cursor)
    assert refused.value.codes == ["INVALID_CURSOR"]


def files(cursor):
    return [(node["kind"], node["type"], node["id"]) for node in since(cursor)["nodes"] if not node["locale"]]


@pytest.fixture
def closed():
    collection = Collection.get_first_root_node().add_child(name="Zaprta")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return Collection.objects.get(pk=collection.pk).add_child(name="Pod zaprto")


def document(**facts):
    return Document.objects.create(title="Zapisnik", file=file(PDF, "zapisnik.pdf"), **facts)


def test_what_lies_in_a_closed_collection_is_named_to_nobody(cursor, closed):
    hidden = document(collection=closed)
    hidden.title = "Drugi zapisnik"
    hidden.save()
    hidden.delete()
    assert files(cursor) == []


def test_a_document_that_goes_behind_a_closed_door_is_gone_and_new_when_it_comes_back(cursor, closed):
    moved = document()
    key = global_id(moved)
    for collection in (closed, closed, Collection.get_first_root_node()):
        moved.collection = collection
        moved.save()
    moved.delete()
    kinds_of = [kind for kind, type_, pk in files(cursor) if (type_, pk) == ("Document", key)]
    assert kinds_of == ["PUBLISHED", "UNPUBLISHED", "PUBLISHED", "DELETED"]


def test_a_collection_that_is_moved_below_a_closed_one_is_closed_at_once(cursor, closed, admin_client):
    moved = Collection.get_first_root_node().add_child(name="Odprta")
    own = document(collection=moved)
    begun = since(cursor)["cursor"]
    address = reverse("wagtailadmin_collections:edit", args=[moved.pk])
    for parent, told, status in ((closed, "UNPUBLISHED", 302), (moved.get_parent(), "PUBLISHED", 200)):
        assert admin_client.post(address, {"name": "Odprta", "parent": parent.pk}).status_code == 302
        assert files(begun)[-1] == (told, "Document", global_id(own))
        response = Client().get(own.url)
        assert (response.status_code, len(response.getvalue()) > 0) == (status, status == 200)
        assert Gate(now=timezone.now()).allows(own) == (status == 200)


def test_many_files_that_are_moved_to_a_closed_collection_are_hidden_at_once(cursor, closed, admin_client):
    moved = [document(), document()]
    page = make.centre("Druga", results=[ResultItem(kind="RESEARCH", title="Poročilo", document=moved[0])])
    query = """query ($id: ID!) { page(id: $id) { ... on CentrePage { results { document { title } } } } }"""
    assert ask(query, id=str(page.pk))["page"]["results"] == [{"document": {"title": "Zapisnik"}}]
    begun = since(cursor)["cursor"]
    address = reverse("wagtail_bulk_action", args=["cms", "document", "add_to_collection"])
    ids = "&".join(f"id={one.pk}" for one in moved)
    assert admin_client.post(f"{address}?{ids}", {"collection": closed.pk}).status_code == 302
    assert ask(query, id=str(page.pk))["page"]["results"] == [{"document": None}]
    assert files(begun) == [("UNPUBLISHED", "Document", global_id(one)) for one in moved]


def test_a_restriction_of_a_collection_takes_its_files_away_and_gives_them_back(cursor):
    above = Collection.get_first_root_node().add_child(name="Odprta")
    below = Collection.objects.get(pk=above.pk).add_child(name="Pod odprto")
    own, other = document(collection=below), document()
    begun = since(cursor)["cursor"]
    restriction = CollectionViewRestriction.objects.create(collection=above, restriction_type="login")
    assert files(begun) == [("UNPUBLISHED", "Document", global_id(own))]
    restriction.delete()
    assert files(begun)[1:] == [("PUBLISHED", "Document", global_id(own))]
    above.name = "Drugo ime"
    above.save()
    assert len(files(begun)) == 2
    assert global_id(other) not in {pk for _kind, _type, pk in files(begun)}


def test_a_closed_collection_that_is_empty_can_be_deleted(closed, admin_client):
    above = closed.get_parent()
    for collection in (closed, above):
        address = reverse("wagtailadmin_collections:delete", args=[collection.pk])
        assert admin_client.post(address).status_code == 302
    assert not Collection.objects.filter(pk__in=[closed.pk, above.pk]).exists()


@pytest.mark.parametrize("column", ["go_live_at", "expire_at"])
def test_a_time_that_hides_a_live_page_is_logged_whoever_writes_it(centre, cursor, column):
    hours = {"go_live_at": 1, "expire_at": -1}[column]
    page = CentrePage.objects.get(pk=centre.pk)
    setattr(page, column, timezone.now() + timedelta(hours=hours))
    page.save(update_fields=[column])
    assert kinds(cursor, centre) == ["UNPUBLISHED"]
