"""Who may touch what in the admin: roles × actions, over HTTP.

Wagtail answers somebody without the right with a message and a redirection to the admin's home page, and a script
(X-Requested-With) with 403. The matrix asks as a script does, one test as a browser does.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from centres.models import (
    AwardEdition,
    LegalBasis,
    Organisation,
    ReviewCycle,
    Topic,
)
from centres.rights import rules
from centres.rights.set_up import set_up_centre
from cms.models import Document, Image, SharedText
from tests import factories
from tests.cms.pictures import file, jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SCRIPT = {"x-requested-with": "XMLHttpRequest"}
EDITOR, LEAD, OTHER = "editor", "lead", "editor of another centre"
SECRETARY, MEMBER, CHIEF, TRANSLATOR = "secretary", "member", "chief editor", "translator"


@dataclass
class Content:
    """Two centres of two libraries with everything on them, and somebody of each role."""

    own: dict[str, Any]
    foreign: dict[str, Any]
    records: dict[str, Any]
    shared: dict[str, Any]
    users: dict[str, Any]


@pytest.fixture
def site(built: Content) -> Content:
    return built


def build() -> Content:
    own, foreign = everything_of("Pionirska"), everything_of("Domoznanstvo")
    teams = [set_up_centre(part["centre"]) for part in (own, foreign)]
    for part, team in zip((own, foreign), teams, strict=True):
        for name in ("image", "document"):
            part[name].collection = team.collection
            part[name].save()
    term = factories.appointment(factories.goals(own["centre"]))
    records = {
        "appointment": term,
        "review": factories.review(term, state="IN_REVIEW"),
        "cycle": ReviewCycle.objects.create(
            name={"sl": "2027"}, starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 1)
        ),
        "legal basis": LegalBasis.objects.create(kind="STANDARD", title={"sl": "Standardi"}),
    }
    shared = {
        "topic": Topic.objects.get(),
        "organisation": Organisation.objects.first(),
        "shared text": SharedText.objects.create(
            name="uvod", text="<p>uvod</p>", locale=own["centre"].locale
        ),
    }
    groups = {
        EDITOR: [teams[0].editors.name], LEAD: [teams[0].leads.name], OTHER: [teams[1].editors.name],
        SECRETARY: [rules.SECRETARIES], MEMBER: [rules.MEMBERS], CHIEF: [rules.CHIEF_EDITORS],
        TRANSLATOR: [rules.TRANSLATORS],
    }  # fmt: skip
    return Content(
        own, foreign, records, shared, {role: user(role, *names) for role, names in groups.items()}
    )


def everything_of(name: str) -> dict[str, Any]:
    host = factories.organisation(name.lower())
    centre = factories.centre(name, host=host)
    programme = factories.programme(centre, f"Program {name}")
    image = Image(title=f"slika {name}", file=jpeg(), alt_text={"sl": "slika"})
    document = Document(title=f"datoteka {name}", file=file("besedilo", "a.txt"))
    image.save()
    document.save()
    return {
        "centre": centre,
        "programme": programme,
        "event": factories.event(programme, label={"sl": f"izvedba {name}"}),
        "award": factories.award(factories.programme(centre, f"Nagrada {name}", kind="AWARD")),
        "image": image,
        "document": document,
    }


def user(name: str, *groups: str) -> Any:
    made = get_user_model().objects.create_user(name, f"{name.replace(' ', '.')}@example.si")
    made.groups.set(Group.objects.filter(name__in=groups))
    assert made.groups.count() == len(groups)
    return made


def signed_in(site: Content, role: str) -> Client:
    client = Client()
    client.force_login(site.users[role])
    return client


def addresses(thing: Any) -> dict[str, str]:
    """Return every address of the admin that is about ``thing``, by what is done there."""
    if isinstance(thing, Page):
        views = ("edit", "delete", "unpublish", "copy", "move", "history", "usage", "workflow_history")
        return {view: reverse(f"wagtailadmin_pages:{view}", args=[thing.pk]) for view in views}
    if isinstance(thing, Image):
        return {view: reverse(f"wagtailimages:{view}", args=[thing.pk]) for view in ("edit", "delete")}
    if isinstance(thing, Document):
        return {view: reverse(f"wagtaildocs:{view}", args=[thing.pk]) for view in ("edit", "delete")}
    found = {}
    for pattern in thing.snippet_viewset.get_urlpatterns():
        if "pk" in pattern.pattern.converters or "(?P<pk>" in str(pattern.pattern):
            kwargs: dict[str, Any] = {"pk": thing.pk}
            numbers = {"revision_id": 1, "task_state_id": 1, "workflow_state_id": 1, "task_id": 1}
            numbers |= {"revision_id_a": "live", "revision_id_b": "latest", "action_name": "approve"}
            text = str(pattern.pattern)
            kwargs |= {
                name: value for name, value in numbers.items() if f":{name}>" in text or f"<{name}>" in text
            }
            found[pattern.name] = reverse(thing.snippet_viewset.get_url_name(pattern.name), kwargs=kwargs)
    return found


def status(client: Client, address: str) -> int:
    return client.get(address, headers=SCRIPT).status_code


@pytest.mark.parametrize("role", [EDITOR, LEAD])
def test_nobody_of_a_centre_reaches_anything_of_another_one(site: Content, role: str) -> None:
    client = signed_in(site, role)
    for name, thing in site.foreign.items():
        for view, address in addresses(thing).items():
            assert status(client, address) == 403, (name, view)
            assert client.post(address, {}, headers=SCRIPT).status_code == 403, (name, view)


@pytest.mark.parametrize("role", [EDITOR, LEAD, OTHER, CHIEF, TRANSLATOR])
def test_nobody_outside_of_the_commission_reaches_its_records(site: Content, role: str) -> None:
    client = signed_in(site, role)
    for name, thing in site.records.items():
        for view, address in addresses(thing).items():
            assert status(client, address) == 403, (name, view)
            assert client.post(address, {}, headers=SCRIPT).status_code == 403, (name, view)
        for view in ("list", "add"):
            assert status(client, reverse(thing.snippet_viewset.get_url_name(view))) == 403, (name, view)


# What each role may open: a row for each thing, a letter for each role in the order below; e edit, d delete, - nothing.
ROLES = (EDITOR, LEAD, OTHER, SECRETARY, MEMBER, CHIEF, TRANSLATOR)
MATRIX = {
    "centre":       "e- ed -- -- -- ed --",
    "programme":    "e- ed -- -- -- ed --",
    "event":        "e- ed -- -- -- ed --",
    "award":        "e- ed -- -- -- ed --",
    "image":        "ed ed -- -- -- ed --",
    "document":     "ed ed -- -- -- ed --",
    "topic":        "-- -- -- -- -- ed --",
    "organisation": "-- -- -- e- -- ed --",
    "shared text":  "-- -- -- -- -- ed e-",
    "appointment":  "-- -- -- e- -- -- --",
    "review":       "-- -- -- e- e- -- --",
    "cycle":        "-- -- -- ed -- -- --",
    "legal basis":  "-- -- -- ed -- -- --",
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_what_is_its_own(site: Content, role: str) -> None:
    client = signed_in(site, role)
    things = site.own | site.records | site.shared
    may = {}
    for name, thing in things.items():
        views = addresses(thing)
        opened = [
            letter for letter, view in (("e", "edit"), ("d", "delete")) if status(client, views[view]) == 200
        ]
        may[name] = "".join(letter if letter in opened else "-" for letter in "ed")
    place = ROLES.index(role)
    assert may == {name: row.split()[place] for name, row in MATRIX.items()}


def test_a_browser_is_sent_home_with_a_message(site: Content) -> None:
    answer = signed_in(site, EDITOR).get(addresses(site.foreign["event"])["edit"])
    assert answer.status_code == 302
    assert answer["Location"] == reverse("wagtailadmin_home")


@pytest.mark.parametrize("name", ["event", "award"])
def test_lists_and_choosers_of_editions_offer_ones_own(site: Content, name: str) -> None:
    client = signed_in(site, EDITOR)
    own, foreign = site.own[name], site.foreign[name]
    viewset = own.snippet_viewset
    chooser = viewset.chooser_viewset
    pages = [
        reverse(viewset.get_url_name("list")),
        reverse(viewset.get_url_name("list_results")),
        reverse(chooser.get_url_name("choose")),
        reverse(chooser.get_url_name("choose_results")),
    ]
    for address in pages:
        text = client.get(address, headers=SCRIPT).content.decode()
        assert "Pionirska" in text, address
        assert "Domoznanstvo" not in text, address
    assert client.get(reverse(chooser.get_url_name("chosen"), args=[own.pk])).status_code == 200
    assert client.get(reverse(chooser.get_url_name("chosen"), args=[foreign.pk])).status_code == 404
    several = client.get(reverse(chooser.get_url_name("chosen_multiple")), {"id": [foreign.pk]})
    assert str(foreign) not in several.content.decode()


@pytest.mark.parametrize("kind", ["images", "docs"])
def test_choosers_of_files_offer_ones_own(site: Content, kind: str) -> None:
    client = signed_in(site, EDITOR)
    names = {"images": ("wagtailimages_chooser", "image"), "docs": ("wagtaildocs_chooser", "document")}
    chooser, name = names[kind]
    text = client.get(reverse(f"{chooser}:choose_results"), headers=SCRIPT).content.decode()
    assert site.own[name].title in text
    assert site.foreign[name].title not in text
    listed = client.get(reverse(f"wagtail{kind}:index")).content.decode()
    assert site.own[name].title in listed
    assert site.foreign[name].title not in listed


@pytest.mark.parametrize("model", rules.RECORDS)
def test_choosers_of_records_offer_nothing_outside_of_the_commission(site: Content, model: Any) -> None:
    row = next(row for row in site.records.values() if isinstance(row, model))
    chooser = model.snippet_viewset.chooser_viewset
    for role, found in ((EDITOR, 404), (LEAD, 404), (SECRETARY, 200)):
        client = signed_in(site, role)
        chosen = reverse(chooser.get_url_name("chosen"), args=[row.pk])
        assert client.get(chosen).status_code == found, role


def test_programme_of_an_edition_is_chosen_among_ones_own(site: Content) -> None:
    client = signed_in(site, EDITOR)
    asked = {"page_type": "centres.programmepage", "user_perms": "change", "q": "Program"}
    found = client.get(reverse("wagtailadmin_choose_page_search"), asked).content.decode()
    assert "Program Pionirska" in found
    assert "Program Domoznanstvo" not in found
    parent = site.foreign["centre"]
    below = client.get(reverse("wagtailadmin_choose_page_child", args=[parent.pk]), asked).content.decode()
    assert "Program Domoznanstvo" not in below


def test_links_are_offered_to_published_pages_of_others_only(site: Content) -> None:
    hidden = factories.programme(site.foreign["centre"], "Program v pripravi")
    hidden.unpublish()
    asked = {"q": "Program"}
    client = signed_in(site, EDITOR)
    found = client.get(reverse("wagtailadmin_choose_page_search"), asked).content.decode()
    assert "Program Domoznanstvo" in found
    assert "v pripravi" not in found


def test_an_edition_of_another_centres_programme_is_refused(site: Content) -> None:
    client = signed_in(site, EDITOR)
    form = {"programme": site.foreign["award"].programme_id, "year": 2026, "label_sl": "tuja"}
    for address in (
        reverse(AwardEdition.snippet_viewset.get_url_name("add")),
        addresses(site.own["award"])["edit"],
    ):
        text = client.post(address, form).content.decode()
        assert "Ta program je od drugega centra" in text
    assert not AwardEdition.objects.filter(programme=site.foreign["award"].programme_id, year=2026).exists()


@pytest.mark.parametrize("part", ["foreign", "records"])
def test_bulk_deletion_takes_nothing_that_is_not_ones_own(site: Content, part: str) -> None:
    client = signed_in(site, LEAD)
    for thing in getattr(site, part).values():
        if isinstance(thing, (Page, Image, Document)):
            continue
        address = reverse("wagtail_bulk_action", args=["centres", thing._meta.model_name, "delete"])
        client.post(f"{address}?id={thing.pk}", {})
        assert type(thing).objects.filter(pk=thing.pk).exists(), thing


def test_publishing_is_for_leads(site: Content) -> None:
    event = site.own["event"]
    views = addresses(event)
    assert status(signed_in(site, EDITOR), views["unpublish"]) == 403
    assert status(signed_in(site, LEAD), views["unpublish"]) == 200
    page = addresses(site.own["programme"])
    assert status(signed_in(site, EDITOR), page["unpublish"]) == 403
    assert status(signed_in(site, LEAD), page["unpublish"]) == 200


def test_who_leads_one_centre_and_writes_for_another_publishes_only_there(site: Content) -> None:
    both = site.users[LEAD]
    both.groups.add(Group.objects.get(name="Domoznanstvo – uredniki"))
    client = signed_in(site, LEAD)
    views = addresses(site.foreign["event"])
    assert status(client, views["edit"]) == 200
    assert status(client, views["unpublish"]) == 403
    assert status(client, views["delete"]) == 403
    # Neither the button nor the form's own way leads round it.
    award = site.foreign["award"]
    award.unpublish()
    form = {"programme": award.programme_id, "year": award.year, "label_sl": "x", "action-publish": "1"}
    client.post(addresses(award)["edit"], form)
    assert not AwardEdition.objects.get(pk=award.pk).live


@pytest.mark.parametrize(
    ("role", "seen", "hidden"),
    [
        (EDITOR, {"editions"}, {"commission", "vocabulary", "shared-texts"}),
        (SECRETARY, {"commission", "directory"}, {"editions", "shared-texts"}),
        (MEMBER, {"commission"}, {"editions", "directory"}),
        (TRANSLATOR, {"shared-texts"}, {"editions", "commission", "vocabulary", "directory"}),
    ],
)
def test_the_menu_hides_what_a_role_cannot_reach(
    site: Content, role: str, seen: set[str], hidden: set[str]
) -> None:
    text = signed_in(site, role).get(reverse("wagtailadmin_home")).content.decode()
    shown = {name for name in seen | hidden if f'"name": "{name}"' in text}
    assert shown == seen


@pytest.mark.parametrize("role", ROLES)
def test_adding_a_centre_is_offered_to_whom_it_is_allowed(site: Content, role: str) -> None:
    page = signed_in(site, role).get(reverse("centres:index"))
    assert (reverse("centres:choose_parent") in page.text) is (role == CHIEF)
