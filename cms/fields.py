"""Model fields that any multilingual site of facts needs: words in several languages, partial dates, choice lists,
relations to rows that may not be deleted while they are chosen."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.json import KeyTransform
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import pre_delete
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField

logger = logging.getLogger(__name__)


class DatePrecision(models.TextChoices):
    """How much of a date is known (ISO 8601-1:2019, 4.3: reduced precision)."""

    DAY = "DAY", _("day")
    MONTH = "MONTH", _("month")
    YEAR = "YEAR", _("year")


class LocalisedText(dict[str, str]):
    """The same words in several languages: ``{"sl": "knjižnica", "en": "library"}``.

    Used for facts that have one row and no page of their own, so that both languages are written side by side.
    """

    def pick(self, chain: Iterable[str]) -> tuple[str, str]:
        """Return the first text that is not empty along ``chain`` (locale codes) and its locale.

        Where none of them has words, the text of any language is better than none; ``("", "")`` if there is none.
        """
        for code in chain:
            if text := self.get(code):
                return text, code
        for code, text in self.items():
            if text:
                return text, code
        return "", ""

    def __str__(self) -> str:
        return self.pick((get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE))[0]

    def __hash__(self) -> int:  # type: ignore[override]  # Django compares and hashes initial form values
        return hash(frozenset(self.items()))


class LocalisedTextWidget(forms.MultiWidget):
    """One input per language of the site, each labelled with its language."""

    template_name = "cms/widgets/localised_text.html"
    use_fieldset = True

    def __init__(self, multiline: bool = False, attrs: dict[str, Any] | None = None) -> None:
        self.languages = list(settings.WAGTAIL_CONTENT_LANGUAGES)
        widget = forms.Textarea if multiline else forms.TextInput
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            code: widget(attrs={"lang": code, "aria-label": name, **({"rows": 3} if multiline else {})})
            for code, name in self.languages
        }
        super().__init__(widgets, attrs)

    def decompress(self, value: Mapping[str, str] | None) -> list[str]:
        return [(value or {}).get(code, "") for code, _name in self.languages]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for subwidget, (_code, label) in zip(context["widget"]["subwidgets"], self.languages, strict=True):
            subwidget["language"] = label
        return context


class LocalisedTextFormField(forms.MultiValueField):
    """Form field of `LocalisedTextField`: the site's default language is asked for where the field is required."""

    def __init__(self, *, multiline: bool = False, max_length: int | None = None, **kwargs: Any) -> None:
        kwargs.pop("encoder", None), kwargs.pop("decoder", None)
        self.codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
        fields = [forms.CharField(required=False, max_length=max_length) for _code in self.codes]
        kwargs["widget"] = LocalisedTextWidget(multiline)
        # Django wants it for a default that is called; the forms of the admin have no such inputs, and every
        # form would count as changed.
        kwargs["show_hidden_initial"] = False
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: Sequence[str]) -> LocalisedText:
        return LocalisedText(
            {
                code: text.strip()
                for code, text in zip(self.codes, data_list, strict=False)
                if text and text.strip()
            }
        )

    def clean(self, value: Any) -> LocalisedText:
        text = super().clean(value) or LocalisedText()
        if self.required and not text.get(settings.LANGUAGE_CODE):
            raise ValidationError(self._missing(), code="required")
        return text

    def ask_in_the_browser(self) -> None:
        """Have the browser ask for the text in the site's own language, too."""
        place = self.codes.index(settings.LANGUAGE_CODE)
        self.fields[place].required = True
        self.fields[place].error_messages["incomplete"] = self._missing()
        self.widget.widgets[place].attrs["pattern"] = r".*\S.*"

    def _missing(self) -> str:
        language = dict(settings.WAGTAIL_CONTENT_LANGUAGES)[settings.LANGUAGE_CODE]
        return _("Write this text in %(language)s; the other languages may follow.") % {"language": language}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(initial or {}, data))


class _UnreadableText(LocalisedText):
    """What is right of a stored value that is no text in languages, as an import may leave it."""


class _UnreadableList(list[Any]):
    """What is right of a stored value that is no list of choices."""


class _Stored(DeferredAttribute):
    """Says where in the database a value stands of which a part could not be read."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        if isinstance(value, _UnreadableText | _UnreadableList):
            key = instance.__dict__.get(str(instance._meta.pk.attname))
            logger.error(
                "Left out what cannot be read: %s %s, column %s",
                type(instance).__name__,
                key,
                self.field.attname,
            )
        instance.__dict__[self.field.attname] = value


class _Words(_Stored):
    """Lets an object always hold `LocalisedText`, also where a plain mapping was given to it."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        plain = isinstance(value, Mapping) and not isinstance(value, LocalisedText)
        super().__set__(instance, LocalisedText(value) if plain else value)


