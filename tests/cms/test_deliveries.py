"""Receivers of changes get every change, in order, signed, also after they were away; and can do no harm."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.utils import timezone

from cms.delivery import deliverer, messages, sending
from cms.delivery.deliverer import deliver_all
from cms.models import Change, Delivery, Receiver
from cms.models.changes import cursor_of
from cms.publishing.version import content_version
from tests.graph import ask

pytestmark = pytest.mark.django_db


class Server(ThreadingHTTPServer):
    """Receives what is sent; answers with the statuses of a list, then with 200."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.statuses: list[int] = []
        self.headers: dict[str, str] = {}
        self.body = b"ok"
        self.drip = False

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?site=1"

    @property
    def events(self) -> list[Any]:
        """All changes of messages that were taken."""
        return [
            one["id"]
            for _m, _h, body in self.requests
            if b"changes" in body
            for one in json.loads(body)["data"]["changes"]
        ]

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for _m, headers, _b in self.requests]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append((self.command, {k.lower(): v for k, v in self.headers.items()}, body))
        if self.server.drip:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for _ in range(200):
                time.sleep(0.05)
                self.wfile.write(b"x")
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 200)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def do_PURGE(self) -> None:
        self.do_POST()

    def log_message(self, *_arguments: Any) -> None:
        pass

    def handle(self) -> None:
        with suppress(OSError):  # the sender has gone
            super().handle()


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    settings.CMS_DELIVERY_PRIVATE_HOSTS = ["127.0.0.1"]
    with Server() as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def receiver(server: Server) -> Receiver:
    return Receiver.objects.create(name="Spletišče", address=server.address)


def change(number: int) -> Change:
    return Change.objects.create(kind="UPDATED", type="Person", object_id=str(number))


def now_due(receiver: Receiver) -> Receiver:
    receiver.refresh_from_db()
    assert receiver.next_try > timezone.now()
    Receiver.objects.update(next_try=timezone.now())
    return receiver


def test_a_change_arrives_signed_with_every_key_and_as_the_graph_tells_it(
    server: Server, receiver: Receiver
) -> None:
    receiver.keys = f"{receiver.keys}\nwhsec_{base64.b64encode(b'old').decode()}"
    receiver.save()
    change(1)
    change(2)
    deliver_all()
    ((_method, headers, body),) = server.requests
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    signatures = headers["webhook-signature"].split()
    assert len(signatures) == 2
    for signature, key in zip(signatures, receiver.keys.split(), strict=True):
        version, _, value = signature.partition(",")
        secret = base64.b64decode(key.removeprefix("whsec_"))
        assert version == "v1"
        assert base64.b64decode(value) == hmac.new(secret, content, hashlib.sha256).digest()
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    message = json.loads(body)
    assert message["type"] == "content.changed"
    told = message["data"]["changes"]
    graph = ask("{ changes { cursor nodes { kind type id translationKey locale path } } }")["changes"]
    assert [{name: one[name] for name in graph["nodes"][0]} for one in told] == graph["nodes"]
    assert message["data"]["cursor"] == graph["cursor"]
    rest = ask("query ($a: String) { changes(after: $a) { nodes { id } } }", a=told[0]["cursor"])["changes"]
    assert len(rest["nodes"]) == 1
    deliver_all()
    assert len(server.requests) == 1


def test_a_change_that_was_rolled_back_is_told_to_nobody(server: Server, receiver: Receiver) -> None:
    with transaction.atomic():
        change(1)
        transaction.set_rollback(True)
    change(2)
    deliver_all()
    assert len(server.events) == 1


