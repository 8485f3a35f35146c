"""Takes pictures of every type of page and of the admin's main screens: make screenshots

ARGS="home phone dark" takes those pages, widths and colours alone; "admin" is a page too.

All of them go to .make/screenshots/pictures, to be looked at; the few that the README shows go to docs/screenshots.
The site is a demo of its own, which is kept for the next time.
"""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from config.settings.dev import CMS_DEMO_PASSWORD
from tests.browser import PAGES, number_of
from tests.browser.conftest import CHROMIUM, FLAGS

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / ".make" / "screenshots"
PICTURES = DATA / "pictures"
MOST = 100_000  # bytes of a picture in docs
SHOWN = ROOT / "docs" / "screenshots"
WIDTHS = {
    "desktop": (1280, 860),
    "wide": (1440, 900),
    "tablet": (768, 1024),
    "phone": (390, 844),
    "small": (320, 640),
}
# What the README shows, by the name of the picture here.
FOR_README = {
    "home-sl-desktop-light": "home",
    "training-en-desktop-dark": "programme",
    "centre-sl-phone-light": "phone",
    "admin-editor": "editor",
    "admin-start": "admin",
    "admin-explorer": "explorer",
    "admin-month": "month",
    "admin-missing": "missing",
    "admin-editions": "editions",
}
ADMIN = {
    "start": "",
    "pages": "pages/",
    "images": "images/",
    "editions": "snippets/centres/eventedition/",
    "appointments": "snippets/centres/appointment/",
    "shared-texts": "snippets/cms/sharedtext/",
    "month": "reports/month/",
}
PROGRAMME = '{programme(centre:"ucni-center",slug:"zahteven-pogovor"){id centre{id}}}'
# Pictures below the fold are loaded as one scrolls there.
LOAD_ALL = """async () => {
    for (let y = 0; y < document.body.scrollHeight; y += 600) {
        scrollTo(0, y);
        await new Promise(done => setTimeout(done, 50));
    }
    scrollTo(0, 0);
    await Promise.all([...document.images].map(image => image.decode().catch(() => 0)));
}"""


@contextmanager
def site() -> Iterator[str]:
    """Serve a demo and return its address."""
    DATA.mkdir(parents=True, exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = str(found.getsockname()[1])
    environment = os.environ | {"DATA_DIR": str(DATA), "HOST": "127.0.0.1", "PORT": port}
    environment.pop("DATABASE_URL", None)
    with subprocess.Popen(
        [sys.executable, "manage.py", "start"], cwd=ROOT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as server:  # fmt: skip
        assert server.stdout
        try:
            for line in server.stdout:
                print(line, end="")
                if line.startswith("Demo logins"):
                    break
            else:
                sys.exit("The site did not start; `make run` says why.")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def chosen[Name: str](names: Iterable[Name]) -> list[Name]:
    """Return those of ``names`` that were asked for; all, if none of them was."""
    every = list(names)
    return [name for name in every if name in sys.argv[1:]] or every


def public(browser: Browser, address: str) -> None:
    """Every type of page, in both languages, light and dark, on a phone and on a desktop."""
    pages = chosen((*PAGES, "admin"))
    for scheme in chosen(("light", "dark")):
        for width in chosen(WIDTHS):
            across, down = WIDTHS[width]
            options: Any = {"color_scheme": scheme, "viewport": {"width": across, "height": down}}
            context = browser.new_context(service_workers="block", reduced_motion="reduce", **options)
            page = context.new_page()
            for name in pages:
                for path in PAGES.get(name, ()):
                    page.goto(address + re.sub(r"\?month=.*", "", path))
                    page.evaluate(LOAD_ALL)
                    take(page, f"{name}-{path[1:3]}-{width}-{scheme}")
            context.close()


def admin(browser: Browser, address: str) -> None:
    """The admin's main screens, the editor with its preview, and the explorer."""
    page = browser.new_page(viewport={"width": 1500, "height": 950}, reduced_motion="reduce")
    page.goto(f"{address}/admin/login/")
    take(page, "admin-login")
    page.locator("[name=username]").fill("admin")
    page.locator("[name=password]").fill(CMS_DEMO_PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/admin/")
    for name, path in ADMIN.items():
        page.goto(f"{address}/admin/{path}")
        page.wait_for_timeout(500)
        take(page, f"admin-{name}")
    answer = page.request.get(f"{address}/graphql/", params={"query": PROGRAMME}).json()
    programme = answer["data"]["programme"]
    centre = number_of(programme["centre"]["id"])
    page.goto(f"{address}/admin/pages/{number_of(programme['id'])}/edit/")
    page.locator("[data-side-panel-toggle=preview]").click()
    page.frame_locator("#w-preview-iframe").locator(".edition").first.wait_for()
    page.wait_for_timeout(1_000)
    take(page, "admin-editor")
    page.goto(f"{address}/admin/pages/add/centres/programmepage/{centre}/")
    page.locator("[name=title]").fill("Bralni maraton")
    page.locator("footer").get_by_role("button", name="Shrani osnutek").click()
    page.locator(".missing").wait_for()
    take(page, "admin-missing")
    page.goto(f"{address}/graphql/")
    page.locator(".graphiql-execute-button").wait_for()
    page.locator("#example").select_option(index=2)
    page.wait_for_timeout(500)
    page.locator(".graphiql-execute-button").click()
    page.wait_for_timeout(1_500)
    take(page, "admin-explorer")


def take(page: Page, name: str) -> None:
    """Keep a picture of the whole page; for the README also of what one sees of it at first."""
    page.screenshot(path=PICTURES / f"{name}.png", full_page=not name.startswith("admin"))
    if shown := FOR_README.get(name):
        picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
        for quality in (82, 70, 55):
            picture.save(SHOWN / f"{shown}.webp", quality=quality, method=6)
            if (SHOWN / f"{shown}.webp").stat().st_size < MOST:
                break


def main() -> None:
    for folder in (PICTURES, SHOWN):
        folder.mkdir(parents=True, exist_ok=True)
    with site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        public(browser, address)
        if "admin" in chosen((*PAGES, "admin")):
            admin(browser, address)
        browser.close()
    print(f"{len(list(PICTURES.glob('*.png')))} pictures in {PICTURES.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
