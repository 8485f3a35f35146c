"""An editor who draws objects to work on, at random from a seed."""

import itertools
from datetime import timedelta
from random import Random
from typing import Any

from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

# What stands on pages with this in their title is never published on purpose.
SECRET = "skrivnostx"


class Editor:
    """Draws objects and works on them; equal seeds give equal draws on equal content."""

    def __init__(self, seed: int, client: Client, traveller: Any) -> None:
        self.random = Random(seed)
        self.client = client
        self.numbers = itertools.count(1)
        self._traveller = traveller

    def any(self, rows: Any) -> Any:
        """Return one of the rows of a queryset, read anew. Raises ValidationError where there is none."""
        keys = sorted(rows.values_list("pk", flat=True))
        if not keys:
            raise ValidationError("nothing there")
        return rows.model._default_manager.get(pk=self.random.choice(keys))

    def page(self, **conditions: Any) -> Any:
        pages = Page.objects.filter(depth__gt=2, alias_of=None, **conditions)
        return self.any(pages.exclude(title__contains=SECRET)).specific

    def below_home(self, *, depth: int = 3) -> Any:
        return self.any(Page.objects.filter(depth__gte=depth, alias_of=None)).specific

    def word(self) -> str:
        return f"Beseda {next(self.numbers)}"

    def later(self) -> Any:
        return timezone.now() + timedelta(hours=self.random.choice((1, 5, 30)))

    def wait(self, hours: int) -> None:
        if self._traveller is not None:
            self._traveller.shift(timedelta(hours=hours))

    def post(self, address: str, /, *args: Any, query: str = "", **data: Any) -> None:
        response = self.client.post(reverse(address, args=args) + query, data)
        if response.status_code not in (200, 302):
            raise ValidationError(f"{address}: {response.status_code}")
