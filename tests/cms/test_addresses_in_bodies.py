"""Where a body leads to: what its form would refuse is not served either, wherever it came from."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from home.models import InfoPage
from tests import factories as make
from tests.graph import ask

pytestmark = pytest.mark.django_db

BODY = """query ($id: ID!) { page(id: $id) { ... on InfoPage { body {
    ... on VideoBlock { url } ... on CallToActionBlock { href }
    ... on ParagraphBlock { text { html text markdown links { href } } } } } } }"""


def served(*blocks: tuple[str, dict[str, Any]]) -> Any:
    """Return what the graph says of a body that no form has seen."""
    body = [
        {"type": name, "id": f"00000000-0000-4000-8000-{number:012}", "value": value}
        for number, (name, value) in enumerate(blocks)
    ]
    page = make.below(make.home(), InfoPage(title="Stran", summary=make.SUMMARY, body=body))
    return ask(BODY, id=str(page.pk))["page"]["body"]


def video(url: str) -> tuple[str, dict[str, Any]]:
    return "video", {"url": url, "title": "Posnetek", "has_captions": True, "transcript": ""}


def call(href: str) -> tuple[str, dict[str, Any]]:
    return "call_to_action", {"label": "Prijava", "page": None, "href": href}


def test_a_video_is_served_from_the_hosts_of_the_setting_alone(settings: Any) -> None:
    hostile = [
        "javascript:alert(1)", "data:text/html,x", "//video.arnes.si/a", "http://video.arnes.si/a", "",
        "https://video.arnes.si.evil.example/", "https://evil.example/video.arnes.si",
        "https://video.arnes.si@evil.example/", "https://evil.example\\@video.arnes.si/",
        "https://evil.example#@video.arnes.si/", "https://[::1]/", "https://169.254.169.254/latest/meta-data/",
        "https://video.arnes.si\\.evil.example/", "https://video.arnes.si%2eevil.example/", "https://[video.arnes.si",
    ]  # fmt: skip
    settings.CMS_VIDEO_HOSTS = ["video.arnes.si"]
    assert served(*map(video, [*hostile, "https://video.arnes.si/a"])) == [
        {"url": "https://video.arnes.si/a"}
    ]


def test_a_call_to_action_leads_to_no_script() -> None:
    hostile = [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
    ]
    assert served(*map(call, [*hostile, "mailto:centre@example.si"])) == [
        {"href": "mailto:centre@example.si"}
    ]


def test_an_embed_in_a_text_is_nothing_and_a_link_to_no_possible_row_keeps_its_words() -> None:
    text = (
        '<p><embed embedtype="media" url="https://evil.example/"/><iframe src="https://evil.example/"></iframe>'
        f'<a linktype="page" id="{"9" * 30}">ena</a> <a linktype="document" id="{"9" * 5000}">dve</a></p>'
    )
    (block,) = served(("paragraph", {"text": text}))
    assert block["text"] == {"html": "<p>ena dve</p>", "text": "ena dve", "markdown": "ena dve", "links": []}


def test_no_embed_is_fetched_by_this_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wagtail's chooser of embeds stays where it was, and would ask the provider of an address."""
    asked: list[Any] = []

    def look_up(*given: Any, **_named: Any) -> list[Any]:
        asked.append(given)
        return []

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    client = Client()
    client.force_login(User.objects.create_superuser("urednica"))
    for url in ("https://www.youtube.com/watch?v=x", "https://vimeo.com/1", "http://169.254.169.254/"):
        response = client.post("/admin/embeds/chooser/upload/", {"embed-chooser-url": url})
        assert response.status_code == 200
        assert response.json()["step"] == "chooser"
    assert asked == []
