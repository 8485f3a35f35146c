"""What an audit of bare wagtail-grapple could read or topple, asked of this site: each with the opposite result."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType, get_named_type
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from centres.models import CentrePage, CommissionPage, Partner, ReviewCycle
from cms.models import Document, Image, Rendition, previews
from config.schema import schema
from home.models import InfoPage
from tests import factories as make
from tests.cms.pictures import PDF, file, jpeg
from tests.graph import Refused, ask, global_id, send

pytestmark = pytest.mark.django_db

WORD = "skrivnost"


def info(title: str, parent: Page | None = None, **facts: Any) -> InfoPage:
    return make.below(parent or make.home(), InfoPage(title=title, summary=make.SUMMARY, **facts))


def draft(title: str) -> InfoPage:
    page = InfoPage(title=title, summary=make.SUMMARY, live=False, locale=make.home().locale)
    make.home().add_child(instance=page)
    page.save_revision()
    return page


def closed(page: Page, kind: str = "login", **facts: Any) -> Page:
    PageViewRestriction.objects.create(page=page, restriction_type=kind, **facts)
    return page


def hidden_pages() -> list[Page]:
    """Return a draft, a page for members, one with a password, and an expired one that nothing swept yet."""
    expired = info(f"Potekla {WORD}")
    InfoPage.objects.filter(pk=expired.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    return [
        draft(f"Osnutek {WORD}"), closed(info(f"Za člane {WORD}")),
        closed(info(f"Za geslo {WORD}"), "password", password="geslo"), expired,
    ]  # fmt: skip


def linked_from(targets: list[Page]) -> InfoPage:
    """Return an open page with a call to action and a link in its text for each target."""
    body = [
        {"type": "call_to_action", "id": f"00000000-0000-4000-8000-{number:012}",
         "value": {"label": "Več", "page": page.pk, "href": ""}}
        for number, page in enumerate(targets)
    ]  # fmt: skip
    links = "".join(f'<a linktype="page" id="{page.pk}">povezava</a>' for page in targets)
    body.append({"type": "paragraph", "id": "00000000-0000-4000-8000-000000000099",
                 "value": {"text": f"<p>{links}</p>"}})  # fmt: skip
    return info("Odprta stran", body=body)


# ---------------------------------------------------------------- what could be read
def test_the_search_finds_no_hidden_page_and_has_a_limit() -> None:
    hidden_pages()
    info(f"Odprta {WORD}")
    found = ask(f'{{ search(query: "{WORD}") {{ totalCount nodes {{ page {{ title }} }} }} }}')["search"]
    assert found == {"totalCount": 1, "nodes": [{"page": {"title": f"Odprta {WORD}"}}]}
    with pytest.raises(Refused) as refused:
        ask('{ search(query: "a", first: 1000) { totalCount } }')
    assert refused.value.codes == ["PAGE_SIZE"]


def test_a_page_that_is_chosen_or_linked_is_not_shown_where_it_is_hidden() -> None:
    page = linked_from([*hidden_pages(), info("Javna")])
    blocks = """query ($id: ID!) { page(id: $id) { ... on InfoPage { body {
        ... on CallToActionBlock { page { title } } ... on ParagraphBlock { text { html } } } } } }"""
    answer = ask(blocks, id=str(page.pk))
    assert WORD not in str(answer)
    assert [one["page"] for one in answer["page"]["body"] if "page" in one] == [{"title": "Javna"}]
    assert answer["page"]["body"][-1]["text"]["html"].count("href=") == 1


def test_relations_leave_out_hidden_pages() -> None:
    centre = make.centre()
    make.programme(centre, "Javni program")
    closed(make.programme(centre, f"Program {WORD}"))
    make.programme(centre, f"Nekdanji {WORD}").unpublish()
    found = ask("{ centres { totalCount nodes { programmes { totalCount nodes { title } } } } }")["centres"]
    assert found["nodes"] == [{"programmes": {"totalCount": 1, "nodes": [{"title": "Javni program"}]}}]


def test_a_row_of_many_leads_to_no_hidden_page() -> None:
    """Forward relations, not those that a list of pages filters."""
    partner = make.organisation("partner")
    hidden = closed(make.centre(WORD, partners=[Partner(organisation=partner, relation="COOPERATES")]))
    make.below(
        make.home(),
        CommissionPage(title="Komisija", summary=make.SUMMARY, tasks="Spremlja.", parent_body=partner),
    )
    cycle = ReviewCycle.objects.create(
        name={"sl": "2024"}, starts_on=date(2024, 8, 1), ends_on=date(2024, 9, 1)
    )
    make.review(make.appointment(hidden), cycle=cycle)
    answer = ask("""{ organisation(code: "partner") { partnerOf { centre { title } } }
        commission { reviewCycles { reviews { centre { title } } } } }""")
    assert answer["organisation"] == {"partnerOf": []}
    assert answer["commission"] == {"reviewCycles": [{"reviews": []}]}


def test_a_redirect_to_a_hidden_page_leads_nowhere() -> None:
    for number, page in enumerate(hidden_pages()):
        Redirect.objects.create(old_path=f"/staro-{number}", redirect_page=page)
        assert ask(
            "query ($path: String!) { route(path: $path) { __typename } }", path=f"/staro-{number}/"
        ) == {"route": None}


def test_a_parent_is_shown_only_where_it_is_public_and_never_the_root() -> None:
    assert ask('{ page(path: "/sl/") { parent { id } } }') == {"page": {"parent": None}}
    above = info(f"Nad {WORD}")
    below = info("Pod", above)
    above.unpublish()
    assert ask(f'{{ page(id: "{below.pk}") {{ parent {{ title }} }} }}') == {"page": None}


def test_no_type_tells_how_a_page_is_edited() -> None:
    """Nor other columns of Wagtail's tables: types show what is declared."""
    names = {name for type_ in object_types() for name in type_.fields}
    assert not names & {
        "draftTitle", "hasUnpublishedChanges", "latestRevisionCreatedAt", "goLiveAt", "expireAt", "expired",
        "numchild", "depth", "locked", "lockedAt", "lockedBy", "owner", "aliases", "aliasOf", "rawValue", "blocks",
        "file", "fileHash", "collection", "viewRestrictions", "password", "email_verified", "user", "users",
        "internalNote", "contentType", "uploadedByUser", "revision", "revisions",
    }  # fmt: skip
    assert schema.query_type is not None
    assert not set(schema.query_type.fields) & {
        "settings", "sites", "tags", "snippets", "images", "documents", "collections", "users",
    }  # fmt: skip


