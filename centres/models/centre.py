"""The page of a centre."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import (
    GraphQLCollection,
    GraphQLForeignKey,
    GraphQLImage,
    GraphQLRichText,
    GraphQLStreamfield,
    GraphQLString,
)
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import RichTextField

from centres.forms import PageRowsForm
from centres.models.choices import CentreFunction, CentreRole
from centres.models.drafts import SurvivingDraft
from centres.models.organisations import Organisation, OrganisationKind
from centres.models.vocabulary import CompetenceField, Network, Topic
from centres.rows import RowRules, Rows
from centres.validation import check_https, check_official_name, check_unique, lines, phone_validator
from cms.body.field import BodyField
from cms.body.rich_text import FEATURES
from cms.fields import MultiChoiceField, ProtectedManyToManyField
from cms.graphql_fields import COMPUTED, By, List, Where, field
from cms.models import BasePage, SharedText


class CentrePage(SurvivingDraft, RowRules, BasePage):
    """Page of a competence centre: a library, or a unit in it, that develops one field or service for all libraries."""

    parent_page_types = ["centres.CentreIndexPage"]
    subpage_types = ["centres.ProgrammePage", "home.InfoPage"]

    short_name = models.CharField(
        _("short name"), max_length=80, help_text=_("Short name used in lists, such as “Pionirska”.")
    )
    official_name = models.CharField(
        _("official name"),
        max_length=255,
        validators=[check_official_name],
        help_text=_("The name exactly as it stands in the decision of the commission."),
    )
    name_variants = models.TextField(
        _("other names"),
        blank=True,
        help_text=_(
            "Other spellings in use, one a line. They are not shown as names but help people find the centre."
        ),
    )
    easy_read_summary = RichTextField(
        _("easy-to-read summary"),
        blank=True,
        features=FEATURES,
        help_text=_("Short and simple: sentences of at most 15 words, no foreign words."),
    )
    intro = models.ForeignKey(
        SharedText,
        verbose_name=_("shared introduction"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Text shared by all centres; it is kept in one place."),
    )
    body = BodyField(verbose_name=_("body"), blank=True, help_text=_("The centre in its own words."))
    lead_image = models.ForeignKey(
        "cms.Image",
        verbose_name=_("lead image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown at the top of the page and in lists; it needs an alternative text."),
    )
    host: Any = models.ForeignKey(
        Organisation,
        verbose_name=_("host library"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The library in which the centre works."),
    )
    network: Any = models.ForeignKey(
        Network,
        verbose_name=_("network"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The network of libraries that the centre serves."),
    )
    competence_field: Any = models.ForeignKey(
        CompetenceField,
        verbose_name=_("field or service"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The field or service for which the centre was appointed."),
    )
    related_fields: Any = ProtectedManyToManyField(
        CompetenceField,
        verbose_name=_("related fields"),
        blank=True,
        related_name="+",
        help_text=_("Other fields with which the centre exchanges knowledge."),
    )
    topics: Any = ProtectedManyToManyField(
        Topic,
        verbose_name=_("topics"),
        blank=True,
        related_name="+",
        help_text=_("What the centre is about."),
    )
    functions = MultiChoiceField(
        _("functions"),
        choices=CentreFunction,
        help_text=_("What the centre does for its field; at least one."),
    )
    roles = MultiChoiceField(
        _("roles"), choices=CentreRole, help_text=_("What the centre is for others; at least one.")
    )
    contact_email = models.EmailField(_("e-mail"), help_text=_("The centre's own address, not a person's."))
    contact_phone = models.CharField(
        _("telephone"),
        max_length=16,
        blank=True,
        validators=[phone_validator],
        help_text=_("With the country code and without spaces, such as +38613084800."),
    )
    contact_address = models.CharField(
        _("address"), max_length=255, blank=True, help_text=_("Street, number, postal code and city.")
    )
    contact_url = models.URLField(
        _("website"),
        blank=True,
        validators=[check_https],
        help_text=_("The centre's own website, with https://."),
    )

    translated_fields = ("short_name", "official_name", "name_variants", "easy_read_summary", "body")
    shared_fields = (
        "intro", "lead_image", "host", "network", "competence_field", "related_fields", "topics",
        "functions", "roles", "contact_email", "contact_phone", "contact_address", "contact_url",
    )  # fmt: skip
    shared_relations = (
        "audiences", "partners", "staff", "collections", "goals", "expected_effects", "solutions", "results",
        "milestones",
    )  # fmt: skip

    # Set by `centres.rules`, which knows appointments and reviews.
    claims_to_confirm: ClassVar[Callable[["CentrePage"], bool]]
    check_assessed_stay: ClassVar[Callable[["CentrePage", Rows], None]]

    base_form_class = PageRowsForm
    rules_of_drafts = frozenset({"assessed"})  # a row that was assessed cannot go

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("short_name"), FieldPanel("official_name"), FieldPanel("name_variants")], _("Names")
        ),
        FieldPanel("easy_read_summary"),
        FieldPanel("intro"),
        FieldPanel("lead_image"),
        FieldPanel("body"),
    ]
    profile_panels = [
        FieldRowPanel([FieldPanel("host"), FieldPanel("network")]),
        FieldPanel("competence_field"),
        FieldPanel("related_fields"),
        FieldPanel("topics"),
        FieldPanel("functions"),
        FieldPanel("roles"),
        InlinePanel("audiences", heading=_("Audiences"), label=_("Audience"), min_num=1),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
                FieldPanel("contact_address"),
                FieldPanel("contact_url"),
            ],
            _("Contact"),
        ),
    ]
    people_panels = [
        InlinePanel("staff", heading=_("Staff"), label=_("Member of staff")),
        InlinePanel("partners", heading=_("Partners"), label=_("Partner")),
    ]
    work_panels = [
        InlinePanel("goals", heading=_("Goals"), label=_("Goal")),
        InlinePanel("expected_effects", heading=_("Expected effects"), label=_("Expected effect")),
        InlinePanel("solutions", heading=_("New solutions"), label=_("Solution")),
        InlinePanel("results", heading=_("Results of professional and research work"), label=_("Result")),
        InlinePanel("collections", heading=_("Special collections"), label=_("Collection")),
        InlinePanel("milestones", heading=_("Milestones"), label=_("Milestone")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(profile_panels, heading=_("Profile")),
            ObjectList(people_panels, heading=_("People and partners")),
            ObjectList(work_panels, heading=_("Goals and work")),
            ObjectList(BasePage.promote_panels, heading=_("Promote")),
            ObjectList(BasePage.settings_panels, heading=_("Settings")),
        ]
    )

    # Rows that point here and are a part of the response; see `cms.publishing.objects`.
    shows = ("centres.Appointment", "centres.Review")
    graphql_fields = [
        *BasePage.graphql_fields,
        GraphQLString("short_name", description="Short name, for lists and cards."),
        GraphQLString("official_name", description="Full name as written in the commission's decision."),
        field(
            "nameVariants: [String!]!",
            "Other spellings of the name, so that visitors find the centre. Do not show them as names.",
            source="name_variant_list",
        ),
        GraphQLRichText("easy_read_summary", description="Summary in easy language. Null if there is none."),
        field("intro: RichText", "Introduction that all centres share. Null if there is none."),
        GraphQLStreamfield("body", description="Content blocks of the page, in order."),
        GraphQLImage(
            "lead_image", description="Image for the top of the page and for lists. Null if there is none."
        ),
        field("host: Organisation!", "The library that hosts the centre.", always=True),
        field("network: Network!", "The network of libraries that the centre serves.", always=True),
        field(
            "field: CompetenceField!",
            "The field or service for which the centre was appointed.",
            source="competence_field",
            always=True,
        ),
        field(
            "relatedFields: [CompetenceField!]!", "Other fields with which the centre exchanges knowledge."
        ),
        GraphQLCollection(
            GraphQLForeignKey, "topics", "centres.Topic", description="Topics that the centre works on."
        ),
        GraphQLCollection(
            GraphQLString, "functions", description="What the centre does for its field or service."
        ),
        GraphQLCollection(GraphQLString, "roles", description="Roles of the centre among libraries."),
        field(
            "audiences: [CentreAudience!]!",
            "Audiences that the centre serves. Exactly one of them is marked as primary.",
        ),
        field(
            'partners("Return only partners with one of these relations." relation: [PartnerRelation!]): [Partner!]!',
            "Organisations that the centre works with, one entry per relation.",
        ),
        GraphQLCollection(
            GraphQLForeignKey, "staff", "centres.StaffMember", description="People who work at the centre."
        ),
        field("collections: [SpecialCollection!]!", "Special collections that the centre maintains."),
        GraphQLCollection(
            GraphQLForeignKey,
            "goals",
            "centres.Goal",
            description="Goals that the centre has set itself until its next review.",
        ),
        field("expectedEffects: [ExpectedEffect!]!", "Changes that the centre's work should bring about."),
        field("solutions: [Solution!]!", "New solutions that the centre introduced for all libraries."),
        field("results: [ResultItem!]!", "Published results of the centre's professional and research work."),
        GraphQLCollection(
            GraphQLForeignKey,
            "milestones",
            "centres.Milestone",
            description="Milestones in the centre's history, the earliest first.",
        ),
        field("contact: Contact", "Contact details of the centre. Null if none are known."),
        field(
            "appointments: [Appointment!]!",
            "The commission's decisions about the centre's title, the newest first.",
        ),
        field(
            "currentAppointment: Appointment",
            "The decision on which the centre's title rests today. Null if it has no title.",
        ),
        field("reviews: [Review!]!", "The commission's reviews of the centre, the newest first."),
        field(
            "status: CentreStatus!",
            "Status of the centre today in the Europe/Ljubljana time zone. It is computed for each response.",
        ),
        field(
            "reviewDue: PartialDate",
            "End of the current term, by which the centre must be reviewed. Null if there is no "
            "current term.",
        ),
    ]
    graphql_list = List(
        "centres",
        order={
            "NAME": By(
                "sort_key",
                "By short name, in the alphabetical order of the locale.",
                "By short name, in reverse alphabetical order.",
            ),
            "REVIEW_DUE_ASC": COMPUTED,
            "LAST_PUBLISHED_DESC": By(
                "last_published_at", descending="By the time of publication, the most recent first."
            ),
        },
        filters={
            "field": Where(
                "competence_field", "Codes of fields or services for which the centre was appointed."
            ),
            "host": Where("host", "Codes of the organisations that host the centre."),
            "audience": Where("audiences__audience", "Codes of audiences that the centre serves."),
            "role": Where("roles", "Roles that the centre has."),
            "status": COMPUTED,
            "reviewDue": COMPUTED,
            "topic": Where("topics", "Codes of topics that the centre works on."),
            "titleContains": Where("folded_title", "Part of the page's title. Case and accents are ignored."),
        },
        description="Competence centres, for overviews and for lists that visitors filter.",
    )

    class Meta:
        verbose_name = _("centre")
        verbose_name_plural = _("centres")

    def sort_text(self) -> str:
        """Centres are listed by their short names."""
        return self.short_name or str(self.title)

    @property
    def name_variant_list(self) -> list[str]:
        """Other spellings of the name."""
        return lines(self.name_variants)

    @property
    def contact(self) -> "CentrePage | None":
        """The page itself, which has the columns of its contact; None where all are empty."""
        given = (self.contact_email, self.contact_phone, self.contact_address, self.contact_url)
        return self if any(given) else None

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.host_id and self.host.kind != OrganisationKind.LIBRARY:
            errors["host"] = _(
                "Only a library can host a centre. Choose a library or change the organisation's kind."
            )
        if self.host_id and self.short_name and self._namesake().exists():
            errors["short_name"] = _(
                "Another centre of this library has this short name. Choose a different one."
            )
        if errors:
            raise ValidationError(errors)

    def _namesake(self) -> models.QuerySet["CentrePage"]:
        same = {"host": self.host_id, "locale": self.locale_id, "short_name__iexact": self.short_name}
        others = CentrePage.objects.exclude(pk=self.pk).exclude(translation_key=self.translation_key)
        return others.filter(**same)

    def publish(
        self, revision: Any, user: Any = None, *args: Any, skip_permission_checks: bool = False, **kwargs: Any
    ) -> Any:
        """Publish ``revision``, unless it changes what the title claims and the commission has not confirmed that.

        Raises `PermissionDenied` then; views that say more about it ask beforehand (`centres.wagtail_hooks`).
        """
        asked = not skip_permission_checks and user is not None and not user.is_superuser
        if asked and revision.as_object().claims_to_confirm():
            raise PermissionDenied
        skip = {"skip_permission_checks": skip_permission_checks}
        return super().publish(revision, user, *args, **skip, **kwargs)

    def check_rows(self, rows: Rows) -> None:
        """Refuse rows that contradict each other, and the loss of a goal or effect that was assessed."""
        audiences, partners = rows["audiences"], rows["partners"]
        if sum(row.primary for row in audiences) != 1:
            raise ValidationError(_("Tick exactly one audience as the primary one."), code="primary")
        check_unique(
            (row.audience_id for row in audiences), _("An audience is there twice. Remove one of the rows.")
        )
        check_unique(
            ((row.organisation_id, row.relation) for row in partners),
            _("A partner is there twice with the same relation. Remove one of the rows."),
        )
        if self.competence_field_id in {related.pk for related in rows["related_fields"]}:
            raise ValidationError(
                _("The centre's own field is not a related one. Remove it there."), code="own_field"
            )
        if self.host_id and any(row.organisation_id == self.host_id for row in partners):
            raise ValidationError(_("The host library is not its own partner. Remove that row."), code="self")
        self.check_assessed_stay(rows)
