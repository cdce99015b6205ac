"""The form of one "Also Read" link."""

from typing import Any

from django.core.exceptions import ValidationError

from ..models import Article
from .known import ReferenceForm


class RelatedLinkForm(ReferenceForm):
    def clean_target(self) -> Article | None:
        """Django does not ask the database's own rule here, since it names the parent."""
        target: Article | None = self.cleaned_data["target"]
        if target and target.pk == self.instance.article_id:
            raise ValidationError("A piece can't link to itself. Select another trend.")
        return target

    def clean(self) -> dict[str, Any]:
        """As the constraint relatedlink_one_target has it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        target, url, label = (data.get(name) for name in ("target", "url", "label"))
        if target and url:
            raise ValidationError("Select a trend or enter an address, not both.")
        if not (target or url or label):
            raise ValidationError("Select a trend or enter an address, or delete this link.")
        return data
