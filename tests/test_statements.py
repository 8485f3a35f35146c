"""The number of SQL statements of a query does not depend on the number of rows."""

from datetime import date, timedelta
from functools import cache
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from graphql import DocumentNode, execute, parse, validate
from wagtail.models import Locale, Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from centres import models as m
from cms.graphql.loading.context import Context
from cms.models import Change, Image
from cms.publishing.identity import has_id
from cms.search.index import indexed_once
from config.schema import schema
from tests import factories as make
from tests.cms import pictures
from tests.graph import global_id
from tests.selections import everything

DAY = make.moment(2027, 4, 7, 10)
KINDS = ("TRAINING", "AWARD", "PUBLICATION")

# Every root field but `preview`, which shows one draft to one editor.
ROOTS = {
    "audiences": "",
    "books": "(first: 100)",
    "centre": '(slug: "center-0", locale: "en")',
    "centreIndex": '(locale: "en")',
    "centres": '(first: 100, locale: "en")',
    "changeCursor": "",
    "changes": "(first: 100)",
    "commission": '(locale: "en")',
    "edition": '(id: "{edition}", locale: "en")',
    "editionYears": "",
    "editions": '(first: 100, locale: "en")',
    "externalEditions": "(first: 100)",
    "legalBases": "",
    "navigation": '(depth: 4, locale: "en")',
    "node": '(id: "{node}")',
    "nodes": "(ids: [{nodes}])",
    "organisation": '(code: "mkl")',
    "organisations": '(first: 100, locale: "en")',
    "page": '(path: "/sl/kompetencni-centri/", locale: "en")',
    "pages": '(first: 100, locale: "en")',
    "programme": '(centre: "center-0", slug: "program-0", locale: "en")',
    "programmes": '(first: 100, locale: "en")',
    "redirects": "(first: 100)",
    "route": '(path: "/sl/kompetencni-centri/")',
    "search": '(query: "center program", first: 100)',
    "sessions": '(between: {{from: "2020-01-01T00:00:00Z"}}, first: 100, locale: "en")',
    "site": "",
    "siteLabels": "",
    "topics": "",
}


