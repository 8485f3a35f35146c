"""What a file of an archive has of a page or snippet: facts once, words for each language."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from cms.archive.kinds import TIMES, Shape, shape_of
from cms.archive.problems import Code, Wrong
from cms.archive.values import Names, usual, write_value
from cms.models.facts import TranslatedRow

KEY = "key"

type Fields = dict[str, Any]


def written(thing: Any, names: Names) -> Fields:
    """Return the fields of one version of a thing, without those that have their usual value."""
    model: Any = type(thing)
    shape = shape_of(model)
    fields = _columns(thing, shape, names)
    for relation in shape.relations:
        name = relation.get_accessor_name()
        if rows := rows_of(thing, name):
            fields[name] = [_row(row, names) for row in rows]
    for name in shape.beside if thing.pk else ():
        value = getattr(thing, name)
        value = sorted(map(str, value.all())) if hasattr(value, "all") else value
        if value:
            fields[name] = value
    return fields


def newest_of(thing: Any) -> Any:
    """Return the newest draft of what is not published, else what the public has."""
    if getattr(thing, "live", True) or getattr(thing, "latest_revision_id", None) is None:
        return thing
    return thing.get_latest_revision_as_object()


def _columns(thing: Any, shape: Shape, names: Names) -> Fields:
    values = ((column, write_value(column, thing, names)) for column in shape.columns)
    # A time that is not written is that of the import; an old thing may have none.
    times = TIMES if getattr(thing, "live", False) else ()
    return {column.name: value for column, value in values if value != usual(column) or column.name in times}


def _row(row: Any, names: Names) -> Fields:
    key = {KEY: str(row.translation_key)} if isinstance(row, TranslatedRow) else {}
    return key | written(row, names)


def rows_of(thing: Any, name: str) -> list[Any]:
    """Return the rows below a thing in their order."""
    rows = list(getattr(thing, name).all())
    order = getattr(type(rows[0]), "sort_order_field", None) if rows else None
    return sorted(rows, key=lambda row: ((getattr(row, order) or 0) if order else 0, row.pk or 0))


# ------------------------------------------------------------ languages
def merged(model: Any, versions: Mapping[str, Fields]) -> Fields:
    """Return what is the same in all versions, then the rest of each by its language."""
    shape = shape_of(model)
    common: Fields = {}
    rest = {code: dict(fields) for code, fields in versions.items()}
    relations = {one.get_accessor_name(): one.related_model for one in shape.relations}
    for name in filter(shape.facts.__contains__, shape.names):
        values: dict[str, Any] = {code: fields.get(name) for code, fields in versions.items()}
        words = shape_of(relations[name]).words if name in relations else ()
        facts = [_without(value, words) for value in values.values()]
        if facts[0] is not None and all(fact == facts[0] for fact in facts):
            common[name] = _together(values, words) if words else facts[0]
            for fields in rest.values():
                del fields[name]
    return common | rest


def _without(rows: Any, words: tuple[str, ...]) -> Any:
    if not words or rows is None:
        return rows
    return [{name: value for name, value in row.items() if name not in words} for row in rows]


def _together(values: Mapping[str, list[Fields]], words: tuple[str, ...]) -> list[Fields]:
    """Return rows with their words in all languages, as texts with languages are written elsewhere."""
    made = []
    for versions in zip(*values.values(), strict=True):
        row = dict(versions[0])
        for word in words:
            said = {code: one[word] for code, one in zip(values, versions, strict=True) if word in one}
            row.pop(word, None)
            if said:
                row[word] = said
        made.append(row)
    return made


def version_in(model: Any, record: Fields, code: str) -> Fields:
    """Return the fields of one language in a record that `merged` could have made. Raises `Wrong`."""
    shape = shape_of(model)
    relations = {one.get_accessor_name(): shape_of(one.related_model).words for one in shape.relations}
    fields: Fields = {}
    for name in filter(record.__contains__, shape.names):
        value = record[name]
        if relations.get(name) and isinstance(value, list):
            value = [_in_language(row, relations[name], code) for row in value]
        fields[name] = value
    own = record[code]
    if not isinstance(own, dict):
        raise Wrong(Code.WRONG_VALUE, "Write the fields of this language below it.", code)
    return fields | own


def _in_language(row: Any, words: tuple[str, ...], code: str) -> Any:
    if not isinstance(row, dict):
        return row
    fields = dict(row)
    for word in filter(fields.__contains__, words):
        said = fields.pop(word)
        if not isinstance(said, dict):
            raise Wrong(Code.WRONG_VALUE, "Write the text once for each language, below its code.", word)
        if code in said:
            fields[word] = said[code]
    return fields


def key_of_row(row: Fields, file: str, relation: str, place: int) -> UUID:
    """Return the key of a row that has a twin in each language; one made of its place if none is written.

    Raises `Wrong`.
    """
    return key_in(row, f"{file}:{relation}:{place}")


def key_in(record: Fields, place: str) -> UUID:
    """Return the key that is written, else one that is the same each time for the same place. Raises `Wrong`."""
    if KEY not in record:
        return uuid5(NAMESPACE_URL, place)
    try:
        return UUID(str(record[KEY]))
    except ValueError:
        raise Wrong(
            Code.WRONG_VALUE, "This is no key. Write it as it was, or delete the line of what is new.", KEY
        ) from None


def differences(before: Any, after: Any, place: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield the fields in which two versions differ, with both values; of a field inside others, its whole place."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*before, *(name for name in after if name not in before)]:
            inner = f"{place}.{name}" if place else str(name)
            yield from differences(before.get(name), after.get(name), inner)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, pair in enumerate(zip(before, after, strict=True), start=1):
            yield from differences(*pair, f"{place}[{number}]")
    elif before != after or type(before) is not type(after):
        yield place, before, after
