"""Loads the pages: first bare and unpublished, then what stands in them, since they link to each other."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from wagtail.models import Page

from centres import models as m
from centres.demo import (
    centre_easy_reading,
    centre_local_studies,
    centre_pionirska,
    centre_training,
    commission,
    golden_pear,
    programmes_network,
    programmes_training,
    programmes_youth,
    site_pages,
)
from centres.demo.bodies import stream_json
from centres.demo.page_fields import COLUMNS, RELATIONS
from centres.demo.shapes import PageContent
from centres.demo.store import Store, demo_uuid
from cms.publishing.operation import operation
from home.models import HomePage, InfoPage

CENTRES = (
    centre_training.CENTRE,
    centre_pionirska.CENTRE,
    centre_local_studies.CENTRE,
    centre_easy_reading.CENTRE,
)
PROGRAMMES = (
    *programmes_training.PROGRAMMES,
    *programmes_youth.PROGRAMMES,
    *golden_pear.PROGRAMMES,
    *programmes_network.PROGRAMMES,
)


def placed_pages() -> Iterator[tuple[PageContent, type[Page], str]]:
    """Yield every page below the home page with its type and the key of its parent, parents first."""
    yield site_pages.INDEX, m.CentreIndexPage, "home"
    for centre in CENTRES:
        yield centre, m.CentrePage, "centre-index"
    for programme in PROGRAMMES:
        yield programme, m.ProgrammePage, programme.centre
    yield commission.PAGE, m.CommissionPage, "home"
    for page, parent in site_pages.INFO_PAGES:
        yield page, InfoPage, parent


def load_tree(store: Store) -> None:
    """Make all pages in their places, unpublished and with no more than their columns."""
    for code in site_pages.HOME.title:
        store.make(f"page:home:{code}", partial(_home, store, code))
    for content, model, parent in placed_pages():
        for code in content.title:
            store.make(
                f"page:{content.key}:{code}",
                partial(_placed, store, content, model, store[f"page:{parent}:{code}"], code),
            )


def publish_all(store: Store, say: Callable[[str], None]) -> None:
    """Fill every page and publish it, a few pages in a transaction."""
    pages = [
        (content, code)
        for content in (site_pages.HOME, *(content for content, _model, _parent in placed_pages()))
        for code in content.title
        if f"published:{content.key}:{code}" not in store
    ]
    for start in range(0, len(pages), 10):
        with operation():
            for content, code in pages[start : start + 10]:
                _publish(store, content, code)
        say(f"  {min(start + 10, len(pages))} of {len(pages)} pages")


def _home(store: Store, code: str) -> HomePage:
    """Return the home page of a language; that of a new site is bare and waits to be filled."""
    root = Page.get_first_root_node()
    home = HomePage.objects.child_of(root).filter(slug=code).first()
    if home is None:
        return _placed(store, site_pages.HOME, HomePage, root, code)
    if home.latest_revision_id is not None:
        store.done(f"published:home:{code}")
    return home


def _placed(store: Store, content: PageContent, model: type[Page], parent: Page, code: str) -> Any:
    """Return the page of ``content`` below ``parent``; one with its slug is taken as it is."""
    existing = model.objects.child_of(parent).filter(slug=content.slug[code]).first()
    if existing:
        store.done(f"published:{content.key}:{code}")
        return existing
    page = model(
        slug=content.slug[code],
        locale=store.locales[code],
        translation_key=demo_uuid(f"page:{content.key}"),
        live=False,
    )
    _describe(store, content, page, code)
    # The tree has changed since ``parent`` was read.
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    return page


def _describe(store: Store, content: PageContent, page: Any, code: str) -> None:
    page.title = content.title[code]
    page.summary = page.search_description = content.summary[code]
    page.show_in_menus = content.in_menus
    if type(page) in COLUMNS:
        COLUMNS[type(page)](store, content, page, code)


def _publish(store: Store, content: PageContent, code: str) -> None:
    page = store[f"page:{content.key}:{code}"]
    page = type(page).objects.get(pk=page.pk)
    _describe(store, content, page, code)
    page.body = stream_json(store, content.key, content.body, code)
    if type(page) in RELATIONS:
        RELATIONS[type(page)](store, content, page, code)
    page.full_clean()
    page.save_revision(clean=False).publish()
    store.keep(f"published:{content.key}:{code}", page)
    store.keep(f"page:{content.key}:{code}", page)
