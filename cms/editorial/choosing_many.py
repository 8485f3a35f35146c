"""Choosing several rows: a list of those that are chosen, and Wagtail's chooser with its search for all others.

A browser's own list of many loses all choices at one click, and a form with thousands of rows takes long to load.
"""

from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import reverse
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.staticfiles import versioned_static

# By which a chooser is told for which field it is opened: "app.model.field".
FOR = "for"


def register(field_class: type[models.ManyToManyField]) -> None:
    """Have the forms of the admin use `ChooseMany` for fields of ``field_class``; they lead to registered snippets."""
    register_form_field_override(field_class, override=lambda field: {"widget": ChooseMany(field)})


class ChooseMany(forms.SelectMultiple):
    """The chosen rows of ``field``, each with a button that takes it out, and a button that opens the chooser."""

    template_name = "cms/widgets/choose_many.html"

    def __init__(self, field: Any, attrs: Any = None) -> None:
        super().__init__(attrs)
        self.field = field

    def __deepcopy__(self, memo: Any) -> "ChooseMany":
        copied = type(self)(self.field, self.attrs.copy())
        copied.choices = self.choices
        return copied

    @property
    def media(self) -> forms.Media:
        """The scripts of the chooser."""
        return forms.Media(js=[versioned_static("wagtailadmin/js/chooser-modal.js"), "cms/choosing_many.js"])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        model: Any = self.field.related_model
        keys = [getattr(one, "pk", one) for one in value or ()]
        rows = {
            str(row.pk): row for row in model._base_manager.filter(pk__in=[k for k in keys if _is_key(k)])
        }
        return {
            "widget": {
                "name": name,
                "attrs": self.build_attrs(self.attrs, attrs),
                "rows": [rows[str(key)] for key in keys if str(key) in rows],
                "url": reverse(model.snippet_viewset.chooser_viewset.get_url_name("choose")),
                "field": str(self.field),
                "template_name": self.template_name,
            }
        }


def _is_key(value: Any) -> bool:
    return str(value).isdecimal()


def offered_for(rows: models.QuerySet[Any], name: str) -> models.QuerySet[Any]:
    """Return those of ``rows`` that the field called ``name`` takes. Raises `LookupError` if there is no such field."""
    if not name:
        return rows
    try:
        model_name, field_name = name.rsplit(".", maxsplit=1)
        field: Any = apps.get_model(model_name)._meta.get_field(field_name)
    except (ValueError, FieldDoesNotExist) as error:
        raise LookupError(name) from error
    if field.related_model is not rows.model:
        raise LookupError(name)
    return rows.complex_filter(field.get_limit_choices_to())
