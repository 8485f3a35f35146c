"""The help page: for each role that somebody has, what they do here and where. Its words stand in the template."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import page_permission_policy

from cms.reports.translations import SUBMIT


def _on_pages(action: str) -> Callable[[Any], bool]:
    return lambda user: bool(page_permission_policy.user_has_permission(user, action))


def _has(permission: str) -> Callable[[Any], bool]:
    return lambda user: bool(user.has_perm(permission))


# What tells a role is what its people may do, not the name of a group.
ROLES = {
    "editor": _on_pages("change"),
    "lead": _on_pages("publish"),
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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"roles": roles_of(self.request.user)}
