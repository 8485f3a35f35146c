"""The block of a page's body that shows programmes, beside those that every site has."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from grapple.helpers import register_streamfield_block
from grapple.models import GraphQLString
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from centres.models.choices import ProgrammeKind
from cms.graphql_fields import field


@register_streamfield_block
class ProgrammesBlock(blocks.StructBlock):
    """A list of programmes. Editors choose them one by one or by a rule; the API returns the pages."""

    stored_as: ClassVar[str] = "programmes"
    graphql_fields: ClassVar[list[Any]] = [
        GraphQLString("heading", description="Heading above the list. It may be empty."),
        field("programmes: [ProgrammePage!]!", "Programmes of the list, in the order to show them."),
    ]

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, help_text=_("What stands above the list."))
    programmes = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="centres.ProgrammePage", label=_("Programme")),
        label=_("Chosen by hand"),
        default=[],
        help_text=_("They are shown in this order. Leave it empty to let the rule below choose."),
    )
    centre = blocks.PageChooserBlock(
        page_type="centres.CentrePage",
        required=False,
        label=_("Of centre"),
        help_text=_("Empty: of all centres."),
    )
    kind = blocks.ChoiceBlock(
        choices=ProgrammeKind.choices, required=False, label=_("Of kind"), help_text=_("Empty: of all kinds.")
    )
    topic = SnippetChooserBlock(
        "centres.Topic", required=False, label=_("On topic"), help_text=_("Empty: on all topics.")
    )
    limit = blocks.IntegerBlock(
        label=_("At most"),
        default=6,
        min_value=1,
        max_value=24,
        help_text=_("How many programmes the rule shows."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Programmes")
        label_format = "{heading}"
        description = _("A list of programmes, chosen by hand or by centre, kind and topic.")
