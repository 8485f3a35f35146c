"""What an editor is told to look at before readers do, and what the admin says before something is deleted."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from centres.models import AwardResult, CentrePage, Topic
from cms.editorial.findings import LONG_TEXT, findings
from cms.models import Image
from home.models import InfoPage
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LINK = '<p><a href="https://example.si">tukaj</a></p>'


def page(*blocks: tuple[str, Any], **facts: Any) -> InfoPage:
    body = [
        {"type": name, "value": value, "id": f"00000000-0000-0000-0000-{place:012}"}
        for place, (name, value) in enumerate(blocks)
    ]
    return make.below(make.home(), InfoPage(title="O spletišču", summary=make.SUMMARY, body=body, **facts))


def paragraph(html: str) -> tuple[str, Any]:
    return "paragraph", {"text": html}


def image(**alt_text: str) -> Image:
    return Image.objects.bulk_create(
        [Image(title="Branje", file="x.png", width=1, height=1, alt_text=alt_text)]
    )[0]


def words(of: Any) -> list[str]:
    return [finding.words for finding in findings(of) if "prevod" not in finding.words]


def test_a_page_in_order_is_left_in_peace() -> None:
    text = paragraph('<p>Glejte <a href="https://example.si">urnik tečajev</a>.</p>')

    assert words(page(("heading", {"text": "Uvod", "level": "2"}), text)) == []


@pytest.mark.parametrize("link", ["tukaj", "Kliknite tukaj", "https://example.si/urnik", "<b>več</b>"])
def test_a_link_that_does_not_say_where_it_leads_is_shown_with_its_place(link: str) -> None:
    of = page(
        ("heading", {"text": "Uvod", "level": "2"}),
        paragraph(f'<p><a href="https://example.si">{link}</a></p>'),
    )

    (found,) = [finding for finding in findings(of) if "kam vodi" in finding.words]

    assert found.place == reverse("wagtailadmin_pages:edit", args=[of.pk]) + (
        "#block-00000000-0000-0000-0000-000000000001-section"
    )


def test_a_link_deep_in_an_accordion_is_found() -> None:
    part = {"heading": "Kje?", "text": '<p><a href="https://example.si">tukaj</a></p>'}

    assert len(words(page(("accordion", {"items": [part]})))) == 1


def test_headings_that_leave_out_a_level_are_shown() -> None:
    found = words(page(("heading", {"text": "A", "level": "2"}), ("heading", {"text": "B", "level": "4"})))

    assert len(found) == 1


def test_a_wall_of_text_is_shown_and_one_with_a_list_is_not() -> None:
    long = "beseda " * (LONG_TEXT + 1)

    assert len(words(page(paragraph(f"<p>{long}</p>")))) == 1
    assert words(page(paragraph(f"<p>{long}</p><ul><li>ena</li></ul>"), slug="drugi")) == []


def test_pictures_without_words_in_the_language_of_the_page_are_shown() -> None:
    silent, told = image(en="Children read."), image(sl="Otroci berejo.")

    assert len(words(page(("figure", {"image": silent.pk, "decorative": False})))) == 1
    assert words(page(("figure", {"image": silent.pk, "decorative": True}), slug="b")) == []
    assert (
        words(page(("figure", {"image": silent.pk, "decorative": False, "alt_text": "Berejo."}), slug="c"))
        == []
    )
    assert words(page(("figure", {"image": told.pk, "decorative": False}), slug="d")) == []
    assert len(words(make.centre(lead_image=silent))) == 1


def test_a_translation_that_still_has_the_words_of_the_original_is_shown() -> None:
    of = page()
    copy = of.copy_for_translation(Locale.objects.get(language_code="en"))

    (found,) = words(copy)
    assert "povzetek" in found

    copy.summary = "Words in English, of which there are enough to be a summary of a page, as one may see."
    assert words(copy) == []


def test_a_missing_translation_is_shown_with_the_form_that_makes_it() -> None:
    of = page()

    (found,) = findings(of)

    assert found.place == reverse("simple_translation:submit_page_translation", args=[of.pk])


def save(client: Client, of: InfoPage, **headers: str) -> list[str]:
    form = nested_form_data(
        {
            "title": of.title,
            "slug": of.slug,
            "summary": of.summary,
            "body": streamfield(
                [
                    (
                        "paragraph",
                        {"text": rich_text('<p><a href="https://a.si">tukaj</a></p>', features=["link"])},
                    )
                ]
            ),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
    )
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[of.pk]), form, headers=headers)
    assert answer.status_code in (200, 302)
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_whoever_saves_a_page_is_told_and_led_to_the_place(admin_client: Client) -> None:
    told = save(admin_client, page())

    assert any("kam vodi" in message and "#block-" in message for message in told)


def test_saving_by_itself_stays_silent(admin_client: Client) -> None:
    assert save(admin_client, page(), accept="application/json") == []


# ---------------------------------------------------------------- where is this used?
def usage(client: Client, thing: Any) -> str:
    name = f"wagtailsnippets_{thing._meta.app_label}_{thing._meta.model_name}"
    return client.get(reverse(f"{name}:usage", args=[thing.pk])).content.decode()


def test_the_admin_says_where_a_thing_is_used(admin_client: Client) -> None:
    host, issuer = make.organisation(), make.organisation("zsk", kind="ASSOCIATION")
    centre = make.centre(host=host)
    act = make.appointment(centre, issuer=issuer)
    book, category = make.book(), make.category()
    programme = make.programme(centre, kind="AWARD")
    edition = make.award(programme, results=[AwardResult(category=category, outcome="AWARDED", books=[book])])

    assert centre.title in usage(admin_client, host)
    assert str(act) in usage(admin_client, issuer)
    assert str(edition) in usage(admin_client, book)
    assert str(edition) in usage(admin_client, category)
    question = admin_client.get(
        reverse("wagtailsnippets_centres_book:delete", args=[book.pk])
    ).content.decode()
    assert reverse("wagtailsnippets_centres_book:usage", args=[book.pk]) in question


def test_a_topic_of_a_page_counts_as_a_use_until_it_is_taken_away(admin_client: Client) -> None:
    topic = make.coded(Topic, "branje")
    centre = make.centre(topics=[topic])
    assert centre.title in usage(admin_client, topic)

    centre.topics = []
    make.publish(centre)
    assert centre.title not in usage(admin_client, topic)


def test_a_page_that_a_body_links_to_says_so_before_it_is_deleted(admin_client: Client) -> None:
    goal = make.centre("Cilj")
    from_block = ("call_to_action", {"label": "Odprite", "page": goal.pk, "href": ""})
    page(from_block, paragraph(f'<p><a linktype="page" id="{goal.pk}">center Cilj</a></p>'))

    question = admin_client.get(reverse("wagtailadmin_pages:delete", args=[goal.pk])).content.decode()
    where = admin_client.get(reverse("wagtailadmin_pages:usage", args=[goal.pk])).content.decode()

    assert reverse("wagtailadmin_pages:usage", args=[goal.pk]) in question
    assert "O spletišču" in where
    assert CentrePage.objects.filter(pk=goal.pk).exists()
    assert Page.objects.filter(pk=goal.pk).exists()


def test_every_page_of_the_demo_is_looked_at_with_whatever_blocks_it_has(demo: None) -> None:
    pages = Page.objects.filter(depth__gt=1).specific()
    assert {child.block_type for of in pages for child in getattr(of, "body", ())} >= {"table", "accordion"}
    for of in pages:
        assert all(finding.place for finding in findings(of))
