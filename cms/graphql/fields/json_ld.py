"""schema.org data of any page as JSON-LD: what it is, where it stands, which site it belongs to.

Sources: JSON-LD 1.1 (W3C, 2020), schema.org 30.0. An app adds what a page is about with `page_document`.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.db.models import Model
from django.utils import timezone

from cms.graphql.fields.media import alt, responsive
from cms.graphql.fields.pages import breadcrumbs, graph, locale_of
from cms.graphql.fields.queries import site
from cms.graphql.loading.context import Info
from cms.graphql.loading.guard import admit
from cms.graphql.loading.localised import chain_of
from cms.graphql.protocol.left_out import leave_out
from cms.languages.locales import locale_codes
from cms.publishing.tags import tag_of
from cms.site import absolute_url, frontend_url

Node = dict[str, Any]

# What would end or open a script element (HTML Standard, 4.12.1.3), and the two line ends that JSON allows in
# a string and JavaScript did not before 2019.
_UNSAFE = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def document(*nodes: Node) -> str:
    """Return the nodes as one JSON-LD document, without what is empty and safe inside a script element."""
    data = {"@context": "https://schema.org", "@graph": [_without_empty(node) for node in nodes if node]}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, escaped in _UNSAFE.items():  # str.translate would ask for each letter of a long text
        text = text.replace(sign, escaped)
    return text


def _without_empty(value: Any) -> Any:
    if isinstance(value, Mapping):
        kept = {name: _without_empty(item) for name, item in value.items()}
        return {name: item for name, item in kept.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [item for item in map(_without_empty, value) if item not in (None, "", [], {})]
    return value


def page_document(page: Any, info: Info, *about: Node, kind: str = "WebPage") -> str:
    """Return the JSON-LD of a page and of what it is about; the first of ``about`` is its main subject."""
    way = breadcrumbs(page, info)
    url = absolute_url(page.url_path)
    image = admit(info.context, page, getattr(page, "lead_image", None))
    web_page = {
        "@type": kind,
        "@id": url,
        "url": url,
        "name": page.title,
        "description": page.search_description or getattr(page, "summary", ""),
        "inLanguage": locale_of(info.context, page),
        "isPartOf": reference(website_id()),
        "breadcrumb": reference(f"{url}#breadcrumbs") if way else None,
        "primaryImageOfPage": image_object(image, info) if image is not None else None,
        "datePublished": moment(page.first_published_at),
        "dateModified": moment(page.last_published_at),
        "mainEntity": reference(about[0]["@id"]) if about else None,
    }
    return document(web_page, website(page, info), _breadcrumb_list(url, way), *about)


def named[T: Model](info: Info, row: T) -> T:
    """Return a row that a document names beside its page, and tag the response with it.

    Rows that come from the graph by `admit` have their tag already.
    """
    info.context.tags.add(tag_of(row))
    return row


def reference(identifier: str) -> Node:
    """Return the JSON-LD of a node that stands elsewhere."""
    return {"@id": identifier}


def website_id() -> str:
    """Return the identifier of the whole site."""
    return f"{frontend_url()}/#website"


def website(page: Any, info: Info) -> Node:
    """Return the node of the whole site, with its name in the requested locale."""
    requested = chain_of(page).requested
    key = ("website", requested)
    if key not in info.context.store:
        info.context.store[key] = site(None, info, requested).name
    return {
        "@type": "WebSite",
        "@id": website_id(),
        "url": f"{frontend_url()}/",
        "name": info.context.store[key],
        "inLanguage": list(locale_codes()),
    }


def image_object(image: Any, info: Info) -> Node:
    """Return the node of an image in the size that social networks and search engines show."""
    picture = responsive(image, info, "SOCIAL")
    return {
        "@type": "ImageObject",
        "url": picture.src,
        "contentUrl": picture.src,
        "width": _pixels(picture.width),
        "height": _pixels(picture.height),
        "caption": alt(image, info),
    }


def _pixels(number: int) -> Node:
    # E37 is the pixel among the common codes of units of UN/CEFACT, Recommendation 20.
    return {"@type": "QuantitativeValue", "value": number, "unitCode": "E37"}


def moment(value: datetime | date | None) -> str | None:
    """Return a time with the offset of the site's time zone, or a day (ISO 8601)."""
    if value is None:
        return None
    return timezone.localtime(value).isoformat() if isinstance(value, datetime) else value.isoformat()


def _breadcrumb_list(url: str, way: list[Any]) -> Node:
    steps = [
        {
            "@type": "ListItem",
            "position": place,
            "name": crumb.title,
            "item": {"@type": "WebPage", "@id": absolute_url(crumb.path), "name": crumb.title},
        }
        for place, crumb in enumerate(way, start=1)
    ]
    return {"@type": "BreadcrumbList", "@id": f"{url}#breadcrumbs", "itemListElement": steps} if steps else {}


# A document reads what stands around its page, and takes as long to write as so many rows of scalars.
DOCUMENT_ROWS = 300
graph.price(DOCUMENT_ROWS, "PageInterface.jsonLd")


def or_empty(resolve: Callable[[Any, Info], str]) -> Callable[[Any, Info], str]:
    """Make a resolver of ``jsonLd`` give an empty document where a row that it names is not whole; that is logged.

    No page may be missing for what search engines read of it.
    """

    @wraps(resolve)
    def resolved(thing: Any, info: Info) -> str:
        try:
            return resolve(thing, info)
        except Exception as error:
            if not leave_out(error, thing):
                raise
            return document()

    return resolved


@graph.field("PageInterface.jsonLd")
@or_empty
def json_ld(page: Any, info: Info) -> str:
    return page_document(page, info)
