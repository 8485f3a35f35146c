"""Programmes of the Training Centre. P06 [F]: the page names the library, not the centre; the others [X]."""

from centres.demo import blocks as b
from centres.demo.shapes import ProgrammeContent, rich, words

EVENTS = ProgrammeContent(
    key="library-events",  # P06
    centre="ucni-center",
    slug=words("prireditvena-dejavnost", "events-in-a-public-library"),
    title=words("Prireditvena dejavnost v splošni knjižnici", "Events in a public library"),
    summary=words(
        """Kako iz dobre zamisli nastane prireditev, na katero ljudje pridejo in se vrnejo? Od načrta in
        proračuna do vabila, izvedbe in odmeva, z zgledi iz velikih in majhnih knjižnic.""",
        """How does a good idea become an event to which people come and return? From plan and budget to
        invitation, staging and echo, with examples from large and small libraries.""",
    ),
    kind="TRAINING",
    format="seminar",
    topics=("events", "communication"),
    audiences=("regional-coordinators", "library-staff", "librarians"),
    cadence="ONE_OFF",
    purposes=("NEW_KNOWLEDGE", "REFRESH"),
    outcomes=(
        words(
            "Napiše načrt prireditve s cilji, proračunom in merili uspeha.",
            "Write a plan for an event with goals, budget and measures.",
        ),
        words(
            "Izbere prostor, termin in goste, ki se ujemajo z občinstvom.",
            "Choose room, time and guests that suit the audience.",
        ),
        words(
            "Po prireditvi oceni odziv in izboljša naslednjo.",
            "Judge the response afterwards and do better next time.",
        ),
    ),
    since_year=2022,
    duration_hours="4",
    funders=("ministrstvo-za-kulturo",),
    lead_image="stage",
    body=(
        b.heading("Kaj boste odnesli domov", "What you will take home"),
        b.paragraph(
            """Prireditev je izkaznica knjižnice. Na usposabljanju razstavimo tri zelo različne primere:
            literarni večer, družinsko soboto in razstavo, ki je obiskovalce povabila k sodelovanju.
            Pogledamo, kaj je delovalo in kaj bi danes naredili drugače.

            Prednost pri prijavi imajo koordinatorji osrednjih območnih knjižnic; mesta, ki ostanejo,
            dobijo drugi.""",
            """An event shows what a library is like. In this course we take apart three very different
            ones: a literary evening, a family Saturday and an exhibition that invited its visitors to
            join in. We look at what worked and at what we would do differently today.

            Coordinators of the regional libraries come first; the places that remain go to others.""",
        ),
        b.table(
            words("Potek", "Timetable"),
            [words("Del", "Part"), words("Vsebina", "Content")],
            [
                ["1", words("Načrt: komu, zakaj in za koliko", "Plan: for whom, why and for how much")],
                [
                    "2",
                    words(
                        "Vabilo: od plakata do pogovora ob pultu",
                        "Invitation: from the poster to the talk at the desk",
                    ),
                ],
                [
                    "3",
                    words(
                        "Izvedba: vloge, prostor, zvok in dostopnost",
                        "Staging: roles, room, sound and accessibility",
                    ),
                ],
                [
                    "4",
                    words("Odmev: kaj šteti in kaj zapisati", "Echo: what to count and what to write down"),
                ],
            ],
        ),
    ),
)

