"""Files of the commission are its own until it puts them where the public reads them."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from centres.rights import rules
from centres.rights.groups import set_up_site_roles
from cms.models import Document, Image
from tests.centres.commission import Content, build, signed_in, site
from tests.cms.pictures import PDF, file, jpeg

__all__ = ["build", "site"]  # the fixture and what it is made of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def document(name: str = "Komisija") -> Document:
    place = Collection.objects.get(name=name)
    made = Document(title="Zapisnik", file=file(PDF, "zapisnik.pdf"), collection=place)
    made.save()
    return made


def status(client: Client, made: Document) -> int:
    answer: Any = client.get(made.url)
    if answer.streaming:
        b"".join(answer.streaming_content)  # read to its end, so that the file is closed
    return int(answer.status_code)


def test_a_document_of_the_commission_is_not_served_to_the_public(site: Content) -> None:
    assert status(Client(), document()) == 302


@pytest.mark.parametrize(
    ("name", "expected"),
    [("member", 200), ("secretary", 200), ("chief", 200), ("editor", 302), ("lead", 302)],
)
def test_it_is_served_to_the_commission_and_the_chief_editor(site: Content, name: str, expected: int) -> None:
    assert status(signed_in(site, name), document()) == expected


def test_no_chooser_names_a_file_of_the_commission_to_a_translator(site: Content) -> None:
    image = Image.objects.create(
        title="Zapisnik", file=jpeg("zapisnik.jpg"), alt_text={"sl": "z"},
        collection=Collection.objects.get(name="Komisija"),
    )  # fmt: skip
    made, translator = document(), Client()
    user = User.objects.create_user("prevajalka")
    user.groups.add(Group.objects.get(name=rules.TRANSLATORS))
    translator.force_login(user)
    for address in (reverse("wagtaildocs_chooser:choose"), reverse("wagtailimages_chooser:choose")):
        assert "apisnik" not in translator.get(address).content.decode()
    assert translator.get(image.file.url).status_code == 404
    # What stands elsewhere is still offered.
    made.collection = Collection.objects.get(name="Skupno")
    made.save()
    assert "Zapisnik" in translator.get(reverse("wagtaildocs_chooser:choose")).content.decode()


def test_the_secretary_makes_a_document_public_by_moving_it(site: Content) -> None:
    made = document()
    public = Collection.objects.get(name="Komisija – javno")
    client = signed_in(site, "secretary")
    edit = reverse("wagtaildocs:edit", args=[made.pk])
    shown = client.get(edit).context["form"]
    form = {name: shown[name].value() or "" for name in shown.fields if name != "file"}
    answer = client.post(edit, form | {"collection": public.pk})
    assert answer.status_code == 302, answer.context["form"].errors
    assert status(Client(), made) == 200


def test_setting_up_again_keeps_the_restriction_that_somebody_chose(site: Content) -> None:
    of_the_commission = CollectionViewRestriction.objects.filter(collection__name="Komisija")
    of_the_commission.update(restriction_type="login")
    set_up_site_roles()
    assert of_the_commission.get().restriction_type == "login"
