"""A centre gets its groups, its collection and its workflow in one step."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from wagtail.models import Collection, GroupPagePermission, Workflow, WorkflowPage

from centres.models import CentreTeam
from centres.rights.set_up import set_up_centre
from tests import factories
from tests.centres.commission import Content, build, signed_in, site

__all__ = ["build", "site"]  # the fixture and what it is made of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_centre_is_set_up_in_one_step_that_may_be_repeated(site: Content) -> None:
    other = factories.centre("Učni center")
    out = StringIO()
    for _ in range(2):
        call_command("set_up_centre", other.slug, "--editor=editor", "--lead=lead", stdout=out)
    team = CentreTeam.objects.get(centre_key=other.translation_key)
    assert (team.editors.name, team.leads.name) == ("Učni center – uredniki", "Učni center – objava")
    assert team.collection.get_parent().name == "Centri"
    assert WorkflowPage.objects.get(page=other.pk).workflow == team.workflow
    assert site.users["editor"] in team.editors.user_set.all()
    assert site.users["lead"] in team.leads.user_set.all()
    assert Workflow.objects.filter(name="Učni center").count() == 1
    assert Collection.objects.filter(name="Učni center").count() == 1


def test_a_new_short_name_is_carried_into_the_groups(site: Content) -> None:
    site.centre.short_name = "Mladinska"
    factories.publish(site.centre)
    team = set_up_centre(site.centre)
    assert team.pk == site.team.pk
    assert [team.editors.name, team.collection.name, team.workflow.name] == [
        "Mladinska – uredniki", "Mladinska", "Mladinska",
    ]  # fmt: skip


def test_rights_given_by_hand_are_taken_back(site: Content) -> None:
    page = site.programme.get_parent().get_parent()
    permission = GroupPagePermission.objects.filter(group=site.team.editors).first().permission
    GroupPagePermission.objects.create(group=site.team.editors, page=page, permission=permission)
    set_up_centre(site.centre)
    assert not GroupPagePermission.objects.filter(group=site.team.editors, page=page).exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["neznan"], "unknown_centre: No centre has the address “neznan”"),
        ([], "one_centre_or_all"),
        (["pionirska", "--all"], "one_centre_or_all"),
        (["pionirska", "--lead=nihče"], "unknown_user: There is no user “nihče”"),
    ],
)
def test_bad_input_of_the_command_is_told_in_one_line(site: Content, arguments: list[str], code: str) -> None:
    with pytest.raises(CommandError) as told:
        call_command("set_up_centre", *arguments)
    assert str(told.value).startswith(code)
    assert "\n" not in str(told.value)


def test_two_centres_of_one_name_do_not_share_their_groups(site: Content) -> None:
    twin = factories.centre("Pionirska", host=factories.organisation("ptuj"), slug="druga")
    with pytest.raises(CommandError, match=r"^name_taken: "):
        call_command("set_up_centre", "druga")
    assert not CentreTeam.objects.filter(centre_key=twin.translation_key).exists()


@pytest.mark.parametrize(("name", "allowed"), [("chief", True), ("lead", False), ("secretary", False)])
def test_the_chief_editor_sets_up_centres_in_the_admin(site: Content, name: str, allowed: bool) -> None:
    other = factories.centre("Učni center")
    client, address = signed_in(site, name), reverse("centres_set_up", args=[other.pk])
    text = client.get(address, follow=True).content.decode()
    assert ("Učni center – uredniki" in text) is allowed
    client.post(address)
    assert CentreTeam.objects.filter(centre_key=other.translation_key).exists() is allowed
