"""The one place that says which role may do what. `centres.rights.groups` writes it into Django's groups.

Rights on pages, images and documents are bound to a place (a branch of the tree, a collection), rights on
everything else to a model; `centres.rights.policies` narrows those on editions to the branch and those on reviews
to whoever is not partial.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models

from centres.models import (
    Appointment,
    Audience,
    AwardCategory,
    AwardEdition,
    Book,
    CalendarProvider,
    CentreTeam,
    CompetenceField,
    EventEdition,
    LegalBasis,
    Network,
    Organisation,
    Person,
    ProgrammeFormat,
    PublicationEdition,
    Review,
    ReviewCycle,
    Topic,
    Venue,
)
from cms.models import SharedText

type Actions = tuple[str, ...]
type OnModels = Mapping[type[models.Model], Actions]

EDITIONS = (EventEdition, AwardEdition, PublicationEdition)
RECORDS = (Appointment, Review, ReviewCycle, LegalBasis)
TERMS = (Audience, Topic, ProgrammeFormat, CompetenceField, AwardCategory, Network)
DIRECTORY = (Organisation, Person, Venue, Book, CalendarProvider)

WRITE: Actions = ("add", "change")
PUBLISH: Actions = ("publish", "lock", "unlock")
ALL: Actions = (*WRITE, "delete", "publish", "lock", "unlock")
FILES: Actions = ("add", "change", "choose")


@dataclass(frozen=True, slots=True)
class Role:
    """What members of a group may do: with pages and files of the places that the group is bound to, and by model.

    ``others`` are permissions by their full name. An action that a model does not know is left out.
    """

    pages: Actions = ()
    files: Actions = ()
    on: OnModels = field(default_factory=dict)
    others: tuple[str, ...] = ()


def _each(kinds: tuple[type[models.Model], ...], actions: Actions) -> dict[type[models.Model], Actions]:
    return dict.fromkeys(kinds, actions)


# ---------------------------------------------------------------- a pair of groups for each centre
EDITOR = Role(
    pages=WRITE,
    files=FILES,
    # Presenters, places and books that nobody has entered yet; to correct them is for the chief editor.
    on={**_each(EDITIONS, WRITE), Person: ("add",), Venue: ("add",), Book: ("add",)},
)
LEAD = Role(
    pages=(*WRITE, *PUBLISH, "bulk_delete"),
    files=FILES,
    on={**EDITOR.on, **_each(EDITIONS, ALL)},
)

# ---------------------------------------------------------------- the groups of the whole site
SECRETARY = Role(
    pages=(*WRITE, *PUBLISH),
    files=FILES,
    on={
        **_each((Appointment, Review), (*WRITE, *PUBLISH)),
        **_each((ReviewCycle, LegalBasis), ALL),
        CompetenceField: WRITE,
        Organisation: WRITE,
        Person: WRITE,
    },
)
MEMBER = Role(
    files=("choose",),
    on={Review: ("view", "change"), Appointment: ("view",), ReviewCycle: ("view",), LegalBasis: ("view",)},
)
CHIEF_EDITOR = Role(
    pages=(*WRITE, *PUBLISH, "bulk_delete"),
    files=FILES,
    on={**_each((*EDITIONS, *TERMS, *DIRECTORY, SharedText), ALL), CentreTeam: ("add",)},
    others=(
        "cms.change_sitelabels",
        "cms.change_sitesettings",
        "cms_search.add_synonym",
        "cms_search.change_synonym",
        "cms_search.delete_synonym",
        "cms_search.view_querycount",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
        "simple_translation.submit_translation",
    ),
)
TRANSLATOR = Role(
    pages=WRITE,
    files=("choose",),
    on={SharedText: WRITE},
    others=("simple_translation.submit_translation",),
)

SECRETARIES = "Komisija – tajništvo"
MEMBERS = "Komisija – člani"
CHIEF_EDITORS = "Glavni urednik"
TRANSLATORS = "Prevajalci"
COMMISSION = (SECRETARIES, MEMBERS)
CLAIMS_STEP = "Komisija – potrditev naziva, področja in ciljev"

# The names of groups are content, as editors see them in lists of users; the site's own language is Slovenian.
SITE_ROLES = {
    SECRETARIES: SECRETARY,
    MEMBERS: MEMBER,
    CHIEF_EDITORS: CHIEF_EDITOR,
    TRANSLATORS: TRANSLATOR,
}


def editors_of(short_name: str) -> str:
    """Return the name of the group that writes for a centre."""
    return f"{short_name} – uredniki"


def leads_of(short_name: str) -> str:
    """Return the name of the group that publishes for a centre."""
    return f"{short_name} – objava"
