"""The centre for easy reading at Ravne: its title and the collection »Berem zlahka« are [F], the rest [X]."""

from centres.demo import blocks as b
from centres.demo.shapes import CentreContent, month, rich, words, year

BODY = (
    b.heading("Besedila, ki jih razume vsak", "Texts that everyone understands"),
    b.paragraph(
        """Kratke povedi. Znane besede. Ena misel naenkrat. Lahko branje je način pisanja, ki odpira vrata
        ljudem z motnjami v duševnem razvoju, starejšim, ljudem po možganski poškodbi in vsem, ki se
        slovenščine šele učijo.

        Center na Ravnah zbira takšne knjige, uči knjižničarje in svetuje ustanovam, ki želijo svoja
        obvestila napisati razumljivo.""",
        """Short sentences. Familiar words. One thought at a time. Easy reading opens doors for people with
        learning disabilities, for older people, for people after a brain injury and for everyone who is
        still learning Slovenian.

        The centre at Ravne collects such books, trains librarians and advises bodies that want to write
        their notices clearly.""",
    ),
    b.figure(
        "easy-shapes",
        words("Manj besed, več prostora, jasna slika.", "Fewer words, more space, a clear picture."),
        b.DRAWN,
    ),
    b.heading("Tri stopnje zahtevnosti", "Three levels"),
    b.table(
        words("Kako izbrati pravo besedilo", "How to choose the right text"),
        [words("Stopnja", "Level"), words("Besedilo", "Text"), words("Slika", "Picture")],
        [
            [
                words("Prva", "First"),
                words("nekaj besed na strani", "a few words on a page"),
                words("nosi zgodbo", "carries the story"),
            ],
            [
                words("Druga", "Second"),
                words("kratke povedi, malo oseb", "short sentences, few characters"),
                words("pojasnjuje", "explains"),
            ],
            [
                words("Tretja", "Third"),
                words("daljša zgodba brez zapletenih stavkov", "a longer story without tangled sentences"),
                words("spremlja", "accompanies"),
            ],
        ],
    ),
    b.quote(
        words("Razumem, zato se lahko odločim.", "I understand, so I can decide."),
        words("Vodilo našega centra", "The motto of our centre"),
    ),
    b.programmes(
        words("Naučite se pisati lahko", "Learn to write easily"),
        "easy-reading-for-librarians",
        "accessible-web",
    ),
    b.paragraph(
        """Ob sredah se v knjižnici dobiva **bralni klub Zlahka**: skupina prebere nekaj strani, se
        pogovori in skuha čaj. Pridružite se lahko kadarkoli.""",
        """On Wednesdays the **Zlahka reading club** meets in the library: the group reads a few pages,
        talks about them and makes tea. You may join at any time.""",
    ),
)

