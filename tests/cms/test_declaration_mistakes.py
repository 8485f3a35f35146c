"""Mistakes of an app are all said at once by `manage.py check`, each with its place and a hint, none as a traceback."""

import re
from pathlib import Path

import pytest

from tests.cms.test_declaration_checks_at_start import check

pytestmark = pytest.mark.one_database

SETTINGS = (
    'INSTALLED_APPS = [*INSTALLED_APPS, "wrong"]\n'
    'GRAPPLE = {**GRAPPLE, "APPS": [*GRAPPLE["APPS"], "wrong"]}\n'
    'CMS_BODY_BLOCKS = ["centres.blocks", "wrong.models"]\n'
)
HEAD = """
from django.db import models
from grapple.helpers import register_streamfield_block
from grapple.models import *
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.fields import LocalisedTextField
from cms.graphql_fields import *
from cms.graphql_fields import field


class Kind(models.TextChoices):
    OPEN = "open-air", "Open air"
    TRUE = "true", "Under a roof"


class Base(models.Model):
    text = models.TextField()
    title = models.CharField(max_length=20, db_index=True)
    year = models.IntegerField(null=True)
    size = models.IntegerField(db_index=True)
    price = models.DecimalField(max_digits=5, decimal_places=2, db_index=True)
    since = models.DateField()
    words = LocalisedTextField(blank=True)
    stream = StreamField([("heading", blocks.CharBlock())], blank=True)
    rich = RichTextField(blank=True)
    data = models.JSONField(default=dict)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    group = models.ForeignKey("auth.Group", models.PROTECT, related_name="+")
    picture = models.ForeignKey("cms.Image", models.PROTECT, related_name="+")

    def said(self):
        return "a method that takes no info"

    class Meta:
        abstract = True
"""
FIELDS: dict[str, tuple[str, str]] = {
    'field("__text: String!", "T.", source="text")': ("E114", ".__text"),
    'GraphQLString("_meta")': ("E114", ".Meta"),
    'GraphQLString("title"), field("title: String!", "T.")': ("E105", ".title"),
    'field("text(a: Int, a: Int): String!", "T.")': ("E105", ".text"),
    'field("text(__a: Int): String!", "T.")': ("E114", ".text"),
    'field("text(a: Int): String!", "T.")': ("E103", ".text: a column takes no arguments"),
    'field("said: String!", "T.")': ("E103", ".said: “said” cannot be called"),
    'field("objects: String", "T.")': ("E103", ".objects"),
    'field("text: String!", " ")': ("E119", ".text: it has no description"),
    'field("text: String!", 3)': ("E119", ".text"),
    'field("text: String! title: String!", "T.")': ("E114", ".text"),
    'field("text: String! } type X { a: Int", "T.")': ("E114", ".text"),
    'field("text: String! @skip", "T.")': ("E114", ".text"),
    'field(3, "T.")': ("E114", ".3"),
    "GraphQLString": ("E114", ".GraphQLString"),
    "None": ("E114", ".None"),
    'GraphQLString("text", source="group.name.first")': ("E103", ".text"),
    'GraphQLString("group.name")': ("E114", ".group.name"),
    'GraphQLString("class", source="text")': ("E114", ".class"),
    'GraphQLImage("picture", required=True)': ("E101", ".picture: what it points at may be hidden"),
    'field("picture: Image!", "T.")': ("E101", ".picture: what it points at may be hidden"),
    'GraphQLString("kind")': ("E121", ".kind: values of Kind are no names"),
    "": ("E120", ".graphql_fields"),
}
LISTS = {
    'filters={"and": "title"}': ("E105", ".filters: “and” joins"),
    'filters={"or": "title"}': ("E105", ".filters: “or” joins"),
    'filters={"not": "title"}': ("E105", ".filters: “not” joins"),
    'filters={"titleIs": "title", "title_is": "title"}': ("E105", ".filters: title_is"),
    'filters={"a": 3}': ("E114", ".filters"),
    'filters="title"': ("E114", ".filters"),
    'filters=["stream"]': ("E117", ".filters: stream: a StreamField"),
    'filters=["words"]': ("E117", ".filters: words"),
    'filters=["rich"]': ("E117", ".filters: rich"),
    'filters=["data"]': ("E117", ".filters: data"),
    'filters=["price"]': ("E117", ".filters: price"),
    'filters=["group"]': ("E117", ".filters: group: rows of auth.Group have no code"),
    'filters={"sinceContains": "since"}': ("E117", ".filters: sinceContains"),
    'filters={"titles": Where("title", between=True)}': ("E117", ".filters: titles"),
    "first=500": ("E116", ".first: 500"),
    "first=0": ("E116", ".first: 0"),
    'first="20"': ("E116", ".first: '20'"),
    'order={"TEXT": "text"}': ("E118", ".order: text"),
    'order={"YEAR": "year"}': ("E118", ".order: year: the column has no index"),
    'order={"WORDS": "words"}': ("E118", ".order: words"),
    'order={"DATA": "data"}': ("E118", ".order: data"),
    'order={"STREAM": "stream"}': ("E118", ".order: stream"),
    'order={"GROUP": "group"}': ("E118", ".order: group"),
    'order={"PRICE": "price"}': ("E118", ".order: price"),
    'order={"TITLE": "title", "TITLE_ASC": "size"}': ("E105", ".order: TITLE_ASC"),
    'order="title"': ("E114", ".order"),
    'order={"TITLE": 4}': ("E114", ".order"),
    'order={"true": "title"}': ("E114", ".order"),
    'prefix="Search"': ("E105", ": the name SearchEdge"),
    'node="Nope"': ("E106", ".node: the schema has no type Nope"),
    'node="Book"': ("E102", ".node"),
    'node="String"': ("E106", ".node"),
    'arguments="first: Int"': ("E105", ".arguments"),
    'arguments="colour: String"': ("E103", ".arguments: nothing takes colour"),
    'below={"Locale": Below("title")}': ("E106", ".below: the graph shows no model Locale"),
    'below={"PageInfo": Below("title")}': ("E106", ".below"),
    'below={"HomePage": Below("title")}': ("E102", ".below"),
    'below={"Organisation": Below("group__name", key="code")}': ("E103", ".below"),
    'below={"Organisation": Below("title", key="code", name="a b")}': ("E114", ".below"),
    'below={"Organisation": Below("title", key="code", name="name")}': ("E105", ".below: Organisation has a field"),
    'below={"Organisation": "title"}': ("E114", ".below"),
    'below=["Organisation"]': ("E114", ".below"),
}  # fmt: skip


