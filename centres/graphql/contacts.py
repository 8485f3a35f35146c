"""How to reach a centre and the people in it: personal data only where the person agreed."""

from typing import Any

from centres.graphql.graph import graph
from centres.models import CentrePage, Person
from cms.graphql.loading.batching import related
from cms.graphql.loading.context import Info
from cms.graphql.loading.fetching import referred


@graph.field("Contact.email", "Contact.phone", "Contact.address", "Contact.url")
def contact(page: CentrePage, info: Info) -> str | None:
    return getattr(page, f"contact_{info.field_name}") or None


@graph.field("CentrePage.staff")
def staff(page: CentrePage, _info: Info) -> list[Any]:
    people = [(member, referred(member, "person")) for member in related(page, "staff")]
    return [member for member, person in people if person is not None and person.publication_consent]


@graph.field("Person.email")
def email(person: Person, _info: Info) -> str | None:
    return person.email if person.email and person.email_consent else None
