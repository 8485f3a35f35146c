"""The domain's declaration for the search; ``CMS_SEARCH_CATALOGUE`` names `CATALOGUE`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from centres.models import Audience, CentrePage, ProgrammePage, Topic
from centres.search.sources import SOURCES
from centres.search.texts import PREFETCH, pieces_of
from cms.languages.locales import LocaleChain
from cms.models import Term
from cms.publishing.visibility import Gate
from cms.search.catalogue import Catalogue, Facet, Label

# What is counted and filtered as a type; every page that is neither of the first two is information.
TYPES = {
    "CENTRE": _("Centres"),
    "PROGRAMME": _("Programmes"),
    "EDITION": _("Editions"),
    "INFO": _("Information"),
}


def types_of(pages: Sequence[Page]) -> Mapping[int, list[str]]:
    """Return the type of each page."""
    return {page.pk: [_type_of(page)] for page in pages}


def _type_of(page: Page) -> str:
    if isinstance(page, CentrePage):
        return "CENTRE"
    return "PROGRAMME" if isinstance(page, ProgrammePage) else "INFO"


def describe_types(types: Collection[str], chain: LocaleChain, _gate: Gate) -> Mapping[str, Label]:
    """Return the names of types in the asked language."""
    with override(chain.requested):
        return {code: Label(code, gettext(str(TYPES[code]))) for code in types if code in TYPES}


def centres_of(pages: Sequence[Page]) -> Mapping[int, list[str]]:
    """Return the key of the centre to which each page belongs, wherever below it the page stands."""
    others = any(not isinstance(page, (CentrePage, ProgrammePage)) for page in pages)
    centres = list(CentrePage.objects.values_list("path", "translation_key")) if others else []
    found: dict[int, list[str]] = {}
    for page in pages:
        if isinstance(page, CentrePage):
            found[page.pk] = [str(page.translation_key)]
        elif isinstance(page, ProgrammePage):
            found[page.pk] = [str(page.centre_key)]
        else:
            found[page.pk] = [str(key) for path, key in centres if page.path.startswith(path)]
    return found


def centres_by_slug(slugs: Sequence[str], chain: LocaleChain, gate: Gate) -> Iterable[str]:
    """Return the keys of the visible centres with these slugs, in the asked language first, then in any."""
    pages = CentrePage.objects.filter(gate.q(CentrePage), slug__in=slugs).order_by("pk")
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


def topics_of(pages: Sequence[Page]) -> Mapping[int, list[str]]:
    """Return the codes of the topics of each page."""
    return {
        page.pk: [topic.code for topic in page.topics.all()]
        for page in pages
        if isinstance(page, (CentrePage, ProgrammePage))
    }


def audiences_of(pages: Sequence[Page]) -> Mapping[int, list[str]]:
    """Return the codes of the audiences of each page."""
    found: dict[int, list[str]] = {}
    for page in pages:
        if isinstance(page, CentrePage):
            found[page.pk] = [row.audience.code for row in page.audiences.all()]
        elif isinstance(page, ProgrammePage):
            found[page.pk] = [row.audience.code for row in page.programme_audiences.all()]
    return found


def _describe_terms(model: type[Term], codes: Collection[str], chain: LocaleChain) -> Mapping[str, Label]:
    terms = model._default_manager.filter(code__in=codes)
    return {term.code: Label(term.code, term.name.pick(chain.codes)[0]) for term in terms}


def describe_topics(codes: Collection[str], chain: LocaleChain, _gate: Gate) -> Mapping[str, Label]:
    """Return the names of topics."""
    return _describe_terms(Topic, codes, chain)


def describe_audiences(codes: Collection[str], chain: LocaleChain, _gate: Gate) -> Mapping[str, Label]:
    """Return the names of audiences."""
    return _describe_terms(Audience, codes, chain)


CATALOGUE = Catalogue(
    facets=(
        Facet("TYPE", types_of, describe_types),
        Facet("CENTRE", centres_of, describe_centres, centres_by_slug),
        Facet("TOPIC", topics_of, describe_topics),
        Facet("AUDIENCE", audiences_of, describe_audiences),
    ),
    pieces_of=pieces_of,
    extra=("TYPE", "EDITION"),
    sources=SOURCES,
    prefetch=PREFETCH,
)
