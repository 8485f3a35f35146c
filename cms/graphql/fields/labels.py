"""Words for the values of enums that no column has."""

from django.utils.translation import gettext_lazy as _

from cms.graphql.fields.page_list import page_models
from cms.graphql.fields.pages import graph

# Orders of any list.
graph.labels_of(
    "",
    {
        "NAME_ASC": _("Name, A to Z"),
        "NAME_DESC": _("Name, Z to A"),
        "TITLE_ASC": _("Title, A to Z"),
        "TITLE_DESC": _("Title, Z to A"),
        "PATH_ASC": _("Path"),
        "YEAR_ASC": _("Year, the earliest first"),
        "YEAR_DESC": _("Year, the latest first"),
        "START_ASC": _("Start, the earliest first"),
        "START_DESC": _("Start, the latest first"),
        "NEXT_START_ASC": _("Next start, the earliest first"),
        "LAST_PUBLISHED_DESC": _("Last publication, the latest first"),
    },
)
graph.labels_of(
    "ChangeKind",
    {
        "PUBLISHED": _("published"),
        "UPDATED": _("changed"),
        "MOVED": _("moved"),
        "UNPUBLISHED": _("hidden"),
        "DELETED": _("deleted"),
    },
)
graph.labels_of(
    "ImagePreset",
    {
        "THUMBNAIL": _("thumbnail"),
        "CARD": _("card"),
        "CONTENT": _("content"),
        "HERO": _("top of a page"),
        "SOCIAL": _("social networks"),
    },
)
graph.labels_of("PageType", {name: model._meta.verbose_name for name, model in page_models().items()})
