"""Trusted documents in the admin: to be looked at and deleted; builds register them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.models.trusted_document import TrustedDocument


class RegisteredOnlyPolicy(ModelPermissionPolicy):
    """Lets people see and delete, and nobody, not even a superuser, add or change."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether ``user`` may do ``action`` with some object."""
        return action not in {"add", "change"} and super().user_has_permission(user, action)

    def users_with_any_permission(self, actions: Any) -> Any:
        """Return the users who may do one of ``actions``."""
        return super().users_with_any_permission([name for name in actions if name not in {"add", "change"}])


register_permission_policy(TrustedDocument, RegisteredOnlyPolicy(TrustedDocument))


class TrustedDocumentViewSet(SnippetViewSet):
    """The list of trusted documents with what they ask."""

    model = TrustedDocument
    icon = "code"
    menu_label = _("Trusted documents")
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ("name", "client", "source", "sha256", "created_at", "registered_at")
    list_display = ("name", "client", "sha256", "registered_at")
    list_filter = ("client", "registered_at")
    search_fields = ("name", "sha256", "source")
    panels = [FieldPanel("name", read_only=True)]
