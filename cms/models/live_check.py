"""A rule of the database for what is public."""

from typing import Any

from django.db import models


class LiveCheck(models.CheckConstraint):
    """A condition that the database holds for what is live, and validation for what is to be published.

    A draft may break it (`cms.editorial.unfinished`), as it may break any other rule.
    """

    def __init__(self, *, condition: Any, **kwargs: Any) -> None:
        self.rule = condition
        super().__init__(condition=models.Q(live=False) | condition, **kwargs)

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"condition": self.rule}

    def validate(self, model: Any, instance: Any, *args: Any, **kwargs: Any) -> None:
        """Raise a `ValidationError` where ``instance`` breaks the condition, live or not."""
        strict = models.CheckConstraint(
            condition=self.rule,
            name=self.name,
            violation_error_code=self.violation_error_code,
            violation_error_message=self.violation_error_message,
        )
        strict.validate(model, instance, *args, **kwargs)
