"""What Wagtail asks before it lets somebody touch a snippet.

Each model has a policy; those of editions and reviews answer for the row in hand, by Wagtail's policy of pages.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import page_permission_policy, register_permission_policy

from centres.models import CentrePage, CentreTeam, Edition, ProgrammePage, Review
from centres.models.review import ReviewState
from centres.rights import rules

ANY = ("add", "change", "delete", "publish", "lock", "unlock", "view")
READING = frozenset({"add", "change", "delete", "view"})

# What somebody must be allowed to do with a programme's page to do something with its editions.
ON_PROGRAMME = {"add": "change", "change": "change", "view": "change", "delete": "publish"}


class SnippetPolicy(ModelPermissionPolicy):
    """Rights by model. What is not a record is offered to everybody who chooses."""

    def choosable(self, user: Any) -> QuerySet[Any]:
        """Return the rows that choosers offer to ``user``."""
        return self.model._default_manager.all()

    def readable(self, user: Any) -> QuerySet[Any]:
        """Return the rows that lists show to ``user``."""
        return self.instances_user_has_any_permission_for(user, READING)


class RecordPolicy(SnippetPolicy):
    """Rights on the commission's records: who has none does not even find them in a chooser."""

    def choosable(self, user: Any) -> QuerySet[Any]:
        return self.readable(user)


class EditionPolicy(RecordPolicy):
    """Rights on editions: those on the model, for the programmes whose pages one may edit or publish."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Edition) -> bool:
        programme = ProgrammePage.objects.filter(pk=instance.programme_id).first()
        return (
            programme is not None
            and self.user_has_permission(user, action)
            and page_permission_policy.user_has_permission_for_instance(user, _on_page(action), programme)
        )

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        own = {_on_page(action) for action in actions if self.user_has_permission(user, action)}
        if not own:
            return self.model._default_manager.none()
        if user.is_superuser:
            return self.model._default_manager.all()
        pages = page_permission_policy.instances_user_has_any_permission_for(user, own)
        return self.model._default_manager.filter(programme__in=pages.values("pk"))


class ReviewPolicy(RecordPolicy):
    """Rights on reviews: nobody writes on a centre of the library that employs them, or on what is decided."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Review) -> bool:
        if not self.user_has_permission(user, action):
            return False
        if action == "view" or user.is_superuser:
            return True
        if is_partial(user, instance.centre):
            return False
        # Members assess what is under review; the secretary leads it through all of its states.
        return instance.state == ReviewState.IN_REVIEW or self.user_has_permission(user, "add")


class OfInstance:
    """A policy that answers every question for the row in hand, for views that ask about the model."""

    def __init__(self, policy: Any, instance: Any) -> None:
        self._policy = policy
        self._instance = instance

    def __getattr__(self, name: str) -> Any:
        return getattr(self._policy, name)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(self._policy.user_has_permission_for_instance(user, action, self._instance))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


def _on_page(action: str) -> str:
    return ON_PROGRAMME.get(action, action)


def is_partial(user: Any, centre: CentrePage) -> bool:
    """Return whether the library that hosts ``centre`` employs ``user``, or one of its centres is theirs."""
    if centre.host_id is None:
        return False
    if getattr(getattr(user, "person", None), "employer_id", None) == centre.host_id:
        return True
    keys = CentrePage.objects.filter(host=centre.host_id).values("translation_key")
    groups = user.groups.all()
    return CentreTeam.objects.filter(
        Q(editors__in=groups) | Q(leads__in=groups), centre_key__in=keys
    ).exists()


def register() -> None:
    """Tell Wagtail who decides; called once when the app is ready, before any view asks."""
    for model in (*rules.TERMS, *rules.DIRECTORY):
        register_permission_policy(model, SnippetPolicy(model), exact_class=True)
    for model in rules.RECORDS:
        policy = ReviewPolicy if model is Review else RecordPolicy
        register_permission_policy(model, policy(model), exact_class=True)
    for model in rules.EDITIONS:
        register_permission_policy(model, EditionPolicy(model), exact_class=True)