def object_types() -> list[GraphQLObjectType]:
    return [
        one for one in schema.type_map.values() if isinstance(one, GraphQLObjectType) and one.name[:2] != "__"
    ]


def test_an_unpublished_change_of_a_live_page_is_not_shown() -> None:
    page = info("Javna stran")
    page.title = f"Nova {WORD}"
    page.save_revision()
    assert ask(f'{{ page(id: "{page.pk}") {{ title }} }}') == {"page": {"title": "Javna stran"}}


def test_an_alias_below_a_closed_page_is_not_shown() -> None:
    alias = info("Javna").create_alias(parent=closed(info("Zaprta")), update_slug="vzdevek")
    assert ask(f'{{ page(id: "{alias.pk}") {{ title }} }}') == {"page": None}


def test_a_row_in_draft_is_neither_listed_nor_counted_nor_found_by_its_id() -> None:
    edition = make.event(live=False, label={"sl": WORD})
    found = ask(f'{{ editions {{ totalCount nodes {{ id }} }} edition(id: "{edition.pk}") {{ id }} }}')
    assert found == {"editions": {"totalCount": 0, "nodes": []}, "edition": None}


def test_a_collection_below_a_private_one_is_private() -> None:
    above = Collection.get_first_root_node().add_child(name="Zaprta")
    CollectionViewRestriction.objects.create(collection=above, restriction_type="login")
    below = Collection.objects.get(pk=above.pk).add_child(name="Pod njo")
    document = Document.objects.create(title=WORD, file=file(PDF, f"{WORD}.pdf"), collection=below)
    image = Image.objects.create(
        title=WORD, file=jpeg(f"{WORD}.jpg"), collection=below, alt_text={"sl": WORD}
    )
    page = info("Stran", body=[
        {"type": "document", "id": "00000000-0000-4000-8000-000000000001",
         "value": {"document": document.pk, "description": "Datoteka"}},
        {"type": "figure", "id": "00000000-0000-4000-8000-000000000002",
         "value": {"image": image.pk, "caption": "", "decorative": False, "alt_text": "", "credit": ""}},
    ])  # fmt: skip
    answer = ask(
        """query ($id: ID!) { page(id: $id) { ... on InfoPage { body {
        ... on DocumentBlock { document { title url } } ... on FigureBlock { image { title alt } } } } } }""",
        id=str(page.pk),
    )
    assert WORD not in str(answer)
    assert Client().get(document.url).status_code == 302


