"""The page of a programme: what is offered again and again; its editions say when."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from grapple.models import (
    GraphQLCollection,
    GraphQLForeignKey,
    GraphQLImage,
    GraphQLInt,
    GraphQLStreamfield,
    GraphQLString,
)
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)

from centres.forms import PageRowsForm
from centres.models.choices import Cadence, CredentialKind, ProgrammeKind, ProgrammePurpose
from centres.models.drafts import SurvivingDraft
from centres.models.vocabulary import ProgrammeFormat, Topic
from centres.rows import RowRules, Rows
from centres.validation import check_title, check_unique, lines
from cms.body.field import BodyField
from cms.fields import MultiChoiceField, ProtectedManyToManyField
from cms.graphql_fields import COMPUTED, Below, By, GraphQLDecimal, List, Where, field
from cms.models import BasePage

# The oldest reading society that a Slovenian library may trace itself to; nothing here is older.
FIRST_YEAR = 1861
MAX_TOPICS = 5


class ProgrammePage(SurvivingDraft, RowRules, BasePage):
    """Page of a programme: a training, quiz, award, publication or service that a centre offers repeatedly."""

    parent_page_types = ["centres.CentrePage"]
    subpage_types: list[str] = []

    kind = models.CharField(
        _("kind"),
        max_length=14,
        choices=ProgrammeKind.choices,
        help_text=_("It decides what its editions are: events, awards or publications."),
    )
    format: Any = models.ForeignKey(
        ProgrammeFormat,
        verbose_name=_("format"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Seminar, workshop, symposium, quiz and so on."),
    )
    body = BodyField(
        verbose_name=_("body"), blank=True, help_text=_("What the programme is. Put dates on the edition.")
    )
    lead_image = models.ForeignKey(
        "cms.Image",
        verbose_name=_("lead image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown at the top of the page and in lists; it needs an alternative text."),
    )
    topics: Any = ProtectedManyToManyField(
        Topic,
        verbose_name=_("topics"),
        related_name="+",
        help_text=_("What it is about: one to five topics."),
    )
    purposes = MultiChoiceField(
        _("purposes"), choices=ProgrammePurpose, blank=True, help_text=_("What participants come for.")
    )
    outcomes = models.TextField(
        _("outcomes"),
        blank=True,
        help_text=_("What participants can do afterwards, one outcome a line; begin with a verb."),
    )
    cadence = models.CharField(
        _("cadence"), max_length=14, choices=Cadence.choices, help_text=_("How often it takes place.")
    )
    since_year = models.PositiveSmallIntegerField(
        _("since"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR)],
        help_text=_("First year."),
    )
    duration_hours = models.DecimalField(
        _("hours"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0.25)],
        help_text=_("Length of one edition in hours."),
    )
    duration_days = models.PositiveSmallIntegerField(
        _("days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Number of days of one edition."),
    )
    credential_kind = models.CharField(
        _("credential"),
        max_length=11,
        choices=CredentialKind.choices,
        blank=True,
        help_text=_("What participants get at the end; empty if nothing."),
    )
    credential_hours = models.DecimalField(
        _("hours on the credential"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("As printed on it."),
    )
    credential_text = models.CharField(
        _("about the credential"),
        max_length=255,
        blank=True,
        help_text=_("Who issues it and what it counts for."),
    )
    predecessor = models.ForeignKey(
        "self",
        verbose_name=_("predecessor"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The programme that this one took the place of."),
    )
    centre_key = models.UUIDField(editable=False, db_index=True)

    translated_fields = ("body", "outcomes", "credential_text")
    generated_fields = ("centre_key",)
    shared_fields = (
        "kind", "format", "lead_image", "topics", "purposes", "cadence", "since_year", "duration_hours",
        "duration_days", "credential_kind", "credential_hours", "predecessor",
    )  # fmt: skip
    shared_relations = (
        "programme_audiences",
        "programme_co_organisers",
        "programme_funders",
        "external_codes",
    )

    base_form_class = PageRowsForm

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead_image"),
        FieldPanel("body"),
        FieldPanel("outcomes"),
    ]
    profile_panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("format")]),
        FieldPanel("topics", required_on_save=False),
        InlinePanel(
            "programme_audiences",
            heading=_("Audiences, in order of priority"),
            label=_("Audience"),
            help_text=_("Who gets seats first."),
            min_num=1,
        ),
        FieldPanel("purposes"),
        FieldRowPanel([FieldPanel("cadence"), FieldPanel("since_year")]),
        FieldRowPanel([FieldPanel("duration_hours"), FieldPanel("duration_days")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("credential_kind"), FieldPanel("credential_hours")]),
                FieldPanel("credential_text"),
            ],
            _("Credential"),
        ),
    ]
    partner_panels = [
        InlinePanel("programme_co_organisers", heading=_("Co-organisers"), label=_("Organisation")),
        InlinePanel("programme_funders", heading=_("Funders"), label=_("Organisation")),
        InlinePanel("external_codes", heading=_("Codes in other catalogues"), label=_("Code")),
        PageChooserPanel("predecessor", "centres.ProgrammePage"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(profile_panels, heading=_("Profile")),
            ObjectList(
                [HelpPanel(heading=_("Editions"), template="centres_desk/editions_of_programme.html")],
                heading=_("Editions"),
            ),
            ObjectList(partner_panels, heading=_("Partners and catalogues")),
            ObjectList(BasePage.promote_panels, heading=_("Promote")),
            ObjectList(BasePage.settings_panels, heading=_("Settings")),
        ]
    )

    graphql_fields = [
        *BasePage.graphql_fields,
        GraphQLString("kind", description="Kind of the programme. It determines the type of its editions."),
        field(
            "format: Term!",
            "Format of the programme, such as seminar or quiz, from a vocabulary that editors maintain.",
            always=True,
        ),
        GraphQLStreamfield("body", description="Content blocks of the page, in order."),
        GraphQLImage(
            "lead_image", description="Image for the top of the page and for lists. Null if there is none."
        ),
        field("centre: CentrePage!", "The centre that runs the programme."),
        GraphQLCollection(
            GraphQLForeignKey, "topics", "centres.Topic", description="Topics of the programme."
        ),
        field(
            "audiences: [Term!]!",
            "Audiences of the programme. The first has priority for seats.",
            source="programme_audiences.audience",
        ),
        GraphQLCollection(GraphQLString, "purposes", description="Purposes for which people take part."),
        field(
            "outcomes: [String!]!",
            "What participants can do afterwards, one outcome per entry.",
            source="outcome_list",
        ),
        GraphQLString("cadence", description="How often the programme takes place."),
        GraphQLInt("since_year", description="First year of the programme. Null if it is unknown."),
        GraphQLDecimal(
            "duration_hours", description="Length of one edition in hours. Null if it is unknown."
        ),
        field(
            "coOrganisers: [Organisation!]!",
            "Organisations that run the programme together with the centre.",
            source="programme_co_organisers.organisation",
        ),
        field(
            "funders: [Organisation!]!",
            "Organisations that fund the programme.",
            source="programme_funders.organisation",
        ),
    ]
    graphql_list = List(
        "programmes",
        order={
            "TITLE": By(
                "sort_key",
                "By title, in the alphabetical order of the locale.",
                "By title, in reverse alphabetical order.",
            ),
            "NEXT_START_ASC": COMPUTED,
            "LAST_PUBLISHED_DESC": By(
                "last_published_at", descending="By the time of publication, the most recent first."
            ),
        },
        filters={
            "centre": COMPUTED,
            "kind": Where("kind", "Kinds of the programme."),
            "topic": Where("topics", "Codes of topics of the programme."),
            "audience": Where("programme_audiences__audience", "Codes of audiences of the programme."),
            "cadence": Where("cadence", "How often the programme takes place."),
            "titleContains": Where(
                "folded_title", "Part of the programme's title. Case and accents are ignored."
            ),
            "hasOpenEdition": COMPUTED,
            "editions": COMPUTED,
        },
        below={"CentrePage": Below("centre_key", description="Programmes that the centre runs.")},
        description="Programmes of all centres, for overviews and for lists that visitors filter.",
    )

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        indexes = [models.Index(fields=["centre_key", "sort_key", "page_ptr"], name="programme_by_centre")]

    @property
    def outcome_list(self) -> list[str]:
        """What participants can do afterwards."""
        return lines(self.outcomes)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        # One fact of all languages: the tree says it of a new programme, and a move (`centres.signals`) afterwards.
        if kwargs.get("update_fields") is None:
            alike = ProgrammePage.objects.filter(translation_key=self.translation_key)
            known = alike.values_list("centre_key", flat=True).first()
            # A page is saved by the tree only with its place in it, so the parent is known.
            if known is not None or (parent := self.get_parent()) is not None:
                self.centre_key = known or parent.translation_key
        return super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        try:
            check_title(self.title)
        except ValidationError as error:
            errors["title"] = error
        if self.since_year and self.since_year > timezone.localdate().year:
            errors["since_year"] = _(
                "This year is still to come. Write the year in which it first took place."
            )
        if self.predecessor_id and self._leads_back():
            errors["predecessor"] = _(
                "This predecessor leads back to this programme. Choose another one or none."
            )
        if errors:
            raise ValidationError(errors)

    def _leads_back(self) -> bool:
        seen = {self.translation_key}
        step = self.predecessor
        while step is not None:
            if step.translation_key in seen:
                return True
            seen.add(step.translation_key)
            step = step.predecessor
        return False

    def check_rows(self, rows: Rows) -> None:
        """Refuse rows that are there twice, more topics than a list can show, and none for whom or what it is."""
        if not rows["topics"]:
            raise ValidationError(_("Choose at least one topic."), code="required")
        if not rows["programme_audiences"]:
            raise ValidationError(_("Add at least one audience."), code="required")
        if len(rows["topics"]) > MAX_TOPICS:
            raise ValidationError(
                _("Choose at most five topics: those that it is really about."), code="topics"
            )
        check_unique(
            (row.audience_id for row in rows["programme_audiences"]),
            _("An audience is there twice. Remove one of the rows."),
        )
        for relation in ("programme_co_organisers", "programme_funders"):
            check_unique(
                (row.organisation_id for row in rows[relation]),
                _("An organisation is there twice. Remove one of the rows."),
            )
