"""What an editor goes through where TWO_FACTOR is on; run by test_second_factor.py, as apps can't be added later."""

import re
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import Collection, CollectionViewRestriction

from cms.models import Image
from tests.cms.pictures import jpeg

pytestmark = pytest.mark.django_db

PASSWORD = "geslo-urednice"
CODE, SET_UP = "/admin/second-factor/", "/admin/second-factor/set-up/"


@pytest.fixture
def editor() -> User:
    return User.objects.create_superuser("urednica", password=PASSWORD)


@pytest.fixture
def clock() -> Any:
    """Codes hold for half a minute and once: tests go on by moving the clock."""
    with time_machine.travel("2027-03-01T09:00:00+01:00", tick=False) as traveller:
        yield traveller


def signed_in() -> Client:
    client = Client()
    response = client.post("/admin/login/", {"username": "urednica", "password": PASSWORD})
    assert response.status_code == 302
    return client


def current(user: User, confirmed: bool = True) -> str:
    device = TOTPDevice.objects.get(user=user, confirmed=confirmed)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    return f"{totp.token():06}"


def set_up(client: Client, user: User) -> list[str]:
    client.get(SET_UP)
    response = client.post(SET_UP, {"code": current(user, confirmed=False), "password": PASSWORD})
    return re.findall(r"<li><code>(\w+)</code>", response.content.decode())


def test_the_first_sign_in_leads_to_setting_up_and_nowhere_else(editor: User, clock: Any) -> None:
    client = signed_in()
    for address in ("/admin/", "/admin/pages/", "/admin/users/", "/admin/account/", CODE):
        assert client.get(address)["Location"].split("?")[0] == SET_UP
    page = client.get(SET_UP)
    assert "<svg" in page.content.decode()
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert len(set_up(client, editor)) == 10
    assert client.get("/admin/").status_code == 200


def test_a_password_alone_opens_nothing_once_an_app_is_set_up(editor: User, clock: Any) -> None:
    set_up(signed_in(), editor)
    client = signed_in()
    for address in ("/admin/", "/admin/users/", SET_UP):
        assert client.get(address)["Location"].split("?")[0] == CODE
    assert client.post(SET_UP, {"code": "123456", "password": PASSWORD})["Location"] == CODE
    clock.shift(60)
    assert client.post(f"{CODE}?next=/admin/users/", {"code": current(editor)})["Location"] == "/admin/users/"
    assert client.get("/admin/users/").status_code == 200
    assert signed_in().get("/admin/")["Location"].startswith(CODE)


def test_a_code_is_taken_once_and_a_wrong_one_makes_the_next_wait(editor: User, clock: Any) -> None:
    set_up(signed_in(), editor)
    clock.shift(60)
    used = current(editor)
    assert signed_in().post(CODE, {"code": used}).status_code == 302
    client = signed_in()
    assert client.post(CODE, {"code": used}).status_code == 200
    clock.shift(0.1)
    assert client.post(CODE, {"code": current(editor)}).status_code == 200
    clock.shift(60)
    assert client.post(CODE, {"code": current(editor)}).status_code == 302


def test_a_code_for_the_loss_of_the_phone_opens_once(editor: User, clock: Any) -> None:
    spare = set_up(signed_in(), editor)[0]
    assert signed_in().post(CODE, {"code": spare}).status_code == 302
    assert signed_in().post(CODE, {"code": spare}).status_code == 200


def test_an_administrator_can_make_a_code(
    editor: User, clock: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(signed_in(), editor)
    call_command("addstatictoken", "urednica")
    made = capsys.readouterr().out.split()[-1]
    assert signed_in().post(CODE, {"code": made}).status_code == 302


def test_nobody_sets_up_an_app_without_the_password(editor: User, clock: Any) -> None:
    client = signed_in()
    client.get(SET_UP)
    response = client.post(SET_UP, {"code": current(editor, confirmed=False), "password": "napak"})
    assert response.status_code == 200
    assert client.get("/admin/")["Location"].startswith(SET_UP)


def test_another_phone_takes_the_place_of_the_first_with_its_codes(editor: User, clock: Any) -> None:
    client = signed_in()
    old = set_up(client, editor)[0]
    clock.shift(60)
    assert len(set_up(client, editor)) == 10
    assert TOTPDevice.objects.filter(user=editor).count() == 1
    assert not StaticToken.objects.filter(token=old).exists()


def test_a_link_of_a_mail_leads_on_to_its_page_after_the_code(editor: User, clock: Any) -> None:
    set_up(signed_in(), editor)
    clock.shift(60)
    client = signed_in()
    asked = client.get("/admin/pages/?q=knjige&p=2", follow=True)
    (question, _status), = asked.redirect_chain  # fmt: skip
    assert question.startswith(f"{CODE}?")
    assert client.post(question, {"code": "123456"}).status_code == 200
    clock.shift(60)
    answer = client.post(question, {"code": current(editor)})
    assert answer["Location"] == "/admin/pages/?q=knjige&p=2"
    assert client.get("/admin/pages/").status_code == 200


def test_a_link_of_a_mail_leads_on_to_its_page_after_setting_up(editor: User, clock: Any) -> None:
    client = signed_in()
    question = client.get("/admin/pages/")["Location"]
    assert question.startswith(f"{SET_UP}?")
    client.get(question)
    page = client.post(question, {"code": current(editor, confirmed=False), "password": PASSWORD})
    assert '<a class="button" href="/admin/pages/">' in page.content.decode()


def test_what_was_sent_is_not_led_on_to(editor: User, clock: Any) -> None:
    assert signed_in().post("/admin/pages/")["Location"] == SET_UP


def test_nobody_is_led_to_another_server(editor: User, clock: Any) -> None:
    client = signed_in()
    question = f"{SET_UP}?next=https://zlo.example/"
    client.get(question)
    page = client.post(question, {"code": current(editor, confirmed=False), "password": PASSWORD})
    assert '<a class="button" href="/admin/">' in page.content.decode()
    clock.shift(60)
    response = signed_in().post(f"{CODE}?next=https://zlo.example/", {"code": current(editor)})
    assert response["Location"] == "/admin/"


def test_the_public_is_asked_for_nothing() -> None:
    assert Client().get("/graphql/", {"query": "{ __typename }"}).status_code == 200
    assert Client().get("/admin/")["Location"].startswith("/admin/login/")


def test_a_closed_picture_is_shown_to_its_editor_only_after_the_second_step(editor: User, clock: Any) -> None:
    place = Collection.get_first_root_node().add_child(name="Zaprta")
    CollectionViewRestriction.objects.create(collection=place, restriction_type="password", password="beri")
    image = Image.objects.create(title="Slika", file=jpeg(), alt_text={"sl": "Slika"}, collection=place)
    client = signed_in()
    assert client.get(image.file.url).status_code == 404
    set_up(client, editor)
    assert client.get(image.file.url).getvalue()
