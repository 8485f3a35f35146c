"""Tests with a browser."""

from base64 import urlsafe_b64decode
from datetime import datetime
from zoneinfo import ZoneInfo

NOW = datetime(2027, 3, 1, 12, tzinfo=ZoneInfo("Europe/Ljubljana"))
# Name and password of who may edit everything, and the key of the server.
EDITOR = "urednica"
SECRET_KEY = "a key that only the tests know and that is long enough"
# The cookie that says for how many seconds the server holds back the admin.
SLOW = "slow"
# A page of every type, in Slovenian and English.
PAGES = {
    "home": ("/sl/", "/en/"),
    "centres": ("/sl/kompetencni-centri/", "/en/competence-centres/"),
    "centre": ("/sl/kompetencni-centri/pionirska/", "/en/competence-centres/pionirska/"),
    "training": (
        "/sl/kompetencni-centri/ucni-center/zahteven-pogovor/",
        "/en/competence-centres/training-centre/difficult-talks/",
    ),
    "meetings": (
        "/sl/kompetencni-centri/pionirska/strokovne-srede/",
        "/en/competence-centres/pionirska/professional-wednesdays/",
    ),
    "award": (
        "/sl/kompetencni-centri/pionirska/priznanje-zlata-hruska/",
        "/en/competence-centres/pionirska/golden-pear-award/",
    ),
    "publication": (
        "/sl/kompetencni-centri/pionirska/prirocnik/",
        "/en/competence-centres/pionirska/manual/",
    ),
    "commission": ("/sl/komisija/", "/en/commission/"),
    "calendar": ("/sl/koledar/?month=2027-03", "/en/calendar/?month=2027-03"),
    "dates": ("/sl/koledar/", "/en/calendar/"),
    "programmes": ("/sl/programi/", "/en/programmes/"),
    "nothing": ("/sl/iskanje/?q=qwxyz", "/en/search/?q=qwxyz"),
    "search": ("/sl/iskanje/?q=knjižnica", "/en/search/?q=library"),
    "info": ("/sl/o-strani/izjava-o-dostopnosti/", "/en/about-this-site/accessibility-statement/"),
    "missing": ("/sl/nikjer/", "/en/nowhere/"),
}


def number_of(global_id: str) -> str:
    """Return the number by which the admin knows what the graph gave this id."""
    name = global_id.partition(".")[0]
    return urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode().rpartition(":")[2]
