"""A chooser of those pages that the editor may edit."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.admin.panels import PageChooserPanel
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

# What the chooser sends along; Wagtail passes words that it does not know on to the hook.
OWN_PAGES = "change"


class OwnPagePanel(PageChooserPanel):
    """Like Wagtail's panel, but it offers only pages of the editor's own branch."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        options["widgets"][self.field_name] = AdminPageChooser(
            target_models=self.page_type, user_perms=OWN_PAGES
        )
        return options


def choosable_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Return those of ``pages`` that a chooser offers: one's own, and for links what is published too."""
    own = page_permission_policy.explorable_instances(request.user).values("pk")
    if request.GET.get("user_perms") == OWN_PAGES:
        return pages.filter(pk__in=own)
    return pages.filter(Q(pk__in=own) | Q(live=True))
