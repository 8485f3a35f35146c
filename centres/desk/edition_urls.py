"""Where an edition is edited, whatever kind it is: lists of uses know only the table that all editions share."""

from typing import Any

from django.urls import reverse
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.permissions import policy_registry

from centres.models import AwardEdition, Edition, EventEdition, PublicationEdition
from centres.models.edition import EditionType

_KINDS = {
    EditionType.EVENT: EventEdition,
    EditionType.AWARD: AwardEdition,
    EditionType.PUBLICATION: PublicationEdition,
}


class EditionURLFinder(ModelAdminURLFinder):
    """Finds the form of an edition by its kind, for whom the policy of the kind lets change it."""

    def get_edit_url(self, instance: Edition) -> str | None:
        kind = _KINDS[EditionType(instance.type)]
        policy = policy_registry.get_by_type(kind)
        if self.user and not policy.user_has_permission_for_instance(self.user, "change", instance):
            return None
        return self.construct_edit_url(instance)

    def construct_edit_url(self, instance: Any) -> str:
        kind = _KINDS[EditionType(instance.type)]
        return reverse(f"wagtailsnippets_centres_{kind._meta.model_name}:edit", args=[instance.pk])


def register() -> None:
    """Let Wagtail find editions; called with the other hooks, behind those of the kinds themselves."""
    register_admin_url_finder(Edition, EditionURLFinder)
