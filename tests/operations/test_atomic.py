"""Law: an operation of an editor is done as a whole or not at all, wherever it is cut off."""

import os
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, Locale, Page, PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, streamfield

from centres.models import EventEdition, Organisation, ProgrammePage, Review
from centres.reviewing import decide
from cms.models import Document, SharedText, SiteLabels
from home.models import InfoPage
from tests import factories as make
from tests.cms.pictures import PDF, file

pytestmark = pytest.mark.django_db

# Of each operation so many places are tried, evenly spread; make laws tries all.
PLACES = int(os.environ.get("PLACES", "6"))
# Sessions change with every request. The version may be another one where nothing else is.
NOT_CONTENT = {"django_session", "cms_contentversion"}
READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")


class Killed(KeyboardInterrupt):
    """The process ends here. Django's tasks catch any other exception."""


def build() -> None:
    page = make.below(make.home(), InfoPage(title="O nas", slug="o-nas", summary=make.SUMMARY))
    make.below(page, InfoPage(title="Pod nami", slug="pod-nami", summary=make.SUMMARY))
    for slug in ("drugo", "cilj"):
        make.below(make.home(), InfoPage(title=slug, slug=slug, summary=make.SUMMARY))
    programme = make.programme()
    make.translated(programme, title="Events", slug="events")
    make.event(programme)
    reviewed = make.goals(make.centre("Pregledana"))
    make.review(make.appointment(reviewed))
    make.translated(reviewed, short_name="Reviewed", official_name="Reviewed")
    Review.objects.update(
        state="IN_REVIEW", adequacy="ADEQUATE", outcome="RENEW", decided_on=timezone.localdate(),
        public_summary={"sl": "Center dosega cilje."},
    )  # fmt: skip
    text = SharedText.objects.create(name="Skupno", text="<p>Prej</p>", locale=make.home().locale)
    text.text = "<p>Potem</p>"
    text.save_revision()
    draft = ProgrammePage.objects.get(slug=programme.slug)
    draft.since_year = 1999
    draft.save_revision()
    moved = Collection.get_first_root_node().add_child(name="Gradivo")
    Collection.get_first_root_node().add_child(name="Drugo")
    for name in ("porocilo", "nacrt"):
        Document.objects.create(title=name, file=file(PDF, f"{name}.pdf"), collection=moved)
    Page.objects.get(slug="o-nas").specific.create_alias(parent=make.home(), update_slug="vzdevek-od-prej")
    SiteLabels.objects.get_or_create(site_id=make.home().get_site().pk)


def page(slug: str = "o-nas") -> Any:
    return Page.objects.get(slug=slug)


# ---------------------------------------------------------------- operations
def move(_client: Client) -> None:
    page().move(page("cilj"), pos="last-child")


def move_a_programme_with_its_translations(_client: Client) -> None:
    ProgrammePage.objects.get(locale__language_code="sl").move(
        Page.objects.get(title="Pregledana", locale__language_code="sl"), pos="last-child"
    )


def publish(_client: Client) -> None:
    draft = ProgrammePage.objects.get(has_unpublished_changes=True)
    draft.latest_revision.publish()


def unpublish(_client: Client) -> None:
    page().specific.unpublish()


def copy(_client: Client) -> None:
    page().specific.copy(recursive=True, update_attrs={"slug": "kopija"})


def translate(_client: Client) -> None:
    page().specific.copy_for_translation(Locale.objects.get(language_code="en"))


def alias(_client: Client) -> None:
    page().specific.create_alias(parent=make.home(), update_slug="vzdevek")


def delete(_client: Client) -> None:
    page().specific.delete()


def unpublish_an_edition(_client: Client) -> None:
    EventEdition.objects.get().unpublish()


def change_an_organisation(_client: Client) -> None:
    host = Organisation.objects.get(code="mkl")
    host.city = "Maribor"
    host.save()


def change_a_shared_text(_client: Client) -> None:
    SharedText.objects.get().latest_revision.publish()


def decide_a_review(client: Client) -> None:
    decide(Review.objects.get(), client.editor)  # type: ignore[attr-defined]


def move_in_the_admin(client: Client) -> None:
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page().pk, page("cilj").pk]))


def unpublish_many_in_the_admin(client: Client) -> None:
    ids = f"id={page().pk}&id={page('drugo').pk}"
    client.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'unpublish'])}?{ids}")


def restrict_in_the_admin(client: Client) -> None:
    address = reverse("wagtailadmin_pages:set_privacy", args=[page().pk])
    client.post(address, {"restriction_type": PageViewRestriction.LOGIN})


def move_many_in_the_admin(client: Client) -> None:
    bulk(client, "wagtailcore", "page", "move", *selected(), chooser=page("cilj").pk)


def delete_many_in_the_admin(client: Client) -> None:
    bulk(client, "wagtailcore", "page", "delete", *selected())


def publish_many_in_the_admin(client: Client) -> None:
    drafts = Page.objects.filter(has_unpublished_changes=True)
    bulk(client, "wagtailcore", "page", "publish", *drafts)


def selected() -> tuple[Any, Any]:
    return page(), page("drugo")


