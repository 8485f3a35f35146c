"""Law: the same type and id, the same values, in every locale and for every use, so any normalising cache is right."""

import json
from itertools import batched
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from graphql import GraphQLObjectType, get_named_type, is_leaf_type
from hypothesis import HealthCheck, given, settings

from centres.models import CentrePage, EventEdition, Goal, GoalAssessment, Organisation, Person, Review, Topic
from cms.graphql.serving.explorer import Example, examples
from cms.models import Image
from cms.publishing.identity import GlobalId
from config.schema import schema
from tests import factories as make
from tests.graph import ENDPOINT, ask, global_id, send
from tests.normalised import Store, in_locale, with_ids
from tests.random_queries import queries
from tests.test_documentation import variables_of
from tests.test_random_queries import known_words

DOCS = django_settings.BASE_DIR / "docs"
NO_LIMIT = {
    "MAX_FIELDS": 10**6,
    "MAX_TOKENS": 10**6,
    "MAX_ALIASES": 10**6,
    "MAX_COST": 10**7,
    "MAX_ESTIMATE": 10**9,
}


def documented() -> list[Example]:
    return [*examples(DOCS / "graphql.md"), *examples(DOCS / "clients.md")]


def take(store: Store, query: str, variables: dict[str, Any]) -> bool:
    """Ask a query as a client does and note the answer; False where there is none without errors."""
    asked = with_ids(query, schema)
    body = {"query": asked, "variables": variables}
    answer = Client().post(ENDPOINT, body, content_type="application/json").json()
    if "errors" in answer:
        return False
    store.take(asked, variables, answer["data"])
    return True


def scalars_of(type_: Any) -> str:
    """Return all fields of a type that are values and need no argument."""
    names = [
        name for name, one in type_.fields.items() if is_leaf_type(get_named_type(one.type)) and not one.args
    ]
    return " ".join(f"{type_.name}_{name}: {name}" for name in names)


@pytest.fixture
def unlimited(settings: Any) -> None:
    for name, value in NO_LIMIT.items():
        setattr(settings, f"CMS_GRAPHQL_{name}", value)


@pytest.mark.usefixtures("demo", "unlimited")
def test_documented_and_random_queries_in_both_locales_never_give_an_id_two_values() -> None:
    store = Store(schema)
    shown = [(example.query, variables_of(example)) for example in documented()]
    for locale in ("sl", "en", "sl"):
        for query, variables in shown:
            assert take(store, *in_locale(query, variables, schema, locale)), query
            assert take(store, query, variables), query
    answered = 0

    @settings(
        max_examples=200,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(queries(schema, known_words()))
    def random(asked: tuple[str, dict[str, Any]]) -> None:
        nonlocal answered
        answered += take(store, *asked)

    random()
    assert answered > 60
    assert store.conflicts == []
    assert len(store.types) > 250
    assert_nodes_give_the_same(store)


def assert_nodes_give_the_same(store: Store) -> None:
    """`nodes` gives each object under its id, with the values that were known of it, but for what previews showed."""
    public = [one for one in store.types if not (read := GlobalId.read(one)) or not read.draft]
    kinds = sorted({store.types[one] for one in public})
    fields = " ".join(f"... on {kind} {{ {scalars_of(schema.type_map[kind])} }}" for kind in kinds)
    query = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ __typename id {fields} }} }}"
    for some in batched(public, 100, strict=False):
        found = ask(query, ids=list(some))["nodes"]
        assert [one and one["id"] for one in found] == list(some)
        assert [one["__typename"] for one in found] == [store.types[one] for one in some]
        store.take(query, {"ids": list(some)}, {"nodes": found})
    assert store.conflicts == []


def test_every_type_that_is_a_row_is_a_node_and_no_value_is() -> None:
    nodes = {
        type_.name
        for type_ in schema.type_map.values()
        if isinstance(type_, GraphQLObjectType) and "Node" in {one.name for one in type_.interfaces}
    }
    assert {
        "Organisation",
        "Term",
        "Person",
        "Venue",
        "Document",
        "Image",
        "Session",
        "Goal",
        "Book",
    } <= nodes
    assert not nodes & {
        "Seo",
        "Crumb",
        "PartialDate",
        "Fee",
        "Partner",
        "StaffMember",
        "GoalAssessment",
        "AwardResult",
    }
    with_id = {
        type_.name
        for type_ in schema.type_map.values()
        if isinstance(type_, GraphQLObjectType) and "id" in type_.fields and type_.name != "Change"
    }
    assert with_id == nodes


