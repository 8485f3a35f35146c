"""The Golden Pear, sign and award, and the Manual: what they are and what each year brought [F]."""

from centres.demo import blocks as b
from centres.demo.shapes import (
    AwardContent,
    ProgrammeContent,
    PublicationContent,
    day,
    words,
    year,
)

SIGN = ProgrammeContent(
    key="golden-pear-sign",
    centre="pionirska",
    slug=words("znak-zlata-hruska", "golden-pear-sign"),
    title=words("Znak zlata hruška", "Golden Pear sign"),
    summary=words(
        """Zlata hruška na platnici pove: ta knjiga je odlična. Znak za kakovost dobijo najboljše izvirne
        in prevedene knjige za otroke in mlade, ki so izšle v preteklem letu, od slikanic do poučnih
        knjig.""",
        """A Golden Pear on the cover says: this book is excellent. The quality sign goes to the best
        original and translated books for children and young people of the past year, from picture books
        to non-fiction.""",
    ),
    kind="QUALITY_SIGN",
    format="quality-sign",
    topics=("quality-books", "youth-literature", "reading-promotion"),
    audiences=("parents", "librarians", "teachers", "young-readers"),
    cadence="ANNUAL",
    since_year=2004,
    lead_image="golden-pear",
    body=(
        b.heading("Kako do znaka", "How a book gets the sign"),
        b.paragraph(
            """Bralci uredniškega odbora preberejo skoraj vse mladinske knjige preteklega leta in jih
            ocenijo po petih stopnjah. Hruško dobijo samo tiste z oceno odlično: približno vsaka osma do
            deseta.""",
            """The board reads nearly all youth books of the past year and judges them by five grades. Only
            the excellent ones get the pear: about one in eight to ten.""",
        ),
        b.table(
            words("Znaki po letih, kolikor je podatkov", "Signs by year, as far as known"),
            [
                words("Leto", "Year"),
                words("Podeljeni znaki", "Signs given"),
                words("Ocenjene knjige", "Books judged"),
            ],
            [
                ["2025", "100", "–"],
                ["2023", "90", "–"],
                ["2022", "119", "983"],
                ["2018", "80", "747"],
                ["2016", "144", "–"],
                ["2013", "99", "844"],
            ],
        ),
        b.paragraph(
            """Kdor išče knjigo za darilo ali za mladinski oddelek, lahko začne pri hruški. Ocene vseh
            drugih knjig so v [priročniku](page:manual).""",
            """If you are looking for a gift or for a youth department, start with the pear. The reviews of
            all other books are in the [Manual](page:manual).""",
        ),
    ),
)

AWARD = ProgrammeContent(
    key="golden-pear-award",
    centre="pionirska",
    slug=words("priznanje-zlata-hruska", "golden-pear-award"),
    title=words("Priznanje zlata hruška", "Golden Pear award"),
    summary=words(
        """Med knjigami z znakom zlata hruška žirija vsako leto izbere najboljše: po eno izvirno in
        prevedeno leposlovno ter izvirno in prevedeno poučno. Včasih si priznanje delita dve, včasih ga
        ne dobi nobena.""",
        """From the books with the Golden Pear sign the jury picks the best of the year: original and
        translated fiction, original and translated non-fiction. Sometimes two share an award, sometimes
        none is given.""",
    ),
    kind="AWARD",
    format="award",
    topics=("quality-books", "youth-literature"),
    audiences=("professionals", "librarians", "parents", "young-readers"),
    cadence="ANNUAL",
    since_year=2010,
    co_organisers=("zbds",),
    lead_image="award-night",
    body=(
        b.heading("Štiri področja, ena žirija", "Four categories, one jury"),
        b.paragraph(
            """Priznanja podeljujemo od leta 2010. Sprva so bila tri, prevedeno knjigo je izbrala Slovenska
            sekcija IBBY; pozneje se je pridružilo četrto, od leta 2021 pa jih podeljujemo skupaj z
            Zvezo bibliotekarskih društev Slovenije. Leto v naslovu je leto podelitve; knjige so izšle
            leto prej.""",
            """The awards have been given since 2010. At first there were three, and the Slovenian Section
            of IBBY chose the translated book; later a fourth was added. Since 2021 we have given them
            together with the Union of Associations of Slovene Librarians. The year is that of the
            award; the books came out the year before.""",
        ),
        b.timeline(
            (year(2010), words("Prva priznanja.", "The first awards.")),
            (
                year(2021),
                words(
                    "Pridruži se Zveza bibliotekarskih društev Slovenije.",
                    "The Union of Associations of Slovene Librarians joins.",
                ),
            ),
            (day(2022, 11, 22), words("Slovesna podelitev.", "The ceremony of the year.")),
            (day(2025, 11, 25), words("Slovesna podelitev.", "The ceremony of the year.")),
        ),
        b.call_to_action(words("Kako knjiga dobi znak", "How a book gets the sign"), page="golden-pear-sign"),
    ),
)