class LocalisedTextField(models.JSONField):
    """A short text in every language of the site, kept in one column as ``{"sl": …, "en": …}``.

    ``multiline`` chooses a larger input; ``max_length`` limits each language by itself.
    """

    descriptor_class = _Words

    def __init__(
        self, *args: Any, multiline: bool = False, max_length: int | None = None, **kwargs: Any
    ) -> None:
        self.multiline = multiline
        kwargs.setdefault("default", LocalisedText)
        super().__init__(*args, **kwargs)
        self.max_length = max_length

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.multiline:
            kwargs["multiline"] = True
        return name, path, args, kwargs

    def to_python(self, value: Any) -> Any:
        return LocalisedText(value) if isinstance(value, Mapping) else value

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()):
            raise ValidationError(_("Give the text as one value per language."), code="invalid")
        super().validate(value, model_instance)
        if not self.blank and not value.get(settings.LANGUAGE_CODE):
            raise ValidationError(self.error_messages["blank"], code="blank")

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.pop("widget", None)
        return super().formfield(
            form_class=LocalisedTextFormField,
            multiline=self.multiline,
            max_length=self.max_length,
            **kwargs,
        )

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return the texts of a column, without what is no text."""
        found = super().from_db_value(value, expression, connection)
        if isinstance(expression, KeyTransform):
            return found
        if found is None or (
            isinstance(found, dict) and all(isinstance(text, str) for text in found.values())
        ):
            return LocalisedText(found or {})
        texts = found.items() if isinstance(found, dict) else ()
        return _UnreadableText({code: text for code, text in texts if isinstance(text, str)})

    def value_from_object(self, obj: models.Model) -> Any:
        return dict(super().value_from_object(obj) or {})


class MultiChoiceFormField(forms.MultipleChoiceField):
    """Check boxes; the chosen values in the order of the choices."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        chosen = set(super().clean(value))
        return [str(key) for key, _label in list(self.choices) if key in chosen]  # type: ignore[arg-type]


class MultiChoiceField(models.JSONField):
    """Several values of a closed list (``choices``), kept as a JSON list in the order of the list."""

    descriptor_class = _Stored

    def __init__(self, *args: Any, choices: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)
        self.options = list(getattr(choices, "choices", choices) or [])

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return the values of a column, without those that are not among the choices."""
        found = super().from_db_value(value, expression, connection)
        allowed = {key for key, _label in self.options}
        if isinstance(expression, KeyTransform) or (
            isinstance(found, list) and all(isinstance(key, str) and key in allowed for key in found)
        ):
            return found
        return _UnreadableList(
            key
            for key in (found if isinstance(found, list) else ())
            if isinstance(key, str) and key in allowed
        )

    def to_python(self, value: Any) -> Any:
        return list(value) if isinstance(value, (list, tuple, set)) else value

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        allowed = {key for key, _label in self.options}
        if not isinstance(value, list) or not set(value) <= allowed:
            raise ValidationError(_("Choose only values of the list."), code="invalid_choice")
        super().validate(value, model_instance)

    def formfield(self, **kwargs: Any) -> forms.Field:
        for name in ("encoder", "decoder", "widget"):
            kwargs.pop(name, None)
        return MultiChoiceFormField(
            choices=self.options,
            required=not self.blank,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
        )


class ProtectedManyToManyField(ParentalManyToManyField):
    """What `on_delete=PROTECT` is for a foreign key.

    Django would take a deleted row out of every list without a word. The admin reads `on_delete` where it says what
    uses a row; deleting it elsewhere raises `django.db.models.ProtectedError`.
    """

    def __init__(self, to: Any, **options: Any) -> None:
        super().__init__(to, **options)
        self.remote_field.on_delete = models.PROTECT

    def deconstruct(self) -> tuple[Any, ...]:
        """Return the field as migrations write it: tables do not differ from those of any other list."""
        name, _path, arguments, options = super().deconstruct()
        return name, "modelcluster.fields.ParentalManyToManyField", arguments, options

    def contribute_to_related_class(self, cls: type[models.Model], related: Any) -> None:
        super().contribute_to_related_class(cls, related)
        pre_delete.connect(self._refuse, sender=cls)

    def _refuse(self, instance: models.Model, **_kwargs: Any) -> None:
        through = self.remote_field.through._default_manager
        chosen = through.filter(**{self.m2m_reverse_field_name(): instance.pk})
        if rows := set(chosen[:5]):
            raise models.ProtectedError(
                gettext("%(row)s is used in “%(field)s”. Take it out there first.")
                % {"row": instance, "field": self.verbose_name},
                rows,
            )
