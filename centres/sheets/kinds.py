"""The sheets of the domain; those that others name come first."""

from centres.sheets.awards import AwardSheet
from centres.sheets.directory import BookSheet, OrganisationSheet, PersonSheet, VenueSheet
from centres.sheets.events import EventSheet
from centres.sheets.programmes import CentreSheet, ProgrammeSheet
from centres.sheets.terms import AudienceSheet, AwardCategorySheet, FormatSheet, TopicSheet
from cms.sheets import registry


def register() -> None:
    """Make the sheets known; called once when the app is ready."""
    registry.register(
        AudienceSheet, TopicSheet, FormatSheet, AwardCategorySheet, OrganisationSheet, PersonSheet, VenueSheet,
        BookSheet, CentreSheet, ProgrammeSheet, EventSheet, AwardSheet,
    )  # fmt: skip
