"""Appointments and reviews.

The first terms are facts [S][F]; the second terms, the reviews and all that is said in them are [X].
"""

from dataclasses import dataclass, field

from centres.demo.shapes import PartialDate, Words, month, words


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentContent:
    """A decision of the commission. ``moves``: invented; its term has begun and is far from its end."""

    key: str
    centre: str
    act: str
    title_awarded: Words
    decided_on: PartialDate
    valid_from: PartialDate
    supersedes: str | None = None
    moves: bool = False


LEARNING = words(
    "Kompetenčni center za stalno strokovno izobraževanje in usposabljanje",
    "Competence Centre for Continuing Professional Education and Training",
)
YOUTH = words("Kompetenčni center za mladinsko knjižničarstvo", "Competence Centre for Youth Librarianship")
EASY = words("Kompetenčni center za lahko branje", "Competence Centre for Easy Reading")
LOCAL = words("Kompetenčni center za domoznanstvo", "Competence Centre for Local Studies")


def _terms(
    centre: str, act: str, title: Words, first: PartialDate, second: PartialDate
) -> tuple[AppointmentContent, ...]:
    return (
        AppointmentContent(
            key=f"{centre}-1", centre=centre, act=act, title_awarded=title, decided_on=first, valid_from=first
        ),
        AppointmentContent(
            key=f"{centre}-2",
            centre=centre,
            act="RENEWED",
            title_awarded=title,
            decided_on=second,
            valid_from=second,
            supersedes=f"{centre}-1",
            moves=True,
        ),
    )