def bulk(client: Client, app: str, model: str, action: str, *rows: Any, **data: Any) -> None:
    address = reverse("wagtail_bulk_action", args=[app, model, action])
    client.post(f"{address}?{'&'.join(f'id={row.pk}' for row in rows)}", data)


def make_aliases_in_the_admin(client: Client) -> None:
    data = {"new_title": "O nas", "new_slug": "vzdevek", "new_parent_page": page("cilj").pk}
    address = reverse("wagtailadmin_pages:copy", args=[page().pk])
    client.post(address, data | {"copy_subpages": "on", "alias": "on"})


def make_a_page_of_its_own_from_an_alias_in_the_admin(client: Client) -> None:
    client.post(reverse("wagtailadmin_pages:convert_alias", args=[page("vzdevek-od-prej").pk]))


def change_the_order_in_the_admin(client: Client) -> None:
    address = reverse("wagtailadmin_pages:set_page_position", args=[page("cilj").pk])
    client.post(f"{address}?position=0")


def translate_with_what_is_below_in_the_admin(client: Client) -> None:
    english = Locale.objects.get(language_code="en").pk
    address = reverse("simple_translation:submit_page_translation", args=[page().pk])
    client.post(address, {"locales": [english], "include_subtree": "on"})


def add_a_page_to_all_languages_in_the_admin(client: Client) -> None:
    address = reverse("wagtailadmin_pages:add", args=["home", "infopage", page().pk])
    sent = nested_form_data(
        {"title": "Novo", "slug": "novo", "summary": make.SUMMARY, "body": streamfield([])}
    )
    with override_settings(WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE=True):
        client.post(address, sent)
    assert Page.objects.get(slug="novo", alias_of=None).get_translations().exists()


def decide_in_the_admin(client: Client) -> None:
    address = reverse("centres_review", args=[Review.objects.get().pk])
    opened = re.search(r'name="opened" value="(\w+)"', client.get(address).text)
    client.post(address, {"step": "decide", "opened": opened[1] if opened else ""})


def tag_many_documents_in_the_admin(client: Client) -> None:
    bulk(client, "cms", "document", "add_tags", *Document.objects.all(), tags="branje, knjige")


def delete_many_documents_in_the_admin(client: Client) -> None:
    bulk(client, "cms", "document", "delete", *Document.objects.all())


def move_a_collection_in_the_admin(client: Client) -> None:
    moved, other = (Collection.objects.get(name=name) for name in ("Gradivo", "Drugo"))
    address = reverse("wagtailadmin_collections:edit", args=[moved.pk])
    client.post(address, {"name": "Gradivo", "parent": other.pk})


OPERATIONS = (
    move, move_a_programme_with_its_translations, publish, unpublish, copy, translate, alias, delete,
    unpublish_an_edition, change_an_organisation, change_a_shared_text, decide_a_review, move_in_the_admin,
    unpublish_many_in_the_admin, restrict_in_the_admin, move_a_collection_in_the_admin, move_many_in_the_admin,
    delete_many_in_the_admin, publish_many_in_the_admin, make_aliases_in_the_admin,
    make_a_page_of_its_own_from_an_alias_in_the_admin, change_the_order_in_the_admin,
    translate_with_what_is_below_in_the_admin, add_a_page_to_all_languages_in_the_admin, decide_in_the_admin,
    tag_many_documents_in_the_admin, delete_many_documents_in_the_admin,
)  # fmt: skip


@pytest.fixture
def content(built: None, admin_client: Client, admin_user: Any) -> Client:
    admin_client.get(reverse("wagtailadmin_home"))  # the first request makes rows of its own
    admin_client.editor = admin_user  # type: ignore[attr-defined]
    return admin_client


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.__name__)
def test_it_is_done_as_a_whole_or_not_at_all(operation: Callable[[Client], None], content: Client) -> None:
    before = state()
    _writes(operation, content)  # the first time fills caches
    statements = _writes(operation, content)
    assert statements > 3
    step = max(1, statements // PLACES)
    for at in {*range(1, statements + 1, step), statements}:
        with pytest.raises(Killed), connection.execute_wrapper(Cut(at)):
            operation(content)
        now = state()
        left = {table for table in now if now[table] != before[table]}
        assert not left, f"cut off before statement {at} of {statements}, these have changed: {left}"


def _writes(operation: Callable[[Client], None], client: Client) -> int:
    """Return how many statements of an operation write; what it does is taken back."""
    counter, before = Cut(0), state()
    with transaction.atomic():
        with connection.execute_wrapper(counter):
            operation(client)
        assert state() != before
        transaction.set_rollback(True)
    return counter.seen


class Cut:
    """Ends the process before the statement of this number among those that write."""

    def __init__(self, at: int) -> None:
        self.at, self.seen = at, 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().upper().startswith(READING):
            self.seen += 1
            if self.seen == self.at:
                raise Killed
        return execute(sql, params, many, context)


def state() -> dict[str, list[str]]:
    """Return every row of every table that holds content: pages, log, index, references, history."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if model._meta.managed and not model._meta.proxy and table not in NOT_CONTENT:
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # a name of ours
                found[table] = sorted(map(repr, cursor.fetchall()))
    return found