def model(number: int, fields: str, declared: str = "") -> str:
    listed = (
        f'    graphql_list = List("list{number}", **{{"order": {{"TITLE": "title"}}, **dict({declared})}})\n'
    )
    return (
        f'class Case{number}(Base):\n    """A case."""\n\n    graphql_fields = [{fields}]\n'
        f"{listed if declared else ''}\n\n"
    )


def said_of(folder: Path, source: str) -> str:
    """Return what the check says of an app with these models."""
    (folder / "wrong").mkdir()
    (folder / "wrong" / "__init__.py").touch()
    (folder / "wrong" / "models.py").write_text(HEAD + source, "utf-8")
    done = check(folder, SETTINGS)
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    assert done.returncode == 1, done.stdout
    problems = re.findall(r"\(cms\.[EW]\d+\)", done.stderr)
    assert done.stderr.count("HINT: ") >= len(problems) > 0
    return done.stderr


def test_each_mistake_in_a_field_or_a_list_is_refused_at_its_place(tmp_path: Path) -> None:
    cases = [(fields, "", *expected) for fields, expected in FIELDS.items()]
    cases += [('GraphQLString("text")', declared, *expected) for declared, expected in LISTS.items()]
    source = "\n".join(model(number, fields, declared) for number, (fields, declared, *_) in enumerate(cases))
    source += """
class Unlisted(Base):
    graphql_list = List("unlisted", order={"TITLE": "title"})


class Faceless(Base):
    graphql_fields = [GraphQLString("text")]
    graphql_interface_names = ("Nope", "BlockInterface")


class Wordless(Base):
    graphql_fields = None


class Query(Base):
    graphql_fields = [GraphQLString("text")]


class Šport(Base):
    graphql_fields = [GraphQLString("text")]


class Interfaced(Base):
    graphql_fields = [GraphQLString("text")]
    graphql_interfaces = ("wrong.Interface", 3)


class Typed(Base):
    graphql_fields = [GraphQLString("text")]
    graphql_type = "Termm"


class Showing(Base):
    graphql_fields = [GraphQLString("text")]
    shows = "centres.Topic"
    public_if = 3


class Abstract(Base):
    graphql_fields = [GraphQLString("text")]
    graphql_list = List("inherited", order={"TITLE": "title"})

    class Meta:
        abstract = True


class Heir(Abstract):
    pass


class SecondHeir(Abstract):
    pass
"""
    said = said_of(tmp_path, source)
    missing = [
        (fields, declared, said_so)
        for number, (fields, declared, code, part) in enumerate(cases)
        if (said_so := f"(cms.{code}) wrong.Case{number}" + (f".graphql_list{part}" if declared else part))
        not in said
    ]
    assert missing == [], said
    for line in (
        "(cms.E106) wrong.Unlisted.graphql_list.node: the schema has no type Unlisted",
        "(cms.E106) wrong.Faceless.graphql_interface_names: the schema has no interface Nope",
        "(cms.E103) wrong.Faceless.blockType: BlockInterface has this field",
        "(cms.E114) wrong.Wordless.None: the declaration cannot be read: graphql_fields is no list.",
        "(cms.E105) wrong.Query: the type Query is one of the schema's own",
        "(cms.E114) wrong.Interfaced.graphql_interfaces: the declaration cannot be read: Module",
        "(cms.E114) wrong.Interfaced.graphql_interfaces: the declaration cannot be read: 3 is no interface",
        "(cms.E106) wrong.Typed.graphql_type: the schema has no type Termm",
        "(cms.E122) wrong.Showing.shows: 'centres.Topic' is no list of names",
        "(cms.E105) wrong.Heir.graphql_list: the name inherited is also in the list of wrong.SecondHeir",
        "(cms.E114) wrong.Šport: 'Šport' is no name of the schema",
    ):
        assert line in said