MANUAL = ProgrammeContent(
    key="manual",
    centre="pionirska",
    slug=words("prirocnik", "manual"),
    title=words(
        "Priročnik za branje kakovostnih mladinskih knjig",
        "Manual for Reading Quality Youth Books",
    ),
    summary=words(
        """Knjiga o knjigah: vsako leto na enem mestu ocene skoraj vseh mladinskih novosti, seznam zlatih
        hrušk in članki, ki pomagajo brati z otrokom. Za knjižnice, šole in radovedne starše.""",
        """A book about books: every year it brings reviews of nearly all new youth books, the list of
        Golden Pears and articles that help to read with children. For libraries, schools and curious
        parents.""",
    ),
    kind="PUBLICATION",
    format="handbook",
    topics=("quality-books", "youth-literature", "reading-promotion"),
    audiences=("librarians", "school-librarians", "teachers", "parents"),
    cadence="ANNUAL",
    since_year=1999,
    lead_image="manual",
    body=(
        b.paragraph(
            """Prednik priročnika je bil seznam v drugi številki revije Otrok in knjiga leta 1975; zajel je
            knjige iz leta 1972. Od leta 1999 izhaja kot samostojna knjiga, vsakokrat s svojim naslovom.""",
            """The Manual grew from a list in the second issue of the journal Otrok in knjiga (1975), which
            covered the books of 1972. Since 1999 it has been a book of its own, each year with its own
            title.""",
        ),
        b.figure(
            "manual",
            words("Lestvica od pogrešljivega do odličnega.", "The scale from dispensable to excellent."),
            b.DRAWN,
        ),
        b.heading("Za vsakdanjo rabo", "For everyday use"),
        b.paragraph(
            """- v knjižnici: pri nakupu in pri svetovanju
            - v šoli: pri izboru za domače branje in bralno značko
            - doma: ko zmanjka idej za večerno branje""",
            """- in the library: when buying and advising
            - at school: when choosing books for class and for the reading badge
            - at home: when ideas for bedtime reading run out""",
        ),
    ),
)

PROGRAMMES = (SIGN, AWARD, MANUAL)

SIGN_EDITIONS = (
    AwardContent(
        programme="golden-pear-sign", year=2025, label=words("Znaki 2025", "Signs 2025"), signed=100
    ),
    AwardContent(programme="golden-pear-sign", year=2023, label=words("Znaki 2023", "Signs 2023"), signed=90),
    # "About 1,400" books came out [F].
    AwardContent(
        programme="golden-pear-sign",
        year=2022,
        label=words("Znaki 2022", "Signs 2022"),
        signed=119,
        evaluated=983,
        published=1400,
    ),
    AwardContent(
        programme="golden-pear-sign",
        year=2018,
        label=words("Znaki 2018", "Signs 2018"),
        signed=80,
        evaluated=747,
        publishers=22,
    ),
    AwardContent(
        programme="golden-pear-sign",
        year=2016,
        label=words("Znaki 2016", "Signs 2016"),
        signed=144,
        publishers=29,
    ),
    AwardContent(
        programme="golden-pear-sign",
        year=2013,
        label=words("Znaki 2013", "Signs 2013"),
        signed=99,
        evaluated=844,
    ),
)

