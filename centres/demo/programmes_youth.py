"""Programmes of Pionirska: P01–P05 [F] with own words, P11 [X]."""

from centres.demo import blocks as b
from centres.demo.shapes import ProgrammeContent, day, rich, words, year

WEDNESDAYS = ProgrammeContent(
    key="professional-wednesdays",  # P01
    centre="pionirska",
    slug=words("strokovne-srede", "professional-wednesdays"),
    title=words("Strokovne srede", "Professional Wednesdays"),
    summary=words(
        """Več kot petdeset let se ob sredah srečujejo knjižničarji, ki delajo z otroki in mladimi.
        Poslušajo strokovnjake, pretresajo nove knjige in si povedo, kaj se je v njihovi knjižnici
        obneslo.""",
        """For more than fifty years librarians who work with children and young people have met on
        Wednesdays. They listen to experts, talk over new books and tell each other what has worked in
        their own library.""",
    ),
    kind="MEETING_SERIES",
    format="meeting-series",
    topics=("youth-literature", "bibliopedagogy", "reading-promotion", "quality-books"),
    audiences=("librarians", "school-librarians", "teachers", "professionals"),
    cadence="MONTHLY_SERIES",
    purposes=("NEW_KNOWLEDGE", "REFRESH"),
    outcomes=(
        words("Spremlja novosti v mladinski književnosti.", "Keep up with new youth literature."),
        words("V svoj oddelek prenese preizkušeno zamisel.", "Bring a tried idea to their own department."),
    ),
    since_year=1972,
    duration_hours="3",
    lead_image="wednesday",
    body=(
        b.paragraph(
            """Sreda je dobila svoje ime po dnevu, ugled pa po vztrajnosti. Od leta 1972 so se zvrstile
            generacije mladinskih in šolskih knjižničarjev, ki jim srečanje pomeni predavanje, posvet in
            klepet ob kavi obenem.""",
            """The Wednesdays owe their name to the day and their good name to perseverance. Since 1972
            generations of youth and school librarians have come to what is a lecture, a discussion and
            a chat over coffee at once.""",
        ),
        b.heading("Kako poteka srečanje", "How a meeting goes"),
        b.paragraph(
            """- uvodno predavanje gosta ali gostje
            - predstavitev knjig, ki so izšle od zadnje srede
            - izmenjava izkušenj: ena dobra in ena ponesrečena ura z otroki""",
            """- an opening lecture by a guest
            - books that have come out since the last Wednesday
            - sharing: one lesson with children that went well and one that did not""",
        ),
        b.timeline(
            (year(1972), words("Prvo srečanje.", "The first meeting.")),
            (
                day(2025, 4, 16),
                words(
                    "Simpozij ob osemdesetletnici revije Ciciban.",
                    "A symposium for the 80th birthday of the magazine Ciciban.",
                ),
            ),
            (day(2025, 11, 12), words("Zadnja sreda leta 2025.", "The last Wednesday of 2025.")),
        ),
        b.call_to_action(words("Več o Pionirski", "More about Pionirska"), page="pionirska"),
    ),
)

FAVOURITE_BOOK = ProgrammeContent(
    key="my-favourite-book",  # P02
    centre="pionirska",
    slug=words("moja-naj-knjiga", "my-favourite-book"),
    title=words("Moja naj knjiga", "My Favourite Book"),
    summary=words(
        """Odločajo otroci: vsako leto okrog trideset tisoč osnovnošolcev odda glas za knjigo, ki jim je
        najljubša. Zmagovalki, domačo in prevedeno, razglasimo 2. aprila, ob mednarodnem dnevu knjig za
        otroke.""",
        """Children decide: every year about thirty thousand pupils vote for the book they like best. The
        two winners, one Slovenian and one translated, are announced on 2 April, International
        Children's Book Day.""",
    ),
    kind="CAMPAIGN",
    format="vote",
    topics=("reading-promotion", "youth-literature"),
    audiences=("children", "young-readers", "school-librarians", "teachers"),
    cadence="ANNUAL",
    co_organisers=("ibby-slovenija", "zbds"),
    lead_image="hearts-vote",
    body=(
        b.paragraph(
            """Pri tem glasovanju ni žirije. Šolski knjižničarji in mladinski oddelki izobesijo glasovnice,
            otroci pa vpišejo, kar so brali z največjim veseljem. Pogosto zmaga knjiga, ki jo prenaša
            ista klop že nekaj let.""",
            """There is no jury in this vote. School librarians and youth departments put up the ballots,
            and children write down what they most enjoyed. Often the winner is a book that has been
            handed from desk to desk for years.""",
        ),
        b.statistics(
            ("30.000", words("glasov na leto, približno", "votes a year, more or less")),
            ("2", words("zmagovalki: domača in prevedena", "winners: one Slovenian, one translated")),
        ),
        b.paragraph(
            """Glasovanje pripravljamo skupaj s Slovensko sekcijo IBBY in z Zvezo bibliotekarskih društev
            Slovenije. Šola se pridruži tako, da knjižničarju sporoči število glasovnic.""",
            """We run the vote with the Slovenian Section of IBBY and the Union of Associations of Slovene
            Librarians. A school joins by telling its librarian how many ballots it needs.""",
        ),
    ),
)

