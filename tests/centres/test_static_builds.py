"""The recipe of docs/static-builds.md builds only what changed. It is run as it is printed."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from centres.models import ProgrammePage, Topic
from tests import factories as make
from tests.graph import send

pytestmark = pytest.mark.django_db

PAGE = """query Page($path: String!) { page(path: $path) {
  title path breadcrumbs { title path } translations { locale path }
  ... on ProgrammePage { summary topics { code name } centre { shortName } }
  ... on CentrePage { officialName topics { name } host { name } }
} }"""
LOCALES = ("sl", "en")


class Site:
    """A static site that is built by the recipe."""

    def __init__(self) -> None:
        text = (Path(settings.BASE_DIR) / "docs" / "static-builds.md").read_text("utf-8")
        self.recipe: dict[str, Any] = {}
        exec("\n".join(re.findall(r"```python\n(.*?)```", text, re.DOTALL)), self.recipe)  # noqa: S102
        self.files: dict[str, Any] = {}
        self.built: list[str] = []
        self.kept = self.recipe["full_build"](self.ask, self.build, LOCALES)

    def ask(self, query: str, **variables: Any) -> tuple[Any, set[str]]:
        response = send(query, **variables)
        told = response.json()
        assert "errors" not in told
        return told["data"], set(response.headers["Cache-Tag"].split(","))

    def build(self, path: str) -> set[str]:
        self.files[path], tags = self.ask(PAGE, path=path)
        self.built.append(path)
        return tags

    def again(self) -> set[str]:
        """Build what changed, compare with a full build, and return the paths that were built."""
        self.built = []
        self.kept = self.recipe["next_build"](self.ask, self.build, self.files.pop, LOCALES, self.kept)
        assert self.files == Site().files
        return set(self.built)


@pytest.fixture
def site() -> Site:
    one, other = make.centre(), make.centre("Domoznanstvo")
    for number in range(6):
        make.programme(
            (one, other)[number % 2], f"Program {number}", topics=[make.coded(Topic, f"t{number % 3}")]
        )
    make.translated(one)
    return Site()


def test_a_topic_that_is_renamed_builds_the_pages_that_show_it(site: Site) -> None:
    topic = Topic.objects.get(code="t1")
    topic.name = {"sl": "Drugače", "en": "Otherwise"}
    topic.save()
    shown = ProgrammePage.objects.filter(topics=topic).values_list("url_path", flat=True)
    assert site.again() == set(shown)
    assert len(shown) < len(site.files) / 2
    assert site.again() == set()


def test_pages_that_come_move_and_go_are_built_and_removed(site: Site) -> None:
    programme = make.publish(ProgrammePage.objects.get(title="Program 2"))
    site.again()
    programme.title = "Preimenovan"
    programme.slug = "preimenovan"
    make.publish(programme)
    built = site.again()
    assert any(path.endswith("/preimenovan/") for path in built)
    assert not any(path.endswith("/program-2/") for path in site.files)
    ProgrammePage.objects.get(title="Preimenovan").unpublish()
    site.again()
    assert not any(path.endswith("/preimenovan/") for path in site.files)
    centre = make.publish(make.centre("Lahko branje"))
    assert centre.url_path in site.again()


@pytest.mark.parametrize(
    "query",
    [
        '{ centre(slug: "nov-center") { title } }',
        '{ page(path: "/sl/kompetencni-centri/nov-center/") { title } }',
        '{ route(path: "/sl/kompetencni-centri/nov-center/") { __typename } }',
        '{ programmes(filter: { centre: ["nov-center"] }) { nodes { title } } }',
    ],
)
def test_what_was_not_there_is_stale_when_it_comes(query: str) -> None:
    tags = set(send(query).headers["Cache-Tag"].split(","))
    cursor = send("{ changeCursor }").json()["data"]["changeCursor"]
    make.publish(make.centre("Nov center"))
    told = send("query ($c: String) { changes(after: $c) { nodes { tags } } }", c=cursor).json()
    assert tags & {tag for one in told["data"]["changes"]["nodes"] for tag in one["tags"]} - {"many"}
