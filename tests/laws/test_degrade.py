"""What cannot be shown is left out and logged with its place; the rest of the response stands.

The same holds for compiled operations and for graphql-core, and for every abstract type of the schema.
"""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.utils import timezone
from graphql import GraphQLInterfaceType, GraphQLUnionType, build_schema, execute_sync, parse
from wagtail.models import APIToken, Page

from centres.models import CentrePage, ProgrammePage
from cms.graphql.protocol.compiled import Plans
from cms.graphql.protocol.execution import BoundedExecution
from cms.models.access import TokenAccess, TokenScope
from config.schema import schema
from tests import factories as make
from tests.graph import ask

pytestmark = [pytest.mark.one_database, pytest.mark.leaves_out]


class Clock:
    deadline = float("inf")


ABSTRACT = [
    type_.name
    for type_ in schema.type_map.values()
    if isinstance(type_, (GraphQLInterfaceType, GraphQLUnionType)) and not type_.name.startswith("__")
]
PARAGRAPH = {"type": "paragraph", "id": "p", "value": {"text": "<p>Beremo.</p>"}}
BROKEN = {
    "an unknown type": {"type": "carousel", "id": "x", "value": {"slides": []}},
    "no type": {"id": "x", "value": {"text": "a"}},
    "no value": {"type": "paragraph", "id": "x"},
    "a type that is no text": {"type": 5, "id": "x", "value": {}},
    "text in place of an object": {"type": "heading", "id": "x", "value": "Naslov"},
    "a list in place of an object": {"type": "table", "id": "x", "value": [1]},
    "nothing in place of an object": {"type": "heading", "id": "x", "value": None},
    "a level that is no number": {"type": "heading", "id": "x", "value": {"text": "a", "level": "x"}},
    "no object at all": "paragraph",
    "null": None,
}
BODY = '{ centre(slug: "pionirska") { title body { __typename } } site { rootUrl } }'


@pytest.fixture(params=[True, False], ids=["compiled", "graphql-core"])
def engine(request: Any, settings: Any) -> Any:
    settings.CMS_GRAPHQL_COMPILED = request.param
    return request.param


@pytest.mark.django_db
@pytest.mark.parametrize("stored", BROKEN.values(), ids=BROKEN)
@pytest.mark.usefixtures("engine")
def test_a_block_that_cannot_be_read_is_left_out(stored: Any, caplog: pytest.LogCaptureFixture) -> None:
    centre = make.centre("Pionirska")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE centres_centrepage SET body = %s WHERE page_ptr_id = %s",
            [json.dumps([stored, PARAGRAPH]), centre.pk],
        )
    data = ask(BODY)
    assert data["centre"]["title"] == "Pionirska"
    assert [block["__typename"] for block in data["centre"]["body"]] == ["ParagraphBlock"]
    assert data["site"]["rootUrl"]
    assert f"CentrePage {centre.pk}" in caplog.text


