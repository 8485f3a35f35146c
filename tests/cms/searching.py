"""Pages to search among, and asking for them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page

from cms.languages.locales import LocaleChain
from cms.publishing.visibility import PUBLIC, Gate, Viewer
from cms.search.query import search
from cms.search.results import SearchResult
from home.models import HomePage, InfoPage
from tests import factories as make

FILLER = "Nekaj stavkov, ki jih mora imeti vsaka stran, da urejevalnik ne ugovarja njeni kratkosti."


def page(
    title: str, text: str = "", *, summary: str = FILLER, parent: Page | None = None, **facts: Any
) -> InfoPage:
    """Return a published page whose body is ``text``."""
    above = parent or HomePage.objects.get(locale__language_code=facts.pop("locale", "sl"))
    body = [{"type": "paragraph", "value": {"text": f"<p>{text}</p>"}}] if text else []
    return make.below(above, InfoPage(title=title, summary=summary, body=body, **facts))


def translated(source: Page, title: str, **words: Any) -> InfoPage:
    """Return the published English translation of a page."""
    copy = source.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    copy.title = title
    for name, text in words.items():
        setattr(copy, name, text)
    copy.save_revision().publish()
    return InfoPage.objects.get(pk=copy.pk)


def ask(
    text: str,
    locale: str = "sl",
    *,
    fallback: Sequence[str] | None = None,
    viewer: Viewer = PUBLIC,
    now: datetime | None = None,
    first: int = 20,
    **options: Any,
) -> SearchResult:
    """Return what a visitor finds."""
    gate = Gate(viewer, now=now or timezone.now())
    chain = LocaleChain.of(locale, None if fallback is None else list(fallback))
    return search(text, gate=gate, chain=chain, first=first, **options)


def ids(result: SearchResult) -> list[int]:
    """Return the pages of a part of a result, in order."""
    return [hit.page_id for hit in result.hits]


def titles(text: str, locale: str = "sl", **options: Any) -> list[str]:
    """Return the titles of what a visitor finds, in order."""
    found = ids(ask(text, locale, **options))
    by_id = dict(Page.objects.filter(pk__in=found).values_list("pk", "title"))
    return [by_id[page_id] for page_id in found]