APPOINTMENTS = (
    *_terms("ucni-center", "APPOINTED", LEARNING, month(2021, 12), month(2024, 12)),
    *_terms("pionirska", "APPOINTED", YOUTH, month(2021, 12), month(2024, 12)),
    *_terms("lahko-branje", "TITLE_GRANTED", EASY, month(2022, 1), month(2025, 1)),
    *_terms("domoznanstvo", "STATUS_GRANTED", LOCAL, month(2022, 2), month(2025, 2)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleContent:
    """A round in which all centres are reviewed."""

    key: str
    name: Words
    start: PartialDate
    end: PartialDate


CYCLES = (
    CycleContent(
        key="cycle-1",
        name=words("Prvi krog preverjanj", "First round of reviews"),
        start=month(2024, 9),
        end=month(2025, 2),
    ),
    CycleContent(
        key="cycle-2",
        name=words("Drugi krog preverjanj", "Second round of reviews"),
        start=month(2027, 9),
        end=month(2028, 2),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewContent:
    """The review of one centre; ``goals`` and ``effects``: key, result, evidence."""

    key: str
    centre: str
    cycle: str
    appointment: str
    due_on: PartialDate
    state: str
    adequacy: str | None = None
    outcome: str | None = None
    public_summary: Words = field(default_factory=Words)
    internal_note: str = ""
    goals: tuple[tuple[str, str, Words], ...] = ()
    effects: tuple[tuple[str, str, Words], ...] = ()


REVIEWS = (
    ReviewContent(
        key="review-ucni-center-1",
        centre="ucni-center",
        cycle="cycle-1",
        appointment="ucni-center-1",
        due_on=month(2024, 12),
        state="DECIDED",
        adequacy="ADEQUATE",
        outcome="RENEW",
        public_summary=words(
            """Center je dosegel skoraj vse knjižnice in uvedel e-tečaje. Komisija priporoča, naj do
            naslednjega preverjanja poveča delež spletnih izvedb.""",
            """The centre reached nearly all libraries and introduced e-courses. The commission recommends
            more online runs by the next review.""",
        ),
        internal_note="Ob naslednjem preverjanju pogledamo udeležbo manjših knjižnic.",
        goals=(
            (
                "ucni-center-goal-1",
                "ACHIEVED",
                words("Udeležence je poslalo 56 od 58 knjižnic.", "56 of 58 libraries sent participants."),
            ),
            (
                "ucni-center-goal-2",
                "PARTLY",
                words("Po spletu je bilo 38 % izvedb.", "38% of the runs were online."),
            ),
        ),
        effects=(
            (
                "ucni-center-effect-2",
                "ACHIEVED",
                words(
                    "Anketa kaže hitrejše uvajanje novih storitev.",
                    "A survey shows that new services come faster.",
                ),
            ),
        ),
    ),
    ReviewContent(
        key="review-pionirska-1",
        centre="pionirska",
        cycle="cycle-1",
        appointment="pionirska-1",
        due_on=month(2024, 12),
        state="DECIDED",
        adequacy="ADEQUATE",
        outcome="RENEW",
        public_summary=words(
            """Center vzorno povezuje raziskovanje s prakso. Priročnik in zlata hruška sta v vsaki splošni
            knjižnici; strokovne srede so redne in dobro obiskane.""",
            """The centre joins research and practice in an exemplary way. The Manual and the Golden Pear
            are in every public library; the Wednesdays are regular and well attended.""",
        ),
        internal_note="Vprašati o nasledstvu v uredništvu priročnika.",
        goals=(
            (
                "pionirska-goal-1",
                "ACHIEVED",
                words("Ocenjenih je bilo 93 % knjig.", "93% of the books were judged."),
            ),
            (
                "pionirska-goal-2",
                "ACHIEVED",
                words("Vsako leto je bilo šest srečanj.", "There were six meetings each year."),
            ),
        ),
        effects=(
            (
                "pionirska-effect-2",
                "PARTLY",
                words("Nabavo po priročniku usklajuje 41 knjižnic.", "41 libraries buy by the Manual."),
            ),
        ),
    ),
    ReviewContent(
        key="review-lahko-branje-1",
        centre="lahko-branje",
        cycle="cycle-1",
        appointment="lahko-branje-1",
        due_on=month(2025, 1),
        state="DECIDED",
        adequacy="ADEQUATE",
        outcome="RENEW",
        public_summary=words(
            """Center je v kratkem času postal naslov, na katerega se obračajo knjižnice in druge ustanove.
            Komisija pohvali sodelovanje z ljudmi, ki težje berejo.""",
            """In a short time the centre has become the address to which libraries and other bodies turn.
            The commission praises its work together with people who find reading hard.""",
        ),
        goals=(
            (
                "lahko-branje-goal-1",
                "PARTLY",
                words("Polico ima sedem območnih knjižnic.", "Seven regional libraries have a shelf."),
            ),
        ),
    ),
    ReviewContent(
        key="review-domoznanstvo-1",
        centre="domoznanstvo",
        cycle="cycle-1",
        appointment="domoznanstvo-1",
        due_on=month(2025, 2),
        state="DECIDED",
        adequacy="PARTLY",
        outcome="RENEW_WITH_CONDITIONS",
        public_summary=words(
            """Center uspešno usklajuje območja, skupna pravila za digitalizacijo pa še niso povsod v rabi.
            Naziv je podaljšan s pogojem, da jih do konca leta sprejme vseh deset območij.""",
            """The centre coordinates the regions well, but the common rules of digitisation are not in use
            everywhere. The title is renewed on condition that all ten regions adopt them by the end of
            the year.""",
        ),
        internal_note="Pogoj preveri tajništvo.",
        goals=(
            (
                "domoznanstvo-goal-1",
                "PARTLY",
                words("Pravila uporablja osem območij.", "Eight regions use the rules."),
            ),
            (
                "domoznanstvo-goal-2",
                "ACHIEVED",
                words(
                    "Poročili za leti 2022 in 2023 sta objavljeni.",
                    "The reports for 2022 and 2023 are published.",
                ),
            ),
        ),
    ),
    *(
        ReviewContent(
            key=f"review-{centre}-2",
            centre=centre,
            cycle="cycle-2",
            appointment=f"{centre}-2",
            due_on=due_on,
            state="PLANNED",
        )
        for centre, due_on in (
            ("ucni-center", month(2027, 12)),
            ("pionirska", month(2027, 12)),
            ("lahko-branje", month(2028, 1)),
            ("domoznanstvo", month(2028, 2)),
        )
    ),
)
