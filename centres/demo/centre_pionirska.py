"""Pionirska of Ljubljana City Library: appointment [S], history [F]; goals, staff and figures [X]."""

from centres.demo import blocks as b
from centres.demo.shapes import CentreContent, day, month, rich, words, year

BODY = (
    b.heading("Od čitalnice do raziskovalnega središča", "From a reading room to a research centre"),
    b.paragraph(
        """Zgodba Pionirske se je začela leta 1948 s knjižnico za otroke. Prva v Sloveniji je mladim
        dovolila, da knjige sami jemljejo s polic. Danes v njenih prostorih nastajajo bibliografije,
        seznami in ocene, po katerih segajo knjižničarji, učitelji in starši.

        Pionirska prebere skoraj vse, kar v slovenščini izide za otroke in mlade. Kar je odlično, dobi
        znak [zlata hruška](page:golden-pear-sign); kar je vredno branja, najdete v
        [priročniku](page:manual).""",
        """Pionirska began in 1948 as a library for children. It was the first in Slovenia to let the young
        take books off the shelves themselves. Today bibliographies, lists and reviews are made here
        that librarians, teachers and parents rely on.

        Pionirska reads almost everything published in Slovenian for children and young people. What is
        excellent gets the [Golden Pear](page:golden-pear-sign); what is worth reading is in the
        [Manual](page:manual).""",
    ),
    b.figure(
        "golden-pear",
        words("Hruška za knjige, ki ostanejo v spominu.", "A pear for books that stay with you."),
        b.DRAWN,
    ),
    b.quote(
        words(
            "Dobra knjiga otroka ne pouči, ampak ga povabi naprej.",
            "A good book does not lecture a child; it invites the child further.",
        ),
        words("Misel z ene od strokovnih sred", "Said at one of the Professional Wednesdays"),
    ),
    b.heading("Kaj hranimo", "What we keep"),
    b.paragraph(
        """- arhiv slovenske mladinske književnosti
        - mladinske revije od prvih letnikov naprej
        - slovenske mladinske knjige v tujih jezikih
        - slikanice iz tujine

        Gradivo uporabljate v čitalnici. Če pišete diplomo, pripravljate razstavo ali iščete knjigo iz
        otroštva, vam bomo z veseljem pomagali.""",
        """- an archive of Slovenian youth literature
        - magazines for the young from their first volumes on
        - Slovenian youth literature in other languages
        - picture books from abroad

        You can use them in the reading room. If you are writing a thesis, preparing an exhibition or
        looking for a book from your childhood, we will gladly help.""",
    ),
    b.programmes(
        words("Iz našega programa", "From our programme"),
        "professional-wednesdays",
        "my-favourite-book",
        "mega-quiz",
    ),
    b.call_to_action(words("Poglejte nagrajene knjige", "See the awarded books"), page="golden-pear-award"),
)

