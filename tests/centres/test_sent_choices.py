"""A key that a form sends brings no name of a row that its sender may not see, wherever in the form it stands."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.widgets import BaseChooser
from wagtail.models import Page

from centres.models import Edition, ProgrammePage
from cms.editorial.stale_forms import VERSION
from cms.models import Document, Image
from tests.centres import planted
from tests.centres.planted import MAY_READ, OTHER_LEAD, word
from tests.cms.test_two_editors import opened

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

KINDS = (Document, Edition, Image, Page)


def build() -> Any:
    return planted.plant()


@pytest.fixture
def site(built: Any) -> Any:
    return built


@pytest.fixture
def lead(site: Any) -> Client:
    client = Client()
    client.force_login(site[0].users[OTHER_LEAD])
    return client


def read(text: str) -> list[str]:
    """Return which planted words a text holds that a stranger may not read."""
    return [kind for kind in MAY_READ if word(kind) in text.lower()]


def hidden(site: Any, *models: type[Any]) -> list[str]:
    """Return the keys of planted rows of ``models``, one of each kind."""
    rows = {row._meta.label: row for found in site[1].values() for row in found if read(str(row))}
    found = [str(row.pk) for row in rows.values() if isinstance(row, models)]
    assert found
    return found


def addresses(site: Any) -> dict[str, str]:
    programme, event = site[0].foreign["programme"], site[0].foreign["event"]
    return {
        "page": reverse("wagtailadmin_pages:edit", args=[programme.pk]),
        "preview": reverse("wagtailadmin_pages:preview_on_edit", args=[programme.pk]),
        "edition": reverse("wagtailsnippets_centres_eventedition:edit", args=[event.pk]),
    }


@pytest.mark.parametrize("where", ["page", "edition"])
def test_a_chooser_of_a_form_calls_no_hidden_row_by_its_name(site: Any, lead: Client, where: str) -> None:
    address = addresses(site)[where]
    form = opened(lead, address)
    fields = lead.get(address).context["form"].fields
    choosers = {name: field.widget for name, field in fields.items() if isinstance(field.widget, BaseChooser)}
    tried = [name for name in choosers if issubclass(choosers[name].model_class, KINDS)]
    assert tried
    for name in tried:
        for key in hidden(site, choosers[name].model_class):
            for more in ({}, {VERSION: json.dumps({name: "another"})}):
                answer = lead.post(address, form | {name: key, "slug": "Not a slug!"} | more)
                assert not read(answer.text), (name, key)


def body(kind: str, **values: str) -> dict[str, str]:
    sent = {f"body-0-value-{name.replace('__', '-')}": value for name, value in values.items()}
    return {"body-count": "1", "body-0-type": kind, "body-0-order": "0", "body-0-deleted": "", **sent}


def link(kind: str, key: str) -> str:
    return json.dumps({
        "blocks": [{
            "key": "a", "text": "tu", "type": "unstyled", "depth": 0, "inlineStyleRanges": [],
            "entityRanges": [{"offset": 0, "length": 2, "key": 0}],
        }],
        "entityMap": {"0": {"type": kind, "mutability": "MUTABLE", "data": {"id": int(key)}}},
    })  # fmt: skip


def blocks(site: Any) -> Iterator[dict[str, str]]:
    for key in hidden(site, Page):
        yield body("call_to_action", label="Več", page=key)
        yield body("programmes", heading="Več", centre=key, programmes__count="0")
        first = {
            f"programmes__0__{name}": value
            for name, value in (("value", key), ("order", "0"), ("deleted", ""))
        }
        yield body("programmes", programmes__count="1", **first)
        yield body("paragraph", text=link("LINK", key))
    for key in hidden(site, Image):
        yield body("figure", image=key)
    for key in hidden(site, Document):
        yield body("document", document=key)
        yield body("paragraph", text=link("DOCUMENT", key))


def test_a_block_calls_no_hidden_row_by_its_name(site: Any, lead: Client) -> None:
    address = addresses(site)["page"]
    form = opened(lead, address)
    for sent in blocks(site):
        answer = lead.post(address, form | sent | {"slug": "Not a slug!"})
        assert answer.status_code == 200
        assert not read(answer.text), sent


def test_no_draft_and_no_preview_holds_a_row_that_its_sender_could_not_choose(
    site: Any, lead: Client
) -> None:
    address, preview = addresses(site)["page"], addresses(site)["preview"]
    (image,) = (row for row in site[1]["image"] if read(row.title))
    for sent in ({"lead_image": str(image.pk)}, body("figure", image=str(image.pk))):
        form = opened(lead, address) | sent
        lead.post(preview, form)
        saved = lead.post(address, form)
        assert saved.status_code == 200
        assert not read(lead.get(preview, {"mode": ""}).text)
        assert not read(lead.get(address).text)
        draft = ProgrammePage.objects.get(pk=site[0].foreign["programme"].pk).get_latest_revision_as_object()
        assert draft.lead_image_id != image.pk
        assert not any(block.value["image"] for block in draft.body if block.block_type == "figure")


def test_what_another_put_there_stays_there(site: Any, lead: Client) -> None:
    (image,) = (row for row in site[1]["image"] if read(row.title))
    page = ProgrammePage.objects.get(pk=site[0].foreign["programme"].pk)
    page.lead_image = Image.objects.get(pk=image.pk)
    page.body = [("figure", {"image": page.lead_image, "alt_text": {}})]
    page.save_revision()
    address = addresses(site)["page"]
    sent = opened(lead, address) | {"summary": "Še en povzetek programa."}
    sent |= body("figure", image=str(image.pk))
    assert lead.post(address, sent).status_code == 302
    draft = ProgrammePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.summary == "Še en povzetek programa."
    assert draft.lead_image_id == image.pk
    assert draft.body[0].value["image"].pk == image.pk


def test_a_published_page_of_others_can_be_chosen_and_is_called_by_its_published_title(
    site: Any, lead: Client
) -> None:
    published = site[0].own["programme"]
    assert read(published.get_latest_revision_as_object().title)
    address = addresses(site)["page"]
    form = opened(lead, address)
    sent = form | body("call_to_action", label="Več", page=str(published.pk))
    assert lead.post(address, sent).status_code == 302
    text = lead.get(address).text
    assert f'"id": {published.pk}' in text or f"&quot;id&quot;: {published.pk}" in text
    assert not read(text)
