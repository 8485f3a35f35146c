"""What the desk remembers: which warnings before the end of a term were sent."""

from django.db import models

from centres.models import Appointment


class TermWarning(models.Model):
    """A warning that was sent: so many days before the end of the term of a decision."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="+")
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["appointment", "days"], name="each_warning_once")]

    def __str__(self) -> str:
        return f"{self.appointment_id}: {self.days}"
