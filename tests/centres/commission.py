"""A centre with its team, its term, its review and everybody who decides about it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from centres.models import Appointment, CentrePage, CentreTeam, EventEdition, ProgrammePage, Review
from centres.rights import rules
from centres.rights.set_up import set_up_centre
from tests import factories

PEOPLE = ("editor", "lead", "secretary", "member", "chief")
DECISION = {
    "adequacy": "ADEQUATE",
    "outcome": "RENEW",
    "decided_on": date(2026, 11, 5),
    "public_summary": {"sl": "Center dosega cilje."},
}


@dataclass
class Content:
    centre: CentrePage
    programme: ProgrammePage
    event: EventEdition
    term: Appointment
    review: Review
    team: CentreTeam
    users: dict[str, Any]


@pytest.fixture
def site(built: Content) -> Content:
    return built


def build() -> Content:
    centre = factories.goals(factories.centre())
    team = set_up_centre(centre)
    programme = factories.programme(centre)
    term = factories.appointment(centre, date(2024, 12, 1), valid_from_precision="MONTH")
    users = {name: get_user_model().objects.create_user(name, f"{name}@example.si") for name in PEOPLE}
    users["editor"].groups.add(team.editors)
    users["lead"].groups.add(team.leads)
    for name, group in (
        ("secretary", rules.SECRETARIES),
        ("member", rules.MEMBERS),
        ("chief", rules.CHIEF_EDITORS),
    ):
        users[name].groups.add(Group.objects.get(name=group))
    return Content(
        centre, programme, factories.event(programme), term, factories.review(term), team, users
    )  # fmt: skip


def signed_in(site: Content, name: str) -> Client:
    client = Client()
    client.force_login(site.users[name])
    return client
