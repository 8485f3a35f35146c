"""What an editor should think about though it may be right: advice, not errors."""

import re

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from centres.models import CentrePage
from centres.models.choices import CentreStatus
from centres.status import centre_status

# As the rules of easy language have it: Inclusion Europe, Information for all (2009), 3: "keep your sentences short".
LONGEST_EASY_SENTENCE = 15

_ENDED = (CentreStatus.CANDIDATE, CentreStatus.EXPIRED, CentreStatus.WITHDRAWN)


def advice_on(page: CentrePage) -> list[str]:
    """Return advice for the editor who saved ``page``, in the editor's language."""
    found = []
    if (other := other_centre_of_the_field(page)) is not None:
        found.append(
            _("“%(other)s” is active in the same field. Check that both are meant.")
            % {"other": other.short_name}
        )
    if long := long_sentences(page.easy_read_summary):
        found.append(
            _(
                "The easy-to-read summary has sentences of more than 15 words, such as: “%(sentence)s”. Split them."
            )
            % {"sentence": long[0]}
        )
    return found


def other_centre_of_the_field(page: CentrePage) -> CentrePage | None:
    """Return another centre that holds a title for the field of ``page`` today."""
    if page.competence_field_id is None:
        return None
    others = CentrePage.objects.filter(competence_field=page.competence_field_id, locale=page.locale_id)
    others = others.exclude(translation_key=page.translation_key)
    return others.alias(state=centre_status(timezone.now())).exclude(state__in=_ENDED).first()


def long_sentences(html: str) -> list[str]:
    """Return the sentences of a rich text that are too long for easy language."""
    words = strip_tags(re.sub(r"</(p|li|h\d)>|<br\s*/?>", ". ", html))
    sentences = (sentence.strip() for sentence in re.split(r"(?<=[.!?])\s+", words))
    return [sentence for sentence in sentences if len(sentence.split()) > LONGEST_EASY_SENTENCE]
