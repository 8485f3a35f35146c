"""Pages that everybody may see, and such as stand behind each door."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from centres.models import (
    CentrePage,
    CommissionPage,
    Goal,
    Milestone,
    Partner,
    ProgrammeCoOrganiser,
    ProgrammeFunder,
    ResultItem,
    Solution,
    SpecialCollection,
    StaffMember,
)
from home.models import InfoPage
from tests import factories as make
from tests.leaks.hidden.world import RESTRICTIONS, World, stream


def add_open_pages(world: World) -> None:
    world.pages["home"] = make.home()
    world.pages["home-en"] = make.home("en")
    for name in ("home", "home-en"):
        world.pages[name].summary = make.SUMMARY
        world.pages[name] = make.publish(world.pages[name])
    centre = make.centre("Odprti center", slug="odprti", name_variants="Center\nStara ime")
    centre.show_in_menus = True
    centre.contact_phone, centre.contact_address = "+38612345678", "Kersnikova 2"
    centre.contact_url = "https://center.example.si"
    centre.related_fields = [make.coded(make.CompetenceField, "access")]
    centre.topics = [make.coded(make.Topic, "reading")]
    centre.partners = [Partner(organisation=world.partner, relation="FUNDS", note="Podpora")]
    centre.staff = [
        StaffMember(
            person=person,
            role=world.word("consent", "role of somebody without consent") if index == 0 else "svetovalec",
        )
        for index, person in enumerate(world.people)
    ]
    centre.collections = [
        SpecialCollection(name="Zbirka", description="Opis", size=3, url="https://zbirka.example.si")
    ]
    centre.goals = [Goal(text="Cilj", indicator="kazalnik", target=200, unit="ljudi")]
    centre.expected_effects = [make.ExpectedEffect(text="Učinek", level="LIBRARY")]
    centre.solutions = [
        Solution(kind="RESEARCH", title="Rešitev", description="Opis", url="https://r.example.si")
    ]
    centre.results = [
        ResultItem(
            kind="RESEARCH",
            title=f"Rezultat {name}",
            year=2020,
            url="https://r.example.si",
            document=document,
        )
        for name, document in world.documents.items()
    ]
    centre.milestones = [Milestone(date=date(2020, 1, 1), date_precision="YEAR", text="Začetek")]
    world.pages["centre"] = make.publish(centre)
    programme = make.programme(
        world.pages["centre"], "Odprti program", slug="odprti-program", since_year=2001, outcomes="Zna\nVe",
        duration_hours=6, purposes=["REFRESH"],
    )  # fmt: skip
    programme.programme_co_organisers = [ProgrammeCoOrganiser(organisation=world.organisation)]
    programme.programme_funders = [ProgrammeFunder(organisation=world.organisation)]
    world.pages["programme"] = make.publish(programme)
    world.pages["award"] = make.programme(
        world.pages["centre"], "Odprto priznanje", kind="AWARD", slug="priznanje"
    )
    world.pages["publication"] = make.programme(
        world.pages["centre"], "Odprti priročnik", kind="PUBLICATION", slug="prirocnik"
    )
    world.pages["info"] = make.below(
        make.home(), InfoPage(title="Odprta stran", slug="odprta", summary=make.SUMMARY, show_in_menus=True)
    )
    world.pages["commission"] = make.below(
        make.home(),
        CommissionPage(
            title="Komisija",
            slug="komisija",
            summary=make.SUMMARY,
            parent_body=make.organisation("zsk"),
            tasks="Preverja\nPredlaga",
        ),
    )
    world.pages["centre-en"] = make.translated(world.pages["centre"], short_name="Open centre")
    world.pages["programme-en"] = make.translated(world.pages["programme"])
    world.pages["info-en"] = make.translated(world.pages["info"])
    make.translated(world.pages["commission"])


def add_hidden_pages(world: World, door: str) -> None:
    info = hide(world, door, make.home(), InfoPage, "page")
    centre = hide(world, door, make.centre_index(), CentrePage, "centre")
    below = hide(world, door, world.pages["centre"], make.ProgrammePage, "programme")
    # What is published below a hidden page, and what is hidden in one language alone.
    if door == "login":
        child = _page(world, InfoPage, f"child of a page behind {door}", False)
        world.pages[f"{door}-child"] = make.below(type(info).objects.get(pk=info.pk), child)
    world.pages[f"{door}-info"], world.pages[f"{door}-centre"] = info, centre
    world.pages[f"{door}-programme"] = below
    if door in ("unpublished", "expired"):
        _left_behind(world, door)
    if door == "login":
        _hidden_translation(world, door)


def _left_behind(world: World, door: str) -> None:
    """Add what is live itself, below a page that is not."""
    for above, model in ((f"{door}-centre", make.ProgrammePage), (f"{door}-info", InfoPage)):
        parent = Page.objects.get(pk=world.pages[above].pk).specific
        page = _page(world, model, f"page below {above}", False)
        world.pages[f"{door}-below-{model.__name__}"] = make.below(parent, page)


def _page(world: World, model: Any, what: str, was_public: bool) -> Any:
    word = world.secret(what)
    facts: dict[str, Any] = {
        "title": f"Naslov {word}",
        "slug": f"nekoc-{world.made}" if was_public else f"pot-{word}",
        "summary": f"Povzetek {word}: {make.SUMMARY}",
        "seo_title": f"Iskalniki {word}",
        "search_description": f"Opis {word}",
        "show_in_menus": True,
        "body": stream(("paragraph", {"text": f"<p>Telo {word}</p>"})),
    }
    if model is CentrePage:
        facts |= {
            "short_name": f"Center {word}",
            "official_name": f"Kompetenčni center {word}",
            "name_variants": word,
            "host": world.organisation,
            "network": world.network,
            "competence_field": make.coded(make.CompetenceField, "youth"),
            "functions": ["KNOWLEDGE"],
            "roles": ["PROMOTER"],
            "contact_email": f"{word}@example.si",
            "audiences": [
                make.CentreAudience(audience=make.coded(make.Audience, "librarians"), primary=True)
            ],
            "partners": [Partner(organisation=world.partner, relation="COOPERATES", note=word)],
            "goals": [Goal(text=f"Cilj {word}")],
            "expected_effects": [make.ExpectedEffect(text=f"Učinek {word}", level="LIBRARY")],
        }
    if model is make.ProgrammePage:
        facts |= {
            "kind": "TRAINING",
            "format": make.coded(make.ProgrammeFormat, "seminar"),
            "cadence": "ANNUAL",
            "topics": [make.coded(make.Topic, "reading")],
            "outcomes": word,
            "programme_audiences": [make.ProgrammeAudience(audience=make.coded(make.Audience, "librarians"))],
        }
    if model not in (CentrePage, make.ProgrammePage, InfoPage):
        known = {column.name for column in model._meta.get_fields()}
        facts = make.filled(model, word) | {name: value for name, value in facts.items() if name in known}
    return model(owner=world.users["editor"], **facts)


def hide(world: World, door: str, parent: Page, model: Any, what: str) -> Any:
    """Return a page of any type below ``parent`` that stands behind a door, each of its texts with a secret word."""
    page = _page(world, model, f"{what} behind {door}", door in ("unpublished", "expired"))
    page.locale = parent.locale
    if door == "ancestor" and model in (CentrePage, make.ProgrammePage):
        # Only pages of no domain may stand anywhere; a centre's own branch is closed above its programmes.
        return _below_closed(world, parent, page, model)
    if door == "ancestor":
        closed = make.below(
            parent, InfoPage(title="Zaprta veja", slug=f"veja-{world.made}", summary=make.SUMMARY)
        )
        PageViewRestriction.objects.create(page=closed, restriction_type="login")
        middle = make.below(closed, InfoPage(title="Vmes", slug="vmes", summary=make.SUMMARY))
        return make.below(middle, page)
    if door in ("draft", "scheduled"):
        page.live = False
        if door == "scheduled":
            page.go_live_at = timezone.now() + timedelta(days=3)
        parent.add_child(instance=page)
        page.save_revision(user=world.users["editor"])
        return page
    return (
        _close(world, make.below(parent, page), door)
        if door not in RESTRICTIONS
        else _born_closed(world, parent, page, door)
    )


def _born_closed(world: World, parent: Page, page: Any, door: str) -> Any:
    page.live = False
    parent.add_child(instance=page)
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=_kind(door), **RESTRICTIONS[door]
    )
    if door == "group":
        restriction.groups.add(*world.users["member"].groups.all())
    return make.publish(page)


def _kind(door: str) -> str:
    return {"group": "groups"}.get(door, door)


def _close(world: World, page: Any, door: str) -> Any:
    if door == "unpublished":
        page.unpublish()
    else:
        # No scheduled command has run: the row is live and its words are still in the index.
        type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    return type(page).objects.get(pk=page.pk)


def _below_closed(world: World, parent: Page, page: Any, model: Any) -> Any:
    if model is CentrePage:
        return _born_closed(world, parent, page, "login")
    centre = _page(world, CentrePage, "centre above a programme", False)
    centre.locale = parent.locale
    closed = _born_closed(world, parent.get_parent(), centre, "login")
    return make.below(closed, page)


def _hidden_translation(world: World, door: str) -> None:
    for name in ("info", "centre", "programme"):
        source = make.below(
            world.pages[name].get_parent(),
            _open_twin(world, type(world.pages[name]), f"dvojcek-{name}-{door}"),
        )
        world.pages[f"{door}-{name}-twin"] = source
        words = {"title": f"Title {world.secret(f'translation of a {name} behind {door}')}"}
        copy = source.copy_for_translation(world.pages["home-en"].locale, copy_parents=True)
        for column, text in words.items():
            setattr(copy, column, text)
        copy.summary = f"{words['title']} {make.SUMMARY}"
        copy.slug = (
            f"en-{world.made}"
            if door in ("unpublished", "expired")
            else words["title"].replace(" ", "-").lower()
        )
        if door == "login":
            copy.save()
            PageViewRestriction.objects.create(page=copy, restriction_type="login")
        if door == "draft":
            copy.save_revision()
            copy.live = False
            copy.save()
            continue
        shown = make.publish(copy)
        if door in ("unpublished", "expired"):
            _close(world, shown, door)


def _open_twin(world: World, model: Any, slug: str) -> Any:
    page = _page(world, model, "", False)
    word = next(reversed(world.gated))
    del world.gated[word]
    for column in ("title", "summary", "seo_title", "search_description", "short_name", "official_name",
                   "name_variants", "outcomes"):  # fmt: skip
        if hasattr(page, column):
            setattr(page, column, f"Javno {slug} {make.SUMMARY}" if column == "summary" else f"Javno {slug}")
    if model is CentrePage:
        page.contact_email, page.partners, page.goals, page.expected_effects = "a@example.si", [], [], []
    page.slug, page.body, page.show_in_menus = slug, [], False
    return page


def plan_unpublished_changes(world: World) -> None:
    for name in ("home", "info", "centre", "programme", "commission", "centre-en"):
        page = type(world.pages[name]).objects.get(pk=world.pages[name].pk)
        word = world.secret(f"unpublished change of {name}")
        world.pending[page.pk] = word
