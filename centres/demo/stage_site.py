"""Loads what belongs to the whole site: its name, the words of its frontends, redirects of old addresses."""

from functools import partial

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from centres.demo import site_pages
from centres.demo.store import Store
from cms.models import CodeLabel, SiteLabels, SiteSettings


def load(store: Store) -> None:
    """Make what is not there yet; words that an editor has already given stay."""
    if "site:words" not in store:
        _words(store)
        store.done("site:words")
    for path, key in site_pages.REDIRECTS:
        store.make(
            f"redirect:{path}",
            partial(Redirect.add_redirect, path, redirect_to=store[f"page:{key}:sl"]),
        )


def _words(store: Store) -> None:
    site = Site.objects.get(is_default_site=True)
    settings = SiteSettings.for_site(site)
    if not settings.name:
        settings.name = site_pages.SITE_NAME
    if not settings.publisher:
        settings.publisher = site_pages.PUBLISHER
        settings.contact_email = site_pages.CONTACT_EMAIL
        settings.accessibility_statement = store["page:accessibility:sl"]
    settings.save()
    labels = SiteLabels.for_site(site)
    for name, text in site_pages.LABELS.items():
        if not getattr(labels, name):
            setattr(labels, name, text)
    known = {row.code for row in labels.status_labels.all()}
    labels.status_labels = [
        *labels.status_labels.all(),
        *(
            CodeLabel(code=code, label=label, sort_order=place)
            for place, (code, label) in enumerate(site_pages.STATUS_LABELS.items())
            if code not in known
        ),
    ]
    labels.save()
