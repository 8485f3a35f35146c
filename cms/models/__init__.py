"""The tables of the platform."""

from cms.models.changes import Change, ContentVersion
from cms.models.media import Document, Image, Rendition
from cms.models.pages import BasePage
from cms.models.shared_text import SharedText
from cms.models.site import CodeLabel, SiteLabels, SiteSettings
from cms.models.terms import CodedModel, Term

__all__ = [
    "BasePage",
    "Change",
    "CodeLabel",
    "CodedModel",
    "ContentVersion",
    "Document",
    "Image",
    "Rendition",
    "SharedText",
    "SiteLabels",
    "SiteSettings",
    "Term",
]
