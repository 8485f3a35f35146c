"""The frontend's static files, and what the browser may load and run."""

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.templatetags.static import static

from cms.languages.locales import locale_codes

FOLDER = Path(__file__).resolve().parent.parent / "static" / "home"
# The one script inside the page: it asks at once for what api.js will ask for when all modules are there. A preload
# link does not do: Chromium asks again when an answer that must be revalidated is complete before it is used.
EARLY = (
    "early={};for(const url of JSON.parse(document.currentScript.dataset.early))"
    "(early[url]=fetch(url)).catch(()=>0)"
)
# Loaded where they are shown.
_VIEWS = ("calendar", "search", "preview")


@dataclass(frozen=True, slots=True)
class Assets:
    """Addresses of the files that a page in one language loads.

    ``views`` are the modules of single views by their names. ``import_map`` leads the modules' relative
    imports to files whose names hold a hash, where they do; empty where names are plain.
    """

    script: str
    modules: tuple[str, ...]
    views: dict[str, str]
    icon: str
    import_map: str

    @property
    def all(self) -> tuple[str, ...]:
        """All files that a page needs to look and work as it should."""
        return (
            self.script,
            *self.modules,
            *self.views.values(),
            *(static(f"home/{path}") for path in FONTS),
        )


FONTS = ("fonts/literata-latin.woff2", "fonts/literata-latin-ext.woff2")


@cache
def assets(locale: str) -> Assets:
    """Return the files for a page in ``locale``. Raises ValueError where static files were not collected."""
    words = {f"js/words.{other}.js" for other in locale_codes() if other != locale}
    names = sorted({f"js/{path.name}" for path in (FOLDER / "js").glob("*.js")} - words)
    addresses = {name: static(f"home/{name}") for name in names}
    plain = {urljoin(settings.STATIC_URL, f"home/{name}"): found for name, found in addresses.items()}
    hashed = {name: found for name, found in plain.items() if name != found}
    script = addresses.pop("js/app.js")
    views = {view: addresses.pop(f"js/{view}.js") for view in _VIEWS}
    return Assets(
        script=script,
        modules=tuple(addresses.values()),
        views=views,
        icon=static("home/icon.svg"),
        import_map=json.dumps({"imports": hashed}) if hashed else "",
    )


def style_sheet() -> str:
    """Return the style sheet as it stands in each page, so that a phone needs no second journey before it shows text.

    It is read anew each time, which takes less than a tenth of a millisecond: whoever changes the file sees it at once.
    Raises ValueError for a text that could end the element, and where static files were not collected.
    """
    text = (FOLDER / "site.css").read_text("utf-8")
    if "<" in text:
        raise ValueError("A style sheet inside a page must not hold a less-than sign.")
    return re.sub(r"url\((fonts/[^)]+)\)", lambda font: f"url({static(f'home/{font[1]}')})", text)


def content_security_policy(import_map: str = "", style: str = "", *, admin: bool = False) -> str:
    """Return the policy of the frontend's pages: files of our own, no plug-ins, nothing inside but what has its hash.

    That is ``style``, the import map and the first lines of script.

    The endpoint gives pictures with the site's own address, whichever name the page was opened under.

    With ``admin`` the page may also show Wagtail's user bar, which brings its own scripts and styles.

    Data blocks (JSON-LD, JSON) are no scripts and need no permission (HTML Standard, "prepare the script element").
    """
    files = " ".join(["'self'", *_origins(settings.STATIC_URL)])
    pictures = " ".join(["'self'", "data:", *_origins(settings.MEDIA_URL, settings.WAGTAILADMIN_BASE_URL)])
    editor = " ".join(["'self'", *_origins(settings.WAGTAILADMIN_BASE_URL)])
    if admin:
        files = " ".join(["'self'", *_origins(settings.STATIC_URL, settings.WAGTAILADMIN_BASE_URL)])
    # A hash next to 'unsafe-inline' would switch that off (CSP 3, 6.7.3.2).
    allowed = "'unsafe-inline'" if admin else _hash_of(style) if style else ""
    styles = f"{files} {allowed}".strip()
    scripts = " ".join([files, *(_hash_of(script) for script in (EARLY, import_map) if script)])
    asked = editor if admin else "'self'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; font-src {files}; img-src {pictures}; "
        f"connect-src {asked}; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        f"frame-ancestors {editor}"
    )


def _origins(*addresses: str) -> list[str]:
    parts = [urlsplit(address) for address in addresses]
    return sorted({f"{part.scheme}://{part.netloc}" for part in parts if part.scheme and part.netloc})


def _hash_of(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
