"""Words of another language inside a text: ``<span lang="en">``, so that they are read aloud rightly."""

from typing import Any

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail.features import Feature

FEATURE = "inline-language"
MARK = {"textDecoration": "underline dotted", "textUnderlineOffset": "0.2em"}


class InlineLanguageFeature(Feature):
    """A button of the editor for each language of the site (WCAG 2.2, success criterion 3.1.2)."""

    def construct_options(self, options: dict[str, Any]) -> None:
        options.setdefault("inlineStyles", []).extend(
            {
                "type": _style(code),
                "label": code.upper(),
                "description": format_lazy("{}: {}", _("Words in another language"), name),
                "style": MARK,
            }
            for code, name in settings.WAGTAIL_CONTENT_LANGUAGES
        )


def register(features: Any) -> None:
    """Make the feature known to Wagtail's registry of rich text features."""
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    features.register_editor_plugin("draftail", FEATURE, InlineLanguageFeature())
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {
                f'span[lang="{code}"]': InlineStyleElementHandler(_style(code)) for code in codes
            },
            "to_database_format": {
                "style_map": {_style(code): {"element": "span", "props": {"lang": code}} for code in codes}
            },
        },
    )


def _style(code: str) -> str:
    return f"LANGUAGE-{code}"