def test_a_receiver_that_was_away_gets_everything_in_order_and_repeats_have_the_same_id(
    server: Server, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliverer, "CHANGES_AT_ONCE", 3)
    server.statuses = [500, 503, 404]
    change(1)
    for number in range(2, 9):
        deliver_all()
        change(number)
        Receiver.objects.update(next_try=timezone.now())
    deliver_all()
    # The first message was tried four times.
    first, *later = server.requests[3:]
    keys = [one["cursor"] for _m, _h, body in (first, *later) for one in json.loads(body)["data"]["changes"]]
    assert keys == [cursor_of(one.pk) for one in Change.objects.order_by("pk")]
    assert len(keys) == 8
    assert len(set(server.ids[:4])) == 1
    assert len(set(server.ids[3:])) == len(server.ids[3:])
    bodies = {(headers["webhook-id"], body) for _m, headers, body in server.requests}
    assert len(bodies) == len(set(server.ids))
    receiver.refresh_from_db()
    assert (receiver.attempts, receiver.pending) == (0, None)


def test_tries_come_later_and_later_over_days_and_then_the_receiver_is_paused_and_goes_on_where_it_was(
    server: Server, receiver: Receiver
) -> None:
    server.statuses = [500] * (len(deliverer.PAUSES) + 1)
    change(1)
    begun = timezone.now()
    with time_machine.travel(begun, tick=False) as now:
        for pause in deliverer.PAUSES:
            deliver_all()
            waits = now_due(receiver).next_try - timezone.now()
            assert pause <= waits <= pause * 1.25
            now.shift(waits)
        deliver_all()
        receiver.refresh_from_db()
        assert receiver.paused
        assert timedelta(days=4) < timezone.now() - begun < timedelta(days=7)
        change(2)
        deliver_all()
        assert len(server.requests) == len(deliverer.PAUSES) + 1
        Receiver.objects.update(paused=False, next_try=timezone.now())
        deliver_all()
    assert len(server.events) == len(deliverer.PAUSES) + 1 + 2


def test_a_receiver_that_is_gone_is_paused_at_once_and_one_that_asks_for_time_gets_it(
    server: Server, receiver: Receiver
) -> None:
    server.statuses, server.headers = [429, 410], {"Retry-After": "1800"}
    change(1)
    deliver_all()
    assert now_due(receiver).next_try > timezone.now() + timedelta(minutes=29)
    deliver_all()
    receiver.refresh_from_db()
    assert receiver.paused


def test_one_receiver_that_is_away_keeps_no_other_waiting(server: Server, receiver: Receiver) -> None:
    Receiver.objects.create(name="Other", address="http://127.0.0.1:1/")
    change(1)
    deliver_all()
    assert len(server.events) == 1


@pytest.mark.parametrize(
    "address",
    ["https://10.0.0.1/", "https://127.0.0.1:1/", "https://[::1]/", "https://169.254.169.254/latest/",
     "https://[::ffff:10.0.0.1]/", "https://192.168.1.1/", "https://0.0.0.0/", "https://[fd00::1]/", "https://100.64.0.1/"],
)  # fmt: skip
def test_an_address_inside_is_not_sent_to(address: str) -> None:
    reply = sending.send(sending.Request("POST", address, b""))
    assert reply.status is None
    assert "private network" in reply.text


def test_a_name_that_leads_inside_is_not_sent_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        sending.socket,
        "getaddrinfo",
        lambda *_a, **_k: [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.0.0.1", 443))],
    )
    assert "private network" in sending.send(sending.Request("POST", "https://hook.example/", b"")).text


def test_plain_http_is_not_sent_to(settings: Any) -> None:
    settings.CMS_DELIVERY_PRIVATE_HOSTS = []
    assert "https" in sending.send(sending.Request("POST", "http://hook.example/", b"")).text


def test_a_redirect_is_not_followed_and_logged(server: Server, receiver: Receiver) -> None:
    server.statuses, server.headers = [302], {"Location": "http://127.0.0.1:1/"}
    change(1)
    deliver_all()
    assert Delivery.objects.get().status == 302
    assert len(server.requests) == 1
    assert now_due(receiver).attempts == 1


def test_of_a_huge_answer_only_the_beginning_is_read(server: Server, receiver: Receiver) -> None:
    server.body = b"x" * 5_000_000
    change(1)
    deliver_all()
    assert len(Delivery.objects.get().response) <= 2_000
    receiver.refresh_from_db()
    assert receiver.position > 0


