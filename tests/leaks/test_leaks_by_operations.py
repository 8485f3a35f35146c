"""Law: an operation of an editor that must not publish a secret does not, and neither does one on something else."""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import InfoPage
from tests import factories as make
from tests.graph import ask
from tests.laws.public_requests import FILES
from tests.leaks.secret_pages import plant
from tests.operations.content import build as content
from tests.operations.editor import SECRET, Editor
from tests.operations.random_operations import operations

__all__ = ["build"]  # what `built` is made of
pytestmark = pytest.mark.django_db

COUNT = int(os.environ.get("OPERATIONS", "40"))
# The answer to a path or a search repeats no word of the question; so each word of a secret in it is a leak.
QUERY = """query ($secret: String!) {
  pages(first: 100) { totalCount nodes { id title path ... on InfoPage { summary } } }
  en: pages(first: 100, locale: "en") { nodes { title path } }
  redirects(first: 100) { nodes { path location } }
  changes(first: 100) { nodes { kind type id path } }
  home: page(path: "/sl/") {
    children(first: 100) { nodes { title path children(first: 100) { nodes { title path } } } }
  }
  navigation(depth: 4) { title path children { title path children { title path } } }
  search(query: $secret) { totalCount }
  centres(first: 20) { nodes { title body { __typename ... on ParagraphBlock { text { html links { href } } } } } }
}"""
ONE = """query ($path: String!) {
  route(path: $path) { __typename ... on RedirectRoute { location } ... on PageRoute { page { id } } }
  page(path: $path) { id }
}"""

type Operation = Callable[[Any], Any]


def save_a_draft(page: Any) -> None:
    page.title = f"{SECRET} nov"
    page.save_revision(log_action=True)


def copy_it_as_a_draft(page: Any) -> None:
    page.copy(update_attrs={"slug": f"{page.slug}-kopija", "title": f"{page.title} kopija"}, keep_live=False)


def make_an_alias_beside_it(page: Any) -> None:
    page.create_alias(parent=page.get_parent(), update_slug=f"{page.slug}-vzdevek")


def make_an_alias_in_the_open(page: Any) -> None:
    page.create_alias(parent=make.home(), update_slug=f"{page.slug}-vzdevek")


def translate_it(page: Any) -> None:
    page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)


def change_its_slug(page: Any) -> None:
    page.slug = f"{page.slug}-drugje"
    page.save(clean=False) if not page.live else page.save_revision()


def put_it_off(page: Any) -> None:
    page.go_live_at = timezone.now() + timedelta(days=60)
    page.save_revision().publish()


def take_it_down(page: Any) -> None:
    page.unpublish()


def lock_it(page: Any) -> None:
    page.locked = True
    page.save(update_fields=["locked"])


def restrict_its_parent_and_open_it_again(page: Any) -> None:
    restriction = PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="groups")
    restriction.delete()


def publish_its_parent_again(page: Any) -> None:
    parent = page.get_parent().specific
    if parent.live:
        parent.save_revision().publish()


def move_it_below_another_secret(page: Any) -> None:
    closed = Page.objects.get(title=f"{SECRET} za člane")
    if page.pk != closed.pk and page.get_parent().pk != closed.pk:
        page.move(closed, pos="last-child")


def move_a_public_page_below_it(page: Any) -> None:
    other = make.below(make.home(), InfoPage(title="Drugo", summary=make.SUMMARY))
    other.move(Page.objects.get(pk=page.pk), pos="last-child")


def delete_it(page: Any) -> None:
    page.delete()


OPERATIONS: list[Operation] = [
    save_a_draft, copy_it_as_a_draft, make_an_alias_beside_it, make_an_alias_in_the_open, translate_it, change_its_slug,
    put_it_off, take_it_down, lock_it, restrict_its_parent_and_open_it_again, publish_its_parent_again,
    move_it_below_another_secret, move_a_public_page_below_it, delete_it,
]  # fmt: skip
STATES = [
    "a draft",
    "a restricted page",
    "a page below a restricted one",
    "a page whose time has not come",
    "a draft of a public page",
]


def build() -> dict[str, Any]:
    content()
    return plant()


def told(paths: list[str]) -> list[str]:
    """Return what the public is answered that has the secret in it, for each of ``paths`` and beside them."""
    client = Client()
    found = [
        f"{name}: {value}" for name, value in ask(QUERY, secret=SECRET).items() if SECRET in json.dumps(value)
    ]
    for path in paths:
        one = ask(ONE, path=path)
        found += [
            f"{name} {path}"
            for name, value in one.items()
            if value and value.get("__typename") != "GoneRoute"
        ]
    for address in (*FILES, "/sl/", "/sl/o-nas/", "/en/"):
        text = b"".join(client.get(address)).decode()
        found += [address] if SECRET in text else []
    return found


def paths_of_secrets() -> list[str]:
    return list(Page.objects.filter(title__contains=SECRET).values_list("url_path", flat=True))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.__name__)
def test_an_operation_that_must_not_publish_it_leaves_a_secret_hidden(
    built: Any, operation: Operation, state: str
) -> None:
    operation(Page.objects.get(pk=built[state].pk).specific)
    assert told(paths_of_secrets()) == []


def test_random_operations_on_other_content_tell_no_secret(built: Any, admin_client: Client) -> None:
    editor = Editor(5, admin_client, None)
    leaks = []
    for number, (name, perform) in enumerate(operations(editor, COUNT)):
        perform()
        leaks += [(number, name, one) for one in told([])]
    assert leaks == []


def test_a_secret_that_is_published_is_found(built: Any) -> None:
    page = Page.objects.get(pk=built["a draft"].pk).specific
    page.save_revision().publish()
    assert {one.partition(":")[0] for one in told([page.url_path])} >= {
        "pages",
        "home",
        "changes",
        "page /sl/o-nas/skrivnostx-osnutek/",
    }


def test_the_admin_copies_a_restricted_page_as_a_draft(built: Any, admin_client: Client) -> None:
    page = built["a restricted page"]
    data = {
        "new_title": f"{SECRET} kopija",
        "new_slug": f"{SECRET}-kopija",
        "new_parent_page": page.get_parent().pk,
    }
    response = admin_client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
    assert response.status_code == 302
    assert Page.objects.filter(slug=f"{SECRET}-kopija", live=False).exists()
    assert told(paths_of_secrets()) == []
