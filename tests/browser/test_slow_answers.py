"""A librarian on a slow line: every response takes three seconds, and one click is one step."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import number_of
from tests.browser.librarians import Librarian, Public, come, own_site, public

__all__ = ["come", "own_site", "public"]

pytestmark = pytest.mark.django_db


def title(public: Public, number: str) -> str:
    return str(public.ask("query ($id: ID!) { page(id: $id) { title } }", id=number)["page"]["title"])


def test_clicks_on_approve_while_the_answer_is_slow_publish_once(
    come: Callable[[str], Librarian], public: Public
) -> None:
    editor = come("urednik.pionirska")
    found = public.ask('{ centre(slug: "pionirska") { programmes { nodes { id } } } }')
    number = number_of(found["centre"]["programmes"]["nodes"][0]["id"])
    page = editor.open(f"/admin/pages/{number}/edit/")
    page.fill("input[name=title]", "Potrjeno na počasni zvezi")
    editor.press("Pošlji na")
    page = editor.open(f"/admin/pages/{number}/edit/")
    expect(page.locator("footer").get_by_role("button", name="Umakni in uredi")).to_be_visible()
    assert page.locator("input[name=title]").evaluate("field => Boolean(field.closest('[inert]'))")
    assert title(public, number) != "Potrjeno na počasni zvezi"

    lead = come("vodja.pionirska")
    page = lead.open(f"/admin/pages/{number}/edit/")
    sent: list[str] = []
    page.on(
        "request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None
    )
    page.fill("textarea[name=summary]", page.input_value("textarea[name=summary]") + " In še to.")
    lead.on_a_slow_line(3)
    button = page.locator("footer").get_by_role("button", name="Potrdi", exact=True)
    with page.expect_navigation(timeout=30_000):
        button.dblclick()
    forms = [data for data in sent if "csrfmiddlewaretoken" in data and "workflow-action-name" in data]
    assert len(forms) == 1
    assert title(public, number) == "Potrjeno na počasni zvezi"
    lead.open(f"/admin/pages/{number}/edit/")
    expect(page.locator("footer").get_by_role("button", name="Potrdi", exact=True)).to_have_count(0)
    assert editor.complaints == lead.complaints == []
