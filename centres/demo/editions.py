"""Runs of the programmes: past ones are facts [F], the others invented [X] around the demo's first day."""

from datetime import date

from centres.demo.clock import end_of, moment
from centres.demo.shapes import EventContent, SessionContent, Words, words


def _session(
    day: date,
    start: str,
    end: str,
    topic: Words,
    *presenters: str,
    venue: str | None = None,
    online: bool = False,
) -> SessionContent:
    return SessionContent(
        start=moment(f"{day} {start}"),
        end=moment(f"{day} {end}"),
        topic=topic,
        presenters=presenters,
        venue=venue,
        online=online,
    )


PUBLIC_LIBRARY = words("zaposleni v splošnih knjižnicah", "public library staff")
OTHERS = words("drugi udeleženci", "other participants")
STUDENTS = words("študenti", "students")
STEP_FREE = words(
    "Vhod brez stopnic, slušna zanka, gradivo vnaprej po elektronski pošti.",
    "Step-free entrance, hearing loop, materials by e-mail in advance.",
)
CAPTIONS = words(
    "Podnapisi v živo; po dogodku pošljemo prepis. Potrebujete le brskalnik in slušalke.",
    "Live captions; a transcript is sent afterwards. A browser and headphones are enough.",
)
APPLY = "https://prijave.knjiznica.example/"

# The days of 2025 are facts [F]. Of the hours only that of 10 September is known, the others are set alike, and of
# the fees only that they varied: the amount is invented [X].
WEDNESDAYS_2025 = tuple(
    EventContent(
        key=f"E01-2025-{day:%m%d}",
        programme="professional-wednesdays",
        year=2025,
        label=label,
        sessions=(_session(day, "10:00", "13:00", label, venue="koz"),),
        mode="ONSITE",
        moves=False,
        venue="koz",
        capacity=120,
        fees=((words("kotizacija po ceniku knjižnice", "fee by the library's price list"), "15.00", None),),
        previous_starts=previous,
    )
    for day, label, previous in (
        (date(2025, 1, 15), words("Januarska strokovna sreda", "Professional Wednesday, January"), ()),
        (
            date(2025, 4, 16),
            words("Simpozij ob osemdesetletnici Cicibana", "Symposium for the 80th birthday of Ciciban"),
            (),
        ),
        (date(2025, 5, 14), words("Majska strokovna sreda", "Professional Wednesday, May"), ()),
        # Moved [F]; from which day is not known [X].
        (
            date(2025, 9, 10),
            words("Septembrska strokovna sreda", "Professional Wednesday, September"),
            (moment("2025-09-17 10:00"),),
        ),
        (date(2025, 10, 8), words("Oktobrska strokovna sreda", "Professional Wednesday, October"), ()),
        (date(2025, 11, 12), words("Novembrska strokovna sreda", "Professional Wednesday, November"), ()),
    )
)

FACTS = (
    *WEDNESDAYS_2025,
    EventContent(
        key="E03",
        programme="mega-quiz",
        year=2020,
        number=15,
        label=words("15. cikel", "15th cycle"),
        sessions=(
            _session(
                date(2020, 10, 21),
                "08:00",
                "09:00",
                words("Prvi sklop vprašanj", "First set of questions"),
                online=True,
            ),
            _session(
                date(2021, 5, 15), "08:00", "09:00", words("Sklep kviza", "End of the quiz"), online=True
            ),
        ),
        mode="ONLINE",
        moves=False,
        free=True,
    ),
    EventContent(
        key="E06",
        programme="library-events",
        year=2022,
        number=1,
        label=words("1. izvedba", "First run"),
        sessions=(
            _session(
                date(2022, 5, 17),
                "10:00",
                "14:00",
                words("Od zamisli do odmeva", "From the idea to the echo"),
                venue="koz",
            ),
        ),
        mode="EITHER",
        moves=False,
        venue="koz",
        free=True,
    ),
)

