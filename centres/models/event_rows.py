"""What stands in rows below an event: its sessions, fees and materials."""

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLBoolean, GraphQLCollection, GraphQLForeignKey, GraphQLString
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from centres.models.drafts import SurvivingDraft
from centres.models.organisations import Person, Venue
from centres.models.vocabulary import Audience
from cms.fields import LocalisedTextField
from cms.graphql_fields import By, GraphQLDateTime, GraphQLDecimal, List, field
from cms.relations import ProtectedManyToManyField


class Session(SurvivingDraft, ClusterableModel):
    """One dated part of an event."""

    edition = ParentalKey("centres.EventEdition", on_delete=models.CASCADE, related_name="sessions")
    start = models.DateTimeField(_("begins"), db_index=True, help_text=_("Date and time in Ljubljana."))
    end = models.DateTimeField(_("ends"), help_text=_("Date and time in Ljubljana."))
    topic = LocalisedTextField(
        _("topic"),
        max_length=255,
        blank=True,
        help_text=_("What this part is about, if it has its own title."),
    )
    presenters: Any = ProtectedManyToManyField(
        Person,
        verbose_name=_("presenters"),
        blank=True,
        related_name="+",
        limit_choices_to={"publication_consent": True},
        help_text=_("Only people who agreed to be named."),
    )
    venue = models.ForeignKey(
        Venue,
        verbose_name=_("venue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Only if it differs from the venue of the event."),
    )
    online = models.BooleanField(_("online"), default=False, help_text=_("This part is held online."))

    panels = [
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("topic"),
        FieldPanel("presenters"),
        FieldRowPanel([FieldPanel("venue"), FieldPanel("online")]),
    ]

    graphql_fields = [
        GraphQLDateTime("start", description="Beginning."),
        GraphQLDateTime("end", description="End."),
        GraphQLString(
            "topic", description="What this part is about; empty where it has no title of its own."
        ),
        GraphQLCollection(GraphQLForeignKey, "presenters", "centres.Person", description="Who speaks."),
        field("venue: Venue", "Where it takes place, where that differs from the event."),
        GraphQLBoolean("online", description="Whether this part is held online."),
        field("edition: EventEdition!", "The event it belongs to."),
    ]
    graphql_list = List(
        "sessions",
        order={"START_ASC": By("start", "The earliest first.")},
        arguments='"When they begin." between: DateTimeRange!, "Slugs of centres; left out, all." centre: [String!], '
        '"Conditions on their editions." filter: EditionFilter',
        description="Every dated session of event editions, for a calendar.",
        first=50,
        fallback=True,
    )

    class Meta:
        ordering = ["start", "pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")),
                name="session_ends_after_it_begins",
                violation_error_message=_(
                    "A session must end after it begins. Correct one of the two times."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.start):%d. %m. %Y %H.%M}"


class Fee(Orderable):
    """What somebody pays to take part."""

    edition = ParentalKey("centres.EventEdition", on_delete=models.CASCADE, related_name="fees")
    label = LocalisedTextField(
        _("label"), max_length=160, help_text=_("For whom or for what, such as “members of ZBDS”.")
    )
    amount = models.DecimalField(
        _("amount"),
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(0)],
        help_text=_("With VAT."),
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="EUR",
        choices=[("EUR", "EUR")],
        help_text=_("Currency by ISO 4217."),
    )
    audience = models.ForeignKey(
        Audience,
        verbose_name=_("audience"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who pays this fee; empty: everybody else."),
    )

    panels = [
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("currency")]),
        FieldPanel("audience"),
    ]

    graphql_fields = [
        GraphQLString("label", description="For whom or for what."),
        GraphQLDecimal("amount", description="What is paid, with VAT."),
        GraphQLString("currency"),
        GraphQLForeignKey("audience", "centres.Audience", description="Who pays it; null: everybody else."),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("fee")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gte=0),
                name="fee_is_not_negative",
                violation_error_message=_("A fee cannot be less than nothing. Write 0 or more."),
            )
        ]


class EventMaterial(Orderable):
    """A document for the participants of an event."""

    edition = ParentalKey("centres.EventEdition", on_delete=models.CASCADE, related_name="materials")
    document = models.ForeignKey(
        "cms.Document",
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Slides, handouts and the like."),
    )

    panels = [FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("material")