MEGA_QUIZ = ProgrammeContent(
    key="mega-quiz",  # P03
    centre="pionirska",
    slug=words("mega-kviz", "mega-quiz"),
    title=words("Slovenski knjižnično-muzejski MEGA kviz", "Slovenian Library and Museum MEGA Quiz"),
    summary=words(
        """Kviz, ki ga rešuješ celo šolsko leto: vprašanja vodijo od knjig do muzejskih predmetov in nazaj.
        Otroci spoznavajo znamenite Slovence in kraje, iz katerih so izšli.""",
        """A quiz that lasts a whole school year: its questions lead from books to museum objects and back.
        Children get to know famous Slovenians and the places they came from.""",
    ),
    kind="CAMPAIGN",
    format="quiz",
    topics=("reading-promotion", "bibliopedagogy"),
    audiences=("children", "school-librarians", "teachers", "parents"),
    cadence="SCHOOL_YEAR",
    since_year=2006,
    co_organisers=("skupnost-muzejev",),
    lead_image="quiz",
    body=(
        b.paragraph(
            """Od oktobra do maja otroci rešujejo sklope vprašanj. Odgovori niso na prvi strani iskalnika:
            treba je odpreti knjigo, stopiti v muzej ali povprašati babico.""",
            """From October to May children work through sets of questions. The answers are not on the
            first page of a search engine: you have to open a book, step into a museum or ask your
            grandmother.""",
        ),
        b.accordion(
            (
                words("Kako sodelujemo?", "How do we take part?"),
                rich(
                    """Vprašanja dobite v svoji splošni ali šolski knjižnici. Rešuje lahko posameznik,
                    razred ali družina.""",
                    """Get the questions in your public or school library. You may play alone, as a class
                    or as a family.""",
                ),
            ),
            (
                words("Kaj dobimo?", "What do we get?"),
                rich(
                    """Izžrebani reševalci so povabljeni na sklepno prireditev, vsi drugi pa ostanejo
                    bogatejši za kakšno zgodbo.""",
                    """Players drawn by lot are invited to the final event; everyone else is richer by a
                    story or two.""",
                ),
            ),
        ),
    ),
)

GROWING = ProgrammeContent(
    key="growing-with-a-book",  # P04
    centre="pionirska",
    slug=words("rastem-s-knjigo", "growing-with-a-book"),
    title=words("Rastem s knjigo", "Growing with a Book"),
    summary=words(
        """Vsak sedmošolec in vsak dijak prvega letnika dobi v dar izvirno slovensko mladinsko knjigo in
        obišče splošno knjižnico. Pionirska izbrane knjige vsako leto predstavi knjižničarjem.""",
        """Every pupil of the seventh grade and every first-year secondary student is given an original
        Slovenian book and visits a public library. Each year Pionirska presents the chosen books to
        librarians.""",
    ),
    kind="CAMPAIGN",
    format="reading-campaign",
    topics=("reading-promotion", "youth-literature"),
    audiences=("youth", "school-librarians", "librarians", "teachers"),
    cadence="SCHOOL_YEAR",
    co_organisers=("jak",),
    funders=("jak",),
    lead_image="growing",
    body=(
        b.paragraph(
            """Nacionalni projekt vodi Javna agencija za knjigo. Naš del je predstavitev: avtorji povedo,
            kako je knjiga nastala, knjižničarji pa dobijo zamisli za uro, ki bo mladim ostala v
            spominu.""",
            """The national project is run by the Slovenian Book Agency. Our part is the presentation:
            authors tell how the book came about, and librarians get ideas for a lesson that the young
            will remember.""",
        ),
        b.heading("Za uro v knjižnici predlagamo", "For the lesson in the library"),
        b.paragraph(
            """- pet minut tihega branja, preden kdorkoli kaj pove
            - vprašanje, na katero ni pravilnega odgovora
            - sprehod do polic, ki jih razred še ne pozna""",
            """- five minutes of silent reading before anyone says a word
            - a question without a right answer
            - a walk to shelves that the class does not know yet""",
        ),
    ),
)

