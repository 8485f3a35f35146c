"""Who may pass a restriction passes it, nobody else does, and what they get is kept by no cache."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from cms.models import Document
from home.models import InfoPage
from tests import factories as make
from tests.cms.pictures import PDF, file
from tests.graph import ask, send

pytestmark = pytest.mark.django_db

PAGE = "query ($id: ID!) { page(id: $id) { title children { totalCount nodes { title } } } }"
PUBLIC = "public"


def info(title: str, parent: Page | None = None, **facts: Any) -> InfoPage:
    return make.below(parent or make.home(), InfoPage(title=title, summary=make.SUMMARY, **facts))


@pytest.fixture
def page() -> InfoPage:
    above = info("Za člane")
    info("Pod člani", above)
    return above


def restrict(page: Page, kind: str, **facts: Any) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, **facts)


def response_for(page: Page, client: Client | None = None) -> Any:
    return send(PAGE, client or Client(), id=str(page.pk))


def title(response: Any) -> str | None:
    found = response.json()["data"]["page"]
    return found["title"] if found else None


def signed_in(name: str, *groups: Group) -> Client:
    user = User.objects.create_user(name)
    user.groups.set(groups)
    client = Client()
    client.force_login(user)
    return client


def test_a_member_of_the_group_sees_its_pages_and_no_cache_keeps_them(page: InfoPage) -> None:
    members, others = Group.objects.create(name="Člani"), Group.objects.create(name="Drugi")
    restrict(page, "groups").groups.add(members)
    response = response_for(page, signed_in("ana", members))
    assert title(response) == "Za člane"
    assert response.json()["data"]["page"]["children"]["nodes"] == [{"title": "Pod člani"}]
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    assert title(response_for(page, signed_in("bine", others))) is None
    assert title(response_for(page)) is None


def test_many_restrictions_to_groups_cost_no_more_statements_than_one(page: InfoPage) -> None:
    members = Group.objects.create(name="Člani")
    member = signed_in("ana", members)
    restrict(page, "groups").groups.add(members)
    counts = []
    for others in (0, 9):
        for number in range(others):
            restrict(info(f"Za člane {number}"), "groups").groups.add(members)
        response_for(page, member)  # the document has been parsed, and what is kept of the content is read
        with CaptureQueriesContext(connection) as statements:
            assert title(response_for(page, member)) == "Za člane"
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_everybody_who_is_signed_in_sees_a_page_for_them(page: InfoPage) -> None:
    restrict(page, "login")
    assert title(response_for(page, signed_in("ana"))) == "Za člane"
    assert title(response_for(page)) is None


def test_a_password_opens_its_page_for_the_session_that_gave_it(page: InfoPage) -> None:
    restriction = restrict(page, "password", password="beri")
    client = Client()
    client.force_login(User.objects.create_user("ana"))
    session = client.session
    assert title(response_for(page, client)) is None
    session["passed_page_view_restrictions"] = [restriction.pk]
    session.save()
    response = response_for(page, client)
    assert title(response) == "Za člane"
    assert response["Cache-Control"] == "private, no-store"
    assert title(response_for(page)) is None


def test_an_answer_for_a_member_is_never_given_to_the_public(page: InfoPage) -> None:
    restrict(page, "login")
    member = signed_in("ana")
    for _round in range(2):
        assert title(response_for(page, member)) == "Za člane"
        assert title(response_for(page)) is None


def test_a_page_disappears_at_the_moment_when_it_expires(page: InfoPage) -> None:
    end = timezone.now() + timedelta(hours=1)
    InfoPage.objects.filter(pk=page.pk).update(expire_at=end)
    page.refresh_from_db()
    page.save()
    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        response = response_for(page)
        assert title(response) == "Za člane"
    with time_machine.travel(end, tick=False):
        assert title(response_for(page)) is None


def test_no_cache_keeps_an_answer_beyond_the_moment_when_something_expires(page: InfoPage) -> None:
    end = timezone.now() + timedelta(seconds=7)
    page.expire_at = end
    page.save()
    with time_machine.travel(end - timedelta(seconds=5), tick=False):
        kept = Client().get("/graphql/", {"query": f'{{ page(id: "{page.pk}") {{ title }} }}'})
        assert PUBLIC in kept["Cache-Control"]
        parts = dict(part.strip().partition("=")[::2] for part in kept["Cache-Control"].split(","))
        assert int(parts["s-maxage"]) <= 5 < settings.CMS_GRAPHQL_SHARED_SECONDS
        assert sum(int(parts[name]) for name in ("s-maxage", "stale-while-revalidate", "stale-if-error")) <= 5


def test_a_scheduled_page_appears_when_it_is_published_and_not_before() -> None:
    begin = timezone.now() + timedelta(hours=1)
    page = InfoPage(title="Napovedana", slug="napovedana", summary=make.SUMMARY, live=False, go_live_at=begin)
    page.locale = make.home().locale
    make.home().add_child(instance=page)
    page.save_revision().publish()
    assert title(response_for(page)) is None
    with time_machine.travel(begin + timedelta(minutes=1), tick=False):
        call_command("publish_scheduled", verbosity=0)
        assert title(response_for(page)) == "Napovedana"


def test_no_public_answer_sets_a_cookie_or_varies_with_one(page: InfoPage) -> None:
    for response in (response_for(page), Client().get("/graphql/", {"query": "{ site { name } }"})):
        assert not response.cookies
        assert "cookie" not in response.get("Vary", "").lower()


def test_the_public_error_tells_nothing_of_the_server(page: InfoPage) -> None:
    response = send('{ page(id: "1") { draftTitle owner { password } } }')
    text = response.content.decode()
    assert "Did you mean" not in text or settings.CMS_GRAPHQL_INTROSPECTION
    assert not any(word in text for word in ("Traceback", "SELECT", "site-packages", "wagtailcore_"))


def test_a_hidden_page_and_one_that_never_was_are_answered_alike(page: InfoPage) -> None:
    restrict(page, "login")
    assert ask(PAGE, id=str(page.pk)) == ask(PAGE, id="99999999")
    route = "query ($path: String!) { route(path: $path) { __typename } }"
    hidden = InfoPage(title="Skrita", slug="skrita", summary=make.SUMMARY, live=False)
    hidden.locale = page.locale
    page.add_child(instance=hidden)
    assert ask(route, path=hidden.url_path) == ask(route, path="/sl/nikoli/")


def test_an_expired_page_below_a_closed_one_is_not_told_of(page: InfoPage) -> None:
    restrict(page, "login")
    below = page.get_children().get()
    Page.objects.filter(pk=below.pk).update(expire_at=timezone.now() - timedelta(days=1))
    from cms.models import Change

    Change.objects.all().delete()
    found = ask("query ($path: String!) { route(path: $path) { __typename } }", path=below.url_path)
    assert found == {"route": None}


def test_a_file_of_a_closed_collection_asks_for_a_sign_in() -> None:
    closed = Collection.get_first_root_node().add_child(name="Zaprta zbirka")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    below = Collection.objects.get(pk=closed.pk).add_child(name="Pod njo")
    document = Document.objects.create(title="Zaupno", file=file(PDF, "zaupno.pdf"), collection=below)
    response = Client().get(document.url, follow=True)
    assert response.redirect_chain[0] == (f"/login/?next={document.url}", 302)
    assert response.redirect_chain[-1][0].startswith("/admin/login/?next=")
