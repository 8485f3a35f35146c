"""Everything about centres: their pages, programmes, editions and the records of the commission."""

from centres.models.all_centres import CentreIndexPage
from centres.models.appointment import Appointment
from centres.models.award import AwardEdition, AwardResult
from centres.models.book import Book, Contributor
from centres.models.calendars import CalendarProvider, CalendarState, ExternalEdition
from centres.models.centre import CentrePage
from centres.models.centre_rows import (
    CentreAudience,
    ExpectedEffect,
    Goal,
    Milestone,
    Partner,
    ResultItem,
    Solution,
    SpecialCollection,
    StaffMember,
)
from centres.models.claims import ClaimsTask
from centres.models.commission import CommissionPage, LegalBasis, ReviewCycle
from centres.models.edition import Edition, EditionAvailability
from centres.models.event import EventEdition
from centres.models.event_rows import EventMaterial, Fee, Session
from centres.models.organisations import Organisation, Person, Venue
from centres.models.programme import ProgrammePage
from centres.models.programme_rows import (
    ExternalCode,
    ProgrammeAudience,
    ProgrammeCoOrganiser,
    ProgrammeFunder,
)
from centres.models.publication import PublicationEdition
from centres.models.review import EffectAssessment, GoalAssessment, Review
from centres.models.team import CentreTeam
from centres.models.vocabulary import (
    Audience,
    AwardCategory,
    CompetenceField,
    Network,
    ProgrammeFormat,
    Topic,
)

__all__ = [
    "Appointment",
    "Audience",
    "AwardCategory",
    "AwardEdition",
    "AwardResult",
    "Book",
    "CalendarProvider",
    "CalendarState",
    "CentreAudience",
    "CentreIndexPage",
    "CentrePage",
    "CentreTeam",
    "ClaimsTask",
    "CommissionPage",
    "CompetenceField",
    "Contributor",
    "Edition",
    "EditionAvailability",
    "EffectAssessment",
    "EventEdition",
    "EventMaterial",
    "ExpectedEffect",
    "ExternalCode",
    "ExternalEdition",
    "Fee",
    "Goal",
    "GoalAssessment",
    "LegalBasis",
    "Milestone",
    "Network",
    "Organisation",
    "Partner",
    "Person",
    "ProgrammeAudience",
    "ProgrammeCoOrganiser",
    "ProgrammeFormat",
    "ProgrammeFunder",
    "ProgrammePage",
    "PublicationEdition",
    "ResultItem",
    "Review",
    "ReviewCycle",
    "Session",
    "Solution",
    "SpecialCollection",
    "StaffMember",
    "Topic",
    "Venue",
]
