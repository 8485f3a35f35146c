"""Each of the 74 things that the page of the centres speaks of is authored and can be read from the graph."""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import models
from django.utils.translation import override
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import InlinePanel, Panel, TabbedInterface
from wagtail.admin.panels import get_edit_handler as default_edit_handler
from wagtail.models import Page

from tests.graph import ask

pytestmark = pytest.mark.one_database

DOCUMENT = Path(__file__).parents[2] / "docs" / "the-74-items.md"
APPS = ("centres", "cms")


class Item(NamedTuple):
    """A row of the table."""

    number: str
    words: str
    field: str
    place: str
    query: str
    answer: str


def items() -> list[Item]:
    rows = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("| ")]
    return [Item(*(cell.strip().strip("`") for cell in row.strip("|").split(" | "))) for row in rows[1:]]


def model_and_field(item: Item) -> tuple[type[models.Model], str]:
    name, field = item.field.split(".")
    for label in APPS:
        if name.lower() in apps.all_models[label]:
            return apps.get_model(label, name), field
    raise AssertionError(f"there is no model {name}")


def leaves(data: Any) -> list[str]:
    """Return every value of an answer as text, as it stands in JSON."""
    if isinstance(data, dict):
        return [leaf for value in data.values() for leaf in leaves(value)]
    if isinstance(data, list):
        return [leaf for value in data for leaf in leaves(value)]
    return [str(data).lower() if isinstance(data, bool) else str(data)]


def panels(panel: Panel) -> list[Panel]:
    return [panel, *(below for child in getattr(panel, "children", []) for below in panels(child))]


@cache
def edit_handler(model: type[models.Model]) -> Panel:
    return default_edit_handler(model)


def tab_of(model: type[models.Model], field: str) -> str | None:
    """Return the name of the tab on which ``field`` is edited, empty where there are none; None: nowhere."""
    parental = next((f for f in model._meta.fields if isinstance(f, ParentalKey)), None)
    if parental is not None:
        relation = parental.remote_field.related_name
        top, wanted = edit_handler(parental.related_model), relation
        inline = [p for p in panels(top) if isinstance(p, InlinePanel) and p.relation_name == relation]
        assert inline
        assert field in {getattr(p, "field_name", "") for p in panels(inline[0].child_edit_handler)}
    else:
        top, wanted = edit_handler(model), field
    parts = top.children if isinstance(top, TabbedInterface) else [top]
    for part in parts:
        names = {getattr(p, "relation_name", getattr(p, "field_name", "")) for p in panels(part)}
        if wanted in names:
            return str(part.heading) if isinstance(top, TabbedInterface) else ""
    return None


def test_the_table_has_every_item_once() -> None:
    assert [item.number for item in items()] == [str(number) for number in range(1, 75)]


@pytest.mark.parametrize("item", items(), ids=lambda item: item.number)
def test_an_item_is_in_the_admin_where_the_table_says(item: Item) -> None:
    model, field = model_and_field(item)
    place = item.place.split(" › ")
    with override("sl"):
        tab = tab_of(model, field)
        parental = next((f for f in model._meta.fields if isinstance(f, ParentalKey)), None)
        form_of = parental.related_model if parental is not None else model
        assert place[1].lower() == str(form_of._meta.verbose_name).lower()
    assert tab is not None, "no form has it"
    assert tab == (place[2] if len(place) > 2 else "")


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("item", items(), ids=lambda item: item.number)
def test_an_item_is_authored_in_the_demo_and_returned_by_the_graph(item: Item) -> None:
    model, field = model_and_field(item)
    rows = model._default_manager.filter(live=True) if issubclass(model, Page) else model._default_manager
    values = [getattr(row, field) for row in rows.all()[:50]]
    assert any(value.exists() if hasattr(value, "exists") else value for value in values)

    given = leaves(ask(f"{{ {item.query} }}"))

    for wanted in item.answer.split("; "):
        assert wanted in given