INVENTED = (
    EventContent(
        key="E01a",
        programme="professional-wednesdays",
        year=2027,
        label=words("O strahu v slikanicah", "On fear in picture books"),
        sessions=(
            _session(
                date(2027, 1, 20),
                "10:00",
                "13:00",
                words("O strahu v slikanicah", "On fear in picture books"),
                "nives-podlogar",
                "karmen-dolzan",
                venue="koz",
            ),
        ),
        mode="ONSITE",
        venue="koz",
        capacity=120,
        seats_taken=98,
        applications_open=moment("2026-12-01 08:00"),
        applications_close=end_of(date(2027, 1, 18)),
        fees=((OTHERS, "15.00", None),),
        accessibility_info=STEP_FREE,
    ),
    EventContent(
        key="E01b",
        programme="professional-wednesdays",
        year=2027,
        label=words("Simpozij o ilustraciji", "Symposium on illustration"),
        sessions=(
            _session(
                date(2027, 4, 14),
                "09:30",
                "12:30",
                words("Podoba pred besedo", "The picture before the word"),
                "karmen-dolzan",
                venue="koz",
            ),
            _session(
                date(2027, 4, 14),
                "13:30",
                "16:00",
                words("Pogovor z ilustratorji", "A talk with illustrators"),
                "jernej-zajcar",
                venue="koz",
            ),
        ),
        mode="ONSITE",
        venue="koz",
        capacity=120,
        seats_taken=67,
        applications_open=moment("2027-02-01 08:00"),
        applications_close=end_of(date(2027, 4, 9)),
        application_url=APPLY,
        fees=(
            (words("šolski knjižničarji", "school librarians"), "15.00", "school-librarians"),
            (OTHERS, "25.00", None),
        ),
        previous_starts=(moment("2027-04-21 09:30"),),
        accessibility_info=STEP_FREE,
    ),
    EventContent(
        key="E07",
        programme="first-months",
        year=2027,
        number=9,
        label=words("9. izvedba", "9th run"),
        sessions=(
            _session(
                date(2027, 3, 16),
                "09:00",
                "15:00",
                words("Knjižnica od znotraj", "The library from within"),
                "lucija-brezovar",
                venue="ucilnica",
            ),
            _session(
                date(2027, 3, 17),
                "09:00",
                "15:00",
                words("Med obiskovalci", "Among visitors"),
                "ajda-strmole",
                venue="ucilnica",
            ),
        ),
        mode="ONSITE",
        venue="ucilnica",
        capacity=24,
        seats_taken=24,
        waitlist=3,
        applications_open=moment("2027-01-18 08:00"),
        applications_close=end_of(date(2027, 3, 12)),
        application_url=APPLY,
        fees=((PUBLIC_LIBRARY, "50.00", "library-staff"), (OTHERS, "70.00", None)),
        accessibility_info=STEP_FREE,
    ),
    EventContent(
        key="E08",
        programme="accessible-web",
        year=2027,
        number=4,
        label=words("4. izvedba", "4th run"),
        sessions=(
            _session(
                date(2027, 3, 23),
                "09:00",
                "12:00",
                words("Moja objava pod drobnogledom", "My post under the magnifying glass"),
                "matic-prelovec",
                "tadej-omerzel",
                online=True,
            ),
        ),
        mode="ONLINE",
        capacity=100,
        seats_taken=41,
        applications_open=moment("2027-02-01 08:00"),
        applications_close=end_of(date(2027, 3, 19)),
        application_url=APPLY,
        free=True,
        accessibility_info=CAPTIONS,
    ),
    EventContent(
        key="E09",
        programme="difficult-talks",
        year=2027,
        number=6,
        label=words("6. izvedba", "6th run"),
        sessions=(
            _session(
                date(2027, 4, 7),
                "09:00",
                "15:00",
                words("Meja in spoštovanje", "A line drawn with respect"),
                "ajda-strmole",
                venue="ucilnica",
                online=True,
            ),
        ),
        mode="BLENDED",
        venue="ucilnica",
        capacity=20,
        seats_taken=12,
        applications_open=moment("2027-02-08 08:00"),
        applications_close=end_of(date(2027, 4, 2)),
        application_url=APPLY,
        fees=(
            (OTHERS, "60.00", None),
            (PUBLIC_LIBRARY, "45.00", "library-staff"),
            (STUDENTS, "0.00", "students"),
        ),
        languages=("sl", "en"),
        accessibility_info=STEP_FREE,
    ),
    EventContent(
        key="E10",
        programme="ai-in-the-library",
        year=2027,
        number=3,
        label=words("3. izvedba", "3rd run"),
        sessions=(
            _session(
                date(2027, 5, 12),
                "09:00",
                "14:00",
                words("Deset nalog na preizkušnji", "Ten tasks put to the test"),
                "tadej-omerzel",
                venue="ucilnica",
            ),
        ),
        mode="ONSITE",
        venue="ucilnica",
        capacity=30,
        applications_open=moment("2027-04-01 08:00"),
        applications_close=end_of(date(2027, 5, 7)),
        application_url=APPLY,
        fees=((PUBLIC_LIBRARY, "40.00", "library-staff"), (OTHERS, "55.00", None)),
        accessibility_info=STEP_FREE,
    ),
    # In two days from the day of loading, always: with whole weeks it could be over.
    EventContent(
        key="E11",
        programme="reading-aloud",
        year=2027,
        exact=True,
        number=5,
        label=words("5. izvedba", "5th run"),
        sessions=(
            _session(
                date(2027, 3, 3),
                "17:00",
                "19:00",
                words("Glas, premor, pogled", "Voice, pause, glance"),
                "ziga-bohorjan",
                venue="koz",
            ),
        ),
        mode="ONSITE",
        venue="koz",
        capacity=15,
        seats_taken=9,
        applications_open=moment("2027-01-25 08:00"),
        applications_close=end_of(date(2027, 2, 24)),
        application_url=APPLY,
        free=True,
        accessibility_info=STEP_FREE,
    ),
    EventContent(
        key="E12",
        programme="easy-reading-for-librarians",
        year=2027,
        number=4,
        label=words("4. izvedba", "4th run"),
        sessions=tuple(
            _session(day, "09:00", "10:30", topic, "tjasa-rebernak", "tadej-omerzel", online=True)
            for day, topic in (
                (date(2027, 2, 15), words("Uvod", "Introduction")),
                (date(2027, 2, 22), words("Kdo bere težje in zakaj", "Who finds reading hard, and why")),
                (date(2027, 3, 1), words("Besede, povedi, slike", "Words, sentences, pictures")),
                (date(2027, 3, 8), words("Polica, ki vabi", "A shelf that invites")),
                (date(2027, 3, 15), words("Moje prirejeno besedilo", "My adapted text")),
            )
        ),
        mode="ONLINE",
        capacity=40,
        seats_taken=33,
        applications_open=moment("2027-01-11 08:00"),
        applications_close=end_of(date(2027, 2, 10)),
        application_url=APPLY,
        free=True,
        accessibility_info=CAPTIONS,
    ),
    EventContent(
        key="E13",
        programme="digitising-local-material",
        year=2027,
        number=5,
        label=words("5. izvedba", "5th run"),
        sessions=(
            _session(
                date(2027, 4, 22),
                "09:00",
                "15:00",
                words("Pot ene razglednice", "The way of one postcard"),
                "izidor-vrsic",
                venue="ptuj",
            ),
        ),
        mode="ONSITE",
        venue="ptuj",
        capacity=12,
        seats_taken=5,
        applications_open=moment("2027-02-01 08:00"),
        applications_close=end_of(date(2027, 4, 15)),
        application_url=APPLY,
        free=True,
        status_override="CANCELLED",
        cancel_reason=words(
            "Delavnico prenavljamo; prijavljene bomo povabili na jesensko izvedbo.",
            "The workshop is being rebuilt; those who applied will be invited in autumn.",
        ),
        accessibility_info=words("Vhod brez stopnic.", "Step-free entrance."),
    ),
)

EVENTS = (*FACTS, *INVENTED)
