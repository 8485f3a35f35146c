"""The site's static files, and what a browser may load and run."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.templatetags.static import static

FOLDER = Path(__file__).resolve().parent / "static" / "frontend"
# In the order of the cascade. The fonts come first and are declared in one file.
STYLES = ("fonts", "base", "frame", "lists", "editions", "blocks", "forms", "widths")
FONTS = ("css/fonts/literata-latin.woff2", "css/fonts/literata-latin-ext.woff2")


def script(name: str) -> str:
    """Return the address of a script. Raises ValueError where static files were not collected."""
    return static(f"frontend/js/{name}.js")


def icon() -> str:
    """Return the address of the icon."""
    return static("frontend/icon.svg")


def kept_files() -> list[str]:
    """Return the addresses of the files that a page needs to look and work as it should."""
    return [script("site"), icon(), *(static(f"frontend/{path}") for path in FONTS)]


def style_sheet() -> str:
    """Return the style sheet that each page contains, so that a phone needs no second journey before it shows text.

    Raises ValueError for a text that could end the element, and where static files were not collected.
    """
    return _style_sheet(tuple((FOLDER / "css" / f"{name}.css").read_text("utf-8") for name in STYLES))


@cache
def _style_sheet(parts: tuple[str, ...]) -> str:
    text = re.sub(r"/\*.*?\*/|^\s+|\n", "", "".join(parts), flags=re.DOTALL | re.MULTILINE)
    if "<" in text:
        raise ValueError("A style sheet inside a page must not hold a less-than sign.")
    return re.sub(r"url\((fonts/[^)]+)\)", lambda font: f"url({static(f'frontend/css/{font[1]}')})", text)


def content_security_policy(style: str = "", *, admin: bool = False) -> str:
    """Return the policy of the site's pages: files of this server, no plug-ins, inside only the style with its hash.

    The endpoint gives pictures with the site's own address, whichever name the page was opened under. With ``admin``
    the page may also show Wagtail's user bar, which brings its own scripts and styles.

    Data blocks (JSON-LD) are no scripts and need no permission (HTML Standard, "prepare the script element").
    """
    editor = " ".join(["'self'", *_origins(settings.WAGTAILADMIN_BASE_URL)])
    of_admin = (settings.WAGTAILADMIN_BASE_URL,) if admin else ()
    files = " ".join(["'self'", *_origins(settings.STATIC_URL, *of_admin)])
    pictures = " ".join(["'self'", "data:", *_origins(settings.MEDIA_URL, settings.WAGTAILADMIN_BASE_URL)])
    # A hash next to 'unsafe-inline' would switch that off (CSP 3, 6.7.3.2).
    styles = f"{files} {"'unsafe-inline'" if admin else _hash_of(style) if style else ''}".strip()
    return (
        f"default-src 'none'; script-src {files}; style-src {styles}; font-src {files}; img-src {pictures}; "
        f"connect-src {editor if admin else "'self'"}; worker-src 'self'; manifest-src 'self'; form-action 'self'; "
        f"base-uri 'none'; frame-ancestors {editor}"
    )


def _origins(*addresses: str) -> list[str]:
    parts = [urlsplit(address) for address in addresses]
    return sorted({f"{part.scheme}://{part.netloc}" for part in parts if part.scheme and part.netloc})


@cache
def _hash_of(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
