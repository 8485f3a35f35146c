"""A centre with its team, its term, its review and everybody who decides about it."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from centres.models import Appointment, CentrePage, CentreTeam, EventEdition, ProgrammePage, Review
from centres.rights import rules
from centres.rights.set_up import set_up_centre
from tests import factories

PEOPLE = ("editor", "lead", "secretary", "member", "chief")


@dataclass
class Content:
    centre: CentrePage
    programme: ProgrammePage
    event: EventEdition
    term: Appointment
    review: Review
    team: CentreTeam
    users: dict[str, Any]


@pytest.fixture(scope="module")
def content(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Content]:
    """Make the content once for all tests here; what each of them changes is taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_content()
        transaction.set_rollback(True)


@pytest.fixture
def site(content: Content, db: None) -> Content:
    return deepcopy(content)


def make_content() -> Content:
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
