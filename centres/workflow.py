"""The end of a workflow. Wagtail's models import this module, so it imports none of them."""

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish what passed all steps of its workflow, regardless of who took the last one.

    Wagtail would ask for the right to publish the page, which a secretary who confirms does not have.
    """
    workflow_state.content_object.get_latest_revision().publish(user=user, skip_permission_checks=True)
