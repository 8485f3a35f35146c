"""Učni center of Ljubljana City Library: appointment [S]; goals, staff, figures and contacts [X]."""

from centres.demo import blocks as b
from centres.demo.shapes import CentreContent, Ref, day, month, rich, words, year

BODY = (
    b.heading("Znanje, ki pride prav že jutri", "Knowledge for tomorrow morning"),
    b.paragraph(
        """Kdor dela v splošni knjižnici, se uči vse življenje. Pride nov program, nov predpis, nov
        obiskovalec z vprašanjem, ki ga še ni postavil nihče. Učni center pripravlja usposabljanja, na
        katerih sodelavci dobijo odgovore, predvsem pa čas, da jih preizkusijo.

        Vsako usposabljanje ima jasno napisano, kaj bo udeleženec po njem znal. Vsebine izbiramo skupaj
        s knjižnicami: enkrat na leto jih povprašamo, kje jih čevelj žuli.""",
        """People who work in a public library never stop learning. There is a new program, a new rule, a
        visitor with a question that nobody has asked before. The Training Centre prepares courses where
        colleagues find answers and, above all, the time to try them out.

        Every course states plainly what people will be able to do after it. We choose the subjects
        together with the libraries: once a year we ask them where the shoe pinches.""",
    ),
    b.figure(
        "training-steps",
        words(
            "Od prvega dne v službi do svetovanja drugim.", "From the first day at work to advising others."
        ),
        b.DRAWN,
    ),
    b.heading("Za koga in kako", "For whom and how"),
    b.table(
        words("Tri poti do znanja", "Three ways to learn"),
        [words("Pot", "Way"), words("Za koga", "For whom"), words("Koliko časa", "How long")],
        [
            [
                words("Delavnica v učilnici", "Workshop in the classroom"),
                words("za tiste, ki se najraje učijo z drugimi", "for those who like to learn with others"),
                words("od 4 do 8 ur", "4 to 8 hours"),
            ],
            [
                words("Spletno srečanje", "Online meeting"),
                words("za knjižnice, ki so daleč od Ljubljane", "for libraries far from Ljubljana"),
                words("od 2 do 4 ure", "2 to 4 hours"),
            ],
            [
                words("E-tečaj", "E-course"),
                words("za učenje v lastnem ritmu", "for learning at your own pace"),
                words("štiri tedne po 3 ure", "four weeks, 3 hours each"),
            ],
        ],
    ),
    b.programmes(
        words("Priporočamo za začetek", "Good to begin with"),
        "first-months",
        "difficult-talks",
        "ai-in-the-library",
    ),
    b.heading("Pogosta vprašanja", "Frequent questions"),
    b.accordion(
        (
            words(
                "Ali se lahko prijavim, če ne delam v splošni knjižnici?",
                "I do not work in a public library. May I apply?",
            ),
            rich(
                """Da. Prednost imajo sodelavci splošnih knjižnic, prosta mesta pa ponudimo tudi šolskim,
                visokošolskim in specialnim knjižnicam ter študentom.""",
                """Yes. Public library staff come first; free places go to school, academic and special
                libraries and to students.""",
            ),
        ),
        (
            words("Ali dobim potrdilo?", "Do I get a certificate?"),
            rich(
                """Po končanem usposabljanju vsak udeleženec prejme potrdilo s številom ur in z opisom
                pridobljenih znanj.""",
                "Everyone who completes a course gets a certificate with the hours and the skills gained.",
            ),
        ),
        (
            words("Kaj, če zbolim?", "What if I fall ill?"),
            rich(
                """Sporočite nam, čim lahko. Mesto bo dobil naslednji s čakalne vrste, vas pa povabimo na
                prihodnjo izvedbo.""",
                """Tell us as soon as you can. The next person on the list gets the place and you are
                invited next time.""",
            ),
        ),
    ),
    b.document(
        "training-brochure",
        words(
            "Predstavitev na dveh straneh za oglasno desko ali sestanek kolektiva.",
            "Two pages for the notice board or a staff meeting (in Slovenian).",
        ),
    ),
    b.shared_text("oversight"),
)

