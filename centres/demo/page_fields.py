"""Fills the fields that only some types of page have: columns, then relations to other rows."""

from collections.abc import Callable, Iterable
from typing import Any

from centres import models as m
from centres.demo.bodies import with_links
from centres.demo.commission import CommissionContent
from centres.demo.shapes import CentreContent, PartialDate, ProgrammeContent, Ref, Words
from centres.demo.site_pages import HomeContent
from centres.demo.store import Store, demo_uuid
from home.models import FeaturedCentre, FeaturedProgramme, HomePage


def _home(store: Store, content: HomeContent, page: HomePage, _code: str) -> None:
    page.lead_image = store[f"picture:{content.lead_image}"]


def _home_rows(store: Store, content: HomeContent, page: HomePage, _code: str) -> None:
    rows = (
        ("featured_centre_rows", FeaturedCentre, content.featured_centres),
        ("featured_programme_rows", FeaturedProgramme, content.featured_programmes),
    )
    for relation, model, keys in rows:
        featured = [
            model(
                page=store[f"page:{key}:sl"].page_ptr, translation_key=demo_uuid(f"home/{key}"), sort_order=n
            )
            for n, key in enumerate(keys)
        ]
        setattr(page, relation, featured)


def _commission(store: Store, content: CommissionContent, page: m.CommissionPage, code: str) -> None:
    page.parent_body = store[f"organisation:{content.parent_body}"]
    page.review_interval_months = content.review_interval_months
    page.tasks = "\n".join(task[code] for task in content.tasks)


def _centre(store: Store, content: CentreContent, page: m.CentrePage, code: str) -> None:
    page.short_name = content.short_name[code]
    page.official_name = content.official_name[code]
    page.name_variants = "\n".join(content.name_variants)
    page.easy_read_summary = with_links(store, content.easy_read_summary[code], code)
    page.intro = store[f"shared_text:{content.intro}:sl"]
    page.lead_image = store[f"picture:{content.lead_image}"]
    page.host = store[f"organisation:{content.host}"]
    page.network = store[f"network:{content.network}"]
    page.competence_field = store[f"field:{content.field}"]
    page.functions, page.roles = list(content.functions), list(content.roles)
    for name, value in content.contact.items():
        setattr(page, f"contact_{name}", value)


def _centre_rows(store: Store, content: CentreContent, page: m.CentrePage, code: str) -> None:
    page.related_fields = [store[f"field:{key}"] for key in content.related_fields]
    page.topics = [store[f"topic:{key}"] for key in content.topics]
    rows: dict[str, tuple[type, Iterable[dict[str, Any]]]] = {
        "audiences": (
            m.CentreAudience,
            (
                {"audience": store[f"audience:{key}"], "primary": place == 0}
                for place, key in enumerate(content.audiences)
            ),
        ),
        "partners": (
            m.Partner,
            (
                {"organisation": store[f"organisation:{key}"], "relation": relation, "note": note}
                for key, relation, note in content.partners
            ),
        ),
        "staff": (
            m.StaffMember,
            ({"person": store[f"person:{key}"], "role": role} for key, role in content.staff),
        ),
        "collections": (m.SpecialCollection, content.collections),
        "goals": (m.Goal, content.goals),
        "expected_effects": (m.ExpectedEffect, content.expected_effects),
        "solutions": (m.Solution, content.solutions),
        "results": (m.ResultItem, content.results),
        "milestones": (m.Milestone, ({"date": when, "text": text} for when, text in content.milestones)),
    }
    for relation, (model, values) in rows.items():
        setattr(page, relation, _twins(store, model, f"{content.key}/{relation}", values, code))


def _programme(store: Store, content: ProgrammeContent, page: m.ProgrammePage, code: str) -> None:
    page.kind, page.cadence = content.kind, content.cadence
    page.format = store[f"format:{content.format}"]
    page.lead_image = store[f"picture:{content.lead_image}"] if content.lead_image else None
    page.purposes = list(content.purposes)
    page.outcomes = "\n".join(outcome[code] for outcome in content.outcomes)
    page.since_year = content.since_year
    page.duration_hours, page.duration_days = content.duration_hours, content.duration_days
    if content.credential:
        page.credential_kind, page.credential_hours = "CERTIFICATE", content.duration_hours
        page.credential_text = content.credential[code]


def _programme_rows(store: Store, content: ProgrammeContent, page: m.ProgrammePage, code: str) -> None:
    page.topics = [store[f"topic:{key}"] for key in content.topics]
    rows = {
        "programme_audiences": (m.ProgrammeAudience, "audience", content.audiences),
        "programme_co_organisers": (m.ProgrammeCoOrganiser, "organisation", content.co_organisers),
        "programme_funders": (m.ProgrammeFunder, "organisation", content.funders),
    }
    for relation, (model, name, keys) in rows.items():
        values = ({name: store[f"{name}:{key}"]} for key in keys)
        setattr(page, relation, _twins(store, model, f"{content.key}/{relation}", values, code))
    codes = ({"scheme": scheme, "code": number} for scheme, number in content.external_codes)
    page.external_codes.set(_twins(store, m.ExternalCode, f"{content.key}/codes", codes, code))


def _twins(store: Store, model: type, key: str, rows: Iterable[dict[str, Any]], code: str) -> list[Any]:
    """Return the rows below a page in one language, with the same translation keys in every language."""
    twins = []
    for place, values in enumerate(rows):
        row_key = values.get("key") or f"{key}/{place}"
        row = model(translation_key=demo_uuid(row_key), sort_order=place)
        for name, value in values.items():
            if name != "key":
                _set(store, row, name, value, code)
        twins.append(row)
    return twins


def _set(store: Store, row: Any, name: str, value: Any, code: str) -> None:
    if isinstance(value, PartialDate):
        setattr(row, name, value.date)
        setattr(row, f"{name}_precision", value.precision)
    elif isinstance(value, Words):
        setattr(row, name, value.get(code, ""))
    elif isinstance(value, Ref):
        setattr(row, name, store[f"{value.kind}:{value.key}"])
    else:
        # A missing address is empty, a missing number is null.
        setattr(row, name, "" if value is None and not row._meta.get_field(name).null else value)


type Fill = Callable[[Store, Any, Any, str], None]

COLUMNS: dict[type, Fill] = {
    HomePage: _home,
    m.CommissionPage: _commission,
    m.CentrePage: _centre,
    m.ProgrammePage: _programme,
}
RELATIONS: dict[type, Fill] = {
    HomePage: _home_rows,
    m.CentrePage: _centre_rows,
    m.ProgrammePage: _programme_rows,
}
