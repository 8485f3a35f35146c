"""Words for the values of enums that no column has."""

from django.utils.translation import gettext_lazy as _

from centres.graphql.graph import graph

graph.labels_of(
    "SearchType",
    {
        "CENTRE": _("Centres"),
        "PROGRAMME": _("Programmes"),
        "EDITION": _("Editions"),
        "INFO": _("Information"),
    },
)
graph.labels_of("CentreOrder", {"REVIEW_DUE_ASC": _("Next review, the earliest first")})
graph.labels_of(
    "FacetName",
    {
        "TYPE": _("Type of content"),
        "CENTRE": _("Centre"),
        "TOPIC": _("Topic"),
        "AUDIENCE": _("Audience"),
        "KIND": _("Kind"),
        "MODE": _("Way of taking part"),
        "MONTH": _("Month"),
    },
)
