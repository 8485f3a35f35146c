"""What axe finds on a page as it stands."""

from collections.abc import Mapping, Sequence
from importlib.resources import files

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What differs by width and by colours; the others read the same document again.
LAYOUT = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
# Barriers in Wagtail's own markup (8.0), which only Wagtail can mend: of each rule the elements, so that the rule holds
# for all that is ours. Two search forms that bear no names; the count of results in a heading that is also an alert;
# a button whose name is not what it shows; the title of a new row, which stands in no heading of the first level.
WAGTAIL = {
    "landmark-unique": "form[role=search]",
    "aria-allowed-role": "h2[role=alert]",
    "label-content-name-mismatch": ".w-slim-header-action-button",
    "page-has-heading-one": "html:has(form[data-edit-form])",
}
_FIND = """async ([rules, known]) => {
    const how = { runOnly: rules, resultTypes: ["violations"], elementRef: true };
    const { violations } = await axe.run(document, how);
    return violations.flatMap(({ id, nodes }) => nodes
        .filter(({ element }) => !(known[id] && element.matches(known[id])))
        .map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}"""


def barriers(page: Page, known: Mapping[str, str] | None = None, rules: Sequence[str] = RULES) -> list[str]:
    """Return what axe finds, one line for each element.

    ``rules`` are axe's, by name or by tag. ``known`` leads from a rule to the selector of those elements that
    somebody else has to mend.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(_FIND, [list(rules), dict(known or {})])
    return found
