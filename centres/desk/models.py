"""What the desk remembers: which warnings before the end of a term were sent, and to whom."""

from django.conf import settings
from django.db import models

from centres.models import Appointment


class TermWarning(models.Model):
    """A warning that was sent: so many days before the end of the term of a decision.

    To one ``reader``; without one, to all whom it concerned, so that nobody waits for it any more.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="+")
    days = models.PositiveSmallIntegerField()
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "days"],
                condition=models.Q(reader=None),
                name="each_warning_once",
            ),
            models.UniqueConstraint(
                fields=["appointment", "days", "reader"], name="each_warning_once_to_a_reader"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appointment_id}: {self.days}"
