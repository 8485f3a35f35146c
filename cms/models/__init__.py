"""The tables of the platform."""

from cms.models.access import TokenAccess, TokenScope
from cms.models.archive_keys import ArchiveKey
from cms.models.changes import Change, ContentVersion, PublicObject
from cms.models.chores import Chore
from cms.models.deliveries import Delivery, Receiver
from cms.models.draft_mode import DraftMode
from cms.models.media import Document, Image, Rendition
from cms.models.pages import BasePage
from cms.models.previews import PreviewDraft
from cms.models.published_words import PublishedWords, note_words
from cms.models.shared_text import SharedText
from cms.models.sheet_imports import SheetImport
from cms.models.site import CodeLabel, SiteLabels, SiteSettings
from cms.models.terms import CodedModel, Term
from cms.models.throttle import Throttle, first_within
from cms.models.trusted_document import TrustedDocument

__all__ = [
    "ArchiveKey",
    "BasePage",
    "Change",
    "Chore",
    "CodeLabel",
    "CodedModel",
    "ContentVersion",
    "Delivery",
    "Document",
    "DraftMode",
    "Image",
    "PreviewDraft",
    "PublicObject",
    "PublishedWords",
    "Receiver",
    "Rendition",
    "SharedText",
    "SheetImport",
    "SiteLabels",
    "SiteSettings",
    "Term",
    "Throttle",
    "TokenAccess",
    "TokenScope",
    "TrustedDocument",
    "first_within",
    "note_words",
]
