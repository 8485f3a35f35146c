"""Where editions are edited, added and copied, by their kind."""

from typing import Any

from django.urls import reverse
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.permissions import policy_registry

from centres.models import AwardEdition, Edition, EventEdition, PublicationEdition
from centres.models.edition import EditionType

KINDS: dict[EditionType, Any] = {
    EditionType.EVENT: EventEdition,
    EditionType.AWARD: AwardEdition,
    EditionType.PUBLICATION: PublicationEdition,
}


def address_of(kind: Any, view: str, *args: Any) -> str:
    """Return the address of a ``view`` of the admin, such as "edit", for a kind of edition; ``args`` is its key."""
    return reverse(kind.snippet_viewset.get_url_name(view), args=args)


class EditionURLFinder(ModelAdminURLFinder):
    """Finds the form of an edition by its kind: lists of uses know only the table that all editions share.

    An editor gets the form if the policy of the kind lets them change the edition.
    """

    def get_edit_url(self, instance: Edition) -> str | None:
        kind = KINDS[EditionType(instance.type)]
        policy = policy_registry.get_by_type(kind)
        if self.user and not policy.user_has_permission_for_instance(self.user, "change", instance):
            return None
        return self.construct_edit_url(instance)

    def construct_edit_url(self, instance: Any) -> str:
        return address_of(KINDS[EditionType(instance.type)], "edit", instance.pk)


def register() -> None:
    """Let Wagtail find editions; called with the other hooks, behind those of the kinds themselves."""
    register_admin_url_finder(Edition, EditionURLFinder)
