"""How much a page ships and how soon a phone on a slow network shows text, by the browser's own tools."""

import os
from collections.abc import Callable

import pytest

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
            return float(times[0])
        visitor.page.wait_for_timeout(100)
    pytest.fail("no text was ever shown")


@pytest.mark.parametrize("path", PATHS)
def test_a_phone_shows_text_within_a_second(visit: Callable[..., Visitor], path: str) -> None:
    visit().open(path)  # the server has read its templates and parsed the documents
    # Other work of the machine only ever adds to it, so the best is the truth.
    tries: list[float] = []
    while len(tries) < TRIES and min(tries, default=1_000) >= 1_000:
        tries.append(first_text(visit, path))
    if min(tries) >= 1_000 and os.getloadavg()[0] > 2 * (os.cpu_count() or 1):
        pytest.skip("The machine has too much other work to measure anything.")
    assert min(tries) < 1_000


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