def test_lists_are_ordered_by_names_of_the_schema_alone() -> None:
    orders = [
        argument.type
        for type_ in object_types()
        for field in type_.fields.values()
        for name, argument in field.args.items()
        if "order" in name.lower()
    ]
    assert orders
    assert all(isinstance(get_named_type(one), GraphQLEnumType) for one in orders)
    response = send('{ centres(orderBy: "owner__password") { totalCount } }')
    assert response.json()["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert "password" not in response.content.decode().replace("owner__password", "")


def test_no_filter_takes_the_name_of_a_column_or_an_operator_of_the_database() -> None:
    inputs = [one for one in schema.type_map.values() if isinstance(one, GraphQLInputObjectType)]
    assert not [name for one in inputs for name in one.fields if "__" in name or "regex" in name.lower()]


def test_nobody_is_named_who_did_not_agree_to_it() -> None:
    person = make.person(WORD, publication_consent=False)
    event = make.event(make.programme())
    event.sessions.get().presenters.add(person)
    found = ask("{ editions { nodes { jsonLd ... on EventEdition { sessions { presenters { name } } } } } }")
    assert found["editions"]["nodes"][0]["sessions"] == [{"presenters": []}]
    assert WORD not in str(found)


def test_a_preview_ends_and_a_forged_one_is_told_nothing() -> None:
    editor = User.objects.create_superuser("urednica")
    token = previews.keep(editor, draft(WORD))
    asked = "query ($token: String!) { preview(token: $token) { title } }"
    assert ask(asked, token=token) == {"preview": {"title": WORD}}
    forged = send(asked, token=token[:-4] + "bbbb")
    assert forged.json()["errors"][0]["extensions"]["code"] == "PREVIEW_TOKEN_INVALID"
    assert "bbbb" not in forged.content.decode()
    with (
        time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False),
        pytest.raises(Refused) as late,
    ):
        ask(asked, token=token)
    assert late.value.codes == ["PREVIEW_TOKEN_EXPIRED"]


def test_a_page_has_expired_before_anything_swept_it() -> None:
    for page in hidden_pages():
        assert ask(f'{{ page(id: "{page.pk}") {{ title }} }}') == {"page": None}


def test_a_page_is_as_hidden_by_one_field_as_by_another() -> None:
    centre = closed(make.centre(WORD))
    found = ask(
        f'{{ page(id: "{centre.pk}") {{ title }} centre(slug: "{centre.slug}") {{ title }} '
        "centres { totalCount nodes { title } } centreIndex { children { totalCount } } }"
    )
    assert found["page"] is None
    assert found["centre"] is None
    assert found["centres"] == {"totalCount": 0, "nodes": []}
    assert found["centreIndex"]["children"]["totalCount"] == 0


def test_whoever_is_authorised_reads_a_private_page() -> None:
    page = closed(info(WORD))
    client = Client()
    client.force_login(User.objects.create_user("bralka"))
    response = send(f'{{ page(id: "{page.pk}") {{ title }} }}', client)
    assert response.json()["data"] == {"page": {"title": WORD}}
    assert response["Cache-Control"] == "private, no-store"


def test_what_is_live_below_an_unpublished_page_is_hidden_and_the_log_says_so() -> None:
    centre = make.centre()
    programme = make.programme(centre, f"Program {WORD}")
    make.event(programme)
    changes = "{ changes(first: 100) { nodes { kind id } } }"
    asked = (
        f'{{ page(id: "{programme.pk}") {{ title }} programmes {{ totalCount }} editions {{ totalCount }} }}'
    )
    assert ask(asked)["programmes"]["totalCount"] == 1
    CentrePage.objects.get(pk=centre.pk).unpublish()
    assert ask(asked) == {"page": None, "programmes": {"totalCount": 0}, "editions": {"totalCount": 0}}
    assert ask(f'{{ search(query: "{WORD}") {{ totalCount }} }}')["search"]["totalCount"] == 0
    assert {"kind": "UNPUBLISHED", "id": global_id(programme)} in ask(changes)["changes"]["nodes"]
    make.publish(CentrePage.objects.get(pk=centre.pk))
    assert ask(asked)["page"] == {"title": f"Program {WORD}"}
    kinds = [one["kind"] for one in ask(changes)["changes"]["nodes"] if one["id"] == global_id(programme)]
    assert kinds[-2:] == ["UNPUBLISHED", "PUBLISHED"]


