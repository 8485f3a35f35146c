"""The help page: for each role that somebody has, what they do here and where. Its words stand in the template."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import page_permission_policy

from centres.models import CentrePage
from cms.reports.translations import SUBMIT


def _on_a_centre(action: str) -> Callable[[Any], bool]:
    """Return what tells whether somebody may do ``action`` with a centre's page in the site's own language."""

    def may(user: Any) -> bool:
        own = page_permission_policy.instances_user_has_permission_for(user, action)
        centres = CentrePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        return centres.filter(pk__in=own.order_by().values("pk")).exists()

    return may


def _has(permission: str) -> Callable[[Any], bool]:
    return lambda user: bool(user.has_perm(permission))


# What tells a role is what its people may do, not the name of a group.
ROLES = {
    "editor": _on_a_centre("change"),
    "lead": _on_a_centre("publish"),
    "translator": _has(SUBMIT),
    "member": _has("centres.view_review"),
    "secretary": _has("centres.add_appointment"),
    "chief": _has("cms.change_sitelabels"),
}


def roles_of(user: Any) -> list[str]:
    """Return the roles that ``user`` has."""
    return [name for name, has_role in ROLES.items() if has_role(user)]


class HelpView(WagtailAdminTemplateMixin, TemplateView):
    """The help page of the person who signed in."""

    template_name = "centres_desk/help.html"
    page_title = _("How to work here")
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"roles": roles_of(self.request.user)}