class Site:
    """A site that grows by whole rows: each has at least one of everything."""

    def __init__(self) -> None:
        self.index = make.centre_index()
        self.image = Image.objects.create(title="x", file=pictures.jpeg(), alt_text={"sl": "x"})
        self.zsk = make.organisation("zsk", kind="ASSOCIATION")
        self.venue, self.person = make.venue(), make.person()
        self.cycle = m.ReviewCycle.objects.create(
            name={"sl": "2024"}, starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 1)
        )
        words = {"title": "Komisija", "summary": make.SUMMARY, "tasks": "Spremlja.", "parent_body": self.zsk}
        make.below(make.home(), m.CommissionPage(**words))

    def add(self, number: int) -> None:
        """Add a centre; every fifth time, the first centre, its programme and its event get one more of all, too."""
        self.audience = make.coded(m.Audience, f"audience-{number}")
        self.topic = make.coded(m.Topic, f"topic-{number}")
        m.LegalBasis.objects.create(kind="STANDARD", title={"sl": "Standardi"})
        Change.objects.create(kind="PUBLISHED", type="CentrePage", object_id=str(number))
        make.external_edition(f"Drugod {number}", DAY + timedelta(days=number))
        centre = self._centre(number)
        for place, kind in enumerate(KINDS if number == 0 else [KINDS[number % 3]]):
            self._edition(self._programme(centre, f"Program {place}", kind), number)
        if number == 0:
            self.centre = centre
            self.event = m.EventEdition.objects.get()
        elif number % 5 == 0:
            programme = self._programme(self.centre, f"Program {number + 10}", "TRAINING")
            self._edition(programme, number)
            self.centre.partners.create(organisation=self._organisation(number), relation="COOPERATES")
            self.centre.goals.create(text="Cilj")
            self.event.sessions.create(start=DAY, end=DAY + timedelta(hours=1), venue=self.venue)
            self._edition(self.event.programme, number)

    def _page(self, parent: Page, page: Any) -> Any:
        """Add a page that the public sees, in both languages."""
        page.locale, page.live, page.show_in_menus = parent.locale, True, True
        page.summary = make.SUMMARY
        return parent.add_child(instance=page)

    def _organisation(self, number: int) -> m.Organisation:
        return make.organisation(f"organisation-{number}")

    def _centre(self, number: int) -> m.CentrePage:
        name = f"Center {number}"
        centre = self._page(
            self.index,
            m.CentrePage(
                title=name,
                short_name=name,
                official_name=name,
                host=make.organisation(),
                network=make.coded(m.Network, "public"),
                competence_field=make.coded(m.CompetenceField, "youth"),
                functions=["KNOWLEDGE"],
                roles=["PROMOTER"],
                contact_email="centre@example.si",
                lead_image=self.image,
                topics=[self.topic],
                audiences=[m.CentreAudience(audience=self.audience, primary=True)],
                partners=[m.Partner(organisation=self._organisation(number), relation="FUNDS")],
                staff=[m.StaffMember(person=self.person, role="vodja")],
                goals=[m.Goal(text="Cilj")],
                expected_effects=[m.ExpectedEffect(text="Učinek", level="LIBRARY")],
                body=[{"type": "paragraph", "value": {"text": "<p>Besedilo</p>"}}],
            ),
        )
        act = make.appointment(centre)
        review = make.review(act, state="DECIDED", cycle=self.cycle)
        review.goal_assessments.create(goal=centre.goals.get(), result="ACHIEVED")
        review.effect_assessments.create(effect=centre.expected_effects.get(), result="ACHIEVED")
        return centre

    def _programme(self, centre: m.CentrePage, title: str, kind: str) -> m.ProgrammePage:
        page = m.ProgrammePage(
            title=title,
            kind=kind,
            format=make.coded(m.ProgrammeFormat, "seminar"),
            cadence="ANNUAL",
            lead_image=self.image,
            topics=[self.topic],
            programme_audiences=[m.ProgrammeAudience(audience=self.audience)],
            programme_co_organisers=[m.ProgrammeCoOrganiser(organisation=self.zsk)],
            programme_funders=[m.ProgrammeFunder(organisation=self.zsk)],
        )
        return self._page(centre, page)

    def _edition(self, programme: m.ProgrammePage, number: int) -> None:
        if programme.kind == "TRAINING":
            start = DAY + timedelta(days=number)
            session = m.Session(start=start, end=start + timedelta(hours=2), venue=self.venue)
            session.presenters = [self.person]
            facts = {"mode": "ONSITE", "venue": self.venue, "fees": [make.fee(audience=self.audience)]}
            make.event(programme, sessions=[session], **facts)
        elif programme.kind == "AWARD":
            book = make.book(contributors=[m.Contributor(name="Anja Štefan", role="AUTHOR")])
            given = m.AwardResult(category=make.category(), outcome="AWARDED", books=[book])
            facts = {"ceremony_on": date(2025, 11, 25), "co_awarders": [self.zsk]}
            make.award(programme, 2025, results=[given], **facts)
        else:
            make.publication(programme, 1970 + number, cover=self.image)


@cache
def valid(query: str) -> DocumentNode:
    """Return a query that keeps the rules; each is asked twice."""
    document = parse(query)
    assert validate(schema, document) == []
    return document


def global_ids() -> list[str]:
    """Return ids of objects of all types, a few of each."""
    found = [
        global_id(row)
        for model in apps.get_models()
        if has_id(model)
        for row in model._default_manager.order_by("pk")[:3]
    ]
    assert len(found) <= 100
    return found


def named_things(edition: int) -> dict[str, Any]:
    """Return what the arguments of root fields name."""
    ids = global_ids()
    return {"edition": edition, "node": ids[0], "nodes": ", ".join(f'"{one}"' for one in ids)}


def counted(edition: int) -> dict[str, int]:
    """Return the statements of each root field with all that stands two levels below it."""
    call_command("rebuild_search", stdout=StringIO())
    counts = {}
    arguments = {name: given.format(**named_things(edition)) for name, given in ROOTS.items()}
    for name, query in everything(schema, arguments, depth=2):
        document = valid(query)
        with CaptureQueriesContext(connection) as statements:
            result = execute(schema, document, context_value=Context())
        assert result.errors is None
        assert result.data
        assert result.data[name] is not None
        counts[name] = len(statements)
    return counts


@pytest.mark.one_database
@pytest.mark.usefixtures("db")
def test_each_root_field_takes_as_many_statements_for_fifty_rows_as_for_one(settings: Any) -> None:
    settings.CMS_GRAPHQL_TIMEOUT = 300
    site = Site()
    site.add(0)
    one = counted(site.event.pk)
    # What points at what matters to editors and not to readers; noting it takes most of the time.
    with indexed_once(), disable_reference_index_auto_update():
        for number in range(1, 50):
            site.add(number)
    assert m.CentrePage.objects.filter(locale=Locale.get_default()).count() == 50
    assert counted(site.event.pk) == one


def test_every_root_field_is_counted() -> None:
    assert schema.query_type
    assert set(ROOTS) | {"preview"} == set(schema.query_type.fields)
