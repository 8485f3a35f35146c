"""How the admin lists and filters centres."""

import django_filters  # type: ignore[import-untyped]
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.listing import IndexView as PageIndexView
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from centres.models import CentreIndexPage, CentrePage
from centres.models.choices import CentreStatus
from centres.status import centre_status
from centres.viewsets import state_column


class CentreFilterSet(PageFilterSet):
    """Filters of centres; the state is the rule of `centres.status`, not a column."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=CentreStatus.choices, method="of_state")

    class Meta:
        model = CentrePage
        fields = ["host", "competence_field"]

    def of_state(self, queryset: QuerySet[CentrePage], _name: str, value: str) -> QuerySet[CentrePage]:
        return queryset.alias(state=centre_status(timezone.now())).filter(state=value)


class CentreIndexView(PageIndexView):
    def get_add_url(self) -> str | None:
        # Wagtail offers it to everybody who may add a page anywhere.
        overviews = CentreIndexPage.objects.all()
        allowed = any(page.permissions_for_user(self.request.user).can_add_subpage() for page in overviews)
        return super().get_add_url() if allowed else None

    def get_base_queryset(self) -> QuerySet[CentrePage]:
        return super().get_base_queryset().annotate(status=centre_status(timezone.now()))


class CentreListing(PageListingViewSet):
    """All centres with their state today."""

    model = CentrePage
    index_view_class = CentreIndexView
    icon = "home"
    menu_label = _("Competence centres")
    menu_name = "centres"
    menu_order = 300
    add_to_admin_menu = True
    name = "centres"
    columns = [*PageListingViewSet.columns, state_column()]
    filterset_class = CentreFilterSet