BLOCKS: dict[str, tuple[str, str]] = {
    'graphql_fields = [GraphQLString("text"), GraphQLString("text")]': ("E105", ".text: the field is there twice"),
    'graphql_fields = [field("text(a: Int = 3): String!", "T.")]': ("E114", ".text: a field of a block has no"),
    'graphql_fields = [GraphQLString("text", source="txet")]': ("E111", ".text: nothing answers it"),
    'graphql_fields = [GraphQLCollection(GraphQLString, "text")]': ("E102", ".text: the child block is String!"),
    'graphql_fields = [field("text: [String!]!", "T.")]': ("E102", ".text: the child block is String!"),
    "stored_as = 3": ("E114", ".stored_as: 3 is no name"),
    "id = blocks.CharBlock()": ("E105", ".id: every block has a field of this name"),
    "block_type = blocks.CharBlock()": ("E105", ".blockType"),
    "text_a = blocks.CharBlock()\n    textA = blocks.CharBlock()": ("E105", ".textA"),
    'locals()["a b"] = blocks.CharBlock()': ("E114", ".a b"),
    'stored_as = "notice0"': ("E105", ".stored_as"),
    "thing = blocks.Block()": ("E111", ".thing"),
}  # fmt: skip
NOTICE = """
@register_streamfield_block
class NoticeBlock(blocks.StructBlock):
    "A notice."
    stored_as = "notice0"
    text = blocks.CharBlock()


@register_streamfield_block
class String(NoticeBlock):
    stored_as = "string"

"""
UNREADABLE = {
    'graphql_interfaces = ("wrong.Interface",)': ("E114", ".graphql_interfaces"),
    'graphql_fields = ["text"]': ("E114", ".'text'"),
    'graphql_fields = "text"': ("E114", ".'text'"),
    'graphql_fields = [GraphQLForeignKey("text", "no.Model")]': ("E106", ".text"),
    'graphql_fields = [field("text: String!", "")]': ("E119", ".text"),
    'page = blocks.PageChooserBlock(page_type="no.Model")': ("E106", ".page"),
    'group = SnippetChooserBlock("auth.Group")': ("E106", ".group: the schema has no type Group"),
}


