"""The questions of docs/questions.md are answered under the default limits, however much content there is."""

from typing import Any

import pytest
from django.conf import settings

from benchmarks.questions import PAGE, ask, questions
from centres.models import (
    Audience,
    AwardCategory,
    AwardResult,
    CentrePage,
    Contributor,
    Organisation,
    Person,
    ProgrammeAudience,
    Session,
    Topic,
    Venue,
)
from cms.search.index import indexed_once
from tests import factories as make

QUESTIONS = questions()


def test_the_page_lists_every_question_and_no_other() -> None:
    listed = [
        line.split(" | ")[0].removeprefix("| ")
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    assert listed[2:] == list(QUESTIONS)
    assert len(QUESTIONS) >= 40


def empty(value: Any) -> bool:
    """Return whether an answer says nothing: no rows, no texts."""
    if isinstance(value, dict):
        return all(empty(one) for name, one in value.items() if name not in {"__typename", "pageInfo"})
    if isinstance(value, list):
        return all(map(empty, value))
    return value in (None, "", 0, False)


@pytest.fixture
def five_times(demo: None) -> Any:
    """Return a function that adds four times as many programmes, editions, books and organisations as there are."""

    def grow() -> None:
        centres = list(CentrePage.objects.filter(locale__language_code="sl"))
        topics, audiences = list(Topic.objects.all()), list(Audience.objects.all())
        shown = {
            "category": AwardCategory.objects.first(),
            "venue": Venue.objects.first(),
            "person": Person.objects.filter(publication_consent=True).first(),
        }
        with indexed_once():
            for number in range(64):
                kind = ("TRAINING", "AWARD", "PUBLICATION", "CAMPAIGN")[number % 4]
                programme = make.programme(
                    centres[number % len(centres)], f"Dodatni program {number}", kind=kind,
                    topics=topics[:5], programme_audiences=[ProgrammeAudience(audience=one) for one in audiences[:4]],
                )  # fmt: skip
                for year in (2025, 2027):
                    _add_edition(programme, year, number, shown)
            Organisation.objects.bulk_create(
                Organisation(code=f"org-{number}", name={"sl": f"Organizacija {number}"})
                for number in range(40)
            )

    return grow


def _add_edition(programme: Any, year: int, number: int, shown: dict[str, Any]) -> None:
    """Add an edition of the programme's kind; ``shown``: what editions refer to."""
    if programme.kind == "AWARD":
        books = [make.book(title=f"Knjiga {number} {year} {place}", year=year - 1) for place in range(3)]
        for book in books:
            Contributor.objects.create(book=book, name="Peter Svetina", role="AUTHOR")
        make.award(
            programme, year, results=[AwardResult(category=shown["category"], outcome="AWARDED", books=books)]
        )
    elif programme.kind == "PUBLICATION":
        make.publication(programme, year)
    else:
        event = make.event(
            programme, make.moment(year, 4, 1 + number % 28, 9), mode="ONSITE", venue=shown["venue"]
        )
        session = Session.objects.filter(edition=event).first()
        if session is not None and shown["person"] is not None:
            session.presenters.add(shown["person"])


@pytest.mark.usefixtures("demo")
def test_every_question_is_answered_by_as_many_statements_for_five_times_the_content(five_times: Any) -> None:
    few = {}
    for title, source in QUESTIONS.items():
        ask(source)
        asked = few[title] = ask(source)
        assert "errors" not in asked.answer, (title, asked.answer["errors"])
        assert 0 < asked.estimate <= settings.CMS_GRAPHQL_MAX_ESTIMATE, title
        assert asked.used <= asked.allowed == settings.CMS_GRAPHQL_MAX_COST, title
        assert [name for name, value in asked.answer["data"].items() if empty(value)] == [], title
    five_times()
    for title, source in QUESTIONS.items():
        ask(source)
        many = ask(source)
        assert "errors" not in many.answer, (title, many.answer["errors"])
        assert many.statements <= few[title].statements, (
            title,
            many.statements,
            few[title].statements,
        )
    assert sum(ask(source).used for source in QUESTIONS.values()) > 1.5 * sum(
        one.used for one in few.values()
    )
