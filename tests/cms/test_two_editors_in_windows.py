"""Two people in one of the small forms inside of a page: the second is shown both texts and decides."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, PageViewRestriction
from wagtail.test.utils.form_data import querydict_from_html

from home.models import InfoPage
from tests import factories as make

pytestmark = pytest.mark.django_db


def sent_by(html: str) -> Any:
    """Return what the form in ``html`` sends when nothing was changed in it."""
    form = BeautifulSoup(html, "html.parser").find("form")
    assert form is not None
    form["id"] = "wanted"
    data = querydict_from_html(str(form), form_id="wanted")
    for box in form.find_all("input", {"type": ["radio", "checkbox"]}):
        if box.has_attr("checked"):
            data[box["name"]] = box.get("value", "on")
    return data


def window(answer: Any) -> str:
    found: str = json.loads(answer.content)["html"]
    return found


def done(answer: Any) -> bool:
    return bool(json.loads(answer.content)["step"] == "set_privacy_done")


def of_page() -> tuple[str, Any]:
    page = make.below(make.home(), InfoPage(title="O nas", slug="o-nas", summary=make.SUMMARY))
    return reverse("wagtailadmin_pages:set_privacy", args=[page.pk]), page


def of_collection() -> tuple[str, Any]:
    place = Collection.get_first_root_node().add_child(name="Gradivo")
    return reverse("wagtailadmin_collections:set_privacy", args=[place.pk]), place


PASSWORD = {"restriction_type": PageViewRestriction.PASSWORD, "password": "skrivnost"}
LOGIN = {"restriction_type": PageViewRestriction.LOGIN}
PUBLIC = {"restriction_type": PageViewRestriction.NONE}


@pytest.mark.parametrize("thing", [of_page, of_collection], ids=["page", "collection"])
@pytest.mark.parametrize(
    ("before", "first", "second"),
    [({}, LOGIN, PASSWORD), (LOGIN, PASSWORD, PUBLIC), (LOGIN, PUBLIC, PASSWORD)],
    ids=["closed", "opened", "closed again"],
)
def test_who_may_see_something_is_not_written_over_unasked(
    thing: Any, before: Any, first: Any, second: Any, admin_client: Client
) -> None:
    where, row = thing()
    if before:
        assert done(admin_client.post(where, before))
    one, two = (sent_by(window(admin_client.get(where))) for _person in range(2))

    assert done(admin_client.post(where, one | first))
    asked = admin_client.post(where, two | second)

    kept = row.view_restrictions.values_list("restriction_type", flat=True)
    wanted = [kind for kind in first.values() if kind not in ("none", "skrivnost")]
    assert not done(asked)
    assert list(kept) == wanted
    again = sent_by(window(asked))
    assert again["restriction_type"] == second["restriction_type"]
    assert done(admin_client.post(where, again))
    assert list(kept.all()) == [kind for kind in second.values() if kind not in ("none", "skrivnost")]
