"""The clock hands the calendars of others that are due over to the worker, which reads them."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from centres.calendars.reading import read_calendar
from centres.models import CalendarState

# Nobody hands a calendar over again while the worker may still be at it.
_UNDER_WAY = timedelta(minutes=10)


@task(backend="queue")
def read(pk: int) -> None:
    """Read the calendar of one provider."""
    read_calendar(pk)


def hand_over_due() -> int:
    """Hand over the calendars that are due to the worker, and return how many there are."""
    now = timezone.now()
    due = CalendarState.objects.filter(provider__active=True, next_reading__lte=now)
    for state in due:
        # Another clock may have done it meanwhile.
        if due.filter(pk=state.pk).update(next_reading=now + _UNDER_WAY):
            read.enqueue(state.provider_id)
    return len(due)