CENTRE = CentreContent(
    key="ucni-center",
    slug=words("ucni-center", "training-centre"),
    title=words("Učni center", "Training Centre"),
    short_name=words("Učni center", "Training Centre"),
    official_name=words(
        """Kompetenčni center za stalno strokovno izobraževanje in usposabljanje – Učni center Mestne
        knjižnice Ljubljana""",
        """Competence Centre for Continuing Professional Education and Training – Training Centre of
        Ljubljana City Library""",
    ),
    name_variants=("Učni center MKL", "Izobraževalni center Mestne knjižnice Ljubljana"),
    summary=words(
        """Kdor dela v splošni knjižnici, v Učnem centru pridobi nova znanja in osveži stara. Usposabljanja
        so odprta tudi sorodnim strokam, zaokrožajo ponudbo nacionalne knjižnice in stanovskih
        organizacij ter knjižničarjem pomagajo rasti v poklicu.""",
        """People who work in public libraries come to the Training Centre to learn new things and to
        refresh what they know. Its courses are open to related professions, round off what the national
        library and professional bodies offer, and help librarians grow.""",
    ),
    easy_read_summary=rich(
        """Učni center uči ljudi, ki delajo v knjižnicah.

        Učimo v učilnici in po spletu.

        Knjižničarji se pri nas naučijo novih stvari.

        Potem lahko bolje pomagajo obiskovalcem.""",
        """The Training Centre teaches people who work in libraries.

        We teach in a classroom and online.

        Librarians learn new things with us.

        Then they can help visitors better.""",
    ),
    intro="intro",
    lead_image="training-centre",
    in_menus=True,
    host="mkl",
    network="public-libraries",
    field="continuing-education",
    related_fields=("youth-librarianship", "easy-reading"),
    topics=("career", "onboarding", "communication", "digital-skills"),
    functions=("KNOWLEDGE", "DEVELOPMENT", "OPTIMISATION"),
    roles=("KNOWLEDGE_HUB", "GUIDELINES", "EXCHANGE"),
    audiences=("librarians", "library-staff", "professionals", "students"),
    partners=(
        (
            "izum",
            "COMPLEMENTS",
            words(
                "Dopolnjujemo tečaje za delo s sistemom COBISS.",
                "We add to the courses on the COBISS system.",
            ),
        ),
        (
            "nuk",
            "COMPLEMENTS",
            words(
                "Dopolnjujemo izobraževanja nacionalne knjižnice.",
                "We add to the national library's courses.",
            ),
        ),
        (
            "zbds",
            "COMPLEMENTS",
            words(
                "Dopolnjujemo posvetovanja stanovskih društev.", "We add to the associations' conferences."
            ),
        ),
        (
            "zdruzenje-splosnih-knjiznic",
            "COOPERATES",
            words("Skupaj merimo potrebe po znanju.", "We assess training needs together."),
        ),
        (
            "ukm",
            "STAKEHOLDER",
            words(
                "Študentom knjižničarstva predstavljamo delo v splošni knjižnici.",
                "We show students of librarianship what work in a public library is like.",
            ),
        ),
        (
            "ministrstvo-za-kulturo",
            "FUNDS",
            words(
                "Sofinancira posebne naloge območnih knjižnic.",
                "Co-funds the special tasks of regional libraries.",
            ),
        ),
    ),
    staff=(
        ("lucija-brezovar", words("vodja centra", "head of the centre")),
        ("tadej-omerzel", words("urednik e-tečajev", "editor of e-courses")),
    ),
    collections=(
        {
            "name": words("Knjižničarska strokovna zbirka", "Professional collection for librarians"),
            "description": words(
                "Priročniki, standardi in zborniki o delu v splošnih knjižnicah, doma in v tujini.",
                "Handbooks, standards and proceedings on public library work, from Slovenia and abroad.",
            ),
            "size": 1850,
            "url": "https://www.mklj.si/",
        },
    ),
    goals=(
        {
            "key": "ucni-center-goal-1",
            "text": words(
                "Vsaka slovenska splošna knjižnica pošlje na usposabljanje vsaj enega sodelavca na leto.",
                "Every Slovenian public library sends at least one colleague to a course each year.",
            ),
            "indicator": words(
                "Število knjižnic z vsaj enim udeležencem", "Libraries with at least one participant"
            ),
            "target": "58",
            "unit": words("knjižnic", "libraries"),
        },
        {
            "key": "ucni-center-goal-2",
            "text": words(
                "Polovico usposabljanj je mogoče obiskati tudi po spletu.",
                "Half of the courses can also be attended online.",
            ),
            "indicator": words("Delež spletnih in kombiniranih izvedb", "Share of online and blended runs"),
            "target": "50",
            "unit": words("%", "%"),
        },
    ),
    expected_effects=(
        {
            "key": "ucni-center-effect-1",
            "text": words(
                "Knjižničar samozavestneje opravlja zahtevne naloge.",
                "Librarians handle hard tasks with more confidence.",
            ),
            "level": "INDIVIDUAL",
        },
        {
            "key": "ucni-center-effect-2",
            "text": words(
                "Knjižnica hitreje uvaja nove storitve.", "The library introduces new services faster."
            ),
            "level": "LIBRARY",
        },
        {
            "key": "ucni-center-effect-3",
            "text": words(
                "Knjižnice si izmenjujejo gradiva in predavatelje.",
                "Libraries share materials and lecturers.",
            ),
            "level": "NETWORK",
        },
        {
            "key": "ucni-center-effect-4",
            "text": words(
                "Prebivalci dobijo v svoji knjižnici boljšo pomoč.",
                "People get better help in their own library.",
            ),
            "level": "COMMUNITY",
        },
    ),
    solutions=(
        {
            "kind": "DEVELOPMENT",
            "title": words("Letni vprašalnik o potrebah po znanju", "Yearly survey of training needs"),
            "description": words(
                "Enoten vprašalnik za vse knjižnice, iz katerega nastane koledar usposabljanj.",
                "One survey for all libraries, from which the calendar of courses is made.",
            ),
            "url": None,
        },
        {
            "kind": "PROFESSIONAL",
            "title": words("Načrt uvajanja novega sodelavca", "Plan for a new colleague's first months"),
            "description": words(
                "Predloga za prvih devetdeset dni, ki jo knjižnica prilagodi svojim oddelkom.",
                "A template for the first ninety days that a library adapts to its departments.",
            ),
            "url": None,
        },
    ),
    results=(
        {
            "kind": "PROFESSIONAL",
            "title": words("Predstavitev Učnega centra", "The Training Centre at a glance"),
            "year": 2026,
            "url": None,
            "document": Ref("document", "training-brochure"),
        },
    ),
    milestones=(
        (
            year(2008),
            words(
                "Iz šestih knjižnic nastane Mestna knjižnica Ljubljana.",
                "Six libraries become Ljubljana City Library.",
            ),
        ),
        (
            month(2021, 12),
            words(
                "Komisija imenuje Učni center za kompetenčni center.",
                "The Commission appoints the Training Centre a competence centre.",
            ),
        ),
        (
            day(2022, 5, 17),
            words(
                "Usposabljanje o prireditveni dejavnosti v dvorani in po spletu.",
                "A course on library events, on site and online.",
            ),
        ),
    ),
    contact={
        "email": "ucni.center@knjiznica.example",
        "phone": "+38610000101",
        "address": "Kersnikova ulica 2, 1000 Ljubljana",
        "url": "https://www.mklj.si/",
    },
    body=BODY,
)