def test_an_answer_that_drips_is_cut_off(server: Server, receiver: Receiver, settings: Any) -> None:
    settings.CMS_DELIVERY_SECONDS = 0.5
    server.drip = True
    change(1)
    deliver_all()
    delivery = Delivery.objects.get()
    assert delivery.status is None
    assert "0.5 seconds" in delivery.response


def purges(server: Server, kind: str, changes: int) -> list[tuple[str, dict[str, str], bytes]]:
    Receiver.objects.create(name="CDN", kind=kind, address=server.address, keys="token")
    for number in range(changes):
        change(number)
    deliver_all()
    return server.requests


def test_fastly_is_told_the_keys_to_purge(server: Server) -> None:
    ((method, headers, body),) = purges(server, "FASTLY", 2)
    assert (method, headers["fastly-key"]) == ("POST", "token")
    assert json.loads(body) == {"surrogate_keys": ["Change", "Person", "Person:0", "Person:1", "many"]}


def test_cloudflare_is_told_as_many_tags_as_it_takes(server: Server) -> None:
    sent = purges(server, "CLOUDFLARE", 50)
    tags = [json.loads(body)["tags"] for _m, _h, body in sent]
    assert max(map(len, tags)) <= 30
    assert {"Change", "Person", "many", *(f"Person:{number}" for number in range(50))} == {
        tag for some in tags for tag in some
    }
    assert sent[0][1]["authorization"] == "Bearer token"


def test_varnish_is_told_by_a_header(server: Server) -> None:
    ((method, headers, _body),) = purges(server, "VARNISH", 1)
    assert (method, headers["xkey-purge"]) == ("PURGE", "Change Person Person:0 many")


def test_a_superuser_tests_pauses_and_sends_again(server: Server, receiver: Receiver, client: Client) -> None:
    page = f"/admin/receivers/{receiver.pk}/log/"
    client.force_login(User.objects.create_user("urednica"))
    assert client.post(page, {"do": "test"}).status_code in (302, 403)
    assert server.requests == []
    client.force_login(User.objects.create_superuser("admin"))
    assert "Prejemnik je odgovoril 200" in client.post(page, {"do": "test"}, follow=True).content.decode()
    assert json.loads(server.requests[0][2])["type"] == "test"
    client.post(page, {"do": "pause"})
    change(1)
    deliver_all()
    assert len(server.requests) == 1
    client.post(page, {"do": "go-on"})
    deliver_all()
    assert len(server.requests) == 2
    delivery = receiver.deliveries.order_by("-pk").first()
    assert delivery is not None
    client.post(page, {"do": "resend", "delivery": delivery.pk})
    assert server.requests[2][2] == server.requests[1][2]
    assert server.ids[2] == server.ids[1]
    shown = client.get(page).content.decode()
    assert server.ids[1] in shown
    assert "Pošlji znova" in shown


def test_a_new_receiver_begins_with_what_changes_from_now_on(server: Server, client: Client) -> None:
    change(1)
    client.force_login(User.objects.create_superuser("admin"))
    fields = {"name": "Spletišče", "kind": "WEBHOOK", "address": server.address, "keys": "whsec_Zm9v"}
    refused = client.post("/admin/receivers/new/", fields | {"address": "http://hook.example/"})
    assert "Naslov se mora začeti s https." in refused.content.decode()
    refused = client.post("/admin/receivers/new/", fields | {"keys": "geslo"})
    assert "Ključ je whsec_" in refused.content.decode()
    assert client.post("/admin/receivers/new/", fields).status_code == 302
    change(2)
    deliver_all()
    assert len(server.events) == 1
    assert "Spletišče" in client.get("/admin/receivers/").content.decode()


def test_deliveries_leave_cached_responses_alone(server: Server, receiver: Receiver) -> None:
    change(1)
    before = content_version()
    deliver_all()
    assert content_version() == before


def test_the_example_of_standard_webhooks_is_signed_alike() -> None:
    """https://github.com/standard-webhooks/standard-webhooks, the test of its libraries."""
    key, message_id = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    signature = messages.sign(key, message_id, "1614265330", b'{"test": 2432232314}')
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
