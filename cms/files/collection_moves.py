"""Wagtail's form of a collection, which tells nobody when it moves one: perhaps below a closed one, or out of it.

The address stands in front of Wagtail's own (`config.urls`).
"""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.collections import Edit
from wagtail.models import Collection

from cms.publishing.operation import operation
from cms.publishing.receivers import touch_files
from cms.search.signals import index_documents_of


class EditCollectionView(Edit):
    """Saves and moves a collection in one step, and says so: what is kept of the gate must not outlive it."""

    def save_instance(self) -> Collection:
        with operation():
            saved: Collection = super().save_instance()
            moved = Collection.objects.get(pk=saved.pk)
            touch_files(moved)
            index_documents_of(moved)
        return saved


urlpatterns = [
    path("collections/<int:pk>/", never_cache(require_admin_access(EditCollectionView.as_view()))),
]