NO_WORDS = words("")

# Only what the sources name: a category without a row is not known, one without books was not awarded.
AWARD_EDITIONS = (
    AwardContent(
        programme="golden-pear-award",
        year=2025,
        label=words("Priznanja 2025", "Awards 2025"),
        co_awarders=("zbds",),
        ceremony_date=day(2025, 11, 25),
        results=(
            ("original-fiction", ("pasje-poletje",), NO_WORDS),
            ("original-non-fiction", (), NO_WORDS),
            ("translated-fiction", ("tihotapci",), NO_WORDS),
            ("translated-non-fiction", ("invazija-pozresnih-spodnjic",), NO_WORDS),
        ),
    ),
    AwardContent(
        programme="golden-pear-award",
        year=2024,
        label=words("Priznanja 2024", "Awards 2024"),
        co_awarders=("zbds",),
        results=(
            ("original-fiction", ("krusno-mesto",), NO_WORDS),
            ("original-non-fiction", ("statistika-za-zacetnike",), NO_WORDS),
        ),
    ),
    AwardContent(
        programme="golden-pear-award",
        year=2023,
        label=words("Priznanja 2023", "Awards 2023"),
        co_awarders=("zbds",),
        ceremony_date=day(2023, 11, 21),
        results=(
            ("original-fiction", ("tik-je-sel-v-gozd-po-drva", "kdo-je-kriv"), NO_WORDS),
            ("translated-fiction", ("spomin-na-drevo",), NO_WORDS),
        ),
    ),
    AwardContent(
        programme="golden-pear-award",
        year=2022,
        label=words("Priznanja 2022", "Awards 2022"),
        co_awarders=("zbds",),
        announced_on=day(2022, 11, 13),
        ceremony_date=day(2022, 11, 22),
        results=(
            ("original-fiction", ("romeo-in-julija",), NO_WORDS),
            ("original-non-fiction", ("nas-jurcic",), NO_WORDS),
            ("translated-fiction", ("bratov-kozuh",), NO_WORDS),
            ("translated-non-fiction", ("pod-zemljo",), NO_WORDS),
        ),
    ),
    AwardContent(
        programme="golden-pear-award",
        year=2021,
        label=words("Priznanja 2021", "Awards 2021"),
        co_awarders=("zbds",),
        results=(
            ("original-fiction", ("skrivno-drustvo-krvz",), NO_WORDS),
            ("original-non-fiction", ("osamosvojitev",), NO_WORDS),
            ("translated-fiction", ("35-kil-upanja", "ana-in-froga"), NO_WORDS),
            ("translated-non-fiction", ("cebele",), NO_WORDS),
        ),
    ),
    AwardContent(
        programme="golden-pear-award",
        year=2018,
        label=words("Priznanja 2018", "Awards 2018"),
        co_awarders=("ibby-slovenija",),
        results=(
            ("original-non-fiction", ("iz-loncka-v-lonec",), NO_WORDS),
            ("translated-fiction", (), NO_WORDS),
            ("translated-non-fiction", ("ne-lizi-te-knjige",), NO_WORDS),
        ),
    ),
    AwardContent(
        programme="golden-pear-award",
        year=2014,
        label=words("Priznanja 2014", "Awards 2014"),
        co_awarders=("ibby-slovenija",),
        results=(
            ("original-fiction", ("gugalnica-za-vse",), NO_WORDS),
            ("translated-fiction", ("sedem-minut-cez-polnoc",), NO_WORDS),
        ),
    ),
)

MANUAL_EDITIONS = (
    PublicationContent(
        programme="manual",
        year=2020,
        label=words("Priročnik 2020", "Manual 2020"),
        own_title=words("O črtah in luknjah"),
    ),
    PublicationContent(
        programme="manual",
        year=2010,
        label=words("Priročnik 2010", "Manual 2010"),
        own_title=words("Ozvezdje Knjiga"),
    ),
)