CENTRE = CentreContent(
    key="pionirska",
    slug=words("pionirska", "pionirska"),
    title=words("Pionirska", "Pionirska"),
    short_name=words("Pionirska", "Pionirska"),
    official_name=words(
        "Pionirska – Center za mladinsko književnost in knjižničarstvo",
        "Pionirska – Centre for Youth Literature and Librarianship",
    ),
    name_variants=(
        "Pionirska - center za mladinsko književnost in knjižničarstvo",
        "Pionirska knjižnica",
        "Kompetenčni center za mladinsko knjižničarstvo",
    ),
    summary=words(
        """V Pionirski preberejo, ocenijo in ohranijo skoraj vse, kar izide za otroke in mlade. Kar
        odkrijejo, povedo knjižničarjem in raziskovalcem, družinam pa s priročnikom in zlato hruško
        pokažejo pot do dobrih knjig.""",
        """Pionirska reads, judges and keeps nearly everything published for children and young people. It
        tells librarians and researchers what it finds, and with its Manual and the Golden Pear shows
        families the way to good books.""",
    ),
    easy_read_summary=rich(
        """Pionirska je del knjižnice v Ljubljani.

        V Pionirski beremo knjige za otroke in mlade.

        Povemo, katere knjige so dobre.

        Najboljše knjige dobijo znak zlata hruška.""",
        """Pionirska is part of a library in Ljubljana.

        We read books for children and young people.

        We say which books are good.

        The best books get a sign, the Golden Pear.""",
    ),
    intro="intro",
    lead_image="pionirska",
    in_menus=True,
    host="mkl",
    network="public-libraries",
    field="youth-librarianship",
    related_fields=("reading-promotion", "continuing-education", "easy-reading"),
    topics=("youth-literature", "reading-promotion", "quality-books", "bibliopedagogy"),
    functions=("KNOWLEDGE", "DEVELOPMENT"),
    roles=("KNOWLEDGE_HUB", "DISSEMINATION", "EXCHANGE", "CO_DEVELOPMENT", "RESEARCH", "PROMOTER"),
    audiences=(
        "professionals",
        "librarians",
        "school-librarians",
        "teachers",
        "parents",
        "young-readers",
        "children",
        "youth",
    ),
    partners=(
        (
            "ibby-slovenija",
            "COOPERATES",
            words("Skupaj praznujemo dan knjig za otroke.", "Together we celebrate Children's Book Day."),
        ),
        (
            "zbds",
            "COOPERATES",
            words(
                "Od leta 2021 skupaj podeljujemo priznanja.", "We have given the awards together since 2021."
            ),
        ),
        (
            "bralna-znacka",
            "COOPERATES",
            words("Svetujemo pri izboru knjig.", "We advise on the choice of books."),
        ),
        (
            "jak",
            "COOPERATES",
            words(
                "Predstavljamo knjige projekta Rastem s knjigo.",
                "We present the books of Growing with a Book.",
            ),
        ),
        (
            "skupnost-muzejev",
            "COOPERATES",
            words("Skupaj pripravljamo MEGA kviz.", "We prepare the MEGA quiz together."),
        ),
    ),
    staff=(
        ("nives-podlogar", words("vodja centra", "head of the centre")),
        ("jernej-zajcar", words("urednik priročnika", "editor of the Manual")),
    ),
    collections=(
        {
            "name": words("Arhiv mladinske književnosti", "Archive of youth literature"),
            "description": words(
                "Izvirne in prevedene knjige za otroke in mlade, ki se ne izposojajo na dom.",
                """Original and translated books for children and young people, kept for use in the reading
                room.""",
            ),
            "size": 45000,
            "url": None,
        },
        {
            "name": words(
                "Slovenske mladinske knjige v tujih jezikih", "Slovenian youth literature in other languages"
            ),
            "description": words(
                "Prevodi slovenskih avtorjev, po katerih vidimo, kam potujejo naše zgodbe.",
                "Translations of Slovenian authors that show where our stories travel.",
            ),
            "size": None,
            "url": None,
        },
    ),
    goals=(
        {
            "key": "pionirska-goal-1",
            "text": words(
                "Vsaj devet od desetih novih mladinskih knjig je ocenjenih v letu po izidu.",
                "At least nine of ten new youth books are judged in the year after they come out.",
            ),
            "indicator": words("Delež ocenjenih knjig", "Share of judged books"),
            "target": "90",
            "unit": words("%", "%"),
        },
        {
            "key": "pionirska-goal-2",
            "text": words(
                "Vsako leto pripravimo šest strokovnih sred.", "We hold six Professional Wednesdays a year."
            ),
            "indicator": words("Število srečanj", "Number of meetings"),
            "target": "6",
            "unit": words("srečanj", "meetings"),
        },
    ),
    expected_effects=(
        {
            "key": "pionirska-effect-1",
            "text": words(
                "Knjižničar zna utemeljiti izbor knjige za otroka.",
                "Librarians can give reasons for choosing a book for a child.",
            ),
            "level": "INDIVIDUAL",
        },
        {
            "key": "pionirska-effect-2",
            "text": words("Mladinski oddelki nakupujejo premišljeno.", "Youth departments buy with care."),
            "level": "LIBRARY",
        },
        {
            "key": "pionirska-effect-3",
            "text": words(
                "Družine pogosteje berejo kakovostne knjige.", "Families read books of quality more often."
            ),
            "level": "COMMUNITY",
        },
    ),
    solutions=(
        {
            "kind": "PROFESSIONAL",
            "title": words("Enotna merila za vrednotenje", "Shared criteria for judging books"),
            "description": words(
                "Petstopenjska lestvica od »pogrešljivo« do »odlično«, ki jo lahko uporabi vsaka knjižnica.",
                "A five-step scale from “dispensable” to “excellent” that any library can use.",
            ),
            "url": None,
        },
        {
            "kind": "DEVELOPMENT",
            "title": words("Zamisli za bibliopedagoške ure", "Ideas for lessons in the library"),
            "description": words(
                "Zbirka preizkušenih ur za vrtec in osnovno šolo, ki jo dopolnjujejo knjižnice same.",
                """A collection of tried lessons for preschool and primary school to which libraries add
                their own.""",
            ),
            "url": None,
        },
    ),
    results=(
        {
            "kind": "RESEARCH",
            "title": words(
                "Pregled mladinske književne produkcije", "Survey of books published for the young"
            ),
            "year": 2025,
            "url": None,
            "document": None,
        },
        {
            "kind": "PROFESSIONAL",
            "title": words(
                "O črtah in luknjah: priročnik za branje kakovostnih mladinskih knjig",
                "O črtah in luknjah: the Manual of quality youth books",
            ),
            "year": 2020,
            "url": "https://www.mklj.si/pionirska/",
            "document": None,
        },
    ),
    milestones=(
        (
            day(1948, 11, 15),
            words(
                "Ustanovljena je Mestna pionirska knjižnica.", "The city's library for children is founded."
            ),
        ),
        (
            year(1956),
            words(
                "Prosti pristop do knjig, prvič v Sloveniji.", "Open shelves, for the first time in Slovenia."
            ),
        ),
        (year(1972), words("Začetek strokovnih sred.", "Professional Wednesdays begin.")),
        (
            year(1999),
            words("Priročnik začne izhajati kot samostojna knjiga.", "The Manual becomes a book of its own."),
        ),
        (year(2004), words("Prvi znaki zlata hruška.", "The first Golden Pear signs.")),
        (year(2010), words("Prva priznanja zlata hruška.", "The first Golden Pear awards.")),
        (
            month(2021, 12),
            words(
                "Komisija imenuje Pionirsko za kompetenčni center.",
                "The Commission appoints Pionirska a competence centre.",
            ),
        ),
    ),
    contact={
        "email": "pionirska@knjiznica.example",
        "phone": "+38610000102",
        "address": "Kersnikova ulica 2, 1000 Ljubljana",
        "url": "https://www.mklj.si/pionirska/",
    },
    body=BODY,
)
