"""What the demo has made, so that it is made once and what editors did to it since is left alone."""

from django.db import models


class DemoRecord(models.Model):
    """One thing of the demo by its key in the data: the row that it became, and the day it was dated for.

    A record without a row (``model`` is empty) notes that a step was done.
    """

    key = models.CharField(max_length=120, unique=True)
    model = models.CharField(max_length=80, blank=True)
    object_id = models.BigIntegerField(null=True)
    dated_for = models.DateField()

    class Meta:
        verbose_name = "demo record"
        verbose_name_plural = "demo records"

    def __str__(self) -> str:
        return self.key
