"""Declares to wagtail-grapple what a project would that follows its documentation."""

from typing import Any

from django.apps import AppConfig, apps


class Bare(AppConfig):
    """Takes the place of our declarations before wagtail-grapple reads them."""

    name = "benchmarks.bare"

    def ready(self) -> None:
        for app in ("cms", "home", "centres"):
            for model in apps.get_app_config(app).get_models():
                if hasattr(model, "graphql_fields"):
                    model.graphql_fields = []
        _declare_models()
        _declare_blocks()


def _declare_models() -> None:
    from grapple.models import (
        GraphQLCollection,
        GraphQLForeignKey,
        GraphQLImage,
        GraphQLString,
    )
    from wagtail.api import APIField

    from centres import models
    from centres.models import ProgrammeAudience

    def strings(*names: str) -> list[Any]:
        return [GraphQLString(name) for name in names]

    models.Audience.graphql_fields = strings("code", "name")
    models.Topic.graphql_fields = strings("code", "name")
    ProgrammeAudience.graphql_fields = [GraphQLForeignKey("audience", "centres.Audience")]
    models.CentreIndexPage.graphql_fields = strings("summary")
    models.CentrePage.graphql_fields = strings("short_name", "summary")
    models.ProgrammePage.graphql_fields = [
        *strings("summary", "kind", "cadence", "outcomes"),
        GraphQLImage("lead_image"),
        GraphQLCollection(GraphQLForeignKey, "programme_audiences", ProgrammeAudience),
        GraphQLCollection(GraphQLForeignKey, "topics", models.Topic),
        _stream("body"),
    ]
    for model, names in {
        models.Audience: ["code", "name"],
        ProgrammeAudience: ["audience"],
        models.CentrePage: ["short_name", "summary"],
        models.ProgrammePage: [
            "kind",
            "summary",
            "cadence",
            "body",
            "lead_image",
            "topics",
            "programme_audiences",
        ],
    }.items():
        model.api_fields = [APIField(name) for name in names]  # type: ignore[attr-defined]


def _stream(name: str) -> Any:
    from grapple.models import GraphQLStreamfield

    return GraphQLStreamfield(name)


def _declare_blocks() -> None:
    from grapple.helpers import register_streamfield_block
    from grapple.models import (
        GraphQLImage,
        GraphQLPage,
        GraphQLRichText,
        GraphQLStreamfield,
        GraphQLString,
    )

    from cms.body import blocks, media_blocks

    declared = {
        blocks.HeadingBlock: [GraphQLString("text"), GraphQLString("level")],
        blocks.ParagraphBlock: [GraphQLRichText("text")],
        media_blocks.FigureBlock: [GraphQLImage("image"), GraphQLString("caption")],
        blocks.QuoteBlock: [GraphQLString("quote"), GraphQLString("attribution")],
        blocks.AccordionItemBlock: [GraphQLString("heading"), GraphQLRichText("text")],
        blocks.AccordionBlock: [GraphQLStreamfield("items")],
        blocks.CallToActionBlock: [GraphQLPage("page")],
    }
    for block, fields in declared.items():
        block.graphql_fields = fields  # type: ignore[attr-defined]
        register_streamfield_block(block)
