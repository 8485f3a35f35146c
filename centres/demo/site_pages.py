"""The home page, the list of centres, the pages about the site, and the words of the interface."""

from dataclasses import dataclass

from centres.demo import blocks as b
from centres.demo.shapes import PageContent, Words, rich, words


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeContent(PageContent):
    """The root of the site in one language."""

    lead_image: str
    featured_centres: tuple[str, ...]
    featured_programmes: tuple[str, ...]


HOME = HomeContent(
    key="home",
    slug=words("sl", "en"),
    title=words(
        "Kompetenčni centri slovenskih splošnih knjižnic", "Competence Centres of Slovenian Public Libraries"
    ),
    summary=words(
        """Štirje centri, ena mreža: poiščite usposabljanje, poglejte, katere knjige so dobile zlato
        hruško, ali vprašajte za nasvet ljudi, ki svoje področje poznajo do podrobnosti.""",
        """Four centres, one network: find a course, see which books have been given the Golden Pear, or
        ask for advice from people who know their field down to the last detail.""",
    ),
    lead_image="home",
    featured_centres=("ucni-center", "pionirska", "domoznanstvo", "lahko-branje"),
    featured_programmes=(
        "difficult-talks",
        "professional-wednesdays",
        "easy-reading-for-librarians",
        "golden-pear-award",
    ),
    body=(
        b.heading("Kar znamo, delimo", "What we know, we share"),
        b.shared_text("intro"),
        b.statistics(
            ("4", words("kompetenčni centri", "competence centres")),
            ("58", words("splošnih knjižnic v mreži", "public libraries in the network")),
            ("1972", words("leto prve strokovne srede", "the year of the first Professional Wednesday")),
        ),
        b.call_to_action(words("Spoznajte vse centre", "Meet all the centres"), page="centre-index"),
    ),
)

INDEX = PageContent(
    key="centre-index",
    slug=words("kompetencni-centri", "competence-centres"),
    title=words("Kompetenčni centri", "Competence centres"),
    summary=words(
        """Vsak kompetenčni center se posveča eni storitvi ali enemu področju in svoje znanje daje na voljo
        vsem splošnim knjižnicam v Sloveniji. Tu so predstavljeni po abecedi.""",
        """Each competence centre devotes itself to one service or one field and puts its knowledge at the
        service of all public libraries in Slovenia. Here they are in alphabetical order.""",
    ),
    in_menus=True,
    body=(b.shared_text("intro"), b.shared_text("oversight")),
)

CENTRES_EXPLAINED = PageContent(
    key="about-centres",
    slug=words("o-kompetencnih-centrih", "about-competence-centres"),
    title=words("O kompetenčnih centrih", "About competence centres"),
    summary=words(
        """Zakaj kompetenčni centri sploh so, kaj od njih dobi vaša knjižnica, kako se za naziv poteguje
        nova knjižnica in po katerih predpisih in priporočilih vsi skupaj delujejo.""",
        """Why there are competence centres at all, what your library gains from them, how another library
        can apply for the title, and by which rules and recommendations all of them work.""",
    ),
    in_menus=True,
    body=(
        b.heading("Eden za vse", "One for all"),
        b.paragraph(
            """Oseminpetdeset splošnih knjižnic, velikih in majhnih, se srečuje s podobnimi vprašanji: kako
            izbrati knjige za najmlajše, kako digitalizirati zapuščino, kako pisati za ljudi, ki težko
            berejo. Če bi vsaka iskala odgovore zase, bi minila leta. Zato nekaj knjižnic odgovore
            pripravi za vse.""",
            """Fifty-eight public libraries, large and small, meet the same questions: how to choose books
            for the youngest, how to digitise somebody's papers, how to write for people who find
            reading hard. If each looked for answers alone, it would take years. So a few libraries work
            them out for all.""",
        ),
        b.heading("Kaj center naredi za knjižnico", "What a centre does for a library", level=3),
        b.paragraph(
            """- svetuje po telefonu, po spletu in na kraju samem
            - usposablja sodelavce
            - razvije predloge, merila in smernice
            - zbira gradivo, ki ga posamezna knjižnica ne more""",
            """- gives advice by telephone, online and on the spot
            - trains staff
            - develops templates, criteria and guidelines
            - collects material that a single library cannot""",
        ),
        b.heading("Kako do naziva", "How to get the title", level=3),
        b.accordion(
            (
                words("Kdo se lahko prijavi?", "Who can apply?"),
                rich(
                    """Knjižnica, ki ima usposobljene ljudi, posebno zbirko in izkušnje z delom za druge.
                    Vlogo odda [komisiji](page:commission).""",
                    """A library that has trained people, a special collection and experience in working
                    for others. It applies to the [commission](page:commission).""",
                ),
            ),
            (
                words("Kako dolgo naziv velja?", "How long is the title valid?"),
                rich(
                    """Tri leta. Nato komisija pregleda cilje in učinke ter naziv podaljša, pogojno
                    podaljša ali odvzame.""",
                    """Three years. Then the commission looks at goals and effects and renews the title,
                    with or without conditions, or withdraws it.""",
                ),
            ),
            (
                words("Ali center potrebuje poseben denar?", "Does a centre need money of its own?"),
                rich(
                    """Center dela z ljudmi in prostori svoje knjižnice; posamezne naloge sofinancira
                    ministrstvo.""",
                    """A centre works with the people and rooms of its library; the ministry co-funds
                    certain tasks.""",
                ),
            ),
        ),
        b.shared_text("oversight"),
    ),
)

