"""A blog as wagtail-grapple's documentation and its example project write it: its words alone, and nothing of ours."""

from django.db import models
from grapple.helpers import register_streamfield_block
from grapple.models import (
    GraphQLCollection,
    GraphQLDocument,
    GraphQLForeignKey,
    GraphQLImage,
    GraphQLInt,
    GraphQLPage,
    GraphQLRichText,
    GraphQLSnippet,
    GraphQLStreamfield,
    GraphQLString,
    GraphQLTag,
)
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Orderable, Page
from wagtail.snippets.models import register_snippet


@register_streamfield_block
class ImageGalleryBlock(blocks.StructBlock):
    title = blocks.CharBlock()
    images = blocks.ListBlock(ImageChooserBlock())

    graphql_fields = [
        GraphQLString("title", required=True),
        GraphQLCollection(GraphQLImage, "images"),
        GraphQLString("shout", source="get_shout"),
    ]

    def get_shout(self, info, values):
        return values["title"].upper()


@register_snippet
class Advert(models.Model):
    url = models.URLField(null=True, blank=True)
    text = models.CharField(max_length=255)

    panels = [FieldPanel("url"), FieldPanel("text")]
    graphql_fields = [GraphQLString("url"), GraphQLString("text", required=True)]

    def __str__(self):
        return self.text


class AuthorPage(Page):
    name = models.CharField(max_length=255)
    graphql_fields = [GraphQLString("name")]


class BlogPageTag(TaggedItemBase):
    content_object = ParentalKey("BlogPage", related_name="tagged_items", on_delete=models.CASCADE)


class BlogPage(Page):
    date = models.DateField("Post date")
    rating = models.IntegerField(null=True, blank=True)
    intro = RichTextField(blank=True)
    advert = models.ForeignKey(Advert, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    cover = models.ForeignKey("cms.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    book_file = models.ForeignKey(
        "cms.Document", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    featured_page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    author = models.ForeignKey(AuthorPage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    tags = ClusterTaggableManager(through=BlogPageTag, blank=True)
    body = StreamField(
        [
            ("heading", blocks.CharBlock(form_classname="full title")),
            ("paragraph", blocks.RichTextBlock()),
            ("image", ImageChooserBlock()),
            ("gallery", ImageGalleryBlock()),
        ],
        blank=True,
    )

    graphql_fields = [
        GraphQLString("heading", source="title"),
        GraphQLString("date", required=True),
        GraphQLInt("rating"),
        GraphQLRichText("intro"),
        GraphQLStreamfield("body"),
        GraphQLCollection(
            GraphQLForeignKey,
            "related_links",
            "magazine.BlogPageRelatedLink",
            required=True,
            item_required=True,
        ),
        GraphQLCollection(
            GraphQLString, "related_urls", source="related_links.url", required=True, item_required=True
        ),
        GraphQLCollection(
            GraphQLForeignKey,
            "paged_links",
            "magazine.BlogPageRelatedLink",
            is_paginated_queryset=True,
            source="related_links",
        ),
        GraphQLSnippet("advert", "magazine.Advert"),
        GraphQLImage("cover"),
        GraphQLDocument("book_file"),
        GraphQLPage("featured_page"),
        GraphQLForeignKey("author", "magazine.AuthorPage"),
        GraphQLTag("tags"),
        GraphQLString("summing_up", source="get_summing_up"),
    ]

    def get_summing_up(self, info, **kwargs):
        return f"{self.title}: {self.date:%Y}"


class BlogPageRelatedLink(Orderable):
    page = ParentalKey(BlogPage, on_delete=models.CASCADE, related_name="related_links")
    name = models.CharField(max_length=255)
    url = models.URLField()

    graphql_fields = [GraphQLString("name", required=True), GraphQLString("url", required=True)]
