"""The Commission for Competence Centres [S], its history and the rules by which the centres work [F]."""

from dataclasses import dataclass
from datetime import date

from centres.demo import blocks as b
from centres.demo.shapes import PageContent, Words, day, month, words, year


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionContent(PageContent):
    """The page of the commission."""

    parent_body: str
    review_interval_months: int
    tasks: tuple[Words, ...]


PAGE = CommissionContent(
    key="commission",
    slug=words("komisija", "commission"),
    title=words("Komisija za kompetenčne centre", "Commission for Competence Centres"),
    summary=words(
        """Komisija pri Združenju splošnih knjižnic odloča, kdo nosi naziv kompetenčni center. Spremlja
        delo centrov in na tri leta presodi, ali so izpolnili, kar so obljubili knjižnicam.""",
        """The commission at the Association of Public Libraries decides who is called a competence centre.
        It follows their work and judges every three years whether they have kept their promise to
        libraries.""",
    ),
    in_menus=True,
    parent_body="zdruzenje-splosnih-knjiznic",
    review_interval_months=36,
    tasks=(
        words("imenuje kompetenčne centre", "appoints competence centres"),
        words(
            "ves čas spremlja, ali delujejo ustrezno", "follows all the time whether they work as they should"
        ),
        words(
            "na tri leta preveri uresničevanje ciljev in pričakovanih učinkov",
            "checks goals and expected effects every three years",
        ),
        words(
            "naziv podaljša, pogojno podaljša ali odvzame",
            "renews the title, with or without conditions, or withdraws it",
        ),
    ),
    body=(
        b.heading("Kako je prišlo do komisije", "How the commission came about"),
        b.timeline(
            (
                year(2008),
                words(
                    "V Fiesi se sestane skupina, ki začne pisati smernice.",
                    "A group meets at Fiesa and begins to write guidelines.",
                ),
            ),
            (
                day(2012, 5, 30),
                words(
                    "Narodna in univerzitetna knjižnica imenuje delovno skupino.",
                    "The National and University Library sets up a working group.",
                ),
            ),
            (
                day(2020, 12, 1),
                words(
                    "Nacionalni svet za knjižnično dejavnost da izhodiščem pozitivno mnenje.",
                    "The National Council for Library Activity gives the guidelines a favourable opinion.",
                ),
            ),
            (
                month(2021, 12),
                words("Komisija imenuje prva dva centra.", "The commission appoints the first two centres."),
            ),
            (
                month(2022, 1),
                words("Pridruži se center za lahko branje.", "The centre for easy reading joins."),
            ),
            (
                month(2022, 2),
                words("Pridruži se center za domoznanstvo.", "The centre for local studies joins."),
            ),
        ),
        b.heading("Kako poteka preverjanje", "How a review goes"),
        b.table(
            words("Štirje koraki", "Four steps"),
            [words("Korak", "Step"), words("Kdo", "Who"), words("Kaj nastane", "What comes of it")],
            [
                [
                    words("Načrt", "Plan"),
                    words("tajništvo komisije", "the commission's office"),
                    words("koledar preverjanj", "calendar of reviews"),
                ],
                [
                    words("Samoocena", "Self-report"),
                    words("center", "the centre"),
                    words("poročilo o ciljih in učinkih", "report on goals and effects"),
                ],
                [
                    words("Preverjanje", "Review"),
                    words("člani komisije", "members of the commission"),
                    words("ocena vsakega cilja z dokazi", "each goal judged, with evidence"),
                ],
                [
                    words("Odločitev", "Decision"),
                    words("komisija", "the commission"),
                    words("sklep in javni povzetek", "decision and public summary"),
                ],
            ],
        ),
        b.paragraph(
            """Kdor je zaposlen v knjižnici, v kateri center deluje, o njem ne odloča.""",
            """Nobody who is employed by a centre's host library decides on that centre.""",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class LegalBasisContent:
    """A rule, recommendation, standard or strategy by which the centres work."""

    key: str
    kind: str
    title: Words
    url: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


# All [F]; two that are no longer in force stay, so that the question "valid on" has something to leave out.
LEGAL_BASES = (
    LegalBasisContent(
        "zknj-1",
        "REGULATION",
        words("Zakon o knjižničarstvu (ZKnj-1)", "Librarianship Act (ZKnj-1)"),
        "https://pisrs.si/pregledPredpisa?id=ZAKO2442",
        date(2001, 11, 23),
    ),
    LegalBasisContent(
        "pravilnik-ook",
        "REGULATION",
        words("Pravilnik o osrednjih območnih knjižnicah", "Rules on regional libraries"),
        "",
        date(2003, 9, 12),
    ),
    LegalBasisContent(
        "zknj",
        "REGULATION",
        words("Zakon o knjižničarstvu (ZKnj)", "Libraries Act (ZKnj)"),
        "https://pisrs.si/pregledPredpisa?id=ZAKO81",
        date(1982, 7, 31),
        date(2001, 11, 22),
    ),
    LegalBasisContent(
        "izhodisca",
        "RECOMMENDATION",
        words(
            "Strokovna izhodišča za vzpostavitev kompetenčnih centrov",
            "Professional guidelines for setting up competence centres",
        ),
        "https://knjiznicarske-novice.si/strokovna-izhodisca-za-vzpostavitev-kompetencnih-centrov/",
        date(2020, 12, 1),
    ),
    LegalBasisContent(
        "standardi",
        "STANDARD",
        words(
            "Strokovna priporočila in standardi za splošne knjižnice (2018–2028)",
            "Professional recommendations and standards for public libraries (2018–2028)",
        ),
        "",
        date(2018, 1, 1),
        date(2028, 12, 31),
    ),
    LegalBasisContent(
        "strategija-2022",
        "STRATEGY",
        words(
            "Strategija razvoja slovenskih splošnih knjižnic 2022–2027",
            "Development strategy of Slovenian public libraries 2022–2027",
        ),
        "https://www.knjiznica-skofjaloka.si/strategija-razvoja-slovenskih-splosnih-knjiznic-2022-2027/",
        date(2022, 1, 1),
        date(2027, 12, 31),
    ),
    LegalBasisContent(
        "strategija-2013",
        "STRATEGY",
        words(
            "Strategija razvoja slovenskih splošnih knjižnic 2013–2020",
            "Development strategy of Slovenian public libraries 2013–2020",
        ),
        "",
        date(2013, 1, 1),
        date(2020, 12, 31),
    ),
)
