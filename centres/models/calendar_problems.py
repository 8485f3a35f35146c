"""What editors read where a calendar of others can't be read: what happened, and the way out."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Of the whole calendar.
PROBLEMS: dict[str, str | Promise] = {
    "host": _(
        "The host is not allowed. Ask the operator to add it to EXTERNAL_CALENDAR_HOSTS, or correct the address. "
        "A calendar that redirects to another host needs that one too."
    ),
    "private": _(
        "The address leads into a private network, or without https. Correct it; the operator can allow an own host "
        "in DELIVERY_PRIVATE_HOSTS."
    ),
    "unreachable": _(
        "The host does not answer. Open the address in a browser; if that works, try again later."
    ),
    "slow": _(
        "The answer takes too long. It is tried again; if it stays so, ask the provider for a smaller calendar."
    ),
    "large": _("The calendar is too large. Ask the provider for one with fewer dates, such as this year's."),
    "cut": _("The calendar ends in the middle. It is tried again; if it stays so, tell the provider."),
    "status": _(
        "The host answers with an error. Open the address in a browser and correct it, or tell the provider."
    ),
    "redirects": _(
        "The address redirects again and again. Enter the address at which the calendar really is."
    ),
    "packed": _("The host sends the calendar packed although it was not asked to. Tell the provider."),
    "wrong_type": _(
        "There is something else at this address, such as a web page. Correct the address or choose another kind."
    ),
    "broken_xml": _("The feed is not well-formed XML. Tell the provider, or use another address."),
    "entities": _("The feed has definitions that could do harm. Use another address."),
    "no_json_ld": _(
        "The page has no events that programs can read (JSON-LD). Look for an iCalendar address instead."
    ),
    "too_much": _("The calendar has too many entries. Ask the provider for one with fewer dates."),
    "fault": _("Reading failed because of a fault in this program. Tell the operator; the log says more."),
}
# Of one entry.
SKIPPED: dict[str, str | Promise] = {
    "no_start": _("it has no date, or one that can't be read"),
    "no_title": _("it has no title"),
    "broken": _("it contradicts itself or is damaged"),
    "rule": _("it repeats too often"),
    "time_zone": _("its time zone is damaged; that of the site is used"),
}