# ---------------------------------------------------------------- what ids stand for
NODE = "query ($id: ID!) { node(id: $id) { __typename id } }"
NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"


@pytest.fixture
def centre(db: None) -> Any:
    return make.centre("Pionirska")


def test_nodes_keep_the_order_and_are_null_for_what_is_not_there(centre: Any) -> None:
    first, second = global_id(make.organisation("nuk")), global_id(centre)
    ids = [second, "nonsense", first, "", second, "12", global_id(Organisation(pk=10**6)), "é", "a" * 900]
    found = ask(NODES, ids=ids)["nodes"]
    assert [one and one["id"] for one in found] == [second, None, first, None, second, None, None, None, None]


@pytest.mark.parametrize("number", [0, 101])
def test_nodes_are_1_to_100(db: None, number: int, settings: Any) -> None:
    settings.CMS_GRAPHQL_MAX_LIST_LENGTH = 1000
    errors = send(NODES, ids=["x"] * number).json()["errors"]
    assert [one["extensions"]["code"] for one in errors] == ["PAGE_SIZE"]


def hidden() -> dict[str, str]:
    """Return the ids of rows that the public may not see."""
    draft = make.centre("Osnutek", live=False)
    event = make.event(make.programme(draft))
    quiet = make.event(make.programme(make.centre("Drugi")), live=False)
    return {
        "a page": global_id(draft),
        "a page in English": str(GlobalId(CentrePage, str(draft.pk), locales=("en", "sl"))),
        "a row of a page": global_id(Goal.objects.create(page=draft, text="Cilj")),
        "an edition of a hidden programme": global_id(event),
        "a session of it": global_id(event.sessions.first()),
        "a draft of an edition": global_id(quiet),
        "a session of the draft": global_id(quiet.sessions.first()),
        "a person who did not agree": global_id(Person.objects.create(name="Ana", publication_consent=False)),
        "a public page in a preview": str(GlobalId(CentrePage, str(make.centre("Javni").pk), draft=True)),
    }


def test_a_node_that_the_public_may_not_see_is_null(db: None) -> None:
    names = hidden()
    found = ask(NODES, ids=list(names.values()))["nodes"]
    assert dict(zip(names, found, strict=True)) == dict.fromkeys(names)


def test_a_page_that_is_shown_as_a_fallback_is_another_object_until_it_is_translated(centre: Any) -> None:
    query = """query ($p: String!) {
      sl: page(path: $p) { id isFallback } en: page(path: $p, locale: "en") { id isFallback } }"""
    found = ask(query, p=centre.url_path)
    assert found["sl"] == {"id": global_id(centre), "isFallback": False}
    assert found["en"]["isFallback"] is True
    stand_in = found["en"]["id"]
    assert stand_in.partition(".")[0] == global_id(centre)
    assert ask(NODE, id=stand_in)["node"] == {"__typename": "CentrePage", "id": stand_in}
    english = make.translated(centre, title="Pionirska library")
    assert ask(NODE, id=stand_in)["node"] is None
    assert ask(query, p=centre.url_path)["en"] == {"id": global_id(english), "isFallback": False}


def test_an_id_finds_a_page_and_an_edition_in_its_own_locale_and_in_others(centre: Any) -> None:
    event = make.event(make.programme(centre))
    english = str(GlobalId(EventEdition, str(event.pk), locales=("en", "sl")))
    query = (
        "query ($id: ID!, $l: String) { edition(id: $id, locale: $l) { id programme { requestedLocale } } }"
    )
    assert ask(query, id=english)["edition"] == {"id": english, "programme": {"requestedLocale": "en"}}
    assert ask(query, id=english, l="sl")["edition"]["id"] == global_id(event)
    assert ask(query, id=global_id(event), l="en")["edition"]["id"] == english
    assert ask(query, id=global_id(centre))["edition"] is None


def test_numeric_ids_are_accepted_for_one_version_and_the_answer_says_so(centre: Any) -> None:
    event = make.event(make.programme(centre))
    query = "query ($page: ID!, $id: ID!) { page(id: $page) { id } edition(id: $id) { id } }"
    old = send(query, page=str(centre.pk), id=str(event.pk)).json()
    assert old["data"] == {"page": {"id": global_id(centre)}, "edition": {"id": global_id(event)}}
    told = old["extensions"]["deprecations"]
    assert [one["argument"] for one in told] == ["Query.page(id:)", "Query.edition(id:)"]
    assert all("2.0" in one["message"] for one in told)
    new = send(query, page=global_id(centre), id=global_id(event)).json()
    assert new["data"] == old["data"]
    assert "deprecations" not in new["extensions"]