def test_what_is_below_an_expired_page_is_hidden_from_that_moment_on() -> None:
    above = info("Nad")
    below = info("Pod", above)
    end = timezone.now() + timedelta(hours=1)
    above.expire_at = end
    above.save()
    asked = f'{{ page(id: "{below.pk}") {{ title }} }}'
    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        assert ask(asked) == {"page": {"title": "Pod"}}
    with time_machine.travel(end, tick=False):
        assert ask(asked) == {"page": None}


# ---------------------------------------------------------------- what could be toppled
def many(part: str, times: int) -> str:
    return "{ " + " ".join(part.replace("#", str(number)) for number in range(times)) + " }"


CHILDREN = "children(first: 100) { nodes { "


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (many('a#: page(id: "#") { title }', 1000), "TOKEN_LIMIT"),
        (f'{{ page(path: "/sl/") {{ {CHILDREN * 3} id {"} }" * 3} }} }}', "COST_LIMIT"),
        (many('a#: search(query: "#", first: 100) { nodes { page { id } } }', 20), "COST_LIMIT"),
        (many("a#: programmes(first: 100) { nodes { title } }", 80), "ROOT_FIELD_LIMIT"),
        (many('a#: route(path: "/#/") { __typename }', 30), "ROOT_FIELD_LIMIT"),
        ("{ " + "a " * 20_000 + "}", "TOKEN_LIMIT"),
        ("{ centres { nodes " + many("parent { id }", 280) + " } }", "OVERLAP_LIMIT"),
    ],
    ids=["aliases", "children of children", "searches", "lists", "redirects", "tokens", "the same field"],
)  # fmt: skip
def test_a_small_query_that_asks_for_much_is_refused(query: str, code: str) -> None:
    """How long that takes is for benchmarks/hostile.py to say."""
    assert send(query).json()["errors"][0]["extensions"]["code"] == code


def test_nobody_can_have_a_rendition_made_by_asking_for_it() -> None:
    sizes = [
        (name, argument)
        for name, argument in schema.type_map["Image"].fields["responsive"].args.items()  # type: ignore[attr-defined]
    ]
    assert [name for name, _argument in sizes] == ["preset"]
    assert isinstance(get_named_type(sizes[0][1].type), GraphQLEnumType)
    image = Image.objects.create(
        title="Slika", file=jpeg("slika.jpg", size=(64, 48)), alt_text={"sl": "Slika"}
    )
    page = make.centre(lead_image=image)
    before = Rendition.objects.count()
    presets = " ".join(f"{one}: responsive(preset: {one}) {{ src }}" for one in presets_of(sizes[0][1]))
    ask(f'{{ page(id: "{page.pk}") {{ ... on CentrePage {{ leadImage {{ {presets} }} }} }} }}')
    assert Rendition.objects.count() == before


def presets_of(argument: Any) -> list[str]:
    named = get_named_type(argument.type)
    assert isinstance(named, GraphQLEnumType)
    return list(named.values)


@pytest.mark.parametrize(
    "media_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "text/plain"]
)
def test_a_form_of_a_foreign_page_is_no_request(media_type: str) -> None:
    response = Client().post("/graphql/", "query={__typename}", content_type=media_type)
    assert response.status_code == 415


def test_an_answer_by_get_may_be_cached_by_everybody() -> None:
    response = Client().get("/graphql/", {"query": "{ site { name } }"})
    assert not response.cookies
    assert "cookie" not in response["Vary"].lower()
    assert response["Cache-Control"].startswith("public")


def test_the_query_of_the_address_cannot_replace_that_of_the_body() -> None:
    body = json.dumps({"query": "{ inBody: __typename }"})
    response = Client().post("/graphql/?query={inAddress:__typename}", body, content_type="application/json")
    assert "inAddress" not in response.content.decode()


def test_an_error_of_the_server_is_masked_coded_and_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_arguments: Any, **_named: Any) -> None:
        raise FileNotFoundError(f"/srv/media/{WORD}.jpg")

    monkeypatch.setattr("centres.graphql.centres.visible", fail)
    answer = send("{ topics { name } }").json()
    error = answer["errors"][0]
    assert error["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert WORD not in str(answer)
    assert error["extensions"]["requestId"] in caplog.text