@pytest.mark.django_db
@pytest.mark.usefixtures("engine")
def test_a_block_that_the_union_lacks_is_left_out_and_logged_with_its_place(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    centre = make.centre(
        "Pionirska", body=[("heading", {"text": "Naslov", "level": "2"}), ("paragraph", {"text": "a"})]
    )
    monkeypatch.setattr("cms.graphql.fields.blocks.Block.graphql_type", property(_no_heading))
    data = ask(BODY)
    assert [block["__typename"] for block in data["centre"]["body"]] == ["ParagraphBlock"]
    assert f"CentrePage {centre.pk}" in caplog.text
    assert "Carousel" in caplog.text


def _no_heading(block: Any) -> str:
    name = str(block.value["graphql_type"])
    return "Carousel" if name == "HeadingBlock" else name


@pytest.mark.django_db
@pytest.mark.usefixtures("engine")
def test_a_page_without_a_type_is_left_out_of_lists_and_null_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    centre = make.centre("Pionirska")
    make.centre("Domoznanstvo")
    monkeypatch.setattr(CentrePage, "graphql_type", property(_type_of(centre.pk)), raising=False)
    data = ask(
        "query ($path: String!, $above: String!) {"
        " page(path: $path) { title } "
        " above: page(path: $above) { children { nodes { title } edges { node { title } } } }"
        ' search(query: "Pionirska") { nodes { page { title } } } site { rootUrl } }',
        path=centre.url_path,
        above=centre.get_parent().url_path,
    )
    assert data["page"] is None
    assert data["above"]["children"]["nodes"] == [{"title": "Domoznanstvo"}]
    assert data["above"]["children"]["edges"] == [{"node": {"title": "Domoznanstvo"}}]
    assert data["search"]["nodes"] == []
    assert data["site"]["rootUrl"]


def _type_of(pk: int) -> Any:
    return lambda page: "Unheard" if page.pk == pk else "CentrePage"


@pytest.mark.django_db
@pytest.mark.usefixtures("engine")
def test_a_page_whose_own_row_is_gone_is_left_out() -> None:
    centre = make.centre("Pionirska")
    make.centre("Domoznanstvo")
    above = centre.get_parent()
    # As after an import: the page says that it is of a type whose table has no row for it.
    Page.objects.filter(pk=centre.pk).update(content_type=ContentType.objects.get_for_model(ProgrammePage))
    query = "query ($path: String!) { page(path: $path) { children { nodes { title } } } }"
    assert ask(query, path=above.url_path)["page"]["children"]["nodes"] == [{"title": "Domoznanstvo"}]


@pytest.mark.django_db
@pytest.mark.usefixtures("engine")
def test_a_draft_that_cannot_be_read_leaves_the_page_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    centre = make.centre("Pionirska")
    centre.title = "Osnutek"
    revision = centre.save_revision()
    revision.content = {"pk": centre.pk, "content_type": "no number"}
    revision.save()
    user = get_user_model().objects.create_superuser("somebody")
    row, token = APIToken.create_token(user=user, name="drafts")
    TokenAccess.objects.create(
        token=row, scope=TokenScope.DRAFTS, expires_at=timezone.now() + timedelta(days=1)
    )
    client = Client(headers={"Authorization": f"Bearer {token}"})
    assert ask('{ centre(slug: "pionirska") { title } }', client)["centre"]["title"] == "Pionirska"
    assert f"CentrePage {centre.pk}, revision {revision.pk}" in caplog.text


# ---------------------------------------------------------------- every abstract type, in every place
PLACES = {
    "one": ("Thing", "{ one { __typename } rest }", {"one": None, "rest": "r"}),
    "many": ("[Thing]", "{ many { __typename } rest }", {"many": [], "rest": "r"}),
    "strict": ("[Thing!]!", "{ strict { __typename } rest }", {"strict": [], "rest": "r"}),
    "lists": ("[[Thing!]!]!", "{ lists { __typename } rest }", {"lists": [[]], "rest": "r"}),
    "holder": ("Holder", "{ holder { thing { __typename } } rest }", {"holder": None, "rest": "r"}),
    "holders": ("[Holder!]!", "{ holders { thing { __typename } } rest }", {"holders": [], "rest": "r"}),
}


@pytest.mark.parametrize("abstract", ABSTRACT)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["Unheard", "String", "Query", None, 5])
def test_an_object_of_an_abstract_type_that_has_no_type_is_left_out(
    abstract: str, place: str, name: Any
) -> None:
    toy = build_schema(
        "type Query { rest: String "
        + " ".join(f"{field}: {type_}" for field, (type_, _query, _data) in PLACES.items()).replace(
            "Thing", abstract
        )
        + f" }} type Holder {{ thing: {abstract}! }} {_abstract(abstract)}"
    )
    declared: Any = toy.type_map[abstract]
    declared.resolve_type = lambda *_: name
    thing = object()
    root = {"rest": "r", "one": thing, "many": [thing], "strict": [thing], "lists": [[thing]]}
    root |= {"holder": {"thing": thing}, "holders": [{"thing": thing}]}
    for field, value in root.items():
        toy.query_type.fields[field].resolve = lambda *_, value=value: value
    _type, query, expected = PLACES[place]
    document = parse(query)
    planned = Plans(toy, document, document.definitions[0]).execute({}, Clock())
    plain = execute_sync(toy, document, context_value=Clock(), execution_context_class=BoundedExecution)
    assert (planned.data, planned.errors) == (expected, None)
    assert (plain.data, plain.errors) == (expected, None)


def _abstract(name: str) -> str:
    """Return the abstract type of the real schema with one possible type."""
    if isinstance(schema.type_map[name], GraphQLUnionType):
        return f"type Only {{ a: Int }} union {name} = Only"
    return f"interface {name} {{ a: Int }} type Only implements {name} {{ a: Int }}"
