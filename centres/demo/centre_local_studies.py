"""The centre for local studies at Ptuj: status of February 2022 and its work since 2018 [F]; the rest [X]."""

from centres.demo import blocks as b
from centres.demo.shapes import CentreContent, month, rich, words, year

BODY = (
    b.heading("Spomin kraja je v dobrih rokah", "A place's memory in good hands"),
    b.paragraph(
        """Razglednica s sejma, društveni zapisnik, pesem domačega učitelja: domoznansko gradivo je skoraj
        vedno eno samo. Knjižnice ga zbirajo, popisujejo in digitalizirajo vsaka za svoj konec
        Slovenije.

        Center na Ptuju skrbi, da delajo po enakih pravilih in da vedo, koga vprašati, preden je
        prepozno. Od leta 2018 je usklajeval domoznanstvo med območnimi knjižnicami, s statusom
        kompetenčnega centra pa podpira vse splošne knjižnice.""",
        """A postcard from a fair, the minutes of a society, a poem by the village teacher: local material
        is almost always the only copy. Libraries collect, describe and digitise it, each for its own
        part of Slovenia.

        The centre in Ptuj sees to it that they work by the same rules and know whom to ask before it is
        too late. From 2018 it coordinated local studies among the regional libraries; as a competence
        centre it supports all public libraries.""",
    ),
    b.figure(
        "local-map",
        words("Vsak kraj ima svojo plast zgodb.", "Every place has its own layer of stories."),
        b.DRAWN,
    ),
    b.heading("S čim pomagamo", "How we help"),
    b.accordion(
        (
            words("Kaj je domoznansko gradivo?", "What is local material?"),
            rich(
                """Vse, kar govori o kraju in njegovih ljudeh ali je tam nastalo: knjige, časopisi,
                zemljevidi, fotografije, plakati, drobni tisk in osebne zapuščine.""",
                """Everything that tells of a place and its people or was made there: books, newspapers,
                maps, photographs, posters, ephemera and personal papers.""",
            ),
        ),
        (
            words("Dobili smo zapuščino. Kje začeti?", "We were given someone's papers. Where do we start?"),
            rich(
                """Najprej popišite, nato presodite, šele nazadnje skenirajte. Pokličite nas, preden
                karkoli zavržete; skupaj bomo naredili načrt.""",
                """List first, judge next and scan last. Call us before you throw anything away; we will
                make a plan together.""",
            ),
        ),
        (
            words("Ali smemo fotografije objaviti na spletu?", "May we put photographs online?"),
            rich(
                """Odvisno od avtorskih pravic in od ljudi na posnetku. Pripravili smo vprašalnik, ki v
                petih korakih pokaže, ali je objava dovoljena.""",
                """It depends on copyright and on the people shown. We have made a list of five questions
                that tells you whether you may.""",
            ),
        ),
    ),
    b.statistics(
        ("58", words("splošnih knjižnic, ki jim svetujemo", "public libraries that we advise")),
        ("10", words("območnih koordinatorjev", "regional coordinators")),
        ("2018", words("leto začetka usklajevanja", "the year coordination began")),
    ),
    b.programmes(
        words("Usposabljanja s področja domoznanstva", "Courses in local studies"), topic="local-studies"
    ),
    b.call_to_action(
        words("Spletna stran knjižnice", "The library's website"), url="https://www.knjiznica-ptuj.si/"
    ),
)

