"""What is used somewhere is not deleted, by whatever way, and whoever tries hears where it is used."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import ReferenceIndex

from centres.models import AwardEdition, AwardResult, Partner, Session
from tests import factories
from tests.factories import moment

pytestmark = pytest.mark.django_db


def book_with_award() -> Any:
    book = factories.book()
    edition = factories.award()
    category = factories.coded(factories.AwardCategory, "picture-books")
    edition.results = [AwardResult(category=category, outcome="AWARDED", books=[book])]
    factories.publish(edition)
    return book


def presenter() -> Any:
    person = factories.person()
    begin, end = moment(2027, 5, 4, 9), moment(2027, 5, 4, 12)
    factories.event(sessions=[Session(start=begin, end=end, presenters=[person])])
    return person


def topic_of_a_programme() -> Any:
    topic = factories.coded(factories.Topic, "reading")
    factories.programme(topics=[topic])
    return topic


def host() -> Any:
    return factories.centre().host


USED = [book_with_award, presenter, topic_of_a_programme, host]


@pytest.mark.parametrize("make", USED)
def test_the_admin_says_where_a_row_is_used_and_keeps_it(
    make: Callable[[], Any], admin_client: Client
) -> None:
    row = make()
    viewset = row.snippet_viewset
    page = admin_client.get(reverse(viewset.get_url_name("delete"), args=[row.pk]))
    uses = reverse(viewset.get_url_name("usage"), args=[row.pk])
    assert uses in page.text
    assert page.context["is_protected"]
    with translation.override("sl"):
        assert gettext("prevents deletion") in admin_client.get(f"{uses}?describe_on_delete=1").text
    answer = admin_client.post(reverse(viewset.get_url_name("delete"), args=[row.pk]), follow=True)
    assert answer.redirect_chain[-1][0] == f"{uses}?describe_on_delete=1"
    assert "Izbris ni mogoč, ker se to še uporablja." in answer.text
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("make", USED)
def test_a_used_row_is_not_deleted_elsewhere_either(make: Callable[[], Any]) -> None:
    row = make()
    with pytest.raises(ProtectedError), transaction.atomic():
        row.delete()
    assert type(row).objects.filter(pk=row.pk).exists()


def test_what_nothing_uses_any_more_can_be_deleted(admin_client: Client) -> None:
    book = book_with_award()
    edition = AwardEdition.objects.get()
    edition.results = []
    factories.publish(edition)
    admin_client.post(reverse(book.snippet_viewset.get_url_name("delete"), args=[book.pk]))
    assert not type(book).objects.filter(pk=book.pk).exists()


def test_what_a_page_points_at_is_noted_once_for_all_its_rows() -> None:
    centre, partners = factories.centre(), [factories.organisation("nuk"), factories.organisation("izum")]
    centre.partners = [Partner(organisation=one, relation="COOPERATES") for one in partners]
    note = ReferenceIndex.create_or_update_for_object
    with patch.object(ReferenceIndex, "create_or_update_for_object", side_effect=note) as noted:
        centre.save()
    assert noted.call_count == 1
    assert all(ReferenceIndex.get_references_to(one).exists() for one in partners)
    centre.partners = []
    centre.save()
    assert not any(ReferenceIndex.get_references_to(one).exists() for one in partners)


def test_what_translations_point_at_is_noted_with_the_page_that_brings_their_facts() -> None:
    centre, partner = factories.centre(), factories.organisation("nuk")
    translation_of_it = factories.translated(centre)
    centre.partners = [Partner(organisation=partner, relation="COOPERATES")]
    factories.publish(centre)
    pointing = ReferenceIndex.get_references_to(partner).values_list("object_id", flat=True)
    assert set(pointing) == {str(centre.pk), str(translation_of_it.pk)}
    centre = type(centre).objects.get(pk=centre.pk)
    centre.partners = []
    factories.publish(centre)
    assert not ReferenceIndex.get_references_to(partner).exists()