@pytest.mark.parametrize("cases", [BLOCKS, UNREADABLE], ids=["read", "unreadable"])
def test_each_mistake_in_a_block_is_refused_at_its_place(
    cases: dict[str, tuple[str, str]], tmp_path: Path
) -> None:
    source = NOTICE if cases is BLOCKS else ""
    for number, body in enumerate(cases):
        own = "" if "stored_as" in body else f'    stored_as = "case{number}"\n'
        source += (
            f'@register_streamfield_block\nclass Case{number}Block(blocks.StructBlock):\n    "A case."\n'
            f"{own}    text = blocks.CharBlock()\n    {body}\n\n"
        )
    source += "@register_streamfield_block\nclass NoBlock:\n    pass\n" if cases is UNREADABLE else ""
    said = said_of(tmp_path, source)
    missing = [
        (body, part)
        for number, (body, (code, part)) in enumerate(cases.items())
        if f"(cms.{code}) wrong.models.Case{number}Block{part}" not in said
    ]
    assert missing == [], said
    last = "(cms.E114) wrong.models.NoBlock: it is registered as a block and is none"
    if cases is BLOCKS:
        last = "(cms.E105) wrong.models.String: the type String is also that of the schema itself"
    assert last in said


BUILT = {
    'field("text(a: Int = \\"x\\"): String!", "T.")': ("E115", ".text(a:)"),
    'field("text(a: Int! = null): String!", "T.")': ("E115", ".text(a:)"),
    'field("text(a: [Int!] = [1, null]): String!", "T.")': ("E115", ".text(a:)"),
    'field("text(a: Cadence = NEVER_EVER): String!", "T.")': ("E115", ".text(a:)"),
    'field("text(a: Date = \\"tomorrow\\"): String!", "T.")': ("E115", ".text(a:)"),
    'field("text(first: Int = 500): String!", "T.")': ("E116", ".text(first:): 500"),
}


def test_what_only_the_built_schema_shows_is_refused_at_its_place(tmp_path: Path) -> None:
    source = "\n".join(
        model(number, fields.replace("text(", "texts("), 'order={"TITLE": "title"}')
        + "    def texts(self, info, **arguments):\n        return self.text\n"
        for number, fields in enumerate(BUILT)
    )
    source += """
class Lonely(Base):
    \"\"\"A type that no field gives.\"\"\"

    graphql_fields = [GraphQLString("text")]

"""
    said = said_of(tmp_path, source)
    missing = [
        (fields, part)
        for number, (fields, (code, part)) in enumerate(BUILT.items())
        if f"(cms.{code}) wrong.Case{number}{part.replace('text(', 'texts(')}" not in said
    ]
    assert missing == [], said
    assert "(cms.W115) wrong.Lonely.graphql_fields: no query reaches the type." in said


def test_a_list_below_a_type_that_no_query_reaches_is_refused(tmp_path: Path) -> None:
    source = """
class Lonely(Base):
    graphql_fields = [GraphQLString("text")]


class Case(Base):
    graphql_fields = [GraphQLString("text")]
    graphql_list = List("cases", order={"TITLE": "title"}, below={"Lonely": Below("title", key="title")})
"""
    assert "(cms.E106) wrong.Case.graphql_list.below: no query reaches Lonely." in said_of(tmp_path, source)
