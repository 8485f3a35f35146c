"""Programmes of the centres for easy reading and local studies [X]."""

from centres.demo import blocks as b
from centres.demo.shapes import ProgrammeContent, words

EASY_READING = ProgrammeContent(
    key="easy-reading-for-librarians",  # P12
    centre="lahko-branje",
    slug=words("lahko-branje-za-knjiznicarje", "easy-reading-for-librarians"),
    title=words("Lahko branje za knjižničarje", "Easy reading for librarians"),
    summary=words(
        """E-tečaj v štirih tednih: kaj je lahko branje, komu koristi, kako urediti polico in kako napisati
        obvestilo, ki ga razumejo vsi. Na koncu vsak udeleženec priredi eno pravo besedilo.""",
        """An e-course of four weeks: what easy reading is, whom it helps, how to set up a shelf and how to
        write a notice that everyone understands. In the end everyone adapts one real text.""",
    ),
    kind="TRAINING",
    format="e-course",
    topics=("easy-reading", "accessibility"),
    audiences=("librarians", "library-staff", "teachers"),
    cadence="ANNUAL",
    purposes=("NEW_KNOWLEDGE",),
    outcomes=(
        words("Loči tri stopnje zahtevnosti besedil.", "Tell the three levels of texts apart."),
        words("Uredi polico, ki jo bralci najdejo sami.", "Set up a shelf that readers find by themselves."),
        words("Priredi krajše besedilo v lahko branje.", "Adapt a short text for easy reading."),
    ),
    since_year=2024,
    duration_hours="12",
    credential=words(
        "Potrdilo po opravljeni sklepni nalogi.", "A certificate for those who hand in the last task."
    ),
    co_organisers=("mkl",),
    lead_image="easy-shapes",
    body=(
        b.paragraph(
            """Tečaj sta pripravila dva kompetenčna centra: lahko branje z Raven in Učni center iz
            Ljubljane. Vsak teden odpremo eno temo, ob ponedeljkih se dobimo na spletnem pogovoru,
            domačo nalogo pa prebere mentor.""",
            """Two competence centres made this course: Easy Reading from Ravne and the Training Centre
            from Ljubljana. Each week opens one topic, on Mondays we meet online, and a mentor reads the
            homework.""",
        ),
        b.heading("Štirje tedni", "Four weeks"),
        b.table(
            words("Teme po tednih", "Topics by week"),
            [words("Teden", "Week"), words("Tema", "Topic")],
            [
                ["1", words("Kdo bere težje in zakaj", "Who finds reading hard, and why")],
                ["2", words("Besede, povedi, slike", "Words, sentences, pictures")],
                ["3", words("Polica, ki vabi", "A shelf that invites")],
                ["4", words("Moje prirejeno besedilo", "My adapted text")],
            ],
        ),
        b.quote(
            words(
                "Pisati preprosto je težje, kot sem mislila. In lepše.",
                "To write simply is harder than I thought. And lovelier.",
            ),
            words("Knjižničarka, udeleženka tečaja", "A librarian who took the course"),
        ),
    ),
)

DIGITISATION = ProgrammeContent(
    key="digitising-local-material",  # P13
    centre="domoznanstvo",
    slug=words("digitalizacija-domoznanskega-gradiva", "digitising-local-material"),
    title=words("Digitalizacija domoznanskega gradiva", "Digitising local material"),
    summary=words(
        """Od škatle na podstrešju do slike na spletu: kako gradivo izbrati, skenirati, opisati in
        objaviti, da bo čez dvajset let še uporabno. Praktičen dan v digitalizacijski delavnici.""",
        """From a box in the attic to a picture online: how to choose, scan, describe and publish material
        so that it is still of use in twenty years. A practical day in the digitisation workshop.""",
    ),
    kind="TRAINING",
    format="workshop",
    topics=("digitisation", "local-studies", "digital-skills"),
    audiences=("regional-coordinators", "librarians", "researchers"),
    cadence="ANNUAL",
    purposes=("NEW_KNOWLEDGE", "REFRESH"),
    outcomes=(
        words(
            "Oceni, katero gradivo se splača digitalizirati najprej.",
            "Judge which material to digitise first.",
        ),
        words(
            "Nastavi optični bralnik za papir, steklo in film.", "Set a scanner for paper, glass and film."
        ),
        words("Zapiše metapodatke po skupnih pravilih.", "Write metadata by the common rules."),
    ),
    since_year=2023,
    duration_hours="6",
    co_organisers=("nuk",),
    lead_image="scanner",
    body=(
        b.paragraph(
            """Skeniranje je najkrajši del poti. Prej je treba vedeti, kaj imamo in kaj smemo, potem pa
            poskrbeti, da se slika ne izgubi na disku z imenom »novo2«. Udeleženci delajo s svojim
            gradivom: prinesite do deset kosov.""",
            """Scanning is the shortest part of the way. First we must know what we have and what we may
            do; then we must see that the picture does not get lost on a disk called “new2”.
            Participants work with material of their own: bring up to ten pieces.""",
        ),
        b.heading("Pot ene razglednice", "The way of one postcard"),
        b.figure(
            "scanner",
            words(
                "Izbor, zajem, opis, objava, hramba.", "Choosing, scanning, describing, publishing, keeping."
            ),
            b.DRAWN,
        ),
        b.paragraph(
            """- **Izbor:** ali jo že hrani kdo drug?
            - **Zajem:** ena slika za hrambo, ena za splet.
            - **Opis:** kdo, kje, kdaj in od koga smo jo dobili.
            - **Objava:** pravice so zapisane ob sliki.
            - **Hramba:** tri kopije na dveh krajih.""",
            """- **Choosing:** does somebody else have it already?
            - **Scanning:** one picture to keep, one for the web.
            - **Describing:** who, where, when, and who gave it to us.
            - **Publishing:** the rights stand beside the picture.
            - **Keeping:** three copies in two places.""",
        ),
    ),
)

PROGRAMMES = (EASY_READING, DIGITISATION)