ABOUT_SITE = PageContent(
    key="about-site",
    slug=words("o-strani", "about-this-site"),
    title=words("O strani", "About this site"),
    summary=words(
        """Kdo ureja to spletišče, kako nam sporočite napako ali predlog, v katerih jezikih pišemo in pod
        katerimi pogoji smete uporabiti besedila, slike in odprte podatke.""",
        """Who edits this site, how to tell us about a mistake or an idea, in which languages we write, and
        on what terms you may use its texts, pictures and open data.""",
    ),
    in_menus=True,
    body=(
        b.heading("Kdo ureja", "Who edits"),
        b.paragraph(
            """Besedila pišejo sodelavci centrov, pregledajo jih vodje, objavlja pa jih vsak center sam. To
            je **demonstracijsko spletišče**: imena zaposlenih, naslovi za stik, ocene in prihodnji
            termini so izmišljeni, uradna imena in zgodovinski podatki pa so resnični.""",
            """The texts are written by the staff of the centres, checked by their heads and published by
            each centre itself. This is a **demonstration site**: names of staff, contact addresses,
            reviews and dates to come are invented; official names and history are real.""",
        ),
        b.heading("V katerih jezikih", "In which languages"),
        b.paragraph(
            """Izvirni jezik je slovenščina. Večina strani ima angleški prevod; kjer ga še ni, pokažemo
            slovensko besedilo in to jasno označimo.""",
            """We write in Slovenian first. Most pages have an English translation; where there is none
            yet, we show the Slovenian text and say so.""",
        ),
        b.call_to_action(
            words("Pišite uredništvu", "Write to the editors"), url="mailto:urednistvo@knjiznica.example"
        ),
    ),
)

ACCESSIBILITY = PageContent(
    key="accessibility",
    slug=words("izjava-o-dostopnosti", "accessibility-statement"),
    title=words("Izjava o dostopnosti", "Accessibility statement"),
    summary=words(
        """Prizadevamo si, da spletišče uporablja vsak, tudi s tipkovnico, povečavo ali bralnikom zaslona.
        Izjava pove, kaj že deluje, kaj še ne in komu lahko sporočite težavo.""",
        """We want everyone to be able to use this site, also with a keyboard, magnified or with a screen
        reader. The statement says what works, what does not yet, and whom you can tell.""",
    ),
    in_menus=True,
    # The fields of the statement: Commission Implementing Decision (EU) 2018/1523 and ZDSMA, Article 8.
    body=(
        b.heading("Stopnja skladnosti", "Compliance status"),
        b.paragraph(
            """Spletišče je **delno skladno** z Zakonom o dostopnosti spletišč in mobilnih aplikacij
            (ZDSMA) in s standardom SIST EN 301 549 V3.2.1, ker veljajo izjeme, ki so naštete v
            nadaljevanju.""",
            """This site is **partly compliant** with the Slovenian Act on the accessibility of websites
            and mobile applications (ZDSMA) and with EN 301 549 V3.2.1, because of the exceptions listed
            below.""",
        ),
        b.heading("Nedostopna vsebina", "Content that is not accessible"),
        b.table(
            words("Kaj še ni dostopno", "What is not accessible yet"),
            [words("Vsebina", "Content"), words("Razlog", "Reason"), words("Do kdaj", "By when")],
            [
                [
                    words("nekateri starejši dokumenti PDF", "some older PDF documents"),
                    words("nimajo oznak za bralnik zaslona", "have no tags for screen readers"),
                    words("po prednostnem seznamu", "by a list of priorities"),
                ],
                [
                    words("posnetki drugih avtorjev", "videos by others"),
                    words("podnapisi niso v slovenščini", "captions are not in Slovenian"),
                    words("prepis je ob posnetku", "a transcript stands beside the video"),
                ],
            ],
        ),
        b.heading("Kako je izjava nastala", "How this statement was made"),
        b.paragraph(
            """Izjava je bila pripravljena {day} na podlagi samoocene; pregledali smo vzorec strani s
            tipkovnico, z bralnikom zaslona in s samodejnim preizkusom. Pregled ponovimo vsako leto.""",
            """This statement was made on {day} on the basis of a self-assessment; we looked at a sample of
            pages with a keyboard, a screen reader and an automatic test. We repeat it every year.""",
        ),
        b.heading("Povratne informacije in stik", "Feedback and contact"),
        b.paragraph(
            """Če naletite na oviro ali potrebujete vsebino v drugi obliki, pišite na
            [dostopnost@knjiznica.example](mailto:dostopnost@knjiznica.example). Odgovorimo v osmih
            delovnih dneh.""",
            """If you meet a barrier or need content in another form, write to
            [dostopnost@knjiznica.example](mailto:dostopnost@knjiznica.example). We answer within eight
            working days.""",
        ),
        b.heading("Nadzor", "Supervision"),
        b.paragraph(
            """Če z odgovorom niste zadovoljni ali ga ne dobite, lahko prijavo podate Inšpektoratu
            Republike Slovenije za informacijsko družbo.""",
            """If you are not satisfied with our answer or get none, you may turn to the Information
            Society Inspectorate of the Republic of Slovenia.""",
        ),
    ),
)