CENTRE = CentreContent(
    key="domoznanstvo",
    slug=words("domoznanstvo", "local-studies"),
    title=words("Domoznanstvo", "Local Studies"),
    short_name=words("Domoznanstvo", "Local Studies"),
    official_name=words("Kompetenčni center za domoznanstvo", "Competence Centre for Local Studies"),
    name_variants=("Domoznanski center Ptuj", "KC za domoznanstvo"),
    summary=words(
        """Center za domoznanstvo knjižnicam pomaga zbirati, opisovati in digitalizirati gradivo o domačih
        krajih in ljudeh. Usklajuje skupna pravila, uči koordinatorje in spodbuja, da zgodbe krajev
        pridejo do bralcev.""",
        """The centre for local studies helps libraries collect, describe and digitise material about
        places and their people. It keeps common rules, trains coordinators and brings the stories of
        places to readers.""",
    ),
    easy_read_summary=rich(
        """Domoznanstvo pomeni: spoznavamo domači kraj.

        Knjižnice hranijo stare slike, časopise in knjige o kraju.

        Naš center jim pri tem pomaga.

        Veliko gradiva si lahko ogledate na spletu.""",
        """Local studies means: we get to know our own place.

        Libraries keep old pictures, newspapers and books about it.

        Our centre helps them.

        You can see many of these things online.""",
    ),
    intro="intro",
    lead_image="local-studies",
    in_menus=True,
    host="knjiznica-ptuj",
    network="public-libraries",
    field="local-studies",
    related_fields=("continuing-education",),
    topics=("local-studies", "digitisation"),
    functions=("KNOWLEDGE", "DEVELOPMENT", "OPTIMISATION"),
    roles=("KNOWLEDGE_HUB", "GUIDELINES", "EXCHANGE", "DISSEMINATION"),
    audiences=("regional-coordinators", "librarians", "researchers", "professionals"),
    partners=(
        (
            "nuk",
            "COOPERATES",
            words("Skupaj skrbimo za pravila digitalizacije.", "We keep the rules of digitisation together."),
        ),
        (
            "ukm",
            "COOPERATES",
            words(
                "Izmenjujemo izkušnje pri opisu drobnega tiska.",
                "We share experience in describing ephemera.",
            ),
        ),
        (
            "zbds",
            "COOPERATES",
            words("Sodelujemo s sekcijo za domoznanstvo.", "We work with the section for local studies."),
        ),
    ),
    staff=(
        ("breda-kolaric", words("koordinatorica centra", "coordinator of the centre")),
        ("izidor-vrsic", words("skrbnik digitalizacije", "digitisation officer")),
    ),
    collections=(
        {
            "name": words("Strokovna zbirka o domoznanstvu", "Professional collection on local studies"),
            "description": words(
                "Pravila, priročniki in poročila o domoznanski dejavnosti v slovenskih knjižnicah.",
                "Rules, handbooks and reports on local studies in Slovenian libraries.",
            ),
            "size": 620,
            "url": None,
        },
    ),
    goals=(
        {
            "key": "domoznanstvo-goal-1",
            "text": words(
                "Vseh deset območij uporablja ista pravila za opis in digitalizacijo.",
                "All ten regions use the same rules for description and digitisation.",
            ),
            "indicator": words("Število območij s skupnimi pravili", "Regions with common rules"),
            "target": "10",
            "unit": words("območij", "regions"),
        },
        {
            "key": "domoznanstvo-goal-2",
            "text": words(
                "Vsako leto izide poročilo o delu z zgledi dobre prakse.",
                "Every year a report appears with examples of good practice.",
            ),
            "indicator": words("Število objavljenih poročil", "Reports published"),
            "target": "1",
            "unit": words("poročilo na leto", "report a year"),
        },
    ),
    expected_effects=(
        {
            "key": "domoznanstvo-effect-1",
            "text": words(
                "Knjižnice enotno opisujejo domoznansko gradivo.",
                "Libraries describe local material in the same way.",
            ),
            "level": "NETWORK",
        },
        {
            "key": "domoznanstvo-effect-2",
            "text": words(
                "Prebivalci lažje najdejo zgodbe svojega kraja.",
                "People find the stories of their place more easily.",
            ),
            "level": "COMMUNITY",
        },
    ),
    solutions=(
        {
            "kind": "PROFESSIONAL",
            "title": words(
                "Pet vprašanj pred objavo fotografije", "Five questions before publishing a photograph"
            ),
            "description": words(
                "Kratek vprašalnik o avtorskih pravicah in zasebnosti.",
                "A short list on copyright and privacy.",
            ),
            "url": None,
        },
    ),
    results=(
        {
            "kind": "PROFESSIONAL",
            "title": words("Poročilo o delu za leto 2023", "Report on the work in 2023"),
            "year": 2023,
            "url": "https://www.knjiznica-ptuj.si/o-knjiznici/kompetencni-center/predstavitev/",
            "document": None,
        },
        {
            "kind": "PROFESSIONAL",
            "title": words("Poročilo o delu za leto 2022", "Report on the work in 2022"),
            "year": 2022,
            "url": "https://www.knjiznica-ptuj.si/o-knjiznici/kompetencni-center/predstavitev/",
            "document": None,
        },
    ),
    milestones=(
        (
            year(2018),
            words(
                "Knjižnica začne usklajevati domoznanstvo območnih knjižnic.",
                "The library begins to coordinate local studies of the regional libraries.",
            ),
        ),
        (
            month(2022, 2),
            words(
                "Komisija podeli status kompetenčnega centra.",
                "The Commission grants the status of a competence centre.",
            ),
        ),
    ),
    contact={
        "email": "domoznanstvo@knjiznica.example",
        "phone": "+38620000103",
        "address": "Prešernova ulica 33–35, 2250 Ptuj",
        "url": "https://www.knjiznica-ptuj.si/",
    },
    body=BODY,
)
