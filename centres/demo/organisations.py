"""Organisations [F] and people [X]."""

from dataclasses import dataclass

from centres.demo.shapes import Words, words


@dataclass(frozen=True, slots=True)
class OrganisationContent:
    """An organisation; ``kind`` LIBRARY may host a centre."""

    name: Words
    acronym: str
    city: str
    url: str = ""
    kind: str = "OTHER"
    isil: str = ""
    same_as: str = ""


ORGANISATIONS: dict[str, OrganisationContent] = {
    "mkl": OrganisationContent(
        words("Mestna knjižnica Ljubljana", "Ljubljana City Library"),
        "MKL",
        "Ljubljana",
        "https://www.mklj.si/",
        "LIBRARY",
    ),
    "knjiznica-ptuj": OrganisationContent(
        words("Knjižnica Ivana Potrča Ptuj", "Ivan Potrč Library Ptuj"),
        "",
        "Ptuj",
        "https://www.knjiznica-ptuj.si/",
        "LIBRARY",
    ),
    "knjiznica-ravne": OrganisationContent(
        words(
            "Koroška osrednja knjižnica dr. Franca Sušnika Ravne na Koroškem",
            "Dr Franc Sušnik Carinthian Central Library, Ravne na Koroškem",
        ),
        "KOK",
        "Ravne na Koroškem",
        "https://www.knjiznica-ravne.si/",
        "LIBRARY",
    ),
    "nuk": OrganisationContent(
        words("Narodna in univerzitetna knjižnica", "National and University Library"),
        "NUK",
        "Ljubljana",
        "https://www.nuk.uni-lj.si/",
        "LIBRARY",
        "SI-50001",  # [X]
        "https://en.wikipedia.org/wiki/National_and_University_Library_of_Slovenia",
    ),
    "ukm": OrganisationContent(
        words("Univerzitetna knjižnica Maribor", "University of Maribor Library"),
        "UKM",
        "Maribor",
        "https://www.ukm.um.si/",
        "LIBRARY",
    ),
    # Not a competence centre: its centre for literacy works by agreement of the ten regional libraries [F].
    "mariborska-knjiznica": OrganisationContent(
        words("Mariborska knjižnica", "Maribor Public Library"),
        "",
        "Maribor",
        "https://www.mb.sik.si/",
        "LIBRARY",
    ),
    "izum": OrganisationContent(
        words("Institut informacijskih znanosti", "Institute of Information Science"),
        "IZUM",
        "Maribor",
        "https://www.izum.si/",
        "PUBLIC_BODY",
    ),
    "zbds": OrganisationContent(
        words("Zveza bibliotekarskih društev Slovenije", "Union of Associations of Slovene Librarians"),
        "ZBDS",
        "Ljubljana",
        "https://www.zbds-zveza.si/",
        "ASSOCIATION",
    ),
    "zdruzenje-splosnih-knjiznic": OrganisationContent(
        words("Združenje splošnih knjižnic", "Association of Public Libraries"),
        "ZSK",
        "Ljubljana",
        "https://www.zdruzenje-knjiznic.si/",
        "ASSOCIATION",
    ),
    "ibby-slovenija": OrganisationContent(
        words("Slovenska sekcija IBBY", "Slovenian Section of IBBY"),
        "IBBY",
        "Ljubljana",
        "https://www.ibby.si/",
        "ASSOCIATION",
    ),
    "jak": OrganisationContent(
        words("Javna agencija za knjigo Republike Slovenije", "Slovenian Book Agency"),
        "JAK",
        "Ljubljana",
        "https://www.jakrs.si/",
        "PUBLIC_BODY",
    ),
    "skupnost-muzejev": OrganisationContent(
        words("Skupnost muzejev Slovenije", "Slovenian Museums Association"),
        "SMS",
        "Ljubljana",
        "",
        "ASSOCIATION",
    ),
    "bralna-znacka": OrganisationContent(
        words("Društvo Bralna značka Slovenije – ZPMS", "Reading Badge Society of Slovenia"),
        "",
        "Ljubljana",
        "https://www.bralnaznacka.si/",
        "ASSOCIATION",
    ),
    "ministrstvo-za-kulturo": OrganisationContent(
        words(
            "Ministrstvo za kulturo Republike Slovenije", "Ministry of Culture of the Republic of Slovenia"
        ),
        "MK",
        "Ljubljana",
        "https://www.gov.si/drzavni-organi/ministrstva/ministrstvo-za-kulturo/",
        "PUBLIC_BODY",
    ),
}


@dataclass(frozen=True, slots=True)
class PersonContent:
    """An invented person with a work address that leads nowhere (RFC 2606)."""

    name: str
    title: Words
    email: str = ""
    organisation: str = ""
    same_as: str = ""


# [X] Nobody of these names works for the libraries; RFC 2606 reserves the domain of the addresses.
PEOPLE: dict[str, PersonContent] = {
    "lucija-brezovar": PersonContent(
        "Lucija Brezovar",
        words("bibliotekarska svetovalka", "senior librarian"),
        "lucija.brezovar@knjiznica.example",
        "mkl",
    ),
    "tadej-omerzel": PersonContent(
        "Tadej Omerzel", words("bibliotekar", "librarian"), "tadej.omerzel@knjiznica.example", "mkl"
    ),
    "nives-podlogar": PersonContent(
        "Nives Podlogar",
        words("bibliotekarska specialistka", "specialist librarian"),
        "nives.podlogar@knjiznica.example",
        "mkl",
    ),
    "jernej-zajcar": PersonContent("Jernej Zajčar", words("bibliotekar", "librarian"), "", "mkl"),
    "breda-kolaric": PersonContent(
        "Breda Kolarič",
        words("bibliotekarska svetovalka", "senior librarian"),
        "breda.kolaric@knjiznica.example",
        "knjiznica-ptuj",
    ),
    "izidor-vrsic": PersonContent(
        "Izidor Vršič", words("višji knjižničar", "senior library assistant"), "", "knjiznica-ptuj"
    ),
    "tjasa-rebernak": PersonContent(
        "Tjaša Rebernak",
        words("bibliotekarka", "librarian"),
        "tjasa.rebernak@knjiznica.example",
        "knjiznica-ravne",
    ),
    "oto-mlinsek": PersonContent("Oto Mlinšek", words("bibliotekar", "librarian"), "", "knjiznica-ravne"),
    # The identifier of somebody invented, too: it stands in ORCID's own examples.
    "karmen-dolzan": PersonContent(
        "Karmen Dolžan",
        words("dr., predavateljica", "PhD, lecturer"),
        same_as="https://orcid.org/0000-0002-1825-0097",
    ),
    "matic-prelovec": PersonContent("Matic Prelovec", words("razvijalec spletnih strani", "web developer")),
    "ajda-strmole": PersonContent("Ajda Strmole", words("mediatorka", "mediator")),
    "ziga-bohorjan": PersonContent("Žiga Bohorjan", words("pripovedovalec", "storyteller")),
}
