"""Puts the fields of an archive into a page or snippet in memory."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Page

from cms.archive.contents import Version
from cms.archive.kinds import folder_of, shape_of
from cms.archive.problems import Code, Wrong
from cms.archive.records import Fields, key_of_row
from cms.archive.values import read_value
from cms.media.uploads import check_image
from cms.models.facts import TranslatedRow


class Later(Exception):
    """What is named names this one itself, and is not saved yet."""


def fill(thing: Any, version: Version, names: Any) -> bool:
    """Put all fields of a version into ``thing``; what is not written gets its usual value.

    Returns whether something has to be put in later, once what it names is there. Raises `Wrong`.
    """
    thing.has_new_file = False
    live = version.fields.get("live", True)
    if not isinstance(live, bool):
        raise Wrong(Code.WRONG_VALUE, "Write true or false, without quotation marks.", "live")
    if hasattr(thing, "live"):
        thing.live = live
    return _Filling(version, names).fill(thing, version.fields)


class _Filling:
    def __init__(self, version: Version, names: Any) -> None:
        self.version, self.names = version, names

    def fill(self, thing: Any, fields: Fields) -> bool:
        model: Any = type(thing)
        shape = shape_of(model)
        later = False
        for column in shape.columns:
            try:
                later |= self._put(thing, column, fields)
            except Wrong as error:
                raise error.at(column.name) from None
        for relation in shape.relations:
            name = relation.get_accessor_name()
            try:
                later |= self._put_rows(thing, name, relation.related_model, fields.get(name, []))
            except Wrong as error:
                raise error.at(name) from None
        return later

    def _put(self, thing: Any, column: Any, fields: Fields) -> bool:
        if column.name not in fields:
            if not column.name.endswith("_published_at"):
                _reset(thing, column)
            return False
        try:
            if isinstance(column, models.ForeignKey) and not issubclass(self.version.model, Page):
                self.names.complete(column.related_model, fields[column.name])
            value = read_value(column, fields[column.name], self.names)
        except Later:
            if not column.null or (column.editable and not column.blank):
                raise  # perhaps the other one can be without this for a while
            setattr(thing, column.attname, None)
            return True
        if isinstance(column, models.FileField):
            self._put_file(thing, column, value)
        elif isinstance(column, ParentalManyToManyField):
            getattr(thing, column.name).set(list(column.related_model._base_manager.filter(pk__in=value)))
        else:
            setattr(thing, column.attname, value)
        return False

    def _put_file(self, thing: Any, column: Any, name: str) -> None:
        place = f"{folder_of(self.version.model)}/{self.version.key}/{name}"
        read = self.names.contents.media.get(place)
        if read is None:
            raise Wrong(
                Code.MISSING, f"There is no file {place} in the archive. Add it, or correct the name."
            )
        content = read()
        if thing.pk is None or hashlib.sha1(content, usedforsecurity=False).hexdigest() != thing.file_hash:
            if isinstance(column, models.ImageField):  # its size is read as soon as it is set
                try:
                    check_image(ContentFile(content, name))
                except ValidationError as error:
                    raise Wrong(Code.REFUSED, " ".join(error.messages)) from None
            thing.replaced = getattr(thing, column.name).name
            setattr(thing, column.name, ContentFile(content, name))
            thing.has_new_file = True

    def _put_rows(self, thing: Any, name: str, model: Any, written: Any) -> bool:
        if not isinstance(written, list) or not all(isinstance(row, dict) for row in written):
            raise Wrong(
                Code.WRONG_VALUE, "This is no list of rows. Each begins with a hyphen and has fields."
            )
        known = {"key", *shape_of(model).names}
        before = list(getattr(thing, name).all())
        by_key = {getattr(row, "translation_key", None): row for row in before}
        rows, later = [], False
        for place, fields in enumerate(written, start=1):
            try:
                if unknown := fields.keys() - known:
                    words = f"There is no such field. There are: {', '.join(sorted(known))}."
                    raise Wrong(Code.UNKNOWN_FIELD, words, min(unknown)[:60])
                row = self._row(by_key, model, fields, name, place)
                later |= self.fill(row, fields)
            except Wrong as error:
                raise error.at(place) from None
            if hasattr(row, "sort_order"):
                row.sort_order = place - 1
            rows.append(row)
        getattr(thing, name).set(rows)
        return later

    def _row(self, by_key: dict[Any, Any], model: Any, fields: Fields, name: str, place: int) -> Any:
        if not issubclass(model, TranslatedRow):
            return model()
        key = key_of_row(fields, self.version.file, name, place)
        return by_key.pop(key, None) or model(translation_key=key)


def _reset(thing: Any, column: Any) -> None:
    if isinstance(column, ParentalManyToManyField):
        getattr(thing, column.name).set([])
    elif not isinstance(column, models.FileField):
        setattr(thing, column.attname, column.get_default())
