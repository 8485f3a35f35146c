"""What the title of a centre claims, and the step of a workflow in which the commission confirms a change of it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState

from centres.models.appointment import Appointment
from centres.models.centre import CentrePage


def claims_to_confirm(draft: Any) -> bool:
    """Return whether publishing ``draft`` would change what the title of a centre claims.

    These are the official name, the field or service, and the goals. Of a centre that holds no title, and of
    the first translation of a published page, nothing is left to confirm.
    """
    if not isinstance(draft, CentrePage):
        return False
    public = CentrePage.objects.filter(pk=draft.pk, live=True).first()
    if public is not None:
        return claims(public) != claims(draft)
    if not Appointment.objects.filter(centre_key=draft.translation_key, live=True).exists():
        return False
    return draft.first_published_at is not None or not draft.get_translations().filter(live=True).exists()


def claims(centre: CentrePage) -> tuple[Any, ...]:
    """Return what must agree in two versions of a centre's page for its claims to be the same."""
    goals = [
        (row.translation_key, row.text, row.indicator, row.target, row.unit) for row in centre.goals.all()
    ]
    return (centre.official_name, centre.competence_field_id, sorted(goals, key=lambda row: str(row[0])))


class ClaimsTask(AbstractGroupApprovalTask):
    """The secretary of the commission confirms what the title claims; skipped where that does not change."""

    class Meta:
        verbose_name = _("confirmation of what the title claims")
        verbose_name_plural = _("confirmations of what titles claim")

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        revision = workflow_state.content_object.get_latest_revision()
        if claims_to_confirm(revision.as_object()):
            return super().start(workflow_state, user)
        skipped = self.get_task_state_class()(
            workflow_state=workflow_state,
            task=self,
            revision=revision,
            status=TaskState.STATUS_SKIPPED,
            finished_at=timezone.now(),
        )
        skipped.save()
        return skipped

    @classmethod
    def get_description(cls) -> str:
        return str(_("The commission confirms a changed official name, field or goal; otherwise skipped."))
