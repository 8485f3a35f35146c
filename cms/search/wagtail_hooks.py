"""Search in the admin: the synonyms that editors keep, and who may see what the public searches for."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.documents import get_document_model
from wagtail.permissions import register_permission_policy

from cms.search.models import QueryCount, Synonym
from cms.search.signals import index_documents

register_permission_policy(Synonym)
register_permission_policy(QueryCount)


class SynonymViewSet(ModelViewSet):
    """Synonyms in the settings menu."""

    model = Synonym
    icon = "list-ul"
    menu_label = _("Search synonyms")
    menu_name = "search-synonyms"
    menu_order = 900
    add_to_settings_menu = True
    form_fields = ["locale", "word", "others", "direction"]
    list_display = ["word", "others", "direction", "locale"]
    list_filter = ["locale", "direction"]
    search_fields = ["word", "others"]
    search_backend_name = None


@hooks.register("after_bulk_action")
def documents_were_moved(_request: Any, action_type: str, objects: list[Any], action: Any) -> None:
    # Wagtail moves many files in one statement and tells nobody.
    if action_type == "add_to_collection" and action.model is get_document_model():
        index_documents(action.model._default_manager.filter(pk__in=[row.pk for row in objects]))


@hooks.register("register_admin_viewset")
def register_synonyms() -> SynonymViewSet:
    return SynonymViewSet("search_synonyms")


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Let administrators of groups give out the rights to synonyms and the report."""
    return Permission.objects.filter(
        content_type__app_label="cms_search", content_type__model__in=["synonym", "querycount"]
    )
