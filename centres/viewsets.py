"""How the admin lists, finds and filters everything that is not a page."""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, StatusTagColumn
from wagtail.permissions import page_permission_policy
from wagtail.snippets.views.snippets import (
    CopyView,
    CreateView,
    DeleteView,
    IndexView,
    PreviewOnCreateView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from centres.admin_search import FoldedChooserViewSet, FoldedIndexView
from centres.copying import copied
from centres.models import (
    Appointment,
    Audience,
    AwardCategory,
    AwardEdition,
    Book,
    CalendarProvider,
    CentrePage,
    CompetenceField,
    EventEdition,
    LegalBasis,
    Network,
    Organisation,
    Person,
    ProgrammeFormat,
    ProgrammePage,
    PublicationEdition,
    Review,
    ReviewCycle,
    Topic,
    Venue,
)
from centres.models.choices import CentreStatus, EditionStatus
from centres.rights.views import checked
from centres.status import edition_status
from cms.lists import YesNoColumn


class CopyAsNewView(CopyView):
    """The form of a new snippet, filled with what a copy of another one keeps."""

    def get_initial_form_instance(self) -> Any:
        return copied(self.get_object())


class DeleteUnusedView(DeleteView):
    """Deletes a row; of one that is used it says so, and shows where."""

    def form_valid(self, form: Any) -> HttpResponse:
        if self.usage and self.usage.is_protected:
            messages.error(
                self.request,
                gettext("This is used elsewhere and cannot be deleted. The list below shows where."),
            )
            return redirect(self.usage_url)
        answer: HttpResponse = super().form_valid(form)
        return answer


class AddEditionView(CreateView):
    """The form of a new edition; ``programme`` in the address chooses the programme."""

    def get_initial_form_instance(self) -> Any:
        chosen = self.request.GET.get("programme", "")
        programme = ProgrammePage.objects.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
        policy = page_permission_policy
        if programme and policy.user_has_permission_for_instance(self.request.user, "change", programme):
            return self.model(programme=programme)
        return super().get_initial_form_instance()


_OF_NO_ROW = (IndexView, CreateView, PreviewOnCreateView)


class Snippets(SnippetViewSet):
    """What all listings here share."""

    delete_view_class = DeleteUnusedView
    index_view_class = FoldedIndexView
    chooser_viewset_class = FoldedChooserViewSet
    list_per_page = 50
    chooser_per_page = 25
    copy_view_enabled = False

    def construct_view(self, view_class: type[View], **kwargs: Any) -> Any:
        """Have every view of one row ask for rights on that row; see `centres.rights.views`."""
        whole = issubclass(view_class, _OF_NO_ROW) and not issubclass(view_class, CopyView)
        return super().construct_view(view_class if whole else checked(view_class), **kwargs)


# ---------------------------------------------------------------- lists of terms
class AudienceViewSet(Snippets):
    model = Audience
    icon = "group"
    list_display = ["name", "code", "sort_order"]


class TopicViewSet(Snippets):
    model = Topic
    icon = "tag"
    list_display = ["name", "code", "sort_order"]


class ProgrammeFormatViewSet(Snippets):
    model = ProgrammeFormat
    icon = "form"
    list_display = ["name", "code", "sort_order"]


class CompetenceFieldViewSet(Snippets):
    model = CompetenceField
    icon = "crosshairs"
    list_display = ["name", "code", "kind"]
    list_filter = ["kind"]


class NetworkViewSet(Snippets):
    model = Network
    icon = "site"
    list_display = ["name", "code"]


class AwardCategoryViewSet(Snippets):
    model = AwardCategory
    icon = "tag"
    list_display = ["name", "code", "valid_from_year", "valid_to_year"]


class VocabularyGroup(SnippetViewSetGroup):
    items = (
        AudienceViewSet,
        TopicViewSet,
        ProgrammeFormatViewSet,
        CompetenceFieldViewSet,
        AwardCategoryViewSet,
        NetworkViewSet,
    )
    menu_label = _("Lists of terms")
    menu_icon = "list-ul"
    menu_name = "vocabulary"
    menu_order = 340


# ---------------------------------------------------------------- people and houses
class OrganisationViewSet(Snippets):
    model = Organisation
    icon = "home"
    list_display = ["name", "acronym", "city", "kind"]
    list_filter = ["kind"]


class PersonViewSet(Snippets):
    model = Person
    icon = "user"
    list_display = [
        "name",
        "title",
        "employer",
        YesNoColumn("publication_consent", label=_("agrees to be named"), sort_key="publication_consent"),
    ]
    list_filter = ["publication_consent", "email_consent"]


class VenueViewSet(Snippets):
    model = Venue
    icon = "pin"
    list_display = [
        "name",
        "address",
        YesNoColumn("step_free", label=_("step-free access"), sort_key="step_free"),
        YesNoColumn("hearing_loop", label=_("hearing loop"), sort_key="hearing_loop"),
    ]


class CalendarProviderViewSet(Snippets):
    model = CalendarProvider
    icon = "calendar-alt"
    list_display = ["name", "kind", Column("in_short", label=_("Reading"))]
    list_filter = ["kind", "active"]

    def get_queryset(self, request: Any) -> QuerySet[CalendarProvider]:
        return CalendarProvider.objects.select_related("state")


class DirectoryGroup(SnippetViewSetGroup):
    items = (OrganisationViewSet, PersonViewSet, VenueViewSet, CalendarProviderViewSet)
    menu_label = _("Organisations and people")
    menu_icon = "group"
    menu_name = "directory"
    menu_order = 330


# ---------------------------------------------------------------- editions
class EventFilterSet(WagtailFilterSet):
    """Filters of events; the state is the rule of `centres.status`, not a column."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=EditionStatus.choices, method="of_state")

    class Meta:
        model = EventEdition
        fields = ["year", "mode", "free", "live"]

    def of_state(self, queryset: QuerySet[EventEdition], _name: str, value: str) -> QuerySet[EventEdition]:
        return queryset.alias(state=edition_status(timezone.now())).filter(state=value)


def _state_label(row: Any) -> Any:
    if not row.live:
        return "–"  # the public reads no state of a draft
    states = CentreStatus if isinstance(row, CentrePage) else EditionStatus
    return states(row.status).label


def state_column() -> StatusTagColumn:
    """Return the column that shows the computed state."""
    return StatusTagColumn("status_label", label=_("State"), accessor=_state_label)


class Editions(Snippets):
    """Listings of editions: with their state now, the newest first."""

    add_view_class = AddEditionView
    copy_view_enabled = True
    copy_view_class = CopyAsNewView
    ordering = "-starts_at"

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        rows = self.model.objects.select_related("programme", "availability")
        return rows.annotate(status=edition_status(timezone.now()))


class EventEditionViewSet(Editions):
    model = EventEdition
    icon = "date"
    list_display = [
        "__str__",
        Column("starts_at", label=_("Begins"), sort_key="starts_at"),
        LiveStatusTagColumn(label=_("Publishing")),
        state_column(),
        Column("seats_taken", label=_("Seats taken")),
        Column("capacity", label=_("Seats"), sort_key="capacity"),
    ]
    filterset_class = EventFilterSet


class AwardEditionViewSet(Editions):
    model = AwardEdition
    icon = "pick"
    list_display = [
        "__str__",
        "year",
        "production_year",
        LiveStatusTagColumn(label=_("Publishing")),
        state_column(),
    ]
    list_filter = ["year", "live"]


class PublicationEditionViewSet(Editions):
    model = PublicationEdition
    icon = "doc-full"
    list_display = [
        "__str__",
        "year",
        "own_title",
        LiveStatusTagColumn(label=_("Publishing")),
        state_column(),
    ]
    list_filter = ["year", "live"]


class BookViewSet(Snippets):
    model = Book
    icon = "openquote"
    list_display = ["title", "year", "publisher", "language"]
    list_filter = ["year", "language"]
    copy_view_enabled = True
    copy_view_class = CopyAsNewView


class EditionGroup(SnippetViewSetGroup):
    items = (EventEditionViewSet, AwardEditionViewSet, PublicationEditionViewSet, BookViewSet)
    menu_label = _("Editions and books")
    menu_icon = "date"
    menu_name = "editions"
    menu_order = 310


# ---------------------------------------------------------------- the commission
class AppointmentViewSet(Snippets):
    model = Appointment
    icon = "success"
    list_display = [
        "__str__",
        "centre",
        "act",
        "decided_on",
        "valid_from",
        Column("valid_until", label=_("Valid until")),
    ]
    list_filter = ["act", "level"]

    def get_queryset(self, request: Any) -> QuerySet[Appointment]:
        return Appointment.objects.select_related("centre")


class ReviewViewSet(Snippets):
    model = Review
    icon = "tasks"
    list_display = [
        "__str__",
        "centre",
        "state",
        Column("due_on", label=_("Due"), sort_key="due_on"),
        "outcome",
    ]
    list_filter = ["state", "outcome", "cycle"]

    def get_queryset(self, request: Any) -> QuerySet[Review]:
        return Review.objects.select_related("centre")


class ReviewCycleViewSet(Snippets):
    model = ReviewCycle
    icon = "rotate"
    list_display = ["name", "scope", "starts_on", "ends_on"]


class LegalBasisViewSet(Snippets):
    model = LegalBasis
    icon = "doc-full-inverse"
    list_display = ["title", "kind", "valid_from", "valid_until"]
    list_filter = ["kind"]


class CommissionGroup(SnippetViewSetGroup):
    items = (AppointmentViewSet, ReviewViewSet, ReviewCycleViewSet, LegalBasisViewSet)
    menu_label = _("Commission")
    menu_icon = "clipboard-list"
    menu_name = "commission"
    menu_order = 320