CENTRE = CentreContent(
    key="lahko-branje",
    slug=words("lahko-branje", "easy-reading"),
    title=words("Lahko branje", "Easy Reading"),
    short_name=words("Lahko branje", "Easy Reading"),
    official_name=words("Kompetenčni center za lahko branje", "Competence Centre for Easy Reading"),
    name_variants=("KC za lahko branje", "Center za lahko branje Ravne na Koroškem"),
    summary=words(
        """Center za lahko branje zbira in pripravlja besedila, ki jih razumejo tudi ljudje, ki berejo
        težje. Knjižnicam po vsej državi pomaga urediti zbirke, usposobiti sodelavce in pisati
        razumljivo.""",
        """The centre for easy reading collects and prepares texts for people who find reading hard. It
        helps libraries across the country to set up collections, to train staff and to write clearly.""",
    ),
    easy_read_summary=rich(
        """Nekateri ljudje težko berejo.

        Zanje so knjige v lahkem branju.

        V teh knjigah so povedi kratke in besede znane.

        V naši knjižnici je zbirka Berem zlahka.

        Pridite jo pogledat.""",
        """Some people find reading hard.

        There are easy-to-read books for them.

        The sentences are short and the words are familiar.

        Our library has a collection of such books.

        Come and see it.""",
    ),
    intro="intro",
    lead_image="easy-reading",
    in_menus=True,
    host="knjiznica-ravne",
    network="public-libraries",
    field="easy-reading",
    related_fields=("reading-promotion", "continuing-education"),
    topics=("easy-reading", "accessibility", "reading-promotion"),
    functions=("KNOWLEDGE", "DEVELOPMENT"),
    roles=("KNOWLEDGE_HUB", "GUIDELINES", "DISSEMINATION", "PROMOTER"),
    audiences=("easy-readers", "librarians", "teachers", "parents"),
    partners=(
        (
            "mkl",
            "COOPERATES",
            words(
                "Z Učnim centrom pripravljamo skupni e-tečaj.", "With the Training Centre we run an e-course."
            ),
        ),
        (
            "zdruzenje-splosnih-knjiznic",
            "COOPERATES",
            words("Širimo zbirke v druge knjižnice.", "We bring collections to other libraries."),
        ),
        (
            "ministrstvo-za-kulturo",
            "STAKEHOLDER",
            words("Zagovarjamo predpise o lahkem branju.", "We speak up for rules on easy reading."),
        ),
    ),
    staff=(
        ("tjasa-rebernak", words("vodja centra", "head of the centre")),
        ("oto-mlinsek", words("skrbnik zbirke", "keeper of the collection")),
    ),
    collections=(
        {
            "name": words("Berem zlahka", "Berem zlahka (I read with ease)"),
            "description": words(
                "Knjige v lahkem branju, zvočne knjige in pripomočki za branje na enem mestu.",
                "Easy-to-read books, audio books and reading aids in one place.",
            ),
            "size": 900,
            "url": "https://www.knjiznica-ravne.si/",
        },
    ),
    goals=(
        {
            "key": "lahko-branje-goal-1",
            "text": words(
                "Vsaka osrednja območna knjižnica uredi polico lahkega branja.",
                "Every regional library sets up an easy-reading shelf.",
            ),
            "indicator": words("Število knjižnic s polico", "Libraries with a shelf"),
            "target": "10",
            "unit": words("knjižnic", "libraries"),
        },
    ),
    expected_effects=(
        {
            "key": "lahko-branje-effect-1",
            "text": words(
                "Knjižničar zna predstaviti besedilo v lahkem branju.",
                "Librarians can present an easy-to-read text.",
            ),
            "level": "INDIVIDUAL",
        },
        {
            "key": "lahko-branje-effect-2",
            "text": words(
                "Ljudje, ki berejo težje, postanejo člani knjižnice.",
                "People who find reading hard become library members.",
            ),
            "level": "COMMUNITY",
        },
    ),
    solutions=(
        {
            "kind": "PROFESSIONAL",
            "title": words("Oznake treh stopenj", "Marks for three levels"),
            "description": words(
                "Nalepke in pojasnila za police, ki jih knjižnice prevzamejo brez prilagajanja.",
                "Stickers and notes for shelves that libraries can use as they are.",
            ),
            "url": None,
        },
    ),
    results=(
        {
            "kind": "RESEARCH",
            "title": words(
                "Anketa o lahkem branju v splošnih knjižnicah", "Survey of easy reading in public libraries"
            ),
            "year": 2022,
            "url": "https://knjiznicarske-novice.si/",
            "document": None,
        },
    ),
    milestones=(
        (
            year(2013),
            words(
                "Lahko branje pride v bralno značko za odrasle.",
                "Easy reading enters the reading badge for adults.",
            ),
        ),
        (
            month(2022, 1),
            words(
                "Komisija dodeli naziv kompetenčni center za lahko branje.",
                "The Commission grants the title of a competence centre for easy reading.",
            ),
        ),
        (
            year(2022),
            words("Anketa med knjižnicami pokaže, česa jim manjka.", "A survey shows what libraries lack."),
        ),
    ),
    contact={
        "email": "lahko.branje@knjiznica.example",
        "phone": "+38620000104",
        "address": "Na gradu 1, 2390 Ravne na Koroškem",
        "url": "https://www.knjiznica-ravne.si/",
    },
    body=BODY,
)
