"""The explorer works in a browser, under its own policy, without a look at any other address."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.barriers import barriers
from tests.browser.conftest import WIDTHS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.cms.toy_graph")]

MARKDOWN = """# A list

```graphql
query Items($first: Int) {
  items(first: $first) { nodes { name } }
}
```
```json
{ "first": 2 }
```

# A greeting

```graphql
query Greeting { hello(name: "čebela") }
```
"""


@pytest.fixture(autouse=True)
def toy_schema(settings: Any, tmp_path: Path) -> None:
    settings.CMS_GRAPHQL_SCHEMA = "tests.cms.toy_graph.schema"
    settings.CMS_GRAPHQL_EXPLORER = True
    settings.CMS_GRAPHQL_EXAMPLES = tmp_path / "graphql.md"
    settings.CMS_GRAPHQL_EXAMPLES.write_text(MARKDOWN, "utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_person_picks_an_example_and_runs_it(
    browser: Browser, live_server: Any, tmp_path: Path, scheme: Any
) -> None:
    page = browser.new_page(locale="en-GB", color_scheme=scheme, viewport={"width": 1280, "height": 800})
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{live_server.url}/graphql/")
    expect(page).to_have_title("GraphQL explorer")
    page.get_by_label("Example").select_option("A greeting")
    expect(page.locator(".graphiql-query-editor")).to_contain_text("query Greeting")
    page.get_by_role("button", name="Execute query").click()
    expect(page.locator(".result-window")).to_contain_text("Hello, čebela")

    page.get_by_label("Example").select_option("A list")
    expect(page.locator(".graphiql-query-editor")).to_contain_text(
        "query Items"
    )  # GraphiQL has read the new query
    page.get_by_role("button", name="Execute query").click()
    expect(page.locator(".result-window")).to_contain_text("Čebela 1")

    page.get_by_role("button", name="Show Documentation Explorer").click()
    expect(page.locator(".graphiql-doc-explorer")).to_contain_text("query")
    page.screenshot(path=tmp_path / f"explorer-{scheme}.png")
    page.get_by_role("button", name="Open settings dialog").click()
    expect(page.get_by_role("dialog")).to_be_visible()

    assert complaints == []
    assert all(url.startswith((live_server.url, "data:")) for url in asked)
    page.close()


@pytest.mark.parametrize(
    ("locale", "scheme", "link"),
    [("en-GB", "light", "For developers"), ("sl-SI", "dark", "Za razvijalce")],
)
def test_a_developer_reads_the_samples_and_opens_a_query_in_the_explorer(
    browser: Browser, live_server: Any, locale: str, scheme: Any, link: str
) -> None:
    page = browser.new_page(locale=locale, color_scheme=scheme)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server.url}/graphql/")
    page.get_by_role("link", name=link).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(link)
    expect(page.locator("pre", has_text="requests.post")).to_contain_text(f"{live_server.url}/graphql/")
    for width in WIDTHS.values():
        page.set_viewport_size(width)
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="A greeting").click()
    expect(page.locator(".graphiql-query-editor")).to_contain_text("query Greeting")
    page.locator(".graphiql-execute-button").click()
    expect(page.locator(".result-window")).to_contain_text("Hello, čebela")
    assert complaints == []
    page.close()
