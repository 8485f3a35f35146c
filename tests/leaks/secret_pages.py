"""Pages that nobody but editors may know of, in each state that hides one."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from home.models import InfoPage
from tests import factories as make
from tests.operations.editor import SECRET


def plant() -> dict[str, Any]:
    """Make the pages below "O nas" and return them by what hides them. Titles and slugs have the secret."""
    about = Page.objects.get(slug="o-nas")
    draft = _draft(about, "osnutek")
    closed = _draft(about, "za člane")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    closed.save_revision().publish()
    later = _draft(about, "jutri")
    # However it came to be live: its time has not come.
    Page.objects.filter(pk=later.pk).update(live=True, go_live_at=timezone.now() + timedelta(days=30))
    under = _draft(closed, "pod njo")
    under.save_revision().publish()
    changed = make.below(Page.objects.get(pk=about.pk), InfoPage(title="Znano", summary=make.SUMMARY))
    changed.title = f"{SECRET} popravek"
    changed.save_revision()
    return {
        "a draft": draft,
        "a restricted page": closed,
        "a page below a restricted one": under,
        "a page whose time has not come": later,
        "a draft of a public page": changed,
    }


def _draft(parent: Any, words: str) -> Any:
    page = InfoPage(title=f"{SECRET} {words}", summary=make.SUMMARY, live=False, locale=parent.locale)
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision()
    return page
