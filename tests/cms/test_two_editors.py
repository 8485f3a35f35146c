"""Two people who edit the same thing: the second is shown both texts and decides, and nothing is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.admin.views import generic
from wagtail.models import (
    APIToken,
    Collection,
    GroupApprovalTask,
    GroupPagePermission,
    Locale,
    Page,
    Site,
)
from wagtail.test.utils.form_data import querydict_from_html

from centres.models import CalendarProvider
from cms.editorial.stale_forms import VERSION
from cms.models import Document, Image, Receiver, SiteLabels, SiteSettings, TrustedDocument
from cms.search.models import Synonym
from tests import factories
from tests.cms.pictures import jpeg

pytestmark = pytest.mark.django_db

SETTINGS = [SiteSettings, SiteLabels]
_OF_SETTINGS = "wagtailsettings:edit"


def edit_views() -> Iterator[tuple[str, Any]]:
    """Yield the name of each address of the admin at which something is edited, with its model."""
    found: dict[str, Any] = {}

    def walk(patterns: Any, namespaces: tuple[str, ...]) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
                walk(pattern.url_patterns, inner)
            elif isinstance(pattern, URLPattern):
                callback: Any = pattern.callback
                view = getattr(callback, "view_class", None)
                if isinstance(view, type) and issubclass(view, generic.EditView) and pattern.name:
                    model = callback.view_initkwargs.get("model") or getattr(view, "model", None)
                    name = ":".join((*namespaces, pattern.name))
                    if name == _OF_SETTINGS:
                        found.update({f"{name} {setting.__name__}": setting for setting in SETTINGS})
                    else:
                        found[name] = model

    walk(get_resolver().url_patterns, ())
    yield from found.items()


VIEWS = [name for name, _model in edit_views()]


def opened(client: Client, where: str) -> Any:
    """Return what the form at ``where`` sends when nothing was changed in it."""
    page = client.get(where)
    assert page.status_code == 200, where
    return form_in(page.text)


def form_in(text: str) -> Any:
    soup = BeautifulSoup(text, "html.parser")
    form = next(tag.find_parent("form") for tag in soup.find_all("input", {"name": VERSION}))
    form["id"] = "wanted"
    for part in form.find_all("template"):
        part.decompose()
    data = querydict_from_html(str(form), form_id="wanted")
    boxes = form.find_all("input", {"type": ["checkbox", "radio"]})
    for name in {box["name"] for box in boxes if box.has_attr("name")}:
        ticked = [
            box.get("value", "on") for box in boxes if box.get("name") == name and box.has_attr("checked")
        ]
        data.pop(name, None)
        if ticked:
            data.setlist(name, ticked)
    for box in form.find_all("select", {"multiple": True}):
        if not box.find_all("option", selected=True):
            data.pop(box["name"], None)
    data.setdefault("body-count", "0")  # a body is made in the browser
    return data


def place(name: str, model: Any, user: Any) -> tuple[str, Any]:
    """Return where the form called ``name`` is for some row, and that row."""
    if model in SETTINGS:
        site = Site.objects.get(is_default_site=True)
        where = reverse("wagtailsettings:edit", args=["cms", model._meta.model_name, site.pk])
        return where, model.for_site(site)
    model = {"wagtaildocs:edit": Document, "wagtailimages:edit": Image}.get(name, model)
    if name == "wagtailadmin_workflows:edit_task":
        model = GroupApprovalTask
    if model is Image:
        thing = Image.objects.create(
            title="Slika", file=jpeg(), alt_text={"sl": "Polja"}, collection=Collection.get_first_root_node()
        )
    elif model is Synonym:
        thing = Synonym.objects.create(word="bukla", others="knjiga", locale=Locale.get_default())
    elif model is Receiver:
        thing = Receiver.objects.create(name="Spletišče", address="https://prejemnik.example/")
    elif model is CalendarProvider:
        thing = factories.external_edition().provider
    elif model is APIToken:
        thing = APIToken.objects.create(user=user, name="Žeton")
    elif name == "wagtailusers_users:edit":
        thing = user
        model.objects.filter(pk=thing.pk).update(email="u@example.si", first_name="U", last_name="R")
    else:
        thing = model.objects.order_by("pk").last()
    if name.endswith("revisions_revert"):
        return reverse(name, args=[thing.pk, thing.save_revision().pk]), thing
    return reverse(name, args=[thing.pk]), thing


def changed(form: Any, thing: Any) -> tuple[str, list[str]]:
    """Return a field of words in the form of ``thing`` and two texts for it."""
    for name in (
        "name_sl", "label_sl", "name", "title_sl", "title", "publisher", "site_name", "old_path", "word",
        "first_name", "skip_to_content_sl", "title_awarded_sl", "public_summary_sl", "language_code", "self_report",
    ):  # fmt: skip
        if name in form:
            texts = ["prva", "druga"]
            if name == "language_code":
                texts = ["en", "sl"]
            elif name == "old_path":
                texts = ["/prva", "/druga"]
            return name, [form[name] if name == "language_code" else text for text in texts]
    raise AssertionError(f"no words in {list(form)}")


ALONE = {
    # Nobody may change one: they come from builds. A test below tries.
    "wagtailsnippets_cms_trusteddocument:edit",
    # Its name is fixed; what else it has is boxes. A test below ticks them.
    "wagtailadmin_workflows:edit_task",
    # One value, chosen from what no other row has: there is nothing to differ about.
    "wagtaillocales:edit",
}


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("name", [name for name in VIEWS if name not in ALONE])
def test_each_form_of_the_admin_asks_the_second_editor(
    name: str, admin_client: Client, admin_user: Any, settings: Any
) -> None:
    settings.EXTERNAL_CALENDAR_HOSTS = ["www.nuk.example"]
    where, thing = place(name, dict(edit_views())[name], admin_user)
    form = opened(admin_client, where)
    field, (first, second) = changed(form, thing)

    saved = admin_client.post(where, form | {field: first})
    assert saved.status_code == 302, errors(saved)
    asked = admin_client.post(where, form | {field: second})

    assert asked.status_code == 200, "written over"
    again = form_in(asked.text)
    shown = asked.text.split(VERSION)[1]
    assert first in shown
    assert second in shown
    assert again[field].strip() == second
    current = (
        where
        if not name.endswith("revert")
        else reverse(name.replace("revisions_revert", "edit"), args=[thing.pk])
    )
    assert opened(admin_client, current)[field].strip() == first
    if not name.endswith("revert"):
        undecided = without_decisions(again)
        assert admin_client.post(where, undecided).status_code == 200
        assert opened(admin_client, current)[field].strip() == first
    mine = dict.fromkeys((f"keep-{field}", f"keep-{field.removesuffix('_sl')}"), "mine")
    decided = admin_client.post(where, again | mine)
    assert decided.status_code == 302, errors(decided)
    assert opened(admin_client, current)[field].strip() == second


def without_decisions(form: Any) -> Any:
    kept = form.copy()
    for name in [name for name in form if name.startswith("keep-")]:
        del kept[name]
    return kept


def errors(answer: Any) -> list[str]:
    soup = BeautifulSoup(answer.text, "html.parser")
    return [tag.get_text(" ", strip=True) for tag in soup.select(".error-message, .messages, [role=alert]")]


def test_nobody_changes_a_registered_document_in_the_admin(admin_client: Client) -> None:
    document = TrustedDocument.objects.create(sha256="a" * 64, name="site", source="{ site { name } }")
    where = reverse("wagtailsnippets_cms_trusteddocument:edit", args=[document.pk])
    for answer in (admin_client.get(where), admin_client.post(where, {"source": "{ changed }"})):
        assert answer.status_code in (302, 403)
    document.refresh_from_db()
    assert document.source == "{ site { name } }"


def test_a_task_of_a_workflow_whose_groups_another_changed(admin_client: Client) -> None:
    first, second = (Group.objects.create(name=name) for name in ("Prva skupina", "Druga skupina"))
    task = GroupApprovalTask.objects.create(name="Pregled")
    where = reverse("wagtailadmin_workflows:edit_task", args=[task.pk])
    form = opened(admin_client, where)
    assert admin_client.post(where, ticked(form, "groups", first.pk)).status_code == 302
    asked = admin_client.post(where, ticked(form, "groups", second.pk))
    assert asked.status_code == 200
    assert [group.pk for group in task.groups.all()] == [first.pk]
    again = form_in(asked.text)
    assert admin_client.post(where, again | {"keep-groups": "mine"}).status_code == 302
    assert [group.pk for group in task.groups.all()] == [second.pk]


@pytest.mark.parametrize("choice", ["stored", "mine"])
def test_permissions_of_a_group_that_another_changed(choice: str, admin_client: Client) -> None:
    add, change, publish = (
        Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{name}_page")
        for name in ("add", "change", "publish")
    )
    group = Group.objects.create(name="Uredniki")
    GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=add)
    where = reverse("wagtailusers_groups:edit", args=[group.pk])
    form, box = opened(admin_client, where), "page_permissions-0-permissions"
    assert admin_client.post(where, ticked(form, box, change.codename)).status_code == 302
    asked = admin_client.post(where, ticked(form, box, publish.codename))
    assert asked.status_code == 200
    assert granted(group) == {change.pk}
    again = form_in(asked.text)
    assert admin_client.post(where, again | {"keep-page_permissions": choice}).status_code == 302
    assert granted(group) == {change.pk if choice == "stored" else publish.pk}


def granted(group: Group) -> set[int]:
    return set(GroupPagePermission.objects.filter(group=group).values_list("permission_id", flat=True))


def ticked(form: Any, name: str, *values: Any) -> Any:
    sent = form.copy()
    sent.setlist(name, [str(value) for value in values])
    return sent
