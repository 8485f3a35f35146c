"""Editions and their sessions: one row each, whatever the locale."""

from typing import Any

from centres.graphql.filters import watch_clock
from centres.graphql.graph import graph
from centres.graphql.rows import in_full, visible_editions
from centres.models import Edition, EventEdition, Fee, ProgrammePage, PublicationEdition, Session
from centres.status import edition_status, edition_status_of
from cms.graphql.fields.editing import edit_url
from cms.graphql.fields.nodes import chain_of_id, read_id
from cms.graphql.loading.batching import batched, is_draft, related
from cms.graphql.loading.context import Info
from cms.graphql.loading.guard import admit
from cms.graphql.loading.localised import chain_for, chain_of, mark
from cms.graphql.loading.pages import by_key
from cms.graphql.schema.lists import listed
from cms.languages.locales import locale_codes
from cms.site import absolute_url


@graph.query(
    'edition("Id of the edition, in any locale." id: ID!, '
    "locale: String, fallback: [String!]): EditionInterface"
)
def edition(
    _root: Any, info: Info, id: str, locale: str | None = None, fallback: list[str] | None = None
) -> Any:
    """One edition by its id. Null if there is no such public edition."""
    chain_for(locale, fallback)
    given = read_id(info.context, id, "Query.edition(id:)", Edition)
    if given is None:
        return None
    chain = chain_of_id(given, locale, fallback, None)
    rows = visible_editions(info.context, chain).filter(pk=given.pk)
    return mark(next(iter(in_full(info.context)(list(rows))), None), chain)


@graph.field("EditionInterface.programme")
def programme_of_edition(edition: Edition, info: Info) -> Any:
    chain = chain_of(edition)

    def load(group: list[Any]) -> dict[Any, Any]:
        pages = by_key(info.context, ProgrammePage, {row.programme_key for row in group}, chain)
        return {row.pk: pages.get(row.programme_key) for row in group}

    return batched(edition, ("programme", chain.codes), load, lambda: None)


@graph.field("EditionInterface.status")
def status_of_edition(edition: Edition, info: Info) -> str:
    watch_clock(info.context)
    if is_draft(edition):
        return str(edition_status_of(edition, info.context.now))

    def load(group: list[Any]) -> dict[Any, str]:
        rows = type(edition)._default_manager.filter(pk__in=[row.pk for row in group])
        return dict(rows.annotate(now_is=edition_status(info.context.now)).values_list("pk", "now_is"))

    return str(batched(edition, "status", load, lambda: None))


@graph.query('editionYears("Conditions that the editions must meet." filter: EditionFilter): [Int!]!')
def edition_years(_root: Any, info: Info, filter: dict[str, Any] | None = None) -> list[int]:
    """Years that have editions in any locale, the newest first."""
    context, chain = info.context, chain_for(None, list(locale_codes()))
    rows = visible_editions(context, chain).filter(listed(Edition).conditions.of(context, chain, filter))
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


@graph.field("EditionInterface.path")
def path_of_edition(edition: Edition, info: Info) -> str | None:
    page = admit(info.context, edition, programme_of_edition(edition, info))
    return None if page is None else f"{page.url_path}#{edition.preview_anchor}"


@graph.field("EditionInterface.url")
def url_of_edition(edition: Edition, info: Info) -> str | None:
    path = path_of_edition(edition, info)
    return None if path is None else absolute_url(path)


graph.field("EditionInterface.editUrl")(edit_url)


@graph.field("PublicationEdition.ownTitleLocale")
def own_title_locale(edition: PublicationEdition, _info: Info) -> str | None:
    return edition.own_title.pick(chain_of(edition).codes)[1] or None


@graph.field("EventEdition.feeFor")
def fee_for(edition: EventEdition, _info: Info, audience: str) -> Fee | None:
    fees = related(edition, "fees")
    own = next((fee for fee in fees if fee.audience_id and fee.audience.code == audience), None)
    return own or next((fee for fee in fees if fee.audience_id is None), None)


@graph.field("Session.presenters")
def presenters(session: Session, _info: Info) -> list[Any]:
    return [person for person in related(session, "presenters") if person.publication_consent]


# Lengths of lists.
graph.price(4, "EventEdition.sessions")
graph.price(2, "EventEdition.fees", "Session.presenters", "AwardEdition.coAwarders")