FIRST_MONTHS = ProgrammeContent(
    key="first-months",  # P07
    centre="ucni-center",
    slug=words("prvi-meseci", "first-months"),
    title=words("Prvi meseci v splošni knjižnici", "First months in a public library"),
    summary=words(
        """Za vse, ki so v knjižnici novi: kdo smo, kako delamo in zakaj. Dva dni z ljudmi, ki so začeli
        pred kratkim, in z mentorji, ki se svojega prvega dne še dobro spominjajo.""",
        """For everyone who is new to a library: who we are, how we work and why. Two days with people who
        have just begun and with mentors who still remember their own first day.""",
    ),
    kind="TRAINING",
    format="workshop",
    topics=("onboarding", "career", "communication"),
    audiences=("library-staff", "librarians", "students"),
    cadence="ANNUAL",
    purposes=("NEW_KNOWLEDGE",),
    outcomes=(
        words(
            "Pojasni, kaj knjižnica ponuja in po katerih pravilih.",
            "Explain what the library offers and by which rules.",
        ),
        words(
            "Vodi obiskovalca od vprašanja do gradiva.",
            "Lead a visitor from a question to the right material.",
        ),
        words(
            "Pripravi lasten načrt učenja za prvih devetdeset dni.",
            "Draw up a learning plan for the first ninety days.",
        ),
    ),
    since_year=2022,
    duration_hours="12",
    duration_days=2,
    credential=words(
        "Potrdilo z opisom pridobljenih znanj.", "A certificate that describes the skills gained."
    ),
    lead_image="training-steps",
    body=(
        b.paragraph(
            """Prvi tedni v službi odločajo, kako bo človek delal leta. Zato novih sodelavcev ne zasujemo s
            pravilniki, ampak jih peljemo skozi dan v knjižnici: od vrnjene knjige do otroka, ki išče
            »tisto rdečo o psu«.""",
            """The first weeks in a job decide how somebody will work for years. So we do not bury new
            colleagues in rules but take them through a day in the library: from a returned book to the
            child who wants “the red one about the dog”.""",
        ),
        b.heading("Program po dnevih", "Day by day"),
        b.accordion(
            (
                words("Prvi dan: knjižnica od znotraj", "Day one: the library from within"),
                rich(
                    """- poslanstvo in zakon v eni uri
                    - pot knjige od nakupa do police
                    - pogovor z mentorico: česa me je bilo najbolj strah""",
                    """- mission and law in one hour
                    - the way of a book from purchase to shelf
                    - talking to a mentor: what scared me most""",
                ),
            ),
            (
                words("Drugi dan: med obiskovalci", "Day two: among visitors"),
                rich(
                    """- informacijski pogovor v parih
                    - mirno skozi prvo pritožbo
                    - moj načrt za devetdeset dni""",
                    """- the reference interview in pairs
                    - calmly through the first complaint
                    - my plan for ninety days""",
                ),
            ),
        ),
        b.call_to_action(words("Vprašajte Učni center", "Ask the Training Centre"), page="ucni-center"),
    ),
)

ACCESSIBLE_WEB = ProgrammeContent(
    key="accessible-web",  # P08, in Slovenian only
    centre="ucni-center",
    slug=words("dostopne-objave"),
    title=words("Dostopne objave na spletu"),
    summary=words(
        """Spletna novica, ki je nekdo ne more prebrati, ni objavljena. Na spletnem usposabljanju se
        naučite pisati naslove, opise slik in dokumente, ki jih razume človek in prebere bralnik
        zaslona.""",
    ),
    kind="TRAINING",
    format="workshop",
    topics=("accessibility", "digital-skills"),
    audiences=("library-staff", "librarians", "school-librarians"),
    cadence="ANNUAL",
    purposes=("NEW_KNOWLEDGE", "REFRESH"),
    outcomes=(
        words("Napiše nadomestno besedilo, ki pove, kar slika sporoča."),
        words("Uredi naslove in povezave tako, da se po strani znajde tudi tisti, ki je ne vidi."),
        words("Pripravi dokument PDF, ki je berljiv z bralnikom zaslona."),
    ),
    since_year=2024,
    duration_hours="3",
    lead_image="accessible-web",
    body=(
        b.heading("Zakaj to zadeva prav nas"),
        b.paragraph(
            """Splošne knjižnice so zavezane zakonu o dostopnosti spletišč in mobilnih aplikacij. Še bolj
            kot zakon nas zavezujejo ljudje: nekdo nas posluša z bralnikom zaslona, drugi stran poveča
            na dvesto odstotkov, tretji uporablja samo tipkovnico.""",
        ),
        b.video(
            "https://www.youtube.com/watch?v=93UgG72os8M",
            words("Tipkovnica namesto miške: zakaj dostopnost koristi vsem (v angleščini, s podnapisi)"),
            rich(
                """Posnetek pokaže človeka, ki po spletni strani potuje samo s tipkovnico. S tipko Tab se
                premika od povezave do povezave; vidno označeno polje mu pove, kje je. Na strani brez
                oznake se izgubi. Isti trik pomaga tudi tistemu, ki ima zlomljeno roko ali pokvarjeno
                miško.""",
            ),
        ),
        b.paragraph(
            """Vsak udeleženec prinese eno svojo objavo. Skupaj jo preverimo, popravimo in na koncu
            primerjamo, koliko bolje se bere. Delo poteka po spletu; povezavo prejmete dan pred
            srečanjem.""",
        ),
    ),
)

