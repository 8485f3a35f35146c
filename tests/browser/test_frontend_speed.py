"""How much a page ships and how soon a phone on a slow network shows text, by the browser's own tools."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

# The demo is a copy of the test database, which is made for tests with this mark only.
pytestmark = pytest.mark.django_db

PATHS = ["/sl/", "/sl/kompetencni-centri/pionirska/", "/sl/kompetencni-centri/ucni-center/zahteven-pogovor/"]
# "Slow 4G" of the browser's developer tools: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back.
SLOW_NETWORK = {
    "offline": False,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
    "latency": 150,
}
SLOWER_PROCESSOR = 4
TRIES = 5


def first_text(visit: Callable[..., Visitor], path: str) -> float:
    """Return the milliseconds until a phone shows text, with nothing kept from before."""
    visitor = visit("phone", own_clock=True, is_mobile=True, device_scale_factor=2)
    tools = visitor.context.new_cdp_session(visitor.page)
    tools.send("Network.emulateNetworkConditions", SLOW_NETWORK)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
    visitor.page.goto(visitor.address + path, wait_until="domcontentloaded")
    seen = "performance.getEntriesByName('first-contentful-paint').map(entry => entry.startTime)"
    for _ in range(100):
        if times := visitor.page.evaluate(seen):
            visitor.page.close()  # a page that is slowed down slows the machine down as long as it is open
            return float(times[0])
        visitor.page.wait_for_timeout(100)
    pytest.fail("no text was ever shown")


@pytest.mark.parametrize("path", PATHS)
def test_a_phone_shows_text_before_any_script_came(visit: Callable[..., Visitor], path: str) -> None:
    visitor = visit("phone")
    visitor.page.route("**/*.js", lambda script: script.abort())
    visitor.page.goto(visitor.address + path)
    expect(visitor.page.locator("h1")).to_be_visible()
    # A time says as much of the machine as of the page, so it is printed (-s), not asserted.
    tries = sorted(first_text(visit, path) for _ in range(TRIES))
    print(f"\n{path}: text on a slow phone after {tries[TRIES // 2]:.0f} ms (median), {tries[0]:.0f} (best)")


def test_nothing_jumps_while_a_page_comes_in(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    visitor.page.add_init_script("""
        window.shifted = 0;
        new PerformanceObserver(list => list.getEntries().forEach(e => { window.shifted += e.value; }))
            .observe({ type: "layout-shift", buffered: true });""")
    for path in PATHS:
        page = visitor.open(path)
        page.wait_for_timeout(300)
        assert page.evaluate("window.shifted") < 0.1
