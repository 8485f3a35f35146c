"""The lists that editors keep: fields, audiences, topics, formats, networks, categories, venues."""

from typing import Any

from centres.demo.shapes import Words, rich, words

NETWORKS: dict[str, dict[str, Words]] = {
    "public-libraries": {
        "name": words("Mreža splošnih knjižnic", "Public library network"),
        "description": words(
            """V Sloveniji deluje 58 splošnih knjižnic. Deset med njimi opravlja tudi naloge osrednje
            območne knjižnice: sosednjim knjižnicam pomagajo s strokovnim znanjem in zahtevnejšim
            gradivom.""",
            """Slovenia has 58 public libraries. Ten of them are also regional libraries, which support
            their neighbours with professional knowledge and with more specialised material.""",
        ),
    },
}

# By code: name and kind.
FIELDS: dict[str, tuple[Words, str]] = {
    "continuing-education": (
        words(
            "stalno strokovno izobraževanje in usposabljanje",
            "continuing professional education and training",
        ),
        "SERVICE",
    ),
    "youth-librarianship": (words("mladinsko knjižničarstvo", "youth librarianship"), "FIELD"),
    "reading-promotion": (words("promocija branja", "promotion of reading"), "FIELD"),
    "local-studies": (words("domoznanstvo", "local studies"), "FIELD"),
    "easy-reading": (words("lahko branje", "easy reading"), "FIELD"),
}

AUDIENCES: dict[str, Words] = {
    "librarians": words("knjižničarji", "librarians"),
    "library-staff": words("osebje splošnih knjižnic", "public library staff"),
    "regional-coordinators": words(
        "koordinatorji osrednjih območnih knjižnic", "coordinators of regional libraries"
    ),
    "school-librarians": words("šolski knjižničarji", "school librarians"),
    "professionals": words("strokovna javnost", "professional public"),
    "teachers": words("učitelji in vzgojitelji", "teachers and preschool teachers"),
    "parents": words("starši", "parents"),
    "children": words("otroci", "children"),
    "youth": words("mladi", "young people"),
    "young-readers": words("mladi bralci", "young readers"),
    "easy-readers": words("ljudje, ki berejo težje", "people who find reading hard"),
    "researchers": words("raziskovalci domače preteklosti", "researchers of local history"),
    "students": words("študenti bibliotekarstva", "students of librarianship"),
}

TOPICS: dict[str, Words] = {
    "career": words("karierni razvoj", "career development"),
    "onboarding": words("uvajanje v delo", "starting a new job"),
    "communication": words("sporazumevanje z obiskovalci", "talking with visitors"),
    "events": words("prireditve v knjižnici", "library events"),
    "digital-skills": words("digitalne veščine", "digital skills"),
    "artificial-intelligence": words("umetna inteligenca", "artificial intelligence"),
    "accessibility": words("dostopnost", "accessibility"),
    "youth-literature": words("mladinska književnost", "youth literature"),
    "quality-books": words("vrednotenje knjig", "judging books"),
    "reading-promotion": words("promocija branja", "promotion of reading"),
    "reading-aloud": words("glasno branje", "reading aloud"),
    "bibliopedagogy": words("bibliopedagogika", "library pedagogy"),
    "easy-reading": words("lahko branje", "easy reading"),
    "local-studies": words("domoznanstvo", "local studies"),
    "digitisation": words("digitalizacija", "digitisation"),
}

FORMATS: dict[str, Words] = {
    "seminar": words("seminar", "seminar"),
    "workshop": words("delavnica", "workshop"),
    "lecture": words("predavanje", "lecture"),
    "symposium": words("simpozij", "symposium"),
    "meeting-series": words("niz srečanj", "meeting series"),
    "e-course": words("e-tečaj", "e-course"),
    "reading-campaign": words("bralna akcija", "reading campaign"),
    "quiz": words("kviz", "quiz"),
    "vote": words("glasovanje", "vote"),
    "consulting": words("svetovanje", "consulting"),
    "recommendation": words("priporočilni seznam", "list of recommended books"),
    "handbook": words("priročnik", "handbook"),
    "quality-sign": words("znak za kakovost", "quality sign"),
    "award": words("priznanje", "award"),
}

# The first award years knew three categories; the fourth was there by 2018 [F].
AWARD_CATEGORIES: dict[str, Words] = {
    "original-fiction": words("izvirna leposlovna knjiga", "original fiction"),
    "original-non-fiction": words("izvirna poučna knjiga", "original non-fiction"),
    "translated-fiction": words("prevedena leposlovna knjiga", "translated fiction"),
    "translated-non-fiction": words("prevedena poučna knjiga", "translated non-fiction"),
}

# Addresses [F]; what is said of steps and loops is [X], None: not known.
VENUES: dict[str, dict[str, Any]] = {
    "koz": {
        "name": words("Knjižnica Otona Župančiča", "Oton Župančič Library"),
        "address": "Kersnikova ulica 2, 1000 Ljubljana",
        "city": "Ljubljana",
        "latitude": 46.0546,
        "longitude": 14.5039,
        "step_free": True,
        "hearing_loop": None,
    },
    "ucilnica": {
        "name": words("Učilnica Učnega centra", "Training Centre classroom"),
        "address": "Kersnikova ulica 2, 1000 Ljubljana",
        "city": "Ljubljana",
        "latitude": 46.0546,
        "longitude": 14.5039,
        "step_free": True,
        "hearing_loop": True,
    },
    "ptuj": {
        "name": words("Knjižnica Ivana Potrča Ptuj, Mali grad", "Ivan Potrč Library Ptuj, Mali grad"),
        "address": "Prešernova ulica 33–35, 2250 Ptuj",
        "city": "Ptuj",
        "step_free": True,
        "hearing_loop": False,
    },
}

SHARED_TEXTS: dict[str, tuple[Words, Words]] = {
    "intro": (
        words("Kaj je kompetenčni center", "What a competence centre is"),
        rich(
            """Ni treba, da vsaka knjižnica vse razvije sama. Kompetenčni center se posveti eni storitvi
            ali enemu področju, ga temeljito pozna in preizkuša nove rešitve. Izkušnje, gradivo in
            ljudi, ki jih ima, nato postavi na voljo splošnim knjižnicam po vsej Sloveniji.""",
            """Not every library has to work everything out by itself. A competence centre devotes itself
            to one service or one field, knows it thoroughly and tries out new solutions. It then puts
            its experience, its collection and its people at the service of public libraries all over
            Slovenia.""",
        ),
    ),
    "oversight": (
        words("Kdo spremlja delo centrov", "Who follows the work of the centres"),
        rich(
            """Kdo pazi, da naziv nekaj pomeni? Pri Združenju splošnih knjižnic deluje [Komisija za
            kompetenčne centre](page:commission). Z delom centrov je na tekočem ves čas, vsako tretje
            leto pa pretehta, kaj od zastavljenega jim je res uspelo.""",
            """Who makes sure that the title means something? The Association of Public Libraries has a
            [Commission for Competence Centres](page:commission). It keeps up with the work of the
            centres all the time, and every third year it weighs what they have really achieved.""",
        ),
    ),
}
