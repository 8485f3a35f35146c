"""Without a script every fact that a page asked for is in its HTML; the leaves of the answers are walked one by one."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from centres.site.asking import Reading
from centres.site.formats import Formats
from centres.site.words import name
from tests.browser import PAGES

PATHS = [
    *(path for paths in PAGES.values() for path in paths if "nikjer" not in path and "nowhere" not in path),
    "/sl/koledar/", "/sl/programi/", "/en/programmes/", "/en/competence-centres/training-centre/",
    "/sl/kompetencni-centri/pionirska/moja-naj-knjiga/", "/sl/o-strani/",
]  # fmt: skip
# What says how the rest is to be read, and what only machines read.
NOT_SHOWN = {
    "__typename", "id", "code", "slug", "locale", "requestedLocale", "isFallback", "endCursor", "hasNextPage",
    "ownTitleLocale", "level", "highlight", "decorative", "width", "height", "sizes", "kind", "precision", "permanent",
    "primary", "free", "rescheduled", "online", "language", "languages", "accessible", "size", "jsonLd", "role",
    "stepFree", "hearingLoop", "mode", "durationHours", "reviewIntervalMonths", "type", "currency", "totalCount",
    "seatsLeft", "waitlist", "capacity", "status", "state",
}  # fmt: skip
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def leaves(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each leaf of an answer with the name of its field; partial dates and fees are leaves."""
    if isinstance(value, list):
        for one in value:
            yield from leaves(one, key)
    elif isinstance(value, dict) and not {"precision", "amount"} & set(value):
        for name_of, one in value.items():
            yield from leaves(one, name_of)
    elif isinstance(value, dict) or value not in (None, "", True, False):
        yield key, value


def plain(html: str) -> str:
    """Return what one reads: once as it stands, once with a space for each tag."""
    return " | ".join(
        re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", space, html)).replace("\xa0", " "))
        for space in ("", " ")
    )


def is_said(key: str, value: Any, html: str, text: str, formats: Formats) -> bool:  # noqa: PLR0911 - a case each
    if isinstance(value, dict):
        if "precision" in value:
            return formats.partial(value).replace("\xa0", " ") in text
        money = formats.money(value["amount"], value["currency"]).replace("\xa0", " ")
        return not float(value["amount"]) or money in text
    if isinstance(value, (int, float)) or re.fullmatch(r"\d+\.\d+", value):
        return str(value) in text or formats.number(value).replace("\xa0", " ") in text
    if MOMENT.match(value):
        said = (formats.day(value), formats.short_day(value), formats.time(value), formats.days(value, value))
        return (
            value in html
            or formats.iso_day(value) in html
            or any(form.replace("\xa0", " ") in text for form in said)
        )
    if re.fullmatch(r"[A-Z][A-Z_]+", value) and name(value) != value:
        return name(value) in text
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return formats.plain_date(value).replace("\xa0", " ") in text
    if "<" in value:
        return value in html
    written = re.sub(r"\s+", " ", value.replace("\xa0", " ")).strip()
    return written in text or value in unescape(html) or formats.phone(value).replace("\xa0", " ") in text


@pytest.mark.parametrize("path", sorted(set(PATHS)))
def test_every_fact_of_the_answers_is_in_the_page(
    client: Client, demo: None, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[tuple[str, Any]] = []
    payload = Reading.payload

    def heard(self: Reading, document: str, **variables: Any) -> dict[str, Any]:
        said = payload(self, document, **variables)
        answers.append((document, said["data"]))
        return said

    monkeypatch.setattr(Reading, "payload", heard)
    html = client.get(path).content.decode()
    formats, text = Formats(path[1:3]), plain(html)
    with translation.override(path[1:3]):
        missing = [
            (document, key, value)
            for document, data in answers
            for key, value in leaves(shown_of(document, data))
            if key not in NOT_SHOWN and not is_said(key, value, html, text, formats)
        ]
    assert missing == []
    assert sum(1 for _, data in answers for _ in leaves(data)) > 30


def shown_of(document: str, data: dict[str, Any]) -> Any:
    """Return what of an answer the page shows: of the frame the menu, of what stands on the page twice the first."""
    if document == "shell":
        menu = data["navigation"]
        return {"menu": [{**item, "page": None} for item in menu], "publisher": data["site"]["publisher"]}
    if document == "open" and len(data["open"]["nodes"]) > 3:
        return data["open"]
    if document == "search":
        hits = [{**hit, "page": {**hit["page"], "breadcrumbs": []}} for hit in data["search"]["nodes"]]
        facets = [row for row in data["search"]["facets"] if row["name"] in ("TYPE", "CENTRE")]
        return {"hits": hits, "facets": [row["values"] for row in facets if row["name"] == "CENTRE"]}
    page = (data.get("route") or {}).get("page")
    if not page:
        return data
    body = [block for block in page.get("body", []) if block["__typename"] != "ProgrammesBlock"]
    # Cards of what is already on the page are left out; its title and address are there.
    brief = [{"title": row["title"], "path": row["path"]} for row in page.get("featuredProgrammes", [])]
    return {**page, "body": body, "featuredProgrammes": brief, "translations": []}


def test_the_walk_would_miss_a_fact(client: Client, demo: None) -> None:
    formats = Formats("sl")
    assert not is_said("title", "Skrivnost", "<p>nič</p>", "nič", formats)
    assert not is_said("start", "2027-04-07T10:00:00+02:00", "", "7. maj 2027, 11:00", formats)
    assert not is_said("fees", {"amount": "60.00", "currency": "EUR"}, "", "61 €", formats)
