"""examples/astro: built from an empty folder, walked through, and built again where something changed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.starters.conftest import GONE, Built, Cms, run
from tests.starters.walk import (
    AWARD,
    CENTRE,
    HOME,
    NEW,
    OLD,
    PAGES,
    SEARCH,
    has_no_barrier,
    search,
    status,
    walk,
)

pytestmark = pytest.mark.django_db

type Visit = Callable[..., Visitor]


def test_types_hold(cms: Cms, built: dict[str, Built]) -> None:
    run(built["astro"].folder, ["npm", "run", "check"], cms.environment("astro"))


def test_a_visitor_walks_through_it(astro: str, visit: Visit) -> None:
    walk(visit(astro))


def test_a_facet_narrows_a_search(astro: str, visit: Visit) -> None:
    search(visit(astro))


def test_old_addresses_redirect_and_withdrawn_pages_are_gone(astro: str) -> None:
    assert status(astro, OLD) == (301, NEW)
    assert status(astro, GONE)[0] == 410
    assert status(astro, "/sl/nikjer/")[0] == 404


def test_it_is_read_without_a_script(astro: str, visit: Visit) -> None:
    visitor = visit(astro, "phone", java_script_enabled=False)
    page = visitor.page
    page.goto(astro + HOME)
    page.get_by_role("button", name="Meni").click()
    page.get_by_role("navigation", name="Glavni meni").get_by_role("link", name="Kompetenčni centri").click()
    page.get_by_role("link", name="Pionirska").first.click()
    page.wait_for_url(f"**{CENTRE}")
    page.goto(astro + SEARCH)
    expect(page.get_by_role("link", name="Priznanje zlata hruška")).to_have_attribute("href", AWARD)


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_barrier(astro: str, visit: Visit, path: str) -> None:
    has_no_barrier(visit(astro), path)


def test_after_a_topic_was_renamed_only_the_pages_that_show_it_are_built(
    cms: Cms, built: dict[str, Built], astro: str, visit: Visit
) -> None:
    def build() -> str:
        return run(built["astro"].folder, ["npm", "run", "build"], cms.environment("astro"))

    build()  # with what other tests have changed
    cms.edit("rename_topic", "local-studies", "krajevna zgodovina")
    said = build()
    built_again = {line.rpartition(" build ")[2] for line in said.splitlines() if "] build /" in line}
    assert built_again == {
        "/sl/kompetencni-centri/domoznanstvo/",
        "/sl/kompetencni-centri/domoznanstvo/digitalizacija-domoznanskega-gradiva/",
    }
    page = visit(astro).open("/sl/kompetencni-centri/domoznanstvo/")
    expect(page.locator("aside")).to_contain_text("krajevna zgodovina")
