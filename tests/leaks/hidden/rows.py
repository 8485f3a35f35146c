"""Rows behind each door: texts, decisions, reviews, editions, books."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from centres.models import (
    AwardResult,
    CalendarProvider,
    CentrePage,
    Contributor,
    EffectAssessment,
    EventMaterial,
    GoalAssessment,
    LegalBasis,
    ReviewCycle,
    Session,
)
from cms.models import SharedText
from tests import factories as make
from tests.leaks.hidden.world import DECIDED, DOORS, World


def add_shared_texts(world: World) -> None:
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


def add_records(world: World) -> None:
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


def add_editions(world: World) -> None:
    programme = make.ProgrammePage.objects.get(pk=world.pages["programme"].pk)
    venue = make.venue(step_free=True, hearing_loop=False, latitude=46.0556, longitude=14.5058)
    online = f"https://soba.example.si/{world.word('never', 'link to the online room')}"
    event = make.event(
        programme, make.moment(2027, 4, 7, 10), venue=venue, mode="BLENDED", online_url=online,
        recording_url="", label={"sl": "Odprta izvedba"}, number=1, capacity=10,
        applications_open=make.moment(2026, 1, 1), applications_close=make.moment(2027, 4, 1),
        application_url="https://prijava.example.si", accessibility_info={"sl": "Dvigalo"},
        fees=[make.fee(audience=make.coded(make.Audience, "librarians"))], cancel_reason={"sl": "Razlog"},
        status_override="POSTPONED",
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
    hidden = [f"{door}-programme" for door in DOORS]
    hidden += [f"{door}-below-ProgrammePage" for door in ("unpublished", "expired")]
    for name in hidden:
        page = make.ProgrammePage.objects.get(pk=world.pages[name].pk)
        make.event(page, label={"sl": world.secret(f"event of a programme: {name}")})
    _awards(world)
    for name, document in world.documents.items():
        make.publication(
            world.pages["publication"], 2010 + len(name), document=document, cover=world.images[name],
            own_title={"sl": "Priročnik"}, isbn="978-961-6162-40-1", cobiss_id="285498112",
            label={"sl": "Druga izdaja"},
        )  # fmt: skip


def add_external_editions(world: World) -> None:
    """Make an event of another provider, and one that is not shown, of a provider that is not read."""
    shown = make.external_edition("Tečaj drugod", summary="Opis", place="Ljubljana")
    stopped = CalendarProvider.objects.create(
        code="stopped",
        name={"sl": world.word("consent", "provider that is not read")},
        url="https://stopped.example/",
        address="https://stopped.example/koledar.ics",
        active=False,
    )
    words = {
        name: world.word("consent", f"{name} of an event that is not shown") for name in ("summary", "place")
    }
    title = world.word("consent", "title of an event that is not shown")
    make.external_edition(title, shown.start, provider=stopped, shown=False, **words)


def _awards(world: World) -> None:
    shown = make.book(
        "Odprta knjiga", year=2020, publisher="Miš", isbn="978-961-6162-40-1", cobiss_id="285498112"
    )
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
