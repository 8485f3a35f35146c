"""The page of the admin on which a review moves on: the centre reports, the commission checks and decides."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from centres import reviewing
from centres.models import Review
from centres.models.review import ReviewState
from cms.editorial.guarded_views import another_saved_last

ADDRESS = "centres_review"
LIST = "centres_self_reports"

type Say = str | Promise


@dataclass(frozen=True, slots=True)
class Step:
    """A button: in which state it stands there, for whom, what it does and what is said afterwards."""

    name: str
    state: ReviewState
    allowed: Callable[[Any, Review], bool]
    take: Callable[[Review, Any], Any]
    label: Say
    done: Say
    serious: bool = False


def _leads(user: Any, review: Review) -> bool:
    return reviewing.may_lead(user)


STEPS = (
    Step(
        "hand_in", ReviewState.SELF_REPORT, reviewing.may_hand_in, reviewing.hand_in,
        gettext_lazy("Hand it in to the commission"),
        gettext_lazy("The self-report is handed in. The commission is reviewing it now."),
    ),
    Step(
        "open", ReviewState.PLANNED, _leads, reviewing.open_self_report,
        gettext_lazy("Ask the centre for its self-report"),
        gettext_lazy("The centre can write its self-report now."),
    ),
    Step(
        "begin", ReviewState.SELF_REPORT, _leads, reviewing.begin,
        gettext_lazy("Begin the review without waiting"),
        gettext_lazy("The review has begun. The centre can no longer change its self-report."),
    ),
    Step(
        "return", ReviewState.IN_REVIEW, _leads, reviewing.return_to_centre,
        gettext_lazy("Return it to the centre"),
        gettext_lazy("The centre can complete its self-report now."),
    ),
    Step(
        "decide", ReviewState.IN_REVIEW, _leads, reviewing.decide,
        gettext_lazy("Record the decision"),
        gettext_lazy("The decision is recorded, and what follows from it is written among the appointments."),
        serious=True,
    ),
)  # fmt: skip


class SelfReportsView(WagtailAdminTemplateMixin, TemplateView):
    """Which self-reports wait for the centres of the signed-in person."""

    template_name = "centres/self_reports.html"
    header_icon = "form"

    def get_page_title(self) -> str:
        return _("Self-reports")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"reviews": waiting_for(self.request.user)}


def waiting_for(user: Any) -> list[Review]:
    """Return the reviews whose self-report ``user`` may write now."""
    opened = Review.objects.filter(state=ReviewState.SELF_REPORT).select_related("centre")
    return [review for review in opened if reviewing.may_write_self_report(user, review)]


class ReviewView(WagtailAdminTemplateMixin, TemplateView):
    """Shows how far a review is, its self-report, and the buttons for those whose turn it is."""

    template_name = "centres/review.html"
    header_icon = "tasks"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        reviews = Review.objects.select_related("centre")
        if request.method == "POST":  # what is compared must still stand there when it is written over
            reviews = reviews.select_for_update(of=("self",))
        self.review = get_object_or_404(reviews, pk=kwargs["pk"])
        policy = policy_registry.get_by_type(Review)
        self.is_of_commission = policy.user_has_any_permission(request.user, ["view", "change"])
        self.may_write = reviewing.may_write_self_report(request.user, self.review)
        if not (self.is_of_commission or self.may_write):
            raise PermissionDenied

    def get_page_title(self) -> str:
        return _("Review")

    def get_page_subtitle(self) -> str:
        return str(self.review.centre.short_name)

    def steps(self) -> list[Step]:
        """Return what the signed-in person may do now."""
        user = self.request.user
        return [step for step in STEPS if step.state == self.review.state and step.allowed(user, self.review)]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "review": self.review,
            "states": [(state, state.label) for state in ReviewState],
            "steps": self.steps(),
            "may_write": self.may_write,
            "is_of_commission": self.is_of_commission,
            "self_report": kwargs.get("self_report", self.review.self_report),
            "opened": self.opened(),
            "stored_meanwhile": kwargs.get("stored_meanwhile", ""),
            **self.outlook(),
        }

    def outlook(self) -> dict[str, Any]:
        """Return what a decision would write now, or what stands in its way; nothing before it is time for one."""
        if not any(step.name == "decide" for step in self.steps()):
            return {}
        try:
            return {"foreseen": reviewing.foreseen(self.review)}
        except ValidationError as error:
            return {"hindrances": error.messages}

    def opened(self) -> str:
        """Return what changes with each change of the review; the page sends along what it was opened with."""
        told = f"{self.review.latest_revision_id}\n{self.review.state}\n{self.review.self_report}"
        return sha256(told.encode()).hexdigest()[:16]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = request.POST.get("step", "")
        step = next((step for step in self.steps() if step.name == wanted), None)
        if step is None and not (self.may_write and wanted == "save"):
            if wanted in {known.name for known in STEPS} and self.is_of_commission:
                messages.error(
                    request, _("This review is in another state by now. See what can be done next.")
                )
                return redirect(ADDRESS, self.review.pk)
            raise PermissionDenied
        written = request.POST.get("self_report", "")
        untold = "" if another_saved_last(self.review, request.user) else self.opened()
        if request.POST.get("opened", untold) != self.opened():
            messages.error(
                request,
                _(
                    "Somebody else changed this review while your page was open. Nothing of yours is saved yet. "
                    "See what stands there now, then save again."
                ),
            )
            meanwhile = (
                self.review.self_report if self.may_write and written != self.review.self_report else ""
            )
            shown = {"self_report": written} if self.may_write else {}
            return self.render_to_response(self.get_context_data(stored_meanwhile=meanwhile, **shown))
        try:
            if self.may_write:
                reviewing.write_self_report(self.review, written, request.user)
            if step is not None:
                step.take(self.review, request.user)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
            return self.render_to_response(
                self.get_context_data(self_report=request.POST.get("self_report", self.review.self_report))
            )
        messages.success(request, step.done if step else _("The self-report is saved."))
        return redirect(ADDRESS, self.review.pk) if self._stays() else redirect("wagtailadmin_home")

    def _stays(self) -> bool:
        """Return whether the person may still read the review after the step."""
        now = Review.objects.select_related("centre").get(pk=self.review.pk)
        return self.is_of_commission or reviewing.may_write_self_report(self.request.user, now)