DIFFICULT_TALKS = ProgrammeContent(
    key="difficult-talks",  # P09
    centre="ucni-center",
    slug=words("zahteven-pogovor", "difficult-talks"),
    title=words("Zahteven pogovor ob izposoji", "Difficult talks at the desk"),
    summary=words(
        """Zamudnina, glasen obiskovalec, stiska, ki ji nismo kos: ob izposojevalnem pultu se srečamo z
        vsem. Delavnica ponudi stavke, držo in dogovore, s katerimi ostanemo mirni in spoštljivi.""",
        """A late fee, a loud visitor, a trouble too big for us: at the lending desk we meet everything.
        This workshop offers sentences, posture and agreements that keep us calm and respectful.""",
    ),
    kind="TRAINING",
    format="workshop",
    topics=("communication", "career"),
    audiences=("library-staff", "librarians", "professionals", "students"),
    cadence="ANNUAL",
    purposes=("NEW_KNOWLEDGE", "REFRESH"),
    outcomes=(
        words(
            "Prepozna, kdaj pogovor uhaja iz rok, in ga ustavi.",
            "Notice when a talk gets out of hand, and stop it.",
        ),
        words(
            "Postavi mejo brez žaljivke in brez opravičevanja.",
            "Draw a line without insult and without apology.",
        ),
        words(
            "Po težkem dogodku poskrbi zase in za sodelavca.",
            "Look after themselves and a colleague after a hard moment.",
        ),
    ),
    since_year=2023,
    duration_hours="6",
    lead_image="two-voices",
    body=(
        b.paragraph(
            """Vadimo v dvojicah in majhnih skupinah, na primerih, ki jih prinesejo udeleženci. Nihče ne
            nastopa pred vsemi, če tega ne želi. Del mest je v učilnici, del na spletu; obe skupini
            delata hkrati.""",
            """We practise in pairs and small groups, with cases that the participants bring. Nobody has to
            perform in front of all. Some places are in the classroom and some online; both groups work
            at the same time.""",
        ),
        b.quote(
            words("Ko znižam glas, ga zniža tudi drugi.", "When I lower my voice, the other does too."),
            words("Udeleženka ene prejšnjih delavnic", "A participant in an earlier workshop"),
        ),
        b.heading("Koliko stane", "What it costs"),
        b.paragraph(
            """Cena je odvisna od tega, od kod prihajate; za zaposlene v splošnih knjižnicah je nižja,
            študenti pridejo brezplačno. Zneski so zapisani pri posamezni izvedbi.""",
            """The fee depends on where you come from: it is lower for public library staff, and students
            come free of charge. The amounts are given with each run.""",
        ),
    ),
)

AI = ProgrammeContent(
    key="ai-in-the-library",  # P10
    centre="ucni-center",
    slug=words("umetna-inteligenca", "ai-in-the-library"),
    title=words("Umetna inteligenca v knjižnici", "AI in the library"),
    summary=words(
        """Kaj orodja umetne inteligence zmorejo, česa ne in kje nas lahko spravijo v zadrego? Preizkusimo
        jih pri opisih, povzetkih in iskanju ter se dogovorimo, kako o njih govoriti z obiskovalci.""",
        """What can artificial intelligence tools do, what can they not, and where may they embarrass us?
        We try them on descriptions, summaries and searches, and agree how to talk about them with
        visitors.""",
    ),
    kind="TRAINING",
    format="seminar",
    topics=("artificial-intelligence", "digital-skills"),
    audiences=("librarians", "library-staff", "school-librarians", "professionals"),
    cadence="ANNUAL",
    purposes=("NEW_KNOWLEDGE",),
    outcomes=(
        words(
            "Presodi, kdaj je orodje v pomoč in kdaj v napoto.",
            "Judge when a tool helps and when it is in the way.",
        ),
        words(
            "Preveri odgovor in poišče vir, preden ga uporabi.",
            "Check an answer and find the source before using it.",
        ),
        words("Zavaruje osebne podatke članov.", "Protect the members' personal data."),
    ),
    since_year=2025,
    duration_hours="5",
    lead_image="neural-shelf",
    body=(
        b.heading("Preizkušamo skupaj", "We try it together"),
        b.paragraph(
            """Ne bomo napovedovali prihodnosti. Vzeli bomo deset nalog, ki jih knjižničarji opravljajo
            vsak teden, in pri vsaki preverili, ali nam stroj prihrani čas, koliko napak naredi in kdo
            zanje odgovarja.""",
            """We will not foretell the future. We take ten tasks that librarians do every week and see for
            each one whether the machine saves time, how many mistakes it makes and who answers for
            them.""",
        ),
        b.statistics(
            ("10", words("vsakdanjih nalog na preizkušnji", "everyday tasks put to the test")),
            ("5", words("ur dela z zgledi", "hours of work on examples")),
            ("0", words("osebnih podatkov na tujih strežnikih", "personal data on foreign servers")),
        ),
        b.paragraph(
            """Predznanje ni potrebno. S seboj prinesite prenosni računalnik in eno vprašanje, ki vas res
            zanima.""",
            "No previous knowledge is needed. Bring a laptop and one question that truly interests you.",
        ),
    ),
)

PROGRAMMES = (EVENTS, FIRST_MONTHS, ACCESSIBLE_WEB, DIFFICULT_TALKS, AI)
