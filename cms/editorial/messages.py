"""Tells an editor who saved or published a page what to look at, with a button that leads there."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page

from cms.editorial.findings import findings
from cms.models import BasePage

# More than a few at once, and nobody reads any.
SHOWN = 4


def tell(request: HttpRequest, page: Page) -> None:
    """Add a message for each finding, the first few; saving by itself while somebody writes stays silent."""
    if saves_by_itself(request) or not isinstance(page, BasePage):
        return
    found = findings(page)
    for finding in found[:SHOWN]:
        messages.warning(request, finding.words, buttons=[messages.button(finding.place, _("Mend it"))])
    if (more := len(found) - SHOWN) > 0:
        words = ngettext("There is %d more thing to look at.", "There are %d more things to look at.", more)
        messages.warning(request, words % more)


def saves_by_itself(request: HttpRequest) -> bool:
    """Return whether the form was sent by Wagtail's editor while its user went on writing."""
    return not request.accepts("text/html")
