"""What a new image needs is asked for before it is sent: a form that comes back has lost the chosen file."""

import re

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def inputs(text: str) -> dict[str, str]:
    return {
        found.group(1): tag
        for tag in re.findall(r"<input[^>]*>", text.replace('\\"', '"').replace("\\n", " "))
        if (found := re.search(r'name="(?:image-chooser-upload-)?([^"]+)"', tag))
    }


@pytest.mark.parametrize("form", ["wagtailimages:add", "wagtailimages_chooser:choose"])
def test_a_new_image_asks_for_its_alternative_text_before_it_is_sent(admin_client: Client, form: str) -> None:
    found = {
        name.removeprefix("image-chooser-upload-"): tag
        for name, tag in inputs(admin_client.get(reverse(form)).text).items()
    }
    assert "data-ask-first" in found["file"]
    for name in ("file", "title", "alt_text_sl"):
        assert " required" in found[name], name
    assert " required" not in found["alt_text_en"]


@pytest.mark.parametrize("page", ["wagtailimages:add", "wagtailadmin_home"])
def test_every_page_of_the_admin_asks_first(admin_client: Client, page: str) -> None:
    assert "cms/asking_first.js" in admin_client.get(reverse(page)).text
