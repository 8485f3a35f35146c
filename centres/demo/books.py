"""The books of the Golden Pear awards [F]; each came out in the year before its award."""

from centres.demo.shapes import BookContent

BOOKS = (
    BookContent(
        key="pasje-poletje",
        title="Pasje poletje",
        year=2024,
        publisher="Miš",
        authors=("Gaja Kos",),
        illustrators=("Ana Zavadlav",),
    ),
    BookContent(
        key="tihotapci",
        title="Tihotapci",
        year=2024,
        publisher="Zala",
        authors=("Annet Huizing",),
        translators=("Mateja Seliškar Kenda",),
    ),
    BookContent(
        key="invazija-pozresnih-spodnjic",
        title="Invazija požrešnih spodnjic!",
        year=2024,
        publisher="Pipinova knjiga",
        authors=("Elise Gravel",),
        translators=("Mina Mušinović",),
    ),
    BookContent(
        key="krusno-mesto",
        title="Krušno mesto = Bread town",
        year=2023,
        publisher="Miš",
        isbn="978-961-999001-8",  # [X]
        cobiss_id="999000001",  # [X]
        authors=("Peter Svetina",),
        illustrators=("Peter Škerl",),
    ),
    BookContent(
        key="statistika-za-zacetnike", title="Statistika za začetnike", year=2023, authors=("Slavko Jerič",)
    ),
    # The authors' names were found in oblique cases only.
    BookContent(
        key="tik-je-sel-v-gozd-po-drva",
        title="Tik je šel v gozd po drva",
        year=2022,
        publisher="VigeVageKnjige",
        authors=("Miha Ha", "Ram Cunta"),
    ),
    BookContent(
        key="kdo-je-kriv",
        title="Kdo je kriv, da je zima bela in druge zgodbe",
        year=2022,
        publisher="Pivec",
        authors=("Neli Kodrič Filipić",),
        illustrators=("Ana Zavadlav",),
    ),
    BookContent(
        key="spomin-na-drevo",
        title="Spomin na drevo",
        year=2022,
        publisher="Pivec",
        authors=("Tina Vallès",),
        translators=("Veronika Rot",),
    ),
    BookContent(
        key="romeo-in-julija",
        title="Romeo in Julija iz sosednje ulice",
        year=2021,
        publisher="Miš",
        authors=("Vinko Möderndorfer",),
        illustrators=("Jure Engelsberger",),
    ),
    BookContent(
        key="nas-jurcic",
        title="Naš Jurčič",
        year=2021,
        publisher="Mestna knjižnica Grosuplje",
        authors=("Mihael Glavan",),
        illustrators=("Damijan Stepančič",),
    ),
    BookContent(
        key="bratov-kozuh",
        title="Bratov kožuh",
        year=2021,
        publisher="Mladinska knjiga",
        authors=("Jaap Robben",),
        translators=("Stana Anželj",),
    ),
    BookContent(
        key="pod-zemljo",
        title="Pod zemljo",
        year=2021,
        publisher="Mladinska knjiga",
        authors=("Aleksandra Mizielinska", "Daniel Mizielinski"),
        translators=("Staša Pavlović",),
    ),
    BookContent(
        key="skrivno-drustvo-krvz",
        title="Skrivno društvo KRVZ",
        year=2020,
        publisher="Mladinska knjiga",
        authors=("Simona Semenič",),
        illustrators=("Tanja Komadina",),
    ),
    BookContent(
        key="osamosvojitev",
        title="Osamosvojitev",
        year=2020,
        publisher="Miš",
        authors=("Nataša Strlič", "Damijan Stepančič"),
    ),
    BookContent(key="35-kil-upanja", title="35 kil upanja", year=2020, authors=("Anna Gavalda",)),
    BookContent(key="ana-in-froga", title="Ana in Froga. Bi čigumi?", year=2020, authors=("Anouk Ricard",)),
    BookContent(
        key="cebele",
        title="Čebele",
        year=2020,
        authors=("Wojciech Grajkowski",),
        illustrators=("Piotr Socha",),
    ),
    BookContent(key="iz-loncka-v-lonec", title="Iz lončka v lonec", year=2017, authors=("Rada Kos",)),
    BookContent(key="ne-lizi-te-knjige", title="Ne liži te knjige", year=2017, authors=("Idan Ben-Barak",)),
    BookContent(key="gugalnica-za-vse", title="Gugalnica za vse", year=2013, authors=("Anja Štefan",)),
    BookContent(
        key="sedem-minut-cez-polnoc", title="Sedem minut čez polnoč", year=2013, authors=("Patrick Ness",)
    ),
)
