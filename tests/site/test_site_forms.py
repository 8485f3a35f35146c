"""Search, filters, lists and ways to apply by links and forms alone, and whatever somebody writes into an address."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client

from tests import factories as make
from tests.centres.calendars import events


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def main(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


def titles(html: str, level: int = 3) -> list[str]:
    return [
        unescape(text) for text in re.findall(rf"<h{level}[^>]*><a [^>]*>([^<]*)</a></h{level}>", main(html))
    ]


@pytest.mark.parametrize("path", ["/sl/", "/sl/iskanje/", "/sl/nikjer/"])
def test_one_can_search_from_here(client: Client, demo: None, path: str) -> None:
    html = client.get(path).content.decode()
    (form,) = re.findall(r'<form[^>]*role="search".*?</form>', html, re.DOTALL)
    assert 'action="/sl/iskanje/"' in form
    assert 'name="q"' in form
    assert "<button" in form


def test_a_search_shows_hits_with_the_words_in_them_and_ways_to_narrow_them(
    client: Client, demo: None
) -> None:
    html = page(client, "/sl/iskanje/?q=hruško")
    assert "<mark>" in html
    hits = titles(html, 2)
    (narrower,) = re.findall(r'href="([^"]+type=PROGRAMME[^"]*)"', html)
    fewer = titles(page(client, unescape(narrower)), 2)
    assert 0 < len(fewer) < len(hits)


def test_a_list_of_hits_goes_on_without_repeating_any(client: Client, demo: None) -> None:
    seen: list[str] = []
    path = "/sl/iskanje/?q=knjižnica"
    for _part in range(5):
        html = page(client, path)
        seen += re.findall(r'<h2><a href="([^"]+)"', main(html))
        following = re.search(r'data-more="[^"]+" href="([^"]+)"', html)
        if not following:
            break
        path = unescape(following[1])
    assert len(seen) > 20
    assert len(seen) == len(set(seen))


def test_the_calendar_begins_today_and_shows_a_month_on_request(client: Client, demo: None) -> None:
    html = page(client, "/sl/koledar/")
    days = re.findall(r'class="leaf" datetime="([^"]+)"', html)
    assert days
    assert min(days) >= "2027-03-01"
    month = page(client, "/sl/koledar/?month=2027-02")
    assert "Februar 2027" in month
    assert "?month=2027-01" in month
    assert len(re.findall(r'<li class="day', month)) == 28


@pytest.mark.parametrize("wanted", ["open=1", "free=1", "online=1"])
def test_a_filter_of_the_calendar_narrows_it(client: Client, demo: None, wanted: str) -> None:
    every = titles(page(client, "/sl/koledar/"))
    html = page(client, f"/sl/koledar/?{wanted}")
    assert len(titles(html)) < len(every)
    assert f'name="{wanted[:-2]}" value="1" checked' in html
    assert "Počisti filtre" in html


def test_topic_audience_and_centre_narrow_the_calendar(client: Client, demo: None) -> None:
    html = page(client, "/sl/koledar/")
    for name in ("topic", "audience", "centre"):
        select = re.search(rf'<select[^>]*name="{name}">(.*?)</select>', html, re.DOTALL)
        assert select
        codes = re.findall(r'value="([^"]+)"', select[1])
        found = {code: len(titles(page(client, f"/sl/koledar/?{name}={quote(code)}"))) for code in codes}
        assert len(set(found.values())) > 1
        assert max(found.values()) <= len(titles(html))


SUBSCRIBED = re.compile(r'class="subscribe quiet"><a href="([^"]+)">([^<]+)')


def codes_of(html: str, name: str) -> list[str]:
    select = re.search(rf'<select[^>]*name="{name}">(.*?)</select>', html, re.DOTALL)
    assert select
    return [f"{name}={quote(code)}" for code in re.findall(r'value="([^"]+)"', select[1])]


def to_come(client: Client, path: str) -> list[str]:
    today = make.moment(2027, 3, 1)
    return [str(entry["SUMMARY"]) for entry in events(client, path) if entry.decoded("DTSTART") >= today]


def test_a_subscription_is_to_the_dates_that_the_calendar_shows(client: Client, demo: None) -> None:
    every = page(client, "/sl/koledar/")
    asked = [one for name in ("topic", "audience", "centre") for one in codes_of(every, name)]
    asked += ["online=1", "free=1", "open=1", "free=1&online=1", "centre=pionirska&free=1", ""]
    files: dict[str, list[str]] = {}
    for query in asked:
        html = page(client, f"/sl/koledar/?{query}")
        ((path, words),) = SUBSCRIBED.findall(html)
        assert words == "Naročite se na te termine"
        files[unescape(path)] = found = to_come(client, unescape(path))
        shown = titles(html)
        assert len(shown) == min(len(found), 50), query
        assert all(any(title in summary for summary in found) for title in shown), query
    assert len({tuple(found) for found in files.values()}) > 5
    assert "/sl/pionirska/koledar.ics?free=1" in files


def test_a_feed_of_programmes_is_narrowed_as_their_list_is(client: Client, demo: None) -> None:
    every = page(client, "/sl/programi/")
    asked = [one for name in ("kind", "topic", "audience", "centre") for one in codes_of(every, name)]
    for query in (*asked, "open=1", ""):
        html = page(client, f"/sl/programi/?{query}")
        if "data-more" in html:
            continue
        ((path, _words),) = SUBSCRIBED.findall(html)
        feed = client.get(unescape(path)).content.decode()
        assert feed.count("<entry") == len(re.findall(r'<article class="card"', html)), query


def test_a_feed_tells_what_it_is_narrowed_to_and_knows_no_other_values(client: Client, demo: None) -> None:
    raw = client.get("/sl/koledar.ics?free=1&utm_source=x").content.decode()
    assert "\r\nNAME:Koledar dogodkov (brezplačno)\r\n" in raw
    assert client.get("/sl/koledar.ics?topic=nicesar").status_code == 404
    assert client.get("/sl/koledar.ics?free=morda").status_code == 404
    assert client.get("/sl/programi.atom?kind=nicesar").status_code == 404


def test_hits_are_narrowed_by_every_facet_without_a_script(client: Client, demo: None) -> None:
    html = page(client, "/sl/iskanje/?q=knjižnica")
    facets = re.findall(r'<nav class="choices" aria-label="[^"]*: ([^"]+)">(.*?)</nav>', html, re.DOTALL)
    assert [title for title, _links in facets] == ["Vrsta", "Center", "Tema", "Ciljna skupina"]
    for title, links in facets:
        for path, count in re.findall(r'<a href="([^"]+)">[^<]+<small>(\d+)</small>', links):
            narrowed = page(client, unescape(path))
            assert re.search(rf'role="status">{count}\b', narrowed), (title, path)
            assert 'aria-current="true"' in narrowed
    # Long ones stand behind their name, which says what is chosen.
    assert [title for title, links in facets if "<details>" in links] == ["Tema", "Ciljna skupina"]
    assert "Tema: <b>vse teme</b>" in html
    assert "Tema: <b>promocija branja</b>" in page(client, "/sl/iskanje/?q=knjižnica&topic=reading-promotion")


def test_a_date_says_where_it_is_though_only_the_whole_event_has_the_place(
    client: Client, demo: None
) -> None:
    html = main(page(client, "/sl/koledar/"))
    (row,) = re.findall(r'<li class="row"(?:(?!</li>).)*Meja in spoštovanje.*?</li>', html, re.DOTALL)
    assert "<span>Učilnica Učnega centra</span><span>na spletu</span>" in row


OFFERS = [
    "/sl/", "/sl/koledar/", "/sl/koledar/?month=2027-04", "/en/calendar/", "/sl/kompetencni-centri/ucni-center/",
    "/sl/kompetencni-centri/ucni-center/zahteven-pogovor/",
]  # fmt: skip


@pytest.mark.parametrize("path", OFFERS)
def test_one_can_apply_wherever_it_says_open(client: Client, demo: None, path: str) -> None:
    html = main(page(client, path))
    # A card as a whole is a link to its programme, which offers it at the top.
    html = re.sub(r'<article class="card".*?</article>', "", html, flags=re.DOTALL)
    states = re.split(r'class="badge" data-status="([A-Z]+)"', html)
    after = [text for state, text in zip(states[1::2], states[2::2], strict=True) if state == "OPEN"]
    assert after
    assert all(re.search(r'<a class="button[^>]*>(Prijavite se|Apply)</a>', text) for text in after)


def test_only_what_takes_applications_is_under_the_heading_that_says_so(client: Client, demo: None) -> None:
    section = page(client, "/sl/").partition('id="open"')[2].partition("</section>")[0]
    assert set(re.findall(r'class="badge" data-status="([A-Z]+)"', section)) == {"OPEN"}


def test_a_centre_does_not_say_its_own_name_at_each_of_its_dates_and_programmes(
    client: Client, demo: None
) -> None:
    html = main(page(client, "/sl/kompetencni-centri/pionirska/"))
    lists = re.findall(r'<ul class="(?:rows|cards)">.*?</ul>', html, re.DOTALL)
    assert len(lists) == 2
    assert not [text for text in lists if ">Pionirska</span>" in text]


def test_the_list_of_programmes_is_narrowed_by_kind(client: Client, demo: None) -> None:
    assert titles(page(client, "/sl/programi/?kind=AWARD")) == ["Priznanje zlata hruška"] or len(
        titles(page(client, "/sl/programi/?kind=AWARD"))
    ) < len(titles(page(client, "/sl/programi/")))


def test_older_years_of_an_award_are_behind_a_link(client: Client, demo: None) -> None:
    path = "/sl/kompetencni-centri/pionirska/priznanje-zlata-hruska/"
    html = page(client, path)
    assert re.findall(r"<h3>(\d{4})</h3>", html) == ["2025", "2024", "2023", "2022"]
    (older,) = re.findall(r'data-more="\.parts" href="([^"]+)"', html)
    assert re.findall(r"<h3>(\d{4})</h3>", page(client, unescape(older)))[0] == "2021"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "way"),
    [
        ("https://prijave.knjiznica.example/7", 'href="https://prijave.knjiznica.example/7"'),
        ("", "Za prijavo"),
    ],
)
def test_what_is_open_for_applications_says_how_to_apply(client: Client, url: str, way: str) -> None:
    programme = make.programme(make.centre(), "Odprto")
    begins = make.moment(2099, 4, 7, 10)
    make.event(
        programme, begins, applications_open=make.moment(2020, 1, 1), applications_close=make.moment(2099, 4, 1),
        application_url=url,
    )  # fmt: skip
    html = page(client, programme.url_path)
    assert 'data-status="OPEN"' in html
    assert way in html
    (edition,) = re.findall(r'<article class="edition" id="([^"]+)"', html)
    for path in ("/sl/", "/sl/koledar/", programme.get_parent().specific.url_path):
        goal = url or f"{programme.url_path}#{edition}"
        assert re.search(rf'<a class="button small[^>]* href="{re.escape(goal)}"', page(client, path))


@pytest.mark.django_db
def test_a_programme_without_a_picture_has_the_pattern_of_its_centre_in_its_place(client: Client) -> None:
    programme = make.programme(make.centre(), "Brez slike")
    card = main(page(client, "/sl/programi/")).partition('class="card"')[2].partition("</article>")[0]
    assert '<div class="no-picture" data-kind="TRAINING"></div>' in card
    own = main(page(client, programme.url_path)).partition('class="columns"')[0]
    assert '<div class="masthead">' in own
    assert "<img" not in card + own


@pytest.mark.django_db
def test_an_online_event_says_so_once(client: Client) -> None:
    programme = make.programme(make.centre(), "Splet")
    make.event(programme, make.moment(2099, 4, 7, 10), mode="ONLINE")
    html = main(page(client, programme.url_path))
    facts = re.search(r'<article class="edition".*?</article>', html, re.DOTALL)
    assert facts
    assert facts[0].count("na spletu") == 1


@pytest.mark.parametrize(
    "path", ["/sl/iskanje/?q=qwxyz", "/sl/koledar/?topic=&online=1&free=1&open=1&audience=", "/sl/nikjer/"]
)
def test_nothing_found_shows_ways_on(client: Client, demo: None, path: str) -> None:
    html = client.get(path).content.decode()
    assert html.count('<ul class="doors">') <= 1
    if 'class="row"' not in html:
        assert len(re.findall(r"<li><a href=\"[^\"]+\"><b>", html)) == 4


def test_the_home_page_shows_each_programme_once_and_four_doors(client: Client, demo: None) -> None:
    html = main(page(client, "/sl/"))
    addresses = [path.partition("#")[0] for path in re.findall(r'<h3><a href="([^"]+)"', html)]
    cards = [path for path in addresses if addresses.count(path) > 1 and f'href="{path}"' in html]
    assert [path for path in cards if f'<h3><a href="{path}">' in html] == []
    assert (
        len(
            re.findall(
                r"<li><a href=\"[^\"]+\"><b>", html.partition('class="doors"')[2].partition("</ul>")[0]
            )
        )
        == 4
    )


def test_the_foot_says_who_publishes_and_where_to_report_a_barrier(client: Client, demo: None) -> None:
    foot = page(client, "/sl/o-strani/").partition("<footer")[2]
    assert "Mreža kompetenčnih centrov" in foot
    assert 'href="mailto:splet@knjiznica.example"' in foot
    assert "mailto:splet@knjiznica.example?subject=Ovira%20na%20strani%20%2Fsl%2Fo-strani%2F" in foot
    assert "/sl/o-strani/izjava-o-dostopnosti/" in foot
    assert "/sl/koledar.ics" in foot
    assert "/sl/programi.atom" in foot


HOSTILE = [
    "", "\0", "\x1b", "'\"><script>alert(1)</script>", "☃" * 3000, "../../..", "9" * 400, "-1", "%", "\ud800",
    "${7*7}{{7*7}}",
]  # fmt: skip
PARAMETERS = [
    "q", "type", "centre", "topic", "audience", "kind", "month", "online", "free", "open", "after", "years", "editions",
]  # fmt: skip
ADDRESSES = [
    "/sl/", "/sl/koledar/", "/en/programmes/", "/sl/iskanje/", "/-/preview/",
    "/sl/kompetencni-centri/pionirska/priznanje-zlata-hruska/",
    "/sl/kompetencni-centri/pionirska/strokovne-srede/",
]  # fmt: skip


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_written_into_an_address_gets_a_page(
    client: Client, demo: None, path: str, value: str
) -> None:
    sent = quote(value, errors="surrogatepass")
    query = "&".join(f"{name}={sent}" for name in [*PARAMETERS, "token"])
    for address in (f"{path}?{query}", f"{path}?q=knjiga&after={sent}"):
        answer = client.get(address)
        assert answer.status_code == 200
        html = answer.content.decode()
        assert "</main>" in html
        assert "<script>alert" not in html
        assert "49" not in re.findall(r'<input id="q"[^>]*value="([^"]*)"', html)


@pytest.mark.parametrize("month", ["1900-01", "2099-12", "2027-13", "0000-01", "2027-3", "abc"])
def test_any_month_is_shown_or_passed_over(client: Client, demo: None, month: str) -> None:
    assert "</main>" in page(client, f"/sl/koledar/?month={month}")
