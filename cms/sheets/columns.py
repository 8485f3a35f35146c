"""Columns of a sheet, made from the fields of a model: the same names, lists and rules as in the form."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.fields import LocalisedText, LocalisedTextField, MultiChoiceField
from cms.sheets.cells import (
    Cell,
    Choice,
    Choices,
    Day,
    Kind,
    Moment,
    Number,
    Reference,
    References,
    Text,
    Whole,
    YesNo,
)
from cms.sheets.keys import Keys


@dataclass(frozen=True, eq=False)
class Column:
    """A column: its heading, what its cells hold, and how the value gets out of a thing and into it.

    ``field`` is the field of the model that errors are told of. Of a `Reference` the value is the key of the row in the
    database, of `References` a list of them; a cell holds the keys by which `Keys` knows these rows.
    """

    field: str
    heading: Any
    kind: Kind
    get: Callable[[Any], Any]
    put: Callable[[Any, Any], None]
    language: str = ""
    group: Any = ""
    # Of a value that is in no draft: puts it at once.
    beside: Callable[[Any, Any], None] | None = None
    # Of a `Reference`: gives a thing the other one, which was read already.
    attach: Callable[[Any, Any], None] | None = None
    default: Any = None  # what an empty cell means, if that is not nothing

    def headings(self) -> Iterator[str]:
        """Yield the heading in each language, that of the site first."""
        suffix = f" ({self.language})" if self.language else ""
        for language in languages():
            with override(language):
                group = f"{capfirst(str(self.group))}: " if self.group else ""
                words = str(self.heading) if group else capfirst(str(self.heading))
                yield f"{group}{words}{suffix}"

    def cell(self, thing: Any, keys: Keys) -> Cell:
        """Return what the cell holds for ``thing``."""
        value = self.get(thing)
        if isinstance(self.kind, Reference):
            value = "" if value is None else keys.of(self.kind.sheet, value)
        elif isinstance(self.kind, References):
            value = [keys.of(self.kind.sheet, one) for one in value]
        return self.kind.write(value)


def name_of(model: type[models.Model], field: str) -> Any:
    """Return the name of a field of ``model`` as its form has it."""
    found: Any = model._meta.get_field(field)
    return found.verbose_name


def languages() -> list[str]:
    """Return the languages in which headings are known, that of the site first."""
    return list(dict.fromkeys((settings.LANGUAGE_CODE, *(code for code, _name in settings.LANGUAGES))))


def of_model(model: type[models.Model], *names: str, **sheets: str) -> list[Column]:
    """Return columns for the fields called ``names``, one for each language where a text has several.

    ``sheets`` names, for a foreign key or many-to-many field, the sheet that its rows are in.
    """
    found: list[Column] = []
    for name in names:
        field: Any = model._meta.get_field(name)
        if isinstance(field, LocalisedTextField):
            found += [_localised(field, code) for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
        elif field.is_relation:
            found.append(_relation(field, sheets[name]))
        else:
            found.append(
                Column(
                    name,
                    field.verbose_name,
                    _kind(field),
                    _getter(name),
                    _setter(field),
                    default=_default(field),
                )
            )
    return found


def _getter(name: str) -> Callable[[Any], Any]:
    return lambda thing: getattr(thing, name)


def _setter(field: Any) -> Callable[[Any, Any], None]:
    def put(thing: Any, value: Any) -> None:
        setattr(thing, field.name, list(value) if isinstance(value, tuple) else value)

    return put


def _localised(field: LocalisedTextField, code: str) -> Column:
    def put(thing: Any, value: str) -> None:
        if field.max_length is not None and len(value) > field.max_length:
            raise ValidationError(_("Write at most %d letters.") % field.max_length)
        texts = dict(getattr(thing, field.name)) | {code: value}
        setattr(thing, field.name, LocalisedText({key: text for key, text in texts.items() if text}))

    return Column(
        field.name,
        field.verbose_name,
        Text(),
        lambda thing: getattr(thing, field.name).get(code, ""),
        put,
        language=code,
    )


def _relation(field: Any, sheet: str) -> Column:
    name = field.name
    if field.many_to_many:
        return Column(
            name,
            field.verbose_name,
            References(sheet),
            lambda thing: [one.pk for one in getattr(thing, name).all()],
            lambda thing, keys: getattr(thing, name).set(
                field.related_model._default_manager.filter(pk__in=keys)
            ),
        )
    column = field.attname
    return Column(
        name,
        field.verbose_name,
        Reference(sheet),
        _getter(column),
        lambda thing, key: setattr(thing, column, key),
        attach=lambda thing, other: setattr(thing, name, other),
    )


_KINDS: tuple[tuple[type[models.Field], Callable[[Any], Kind]], ...] = (
    (MultiChoiceField, lambda field: Choices(tuple(field.options))),
    (models.DateTimeField, lambda _field: Moment()),
    (models.DateField, lambda _field: Day()),
    (models.BooleanField, lambda field: YesNo(unknown=field.null)),
    (models.DecimalField, lambda field: Number(field.decimal_places)),
    (models.FloatField, lambda _field: Number(None)),
    (models.IntegerField, lambda _field: Whole()),
    (models.CharField, lambda _field: Text()),
    (models.TextField, lambda _field: Text()),
)


def _default(field: Any) -> Any:
    return None if field.blank or callable(field.default) or not field.has_default() else field.default


def _kind(field: Any) -> Kind:
    if field.choices:
        return Choice(tuple(field.flatchoices))
    return next(make(field) for known, make in _KINDS if isinstance(field, known))