LEGAL = PageContent(
    key="legal",
    slug=words("pravno-obvestilo", "legal-notice"),
    title=words("Pravno obvestilo in zasebnost", "Legal notice and privacy"),
    summary=words(
        """Brez piškotkov za sledenje in brez oglasov: preberite, katere podatke obdelujemo, zakaj in kako
        dolgo, ter pod katerimi pogoji smete uporabiti vsebine s tega spletišča.""",
        """No tracking cookies and no advertisements: read which data we process, why and for how long, and
        on what terms you may use what you find on this site.""",
    ),
    in_menus=True,
    body=(
        b.heading("Osebni podatki", "Personal data"),
        b.paragraph(
            """Za branje spletišča vam ni treba povedati, kdo ste. Strežnik zabeleži čas in naslov zahtevka
            ter zapis izbriše po tridesetih dneh. Prijave na usposabljanja zbira organizator v svojem
            sistemu.""",
            """You need not tell us who you are to read this site. The server notes time and address of a
            request and deletes the note after thirty days. Applications for courses are taken by the
            organiser in a system of its own.""",
        ),
        b.paragraph(
            """Imena sodelavcev in predavateljev objavimo le z njihovim pisnim soglasjem, ki ga lahko kadar
            koli prekličejo.""",
            """Names of staff and lecturers are published only with their written consent, which they may
            withdraw at any time.""",
        ),
        b.heading("Avtorske pravice", "Copyright"),
        b.paragraph(
            """Besedila smete deliti in prirejati, če navedete vir. Risbe na tem spletišču so nastale prav
            zanj in so prosto uporabne. Naslovi knjig in imena avtorjev so navedeni kot bibliografski
            podatki.""",
            """You may share and adapt the texts if you name the source. The drawings were made for this
            site and may be used freely. Titles of books and names of authors stand here as
            bibliographic data.""",
        ),
    ),
)

INFO_PAGES = (
    (CENTRES_EXPLAINED, "home"),
    (ABOUT_SITE, "home"),
    (ACCESSIBILITY, "about-site"),
    (LEGAL, "about-site"),
)

SITE_NAME = words("Kompetenčni centri", "Competence Centres")

PUBLISHER = words("Mreža kompetenčnih centrov", "Network of the competence centres")
CONTACT_EMAIL = "splet@knjiznica.example"

LABELS: dict[str, Words] = {
    "skip_to_content": words("Na vsebino", "Skip to content"),
    "skip_to_menu": words("Na glavni meni", "Skip to main menu"),
    "free": words("brezplačno", "free of charge"),
}

# States of editions, then of centres; frontends look them up by code.
STATUS_LABELS: dict[str, Words] = {
    "ANNOUNCED": words("napovedano", "announced"),
    "OPEN": words("prijave odprte", "open for applications"),
    "FULL": words("zasedeno", "full"),
    "CLOSED": words("prijave zaključene", "applications closed"),
    "RUNNING": words("poteka", "running"),
    "FINISHED": words("končano", "finished"),
    "POSTPONED": words("prestavljeno", "postponed"),
    "CANCELLED": words("odpovedano", "cancelled"),
    "CANDIDATE": words("kandidat za naziv", "candidate"),
    "ACTIVE": words("naziv velja", "active"),
    "REVIEW_DUE": words("bliža se preverjanje", "review due"),
    "UNDER_REVIEW": words("v preverjanju", "under review"),
    "EXPIRED": words("naziv je potekel", "expired"),
    "WITHDRAWN": words("naziv je odvzet", "withdrawn"),
}

# Addresses that older links and printed leaflets still carry: path, key of the page.
REDIRECTS = (
    ("/sl/kompetencni-centri/izobrazevalni-center/", "ucni-center"),
    ("/sl/zlata-hruska/", "golden-pear-award"),
    ("/sl/dostopnost/", "accessibility"),
)
