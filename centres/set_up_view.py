"""The page of the admin that sets up a centre: groups, collection and workflow in one step."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from centres.models import CentrePage, CentreTeam
from centres.rights import rules
from centres.rights.set_up import named_page, set_up_centre

ADDRESS = "centres_set_up"


def may_set_up(user: Any) -> bool:
    """Return whether ``user`` may set up centres."""
    return bool(user.has_perm("centres.add_centreteam"))


def set_up_button(page: Page, user: Any) -> Button | None:
    """Return the button that leads here from the page of a centre, for those who may."""
    if not (isinstance(page, CentrePage) and may_set_up(user)):
        return None
    return Button(_("Set up the team"), reverse(ADDRESS, args=[page.pk]), icon_name="group", priority=80)


class SetUpView(WagtailAdminTemplateMixin, TemplateView):
    """Tells what will be made, and makes it."""

    template_name = "centres/set_up.html"
    header_icon = "group"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not may_set_up(request.user):
            raise PermissionDenied
        self.centre = get_object_or_404(CentrePage, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Set up the team")

    def get_page_subtitle(self) -> str:
        return str(self.centre.short_name)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name = named_page(self.centre).short_name
        return super().get_context_data(**kwargs) | {
            "centre": self.centre,
            "editors": rules.editors_of(name),
            "leads": rules.leads_of(name),
            "name": name,
            "is_there": CentreTeam.objects.filter(centre_key=self.centre.translation_key).exists(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            team = set_up_centre(self.centre)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(ADDRESS, self.centre.pk)
        messages.success(
            request,
            _("The team is set up. Put its people into the groups “%(editors)s” and “%(leads)s”.")
            % {"editors": team.editors, "leads": team.leads},
        )
        return redirect("wagtailadmin_pages:edit", self.centre.pk)
