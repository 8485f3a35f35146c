"""Organisations, people and venues that pages and editions refer to."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLBoolean, GraphQLFloat, GraphQLString
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.models import RevisionMixin

from centres.identifiers import check_isil, check_same_as
from centres.validation import lines
from cms.fields import LocalisedTextField
from cms.graphql_fields import COMPUTED, By, List, Where, field
from cms.languages.sorting import SORT_KEY_LENGTH, fold, sort_key
from cms.models import CodedModel


class OrganisationKind(models.TextChoices):
    LIBRARY = "LIBRARY", _("library")
    ASSOCIATION = "ASSOCIATION", _("association")
    PUBLIC_BODY = "PUBLIC_BODY", _("public body")
    OTHER = "OTHER", _("other")


def _same_as_field() -> Any:
    """Return the column for the addresses of the same thing in other catalogues, one a line."""
    return models.TextField(
        _("same thing elsewhere"),
        blank=True,
        validators=[check_same_as],
        help_text=_("Addresses in Wikidata, VIAF, ORCID and the like, one a line."),
    )


class Organisation(RevisionMixin, CodedModel):
    """A library, association, ministry or other organisation that works with a centre."""

    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=OrganisationKind.choices,
        default=OrganisationKind.LIBRARY,
        help_text=_("Only a library can host a centre."),
    )
    acronym = models.CharField(_("acronym"), max_length=40, blank=True, help_text=_("Such as NUK or IZUM."))
    city = models.CharField(_("city"), max_length=120, blank=True, help_text=_("Where it has its seat."))
    url = models.URLField(_("website"), blank=True, help_text=_("Address of its website, with https://."))
    isil = models.CharField(
        _("ISIL"),
        max_length=16,
        blank=True,
        validators=[check_isil],
        help_text=_("International identifier of a library, such as SI-50001."),
    )
    same_as = _same_as_field()
    sort_key = models.CharField(max_length=SORT_KEY_LENGTH, editable=False, db_index=True, default="")
    folded_name = models.TextField(editable=False, default="")

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("acronym"), FieldPanel("code")]),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("city")]),
        FieldPanel("url"),
        FieldPanel("isil"),
        FieldPanel("same_as"),
    ]

    # What points here and is a part of the response; see `cms.publishing.objects`.
    shows = ("centres.CentrePage.partners",)
    graphql_fields = [
        GraphQLString("code", description="Stable code of the organisation. Pass it to filters."),
        GraphQLString("name", description="Full name in the requested locale."),
        GraphQLString("acronym", description="Acronym of the name. Empty if it has none."),
        GraphQLString("city", description="City in which the organisation is based."),
        GraphQLString("url", description="Address of the organisation's website. Null if it is unknown."),
        field("isil: String", "International identifier of the library (ISO 15511). Null if it has none."),
        field(
            "sameAs: [String!]!",
            "Addresses of the same organisation elsewhere, such as Wikidata and VIAF.",
            source="same_as_list",
        ),
        field("partnerOf: [OrganisationPartnership!]!", "Centres that name the organisation as a partner."),
    ]

    graphql_list = List(
        "organisations",
        order={"NAME_ASC": By("sort_key", "By name, in alphabetical order.")},
        filters={
            "code": Where("code", "Codes of organisations."),
            "nameContains": Where(
                "folded_name", "Part of the name in any language. Case and accents are ignored."
            ),
            "partnerOf": COMPUTED,
            "host": COMPUTED,
        },
        description="Libraries, associations and other organisations, by name.",
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["isil"],
                condition=~models.Q(isil=""),
                name="one_organisation_per_isil",
                violation_error_message=_("Another organisation has this ISIL already. Check the number."),
            )
        ]

    @property
    def same_as_list(self) -> list[str]:
        """Addresses of the same organisation elsewhere."""
        return lines(self.same_as)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.name.pick((settings.LANGUAGE_CODE,))[0], settings.LANGUAGE_CODE)
        self.folded_name = "\n".join(fold(name) for name in self.name.values())
        super().save(*args, **kwargs)


class Person(RevisionMixin, models.Model):
    """A person who works at a centre, presents at an event or reviews a centre."""

    name = models.CharField(
        _("name and surname"), max_length=160, help_text=_("As the person signs, without titles.")
    )
    title = LocalisedTextField(
        _("profession or title"),
        max_length=160,
        blank=True,
        help_text=_("Profession or academic title, such as “librarian”."),
    )
    employer = models.ForeignKey(
        Organisation,
        verbose_name=_("employer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Needed for reviewers: nobody may review a centre of their own library."),
    )
    publication_consent = models.BooleanField(
        _("agrees to be named"),
        default=False,
        help_text=_("Tick only if the person agreed in writing that the name is published."),
    )
    email = models.EmailField(
        _("work e-mail"), blank=True, help_text=_("A work address only, never a private one.")
    )
    email_consent = models.BooleanField(
        _("agrees to publish the e-mail"),
        default=False,
        help_text=_("Tick only if the person agreed in writing that this address is published."),
    )
    same_as = _same_as_field()
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person",
        help_text=_("The person's own sign-in, if there is one."),
    )
    sort_key = models.CharField(max_length=SORT_KEY_LENGTH, editable=False, db_index=True, default="")

    panels = [
        FieldPanel("name"),
        FieldPanel("title"),
        FieldPanel("employer"),
        MultiFieldPanel(
            [
                HelpPanel(content=_("Personal data are published only with the person's written consent.")),
                FieldPanel("publication_consent"),
                FieldPanel("email"),
                FieldPanel("email_consent"),
            ],
            _("Consent"),
        ),
        FieldPanel("same_as"),
        FieldPanel("user"),
    ]

    public_if = "publication_consent"

    graphql_fields = [
        GraphQLString("name", description="First name and surname."),
        GraphQLString("title", description="Profession or academic title. Empty if it is unknown."),
        GraphQLString(
            "email", description="Work e-mail address. Null unless the person agreed to its publication."
        ),
        field(
            "sameAs: [String!]!",
            "Addresses of the same person elsewhere, such as ORCID, VIAF and Wikidata.",
            source="same_as_list",
        ),
    ]

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email="") | models.Q(email_consent=True),
                name="person_email_needs_consent",
                violation_error_code="consent",
                violation_error_message=_(
                    "Tick that the person agrees to publish the e-mail, or remove the e-mail."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def same_as_list(self) -> list[str]:
        """Addresses of the same person elsewhere."""
        return lines(self.same_as)

    def save(self, *args: Any, **kwargs: Any) -> None:
        surname_first = " ".join([*self.name.split()[-1:], *self.name.split()[:-1]])
        self.sort_key = sort_key(surname_first, settings.LANGUAGE_CODE)
        super().save(*args, **kwargs)


def check_consent(person: Person | None) -> None:
    """Raise a `ValidationError` where ``person`` did not agree to be named in public."""
    if person is not None and not person.publication_consent:
        raise ValidationError(
            _(
                "%(person)s has not agreed to be named. "
                "Record the consent with the person first, or choose another person."
            ),
            code="consent",
            params={"person": person},
        )


class Venue(RevisionMixin, models.Model):
    """A hall or room in which events take place."""

    name = LocalisedTextField(
        _("name"), max_length=160, help_text=_("Hall and house, such as “Knjižnica Otona Župančiča, hall”.")
    )
    address = models.CharField(
        _("address"), max_length=255, help_text=_("Street, number, postal code and city.")
    )
    city = models.CharField(
        _("city"), max_length=120, blank=True, help_text=_("Visitors filter events by city.")
    )
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("In degrees north, such as 46.0556: the first number that a map shows."),
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("In degrees east, such as 14.5058: the second number that a map shows."),
    )
    step_free = models.BooleanField(
        _("step-free access"), null=True, blank=True, help_text=_("Choose “Unknown” if nobody has checked.")
    )
    hearing_loop = models.BooleanField(
        _("hearing loop"), null=True, blank=True, help_text=_("Choose “Unknown” if nobody has checked.")
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("address"),
        FieldPanel("city"),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        FieldRowPanel([FieldPanel("step_free"), FieldPanel("hearing_loop")]),
    ]

    graphql_fields = [
        GraphQLString("name", description="Name in the requested locale."),
        GraphQLString("address", description="Postal address of the venue."),
        GraphQLString("city", description="City of the venue, as the filter `city` of editions expects it."),
        GraphQLFloat("latitude", description="Degrees north in WGS 84. Null if it is unknown."),
        GraphQLFloat("longitude", description="Degrees east in WGS 84. Null if it is unknown."),
        GraphQLBoolean(
            "step_free",
            description="Whether the venue can be reached without steps. Null if nobody has checked.",
        ),
        GraphQLBoolean(
            "hearing_loop", description="Whether the venue has a hearing loop. Null if nobody has checked."
        ),
    ]

    class Meta:
        ordering = ["address", "pk"]
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                name="venue_has_both_coordinates",
                violation_error_message=_("Write both latitude and longitude, or neither."),
            )
        ]

    def __str__(self) -> str:
        return str(self.name)
