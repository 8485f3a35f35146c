"""The domain's declaration for the search; ``CMS_SEARCH_CATALOGUE`` names `CATALOGUE`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from centres.models import Audience, CentrePage, ProgrammePage, Topic
from centres.search.sources import SOURCES
from centres.search.texts import pieces_of
from cms.locales import LocaleChain
from cms.models import Term
from cms.search.catalogue import Catalogue, Facet, Label
from cms.visibility import Gate

# What is counted and filtered as a type; every page that is neither of the first two is information.
TYPES = {
    "CENTRE": _("Centres"),
    "PROGRAMME": _("Programmes"),
    "EDITION": _("Editions"),
    "INFO": _("Information"),
}


def type_of(page: Page) -> list[str]:
    """Return the type of a page."""
    if isinstance(page, CentrePage):
        return ["CENTRE"]
    return ["PROGRAMME" if isinstance(page, ProgrammePage) else "INFO"]


def describe_types(types: Collection[str], chain: LocaleChain, _gate: Gate) -> Mapping[str, Label]:
    """Return the names of types in the asked language."""
    with override(chain.requested):
        return {code: Label(code, gettext(str(TYPES[code]))) for code in types if code in TYPES}


def centre_of(page: Page) -> list[str]:
    """Return the key of the centre to which a page belongs, wherever below it the page stands."""
    if isinstance(page, CentrePage):
        return [str(page.translation_key)]
    if isinstance(page, ProgrammePage):
        return [str(page.centre_key)]
    return [str(centre.translation_key) for centre in CentrePage.objects.ancestor_of(page)]


def centres_by_slug(slugs: Sequence[str], chain: LocaleChain) -> Iterable[str]:
    """Return the keys of the centres with these slugs, in the asked language first, then in any."""
    pages = CentrePage.objects.filter(slug__in=slugs).order_by("pk")
    found: dict[str, tuple[bool, str]] = {}
    for slug, locale, key in pages.values_list("slug", "locale__language_code", "translation_key"):
        if slug not in found or (locale == chain.requested and not found[slug][0]):
            found[slug] = locale == chain.requested, str(key)
    return [key for _is_asked, key in found.values()]


def describe_centres(keys: Collection[str], chain: LocaleChain, gate: Gate) -> Mapping[str, Label]:
    """Return slugs and short names of centres that the visitor may see, in the first language that they
    have."""
    pages = CentrePage.objects.filter(gate.q(CentrePage), translation_key__in=[UUID(key) for key in keys])
    rows = pages.filter(locale__language_code__in=chain.codes)
    found: dict[str, tuple[int, Label]] = {}
    for key, locale, slug, name in rows.values_list(
        "translation_key", "locale__language_code", "slug", "short_name"
    ):
        place = chain.codes.index(locale)
        if str(key) not in found or place < found[str(key)][0]:
            found[str(key)] = place, Label(slug, name)
    return {key: label for key, (_place, label) in found.items()}


def topics_of(page: Page) -> list[str]:
    """Return the codes of a page's topics."""
    if isinstance(page, (CentrePage, ProgrammePage)):
        return [topic.code for topic in page.topics.all()]
    return []


def audiences_of(page: Page) -> list[str]:
    """Return the codes of the audiences of a page."""
    if isinstance(page, CentrePage):
        return [row.audience.code for row in page.audiences.all()]
    if isinstance(page, ProgrammePage):
        return [row.audience.code for row in page.programme_audiences.all()]
    return []


def _describe_terms(model: type[Term], codes: Collection[str], chain: LocaleChain) -> Mapping[str, Label]:
    terms = model.objects.filter(code__in=codes)
    return {term.code: Label(term.code, term.name.pick(chain.codes)[0]) for term in terms}


def describe_topics(codes: Collection[str], chain: LocaleChain, _gate: Gate) -> Mapping[str, Label]:
    """Return the names of topics."""
    return _describe_terms(Topic, codes, chain)


def describe_audiences(codes: Collection[str], chain: LocaleChain, _gate: Gate) -> Mapping[str, Label]:
    """Return the names of audiences."""
    return _describe_terms(Audience, codes, chain)


CATALOGUE = Catalogue(
    facets=(
        Facet("TYPE", type_of, describe_types),
        Facet("CENTRE", centre_of, describe_centres, centres_by_slug),
        Facet("TOPIC", topics_of, describe_topics),
        Facet("AUDIENCE", audiences_of, describe_audiences),
    ),
    pieces_of=pieces_of,
    extra=("TYPE", "EDITION"),
    sources=SOURCES,
)
