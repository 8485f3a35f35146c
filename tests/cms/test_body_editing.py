"""Bodies and shared texts in the admin, as an editor meets them."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.models import SharedText
from home.models import HomePage, InfoPage

pytestmark = pytest.mark.one_database

SUMMARY = "Kako dostopno je to spletišče, česa še ne zmore in komu lahko o tem pišete."


@pytest.fixture
def admin(client, db):
    client.force_login(User.objects.create_superuser("urednica", password="geslo"))
    return client


@pytest.fixture
def home(db) -> HomePage:
    return HomePage.objects.get(locale__language_code="sl")


def page_form(*blocks, **data):
    return nested_form_data(
        {
            "title": "Izjava o dostopnosti",
            "slug": "izjava-o-dostopnosti",
            "summary": SUMMARY,
            "body": streamfield(blocks),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
        | data
    )


HEADING = ("heading", {"text": "Kaj še ne deluje", "level": "2"})


def test_form_of_a_page_offers_every_block(admin, home):
    answer = admin.get(reverse("wagtailadmin_pages:add", args=["home", "infopage", home.pk]))
    assert answer.status_code == 200
    words = answer.content.decode()
    for name, block in InfoPage._meta.get_field("body").stream_block.child_blocks.items():
        assert str(block.definition_prefix) in words, name


def test_editor_publishes_a_body(admin, home):
    form = page_form(
        HEADING,
        ("paragraph", {"text": rich_text("<p>Posnetki <b>brez</b> podnapisov.</p>", features=["bold"])}),
        ("call_to_action", {"label": "Pišite nam", "page": home.pk, "href": ""}),
        **{"action-publish": "1"},
    )
    answer = admin.post(reverse("wagtailadmin_pages:add", args=["home", "infopage", home.pk]), form)
    assert answer.status_code == 302
    page = InfoPage.objects.get()
    assert page.live
    assert [block.block_type for block in page.body] == ["heading", "paragraph", "call_to_action"]
    assert all(item["id"] for item in page.body.raw_data)


def test_body_out_of_order_can_be_kept_as_a_draft_but_not_published(admin, home):
    form = page_form(HEADING, ("heading", {"text": "Posnetki", "level": "4"}))
    address = reverse("wagtailadmin_pages:add", args=["home", "infopage", home.pk])
    refused = admin.post(address, form | {"action-publish": "1"})
    assert refused.status_code == 200
    assert "sledi raven 3" in refused.content.decode()
    assert admin.post(address, form).status_code == 302
    assert not InfoPage.objects.get().live


def test_shared_text_is_written_and_listed(admin):
    sl = Locale.objects.get(language_code="sl")
    add = reverse(SharedText.snippet_viewset.get_url_name("add"))
    form = nested_form_data(
        {"name": "Kdo smo", "text": rich_text("<p>Delujemo na nacionalni ravni.</p>"), "action-publish": "1"}
    )
    assert admin.get(add).status_code == 200
    assert admin.post(f"{add}?locale=sl", form).status_code == 302
    text = SharedText.objects.get()
    assert (text.live, text.locale) == (True, sl)
    assert "Kdo smo" in admin.get(reverse(SharedText.snippet_viewset.get_url_name("list"))).content.decode()


def test_a_body_with_a_number_has_changed_only_where_its_form_was(home):
    def sent(limit):
        block = {
            "heading": "Izbrano",
            "programmes-count": "0",
            "centre": "",
            "kind": "",
            "topic": "",
            "limit": limit,
        }
        return nested_form_data({"body": streamfield([("programmes", block)])}) | {"body-0-id": "a" * 8}

    field = InfoPage._meta.get_field("body").formfield()
    stored = field.clean(field.widget.value_from_datadict(sent("6"), {}, "body"))
    changed = {
        limit: field.has_changed(stored, field.widget.value_from_datadict(sent(limit), {}, "body"))
        for limit in ("6", "7", "many")
    }
    assert changed == {"6": False, "7": True, "many": True}


@pytest.mark.parametrize(
    "broken",
    [
        {"body-count": None}, {"body-count": "dve"}, {"body-count": "2"}, {"body-0-order": "prvi"},
        {"body-0-type": None},
    ],
)  # fmt: skip
def test_a_body_that_was_sent_without_its_parts_is_refused_and_the_stored_one_stays(admin, home, broken):
    admin.post(reverse("wagtailadmin_pages:add", args=["home", "infopage", home.pk]), page_form(HEADING))
    page = InfoPage.objects.get()
    form = page_form(HEADING, title="Nov naslov") | broken
    answer = admin.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {name: value for name, value in form.items() if value is not None},
    )
    assert answer.status_code == 400
    draft = InfoPage.objects.get().get_latest_revision_as_object()
    assert draft.title == "Izjava o dostopnosti"
    assert [block.value["text"] for block in draft.body] == ["Kaj še ne deluje"]
