"""Terms of the lists that editors keep: topics, audiences and the like."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.fields import LocalisedTextField
from cms.graphql_fields import field

code_validator = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
    _("Use lower-case letters without accents, digits and hyphens, such as young-readers."),
)


class CodedModel(models.Model):
    """Something that frontends filter by: a stable code that outlives every change of its name."""

    code = models.CharField(
        _("code"),
        max_length=80,
        unique=True,
        validators=[code_validator],
        help_text=_(
            "A short permanent mark for links and filters, such as young-readers. Do not change it later."
        ),
    )
    name = LocalisedTextField(
        _("name"), max_length=255, help_text=_("The name in every language of the site.")
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.name)


class Term(CodedModel):
    """One entry of a list that editors keep."""

    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Smaller numbers come first; equal ones in alphabetical order.")
    )

    graphql_type = "Term"
    graphql_fields = [
        field("code: String!", "Stable code for filters: ASCII, lower case, hyphens."),
        field("name: String!", "Name in the requested locale."),
    ]

    class Meta:
        abstract = True
        ordering = ["sort_order", "code"]
