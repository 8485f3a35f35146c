"""A site full of secrets, each with a word of its own, behind every door that the graph has."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Comment,
    Page,
    PageViewRestriction,
)

from centres.models import (
    AwardResult,
    CentrePage,
    CommissionPage,
    Contributor,
    EffectAssessment,
    EventMaterial,
    Goal,
    GoalAssessment,
    LegalBasis,
    Milestone,
    Partner,
    ProgrammeCoOrganiser,
    ProgrammeFunder,
    ResultItem,
    ReviewCycle,
    Session,
    Solution,
    SpecialCollection,
    StaffMember,
)
from cms.models import Document, Image, SharedText, SiteLabels
from cms.models.site import CodeLabel
from home.models import FeaturedCentre, FeaturedProgramme, InfoPage
from tests import factories as make
from tests.cms.pictures import PDF, file, jpeg

MARKER = re.compile(r"zq[a-v]{3}x", re.IGNORECASE)
DOORS = ("draft", "unpublished", "expired", "scheduled", "password", "login", "group", "ancestor")
PASSWORD = "geslo-za-branje"
DECIDED = {"state": "DECIDED", "adequacy": "ADEQUATE", "outcome": "RENEW", "decided_on": date(2025, 1, 7)}
RESTRICTIONS = {"password": {"password": PASSWORD}, "login": {}, "group": {}}


@dataclass
class World:
    """What was hidden: words that a field could show if nothing stood before it, and words that no field has."""

    gated: dict[str, str] = field(default_factory=dict)
    consent: dict[str, str] = field(default_factory=dict)
    never: dict[str, str] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    queries: list[str] = field(default_factory=list)
    users: dict[str, User] = field(default_factory=dict)
    people: list[Any] = field(default_factory=list)
    images: dict[str, Any] = field(default_factory=dict)
    documents: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, Any] = field(default_factory=dict)
    pending: dict[int, str] = field(default_factory=dict)
    organisation: Any = None
    partner: Any = None
    network: Any = None
    made: int = 0

    def word(self, kind: str, what: str) -> str:
        letters = "".join(chr(ord("a") + self.made // 22**place % 22) for place in (2, 1, 0))
        self.made += 1
        marker = f"zq{letters}x"
        getattr(self, kind)[marker] = what
        return marker

    def secret(self, what: str) -> str:
        return self.word("gated", what)


def stream(*blocks: tuple[str, Any]) -> list[dict[str, Any]]:
    return [
        {"type": name, "value": value, "id": f"00000000-0000-4000-8000-{number:012}"}
        for number, (name, value) in enumerate(blocks)
    ]


def link(kind: str, pk: int, words: str = "povezava") -> str:
    return f'<p><a linktype="{kind}" id="{pk}">{words}</a></p>'


def build() -> World:
    world = World()
    _users(world)
    collections = _collections()
    _media(world, collections)
    _organisation(world)
    _open_pages(world)
    for door in DOORS:
        _hidden_pages(world, door)
    _unpublished_changes(world)
    _shared_texts(world)
    _records(world)
    _editions(world)
    _doors_to_hidden(world)
    withdraw_consent(world)
    return world


# ---------------------------------------------------------------- people
def _users(world: World) -> None:
    editor = User.objects.create_superuser(
        world.word("never", "user name"),
        email=f"{world.word('never', 'address of a user')}@example.si",
        first_name=world.word("never", "first name of a user"),
        last_name=world.word("never", "last name of a user"),
        password="geslo-urednice",
    )
    members, others = Group.objects.create(name="Člani"), Group.objects.create(name="Drugi")
    for name, group in (("member", members), ("other", others)):
        world.users[name] = User.objects.create_user(name, password="geslo-bralca")
        world.users[name].groups.add(group)
    world.users["editor"] = editor
    person = make.person(
        world.word("consent", "name without consent"),
        title={"sl": world.word("consent", "title without consent")},
        user=editor,
    )
    named = make.person(
        "Bine Novak", title={"sl": "bibliotekar"}, email="bine@example.si", email_consent=True
    )
    world.people = [person, named]


def withdraw_consent(world: World) -> None:
    """Take back a consent that was given when the person was chosen."""
    person = world.people[0]
    person.publication_consent = False
    person.save()


# ---------------------------------------------------------------- images and documents
def _collections() -> dict[str, Collection]:
    root = Collection.get_first_root_node()
    closed = root.add_child(name="Zaprta zbirka")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    below = Collection.objects.get(pk=closed.pk).add_child(name="Pod zaprto zbirko")
    return {"open": root, "closed": closed, "below": below}


def _media(world: World, collections: dict[str, Collection]) -> None:
    images, documents = {}, {}
    for name, collection in collections.items():
        word = world.secret(f"image of a {name} collection") if name != "open" else "odprta"
        images[name] = Image.objects.create(
            title=f"Slika {word}",
            file=jpeg(f"{word}.jpg", size=(64, 48)),
            alt_text={"sl": f"Opis {word}", "en": f"Alt {word}"},
            credit=f"Foto {word}",
            collection=collection,
            focal_point_x=10,
            focal_point_y=10,
            focal_point_width=4,
            focal_point_height=4,
            uploaded_by_user=world.users["editor"],
        )
        word = world.secret(f"document of a {name} collection") if name != "open" else "odprt"
        documents[name] = Document.objects.create(
            title=f"Dokument {word}",
            file=file(PDF, f"{word}.pdf"),
            collection=collection,
            uploaded_by_user=world.users["editor"],
        )
    world.images, world.documents = images, documents


def _organisation(world: World) -> None:
    organisation = make.organisation(
        "mkl", name={"sl": "Mestna knjižnica", "en": "City library"}, acronym="MKL", city="Ljubljana",
        url="https://mkl.example.si",
    )  # fmt: skip
    network = make.coded(
        make.Network,
        "public-libraries",
        name={"sl": "Splošne knjižnice"},
        description={"sl": "Vse knjižnice."},
    )
    labels = SiteLabels.for_site(Page.objects.filter(depth=2).first().get_site())
    for name in ("skip_to_content", "skip_to_menu", "free"):
        setattr(labels, name, {"sl": "Beseda", "en": "Word"})
    labels.status_labels = [CodeLabel(code="OPEN", label={"sl": "odprto"})]
    labels.save()
    world.organisation, world.network = organisation, network
    world.partner = make.organisation("partner", url="https://p.example.si")


# ---------------------------------------------------------------- pages that everybody may see
def _open_pages(world: World) -> None:
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
            tasks="Presoja\nPredlaga",
        ),
    )
    world.pages["centre-en"] = make.translated(world.pages["centre"], short_name="Open centre")
    world.pages["programme-en"] = make.translated(world.pages["programme"])
    world.pages["info-en"] = make.translated(world.pages["info"])


# ---------------------------------------------------------------- pages behind each door
def _hidden_pages(world: World, door: str) -> None:
    info = _hide(world, door, make.home(), InfoPage, "page")
    centre = _hide(world, door, make.centre_index(), CentrePage, "centre")
    below = _hide(world, door, world.pages["centre"], make.ProgrammePage, "programme")
    # What is published below a hidden page, and what is hidden in one language alone.
    if door == "login":
        child = _page(world, InfoPage, f"child of a page behind {door}", False)
        world.pages[f"{door}-child"] = make.below(type(info).objects.get(pk=info.pk), child)
    world.pages[f"{door}-info"], world.pages[f"{door}-centre"] = info, centre
    world.pages[f"{door}-programme"] = below
    if door == "login":
        _hidden_translation(world, door)


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
    return model(owner=world.users["editor"], **facts)


def _hide(world: World, door: str, parent: Page, model: Any, what: str) -> Any:
    page = _page(world, model, f"{what} behind {door}", door in ("unpublished", "expired"))
    page.locale = parent.locale
    if door == "ancestor" and model is not InfoPage:
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


def _unpublished_changes(world: World) -> None:
    for name in ("home", "info", "centre", "programme", "commission", "centre-en"):
        page = type(world.pages[name]).objects.get(pk=world.pages[name].pk)
        word = world.secret(f"unpublished change of {name}")
        world.pending[page.pk] = word


# ---------------------------------------------------------------- rows
def _shared_texts(world: World) -> None:
    locale = world.pages["home"].locale
    texts = {}
    shown = SharedText.objects.create(name="Odprto", text="<p>Odprto besedilo</p>", locale=locale, live=True)
    texts["open"] = shown
    word = world.secret("unpublished change of a shared text")
    shown.text = f"<p>{word}</p>"
    shown.save_revision()
    for door, facts in _row_doors():
        texts[door] = SharedText.objects.create(
            name=f"Ime {door}",
            text=f"<p>{world.secret(f'shared text behind {door}')}</p>",
            locale=locale,
            **facts,
        )
    world.texts = texts


def _row_doors() -> Iterator[tuple[str, dict[str, Any]]]:
    now = timezone.now()
    yield "draft", {"live": False, "has_unpublished_changes": True}
    yield "expired", {"live": True, "expire_at": now - timedelta(minutes=1)}
    yield "scheduled", {"live": False, "go_live_at": now + timedelta(days=2)}


def _records(world: World) -> None:
    centre = CentrePage.objects.get(pk=world.pages["centre"].pk)
    act = make.appointment(centre, decision_number=world.word("never", "number of a decision"))
    cycle = ReviewCycle.objects.create(
        name={"sl": "Krog"}, starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31), ends_on_precision="YEAR"
    )
    notes = {
        "internal_note": world.word("never", "internal note"),
        "self_report": world.word("never", "self-report"),
        "cycle": cycle,
    }
    decided = make.review(act, state="DECIDED", **notes)
    decided.goal_assessments = [
        GoalAssessment(goal=centre.goals.first(), result="ACHIEVED", evidence={"sl": "dokaz"})
    ]
    decided.effect_assessments = [
        EffectAssessment(effect=centre.expected_effects.first(), result="PARTLY", evidence={"sl": "dokaz"})
    ]
    decided.reviewers = [make.person(world.word("never", "reviewer"), publication_consent=True)]
    decided.save()
    undecided = make.review(
        make.appointment(centre, date(2030, 1, 1), decided_on=date(2024, 12, 1)), **{**notes, "cycle": cycle}
    )
    word = world.word("consent", "finding before the decision")
    type(undecided).objects.filter(pk=undecided.pk).update(
        state="IN_REVIEW", public_summary={"sl": word}, adequacy="ADEQUATE", outcome="RENEW"
    )
    GoalAssessment.objects.create(
        review=undecided, goal=centre.goals.first(), result="PARTLY",
        evidence={"sl": world.word("consent", "evidence before the decision")},
    )  # fmt: skip
    for number, (door, facts) in enumerate(_row_doors()):
        make.appointment(
            centre, date(2033 + 4 * number, 1, 1), decided_on=date(2024, 12, 1),
            title_awarded={"sl": world.secret(f"appointment behind {door}")}, **facts,
        )  # fmt: skip
        other = make.review(act, cycle=cycle, **facts)
        type(other).objects.filter(pk=other.pk).update(
            **DECIDED, public_summary={"sl": world.secret(f"review behind {door}")}, **facts
        )
    for door, facts in _row_doors():
        LegalBasis.objects.create(
            kind="STANDARD", title={"sl": f"Predpis {world.secret(f'legal basis behind {door}')}"}, **facts
        )
    LegalBasis.objects.create(
        kind="STANDARD", title={"sl": "Odprti standard"}, url="https://l.example.si",
        valid_from=date(2020, 1, 1), valid_until=date(2040, 1, 1),
    )  # fmt: skip
    for door in ("password", "login", "group"):
        hidden_centre = CentrePage.objects.get(pk=world.pages[f"{door}-centre"].pk)
        term = make.appointment(
            hidden_centre, title_awarded={"sl": world.secret(f"title of a centre behind {door}")}
        )
        record = make.review(term, cycle=cycle)
        type(record).objects.filter(pk=record.pk).update(
            **DECIDED, public_summary={"sl": world.secret(f"review of a centre behind {door}")}
        )


def _editions(world: World) -> None:
    programme = make.ProgrammePage.objects.get(pk=world.pages["programme"].pk)
    venue = make.venue(step_free=True, hearing_loop=False)
    online = f"https://soba.example.si/{world.word('never', 'link to the online room')}"
    event = make.event(
        programme, make.moment(2027, 4, 7, 10), venue=venue, mode="BLENDED", online_url=online,
        recording_url="", label={"sl": "Odprta izvedba"}, number=1, capacity=10,
        applications_open=make.moment(2026, 1, 1), applications_close=make.moment(2027, 4, 1),
        application_url="https://prijava.example.si", accessibility_info={"sl": "Dvigalo"},
        fees=[make.fee(audience=make.coded(make.Audience, "librarians"))], cancel_reason={"sl": "Razlog"},
    )  # fmt: skip
    session = event.sessions.first()
    session.presenters.set(world.people)
    session.topic, session.venue = {"sl": "Uvod"}, venue
    session.save()
    type(event).objects.filter(pk=event.pk).update(previous_starts=["2027-04-01T08:00:00+00:00"])
    for document in world.documents.values():
        EventMaterial.objects.create(edition=event, document=document)
    for door, facts in _row_doors():
        word = world.secret(f"event behind {door}")
        hidden = make.event(programme, label={"sl": word}, accessibility_info={"sl": word}, **facts)
        Session.objects.filter(edition=hidden).update(
            topic={"sl": world.secret(f"session of an event behind {door}")}
        )
        make.award(
            world.pages["award"],
            2020 + len(door),
            label={"sl": world.secret(f"award behind {door}")},
            **facts,
        )
        make.publication(
            world.pages["publication"], 2020 + len(door),
            own_title={"sl": world.secret(f"publication behind {door}")}, **facts,
        )  # fmt: skip
    for door in DOORS:
        page = make.ProgrammePage.objects.get(pk=world.pages[f"{door}-programme"].pk)
        make.event(page, label={"sl": world.secret(f"event of a programme behind {door}")})
    _awards(world)
    for name, document in world.documents.items():
        make.publication(
            world.pages["publication"], 2010 + len(name), document=document, cover=world.images[name],
            own_title={"sl": "Priročnik"}, isbn="978-961-6162-40-1",
        )  # fmt: skip


def _awards(world: World) -> None:
    shown = make.book("Odprta knjiga", year=2020, publisher="Miš")
    Contributor.objects.create(book=shown, name="Pisateljica", role="AUTHOR")
    books = [shown]
    for door, facts in _row_doors():
        word = world.secret(f"book behind {door}")
        books.append(make.book(f"Knjiga {word}", publisher=word, **facts))
        Contributor.objects.create(
            book=books[-1], name=world.secret(f"author of a book behind {door}"), role="AUTHOR"
        )
    edition = make.award(
        world.pages["award"], 2019, label={"sl": "Odprto leto"}, production_year=2018, announced_on=date(2019, 5, 1),
        ceremony_on=date(2019, 6, 1), ceremony_place={"sl": "Ljubljana"}, jury=world.word("never", "jury"),
        count_published=1, count_evaluated=1, count_signed=1, count_publishers=1,
    )  # fmt: skip
    edition.co_awarders.set([world.organisation])
    edition.save()
    result = AwardResult.objects.create(
        edition=edition, category=make.category(), outcome="AWARDED", citation={"sl": "Utemeljitev"}
    )
    result.books.set(books)
    result.save()


# ---------------------------------------------------------------- every door from an open page to a hidden thing
def _doors_to_hidden(world: World) -> None:
    hidden = [page for name, page in world.pages.items() if name.split("-")[0] in DOORS]
    programmes = [page for page in hidden if isinstance(page, make.ProgrammePage)]
    centres = [page for page in hidden if isinstance(page, CentrePage)]
    texts = "".join(link("page", page.pk) for page in hidden)
    texts += "".join(link("document", one.pk) for one in world.documents.values())
    for text in world.texts.values():
        type(text).objects.filter(pk=text.pk).update(
            text=f"{text.text if text.pk != world.texts['open'].pk else '<p>Odprto</p>'}{texts}"
        )
    body = stream(
        ("heading", {"text": "Naslov", "level": "2"}),
        ("paragraph", {"text": f"<p>Odprto</p>{texts}"}),
        ("quote", {"quote": "Beri", "attribution": "Kdo"}),
        ("accordion", {"items": [{"type": "item", "id": "a", "value": {"heading": "Kdo?", "text": texts}}]}),
        *(("call_to_action", {"label": "Več", "page": page.pk, "href": ""}) for page in hidden),
        ("call_to_action", {"label": "Več", "page": world.pages["info"].pk, "href": ""}),
        *(("shared_text", {"text": text.pk}) for text in world.texts.values()),
        *(("figure", {"image": image.pk, "caption": "Slika", "decorative": False, "alt_text": "", "credit": ""})
          for image in world.images.values()),
        *(("document", {"document": one.pk, "description": "Datoteka"}) for one in world.documents.values()),
        ("video", {"url": "https://video.arnes.si/x", "title": "Posnetek", "transcript": texts}),
        ("table", {"columns": [{"type": "text", "heading": "Leto"}], "rows": [{"values": ["2024"]}], "caption": "T"}),
        ("statistics", {"items": [{"value": "58", "label": "knjižnic"}]}),
        ("timeline", {"items": [{"date": {"date": "2021-12-01", "precision": "MONTH"}, "text": "Začetek"}]}),
        ("programmes", {"heading": "Izbrani", "programmes": [page.pk for page in programmes], "centre": None,
                        "kind": "", "topic": None, "limit": 24}),
        ("programmes", {"heading": "Po pravilu", "programmes": [], "centre": None, "kind": "TRAINING",
                        "topic": None, "limit": 24}),
        *(("programmes", {"heading": "Po centru", "programmes": [], "centre": centre.pk, "kind": "",
                          "topic": None, "limit": 24}) for centre in centres),
    )  # fmt: skip
    for name in ("home", "info", "centre", "programme", "commission"):
        page = type(world.pages[name]).objects.get(pk=world.pages[name].pk)
        page.body = body
        if hasattr(page, "lead_image"):
            page.lead_image = world.images["below"]
        if name == "centre":
            page.intro = world.texts["draft"]
            page.easy_read_summary = texts
        if name == "home":
            page.featured_centre_rows = [
                FeaturedCentre(page=one) for one in (world.pages["centre"], *centres)
            ]
            page.featured_programme_rows = [
                FeaturedProgramme(page=one) for one in (world.pages["programme"], *programmes)
            ]
        world.pages[name] = make.publish(page)
    index = make.centre_index()
    index.body = body
    make.publish(index)
    twin = CentrePage.objects.get(pk=world.pages["login-centre-twin"].pk)
    twin.intro, twin.lead_image = world.texts["open"], world.images["open"]
    make.publish(twin)
    _aliases(world, hidden)
    for number, page in enumerate(hidden):
        Redirect.objects.create(old_path=f"/staro-{number}", redirect_page=page, is_permanent=True)
        world.queries.append(f"/staro-{number}/")
    Redirect.objects.create(old_path="/drugam", redirect_page=world.pages["info"], is_permanent=True)
    world.queries.append("/drugam/")
    for pk, word in world.pending.items():
        page = Page.objects.get(pk=pk).specific
        page.title, page.summary, page.seo_title = f"Osnutek {word}", f"{word} {make.SUMMARY}", word
        page.save_revision(user=world.users["editor"])
        Comment.objects.create(
            page=page, user=world.users["editor"], text=world.word("never", "comment"), contentpath="title"
        )


def _aliases(world: World, hidden: list[Page]) -> None:
    closed = PageViewRestriction.objects.filter(page=world.pages["login-info"]).get().page
    alias = world.pages["info"].create_alias(parent=closed.specific, update_slug="vzdevek")
    Page.objects.filter(pk=alias.pk).update(title=f"Vzdevek {world.secret('alias below a closed page')}")