BOOK_METER = ProgrammeContent(
    key="book-meter",  # P05: from an older source, may have ended
    centre="pionirska",
    slug=words("knjigometer", "book-meter"),
    title=words("Knjigometer", "Knjigometer, the book meter"),
    summary=words(
        """Tekoči seznam sveže ocenjenih mladinskih knjig. Knjižničarju pove, kaj naročiti, staršem, po čem
        seči, vsem skupaj pa, katera knjiga je ta mesec razveselila ocenjevalce.""",
        """A running list of youth books that have just been judged. It tells librarians what to order,
        parents what to reach for, and everyone which book delighted the reviewers this month.""",
    ),
    kind="SERVICE",
    format="recommendation",
    topics=("quality-books", "youth-literature"),
    audiences=("librarians", "parents", "teachers"),
    cadence="ONGOING",
    lead_image="manual",
    body=(
        b.paragraph(
            """Preden izide letni priročnik, so mnoge knjige že na policah. Knjigometer premosti čakanje:
            sproti objavi ocene, ki so jih bralci odbora že potrdili. Lestvica je ista kot v priročniku.""",
            """Many books are on the shelves long before the yearly Manual appears. The book meter bridges
            the wait and publishes reviews as soon as the board has confirmed them. The scale is the
            same as in the Manual.""",
        ),
        b.table(
            words("Pet stopenj", "Five grades"),
            [words("Ocena", "Grade"), words("Kaj pomeni", "What it means")],
            [
                [words("odlično", "excellent"), words("dobi znak zlata hruška", "gets the Golden Pear sign")],
                [
                    words("zelo dobro", "very good"),
                    words("priporočamo vsaki knjižnici", "recommended to every library"),
                ],
                [
                    words("dobro", "good"),
                    words("v veselje določenemu bralcu", "a pleasure for certain readers"),
                ],
                [
                    words("pomanjkljivo", "flawed"),
                    words("ena plat močno zaostaja", "one side falls far behind"),
                ],
                [
                    words("pogrešljivo", "dispensable"),
                    words("na polici je ne bomo pogrešali", "the shelf will not miss it"),
                ],
            ],
        ),
    ),
)

READING_ALOUD = ProgrammeContent(
    key="reading-aloud",  # P11
    centre="pionirska",
    slug=words("glasno-branje", "reading-aloud"),
    title=words("Glasno branje za začetnike", "Reading aloud for beginners"),
    summary=words(
        """Glas, premor in pogled: s temi tremi orodji slikanica oživi. Delavnica za starše, vzgojitelje in
        knjižničarje, ki bi radi otroku brali tako, da bo prosil za še eno stran.""",
        """Voice, pause and glance: with these three tools a picture book comes alive. A workshop for
        parents, teachers and librarians who want to read so that the child asks for one more page.""",
    ),
    kind="TRAINING",
    format="workshop",
    topics=("reading-aloud", "reading-promotion"),
    audiences=("parents", "teachers", "librarians"),
    cadence="ANNUAL",
    purposes=("NEW_KNOWLEDGE",),
    outcomes=(
        words("Izbere slikanico za glasno branje.", "Choose a picture book to read aloud."),
        words("Z glasom loči osebe, ne da bi igral.", "Tell characters apart by voice without acting."),
        words("Otroka povabi v pogovor o prebranem.", "Invite the child to talk about the story."),
    ),
    since_year=2023,
    duration_hours="2",
    external_codes=(("KATIS", "X-0011"),),
    lead_image="reading-aloud",
    body=(
        b.paragraph(
            """Pravljičarjem je lahko; kaj pa mi, ki se nam zatika jezik? Na delavnici beremo drug drugemu,
            se zmotimo, zasmejemo in poskusimo znova. Proti koncu pridejo še najstrožji poslušalci:
            otroci.""",
            """It is easy for storytellers; but what about the rest of us, who stumble over words? In the
            workshop we read to each other, make mistakes, laugh and try again. Towards the end the
            strictest listeners arrive: the children.""",
        ),
        b.figure(
            "reading-aloud",
            words("En sam glas napolni vso sobo.", "A single voice fills the whole room."),
            b.DRAWN,
        ),
        b.paragraph(
            """Slikanice pripravimo mi. Če imate doma takšno, ki je nihče več noče slišati, jo prinesite s
            seboj.""",
            """We bring the picture books. If you have one at home that nobody wants to hear again, take it
            along.""",
        ),
    ),
)

PROGRAMMES = (WEDNESDAYS, FAVOURITE_BOOK, MEGA_QUIZ, GROWING, BOOK_METER, READING_ALOUD)