def test_a_change_names_its_object_by_the_id_that_the_graph_gives(centre: Any) -> None:
    cursor = ask("{ changes(first: 100) { cursor } }")["changes"]["cursor"]
    topic = make.coded(Topic, "branje")
    named = ask("query ($a: String) { changes(after: $a) { nodes { type id } } }", a=cursor)["changes"][
        "nodes"
    ]
    of_terms = [one["id"] for one in named if one["type"] == "Term"]
    found = ask('{ sl: topics { id } en: topics(locale: "en") { id } }')
    assert of_terms == [found["sl"][0]["id"]] == [global_id(topic)]
    assert found["en"][0]["id"].partition(".")[0] == of_terms[0]


def test_a_form_is_named_in_a_preview_and_nowhere_else(centre: Any, admin_user: Any) -> None:
    from cms.models.previews import keep

    centre.body = [("paragraph", {"text": "<p>Besedilo</p>"})]
    centre.save_revision().publish()
    event = make.event(make.programme(centre))
    fields = """{ __typename id editUrl ... on CentrePage { body { ... on BlockInterface { id editUrl } }
      programmes { nodes { id editUrl editions { nodes { id editUrl } } } } } }"""
    public = ask(f"query ($p: String!) {{ page(path: $p) {fields} }}", p=centre.url_path)["page"]
    draft = ask(
        f"query ($t: String!) {{ preview(token: $t) {fields} }}",
        t=keep(admin_user, CentrePage.objects.get(pk=centre.pk)),
    )["preview"]
    assert "admin" not in json.dumps(public)
    programme = draft["programmes"]["nodes"][0]
    assert draft["editUrl"] == f"http://testserver/admin/pages/{centre.pk}/edit/"
    key = CentrePage.objects.get(pk=centre.pk).body.raw_data[0]["id"]
    assert draft["body"][0]["editUrl"] == f"{draft['editUrl']}#block-{key}-section"
    assert programme["editions"]["nodes"][0]["editUrl"].endswith(f"/eventedition/edit/{event.pk}/")
    pairs = [(public, draft), (public["body"][0], draft["body"][0])]
    assert all(one["id"] != other["id"] for one, other in pairs)


def test_an_image_with_words_of_its_own_is_another_object(centre: Any) -> None:
    from tests.cms.pictures import jpeg

    image = Image.objects.create(title="Bralci", file=jpeg(), alt_text={"sl": "Otroci berejo."})
    figure = {"image": image, "caption": "", "credit": ""}
    centre.lead_image = image
    centre.body = [
        ("figure", figure | {"alt_text": "", "decorative": False}),
        ("figure", figure | {"alt_text": "Dve deklici.", "decorative": False}),
        ("figure", figure | {"alt_text": "", "decorative": True}),
    ]
    centre.save_revision().publish()
    query = """query ($p: String!) { page(path: $p) { ... on CentrePage { leadImage { id alt }
      body { ... on FigureBlock { image { id alt decorative } } } } } }"""
    page = ask(query, p=centre.url_path)["page"]
    images = [block["image"] for block in page["body"]]
    assert images[0]["id"] == page["leadImage"]["id"] == global_id(image)
    assert len({one["id"] for one in images}) == 3
    ids = [one["id"] for one in images]
    again = ask("query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Image { id alt decorative } } }", ids=ids)
    assert again["nodes"] == images


def test_reviews_show_their_goals_under_the_ids_of_the_centre(centre: Any) -> None:
    goal = make.goals(centre).goals.get()
    review = make.review(make.appointment(centre), state="DECIDED")
    GoalAssessment.objects.create(review=review, goal=goal, result="ACHIEVED")
    query = """query ($p: String!) { page(path: $p) { ... on CentrePage { goals { id }
      reviews { id goalAssessments { goal { id } } } } } }"""
    page = ask(query, p=centre.url_path)["page"]
    assert page["goals"] == [{"id": global_id(goal)}]
    assert page["reviews"] == [
        {"id": global_id(Review.objects.get()), "goalAssessments": [{"goal": {"id": global_id(goal)}}]}
    ]
