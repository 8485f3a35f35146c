"""The start page of the admin: what waits for the person who signed in, and how the centres are.

Tasks of workflows have Wagtail's own panels beside these.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from centres.dates import local_day
from centres.desk.reach import centres_of, has_centres, may_read, reviews_of
from centres.desk.reports.editions import EditionReport, closed_events
from centres.desk.reports.reviews import ReviewReport
from centres.desk.reports.terms import TermReport, ending
from centres.models import CentrePage, Review
from centres.models.choices import CentreStatus, EditionStatus
from centres.rights.beside import known_to
from cms.reports.report import Report
from cms.reports.translations import SUBMIT, TranslationReport, gaps_for, state_label
from cms.translating.state import other_locales

# As many of each kind as one takes in at a glance; the report has them all.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: where, and why now."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Things of one kind; ``more`` leads to all of them."""

    heading: str
    tasks: Sequence[Task]
    more: str = ""


class WaitingPanel(Component):
    """What waits for the person: drafts, reviews, terms, translations, editions."""

    name = "waiting"
    order = 100
    template_name = "centres_desk/waiting.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        return {"sections": [section for section in sections_of(user) if section.tasks]}


class CentresPanel(Component):
    """The centres that concern the person, with their state today."""

    name = "centres"
    order = 120
    template_name = "centres_desk/centres.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        centres = list(centres_of(user)) if has_centres(user) else []
        return {"centres": centres, "editable": _editable(user, centres)}


def _editable(user: Any, centres: list[CentrePage]) -> set[int]:
    own = page_permission_policy.instances_user_has_permission_for(user, "change")
    return set(own.filter(pk__in=[centre.pk for centre in centres]).values_list("pk", flat=True))


def sections_of(user: Any) -> Iterator[Section]:
    """Yield what waits for ``user``; each section takes the same few statements whatever it holds."""
    yield Section(_("Your drafts"), [_draft(page) for page in drafts_of(user)[:SHOWN]])
    if ReviewReport.may_see(user) and may_read(user, Review):
        rows = reviews_of(user)
        yield _section(_("Reviews due"), [_review(row) for row in rows[:SHOWN]], ReviewReport)
    if TermReport.may_see(user):
        centres = ending(centres_of(user))[:SHOWN]
        editable = _editable(user, list(centres))
        yield _section(_("Ending terms"), [_term(one, editable) for one in centres], TermReport)
    if user.has_perm(SUBMIT) and (locale := other_locales().first()) is not None:
        pages = gaps_for(user, locale)[:SHOWN]
        yield _section(_("Translations"), [_translation(page) for page in pages], TranslationReport)
    if EditionReport.may_see(user):
        events = closed_events(user)[:SHOWN]
        yield _section(
            _("Editions that take no applications"), [_event(one) for one in events], EditionReport
        )


def drafts_of(user: Any) -> QuerySet[Page]:
    """Return the pages that ``user`` works with, whose newest draft they wrote and which is not published."""
    pages = known_to(user, Page).filter(has_unpublished_changes=True, latest_revision__user=user)
    return pages.order_by("-latest_revision_created_at", "pk")


def _section(heading: str, tasks: Sequence[Task], report: type[Report]) -> Section:
    return Section(heading, tasks, reverse(f"report_{report.name}"))


def _draft(page: Page) -> Task:
    moment = page.latest_revision_created_at
    note = (
        _("saved on %s") % formats.date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
        if moment
        else ""
    )
    return Task(page.draft_title, reverse("wagtailadmin_pages:edit", args=[page.pk]), note)


def _review(review: Review) -> Task:
    url = reverse("wagtailsnippets_centres_review:edit", args=[review.pk])
    return Task(f"{review.centre.short_name}: {review.get_state_display()}", url, _until(review.due_on))


def _term(centre: Any, editable: set[int]) -> Task:
    url = reverse("wagtailadmin_pages:edit", args=[centre.pk]) if centre.pk in editable else ""
    return Task(f"{centre.short_name}: {CentreStatus(centre.status).label}", url, _until(centre.due))


def _translation(page: Any) -> Task:
    # The form that makes the page, or the page that was made.
    if page.translation_id:
        url = reverse("wagtailadmin_pages:edit", args=[page.translation_id])
    else:
        url = reverse("simple_translation:submit_page_translation", args=[page.pk])
    return Task(page.title, url, state_label(page))


def _event(event: Any) -> Task:
    url = reverse("wagtailsnippets_centres_eventedition:edit", args=[event.pk])
    day = formats.date_format(timezone.localtime(event.starts_at), "SHORT_DATE_FORMAT")
    note = f"{EditionStatus(event.status).label}, {day}"
    if event.waitlist:
        note += ", " + ngettext("%d person waits", "%d people wait", event.waitlist) % event.waitlist
    return Task(str(event), url, note)


def _until(day: Any) -> str:
    if day is None:
        return ""
    left = (day - local_day(timezone.now())).days
    shown = formats.date_format(day, "SHORT_DATE_FORMAT")
    if left < 0:
        return _("ended on %s") % shown
    return f"{shown} ({ngettext('%d day left', '%d days left', left) % left})"
