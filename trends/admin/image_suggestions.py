"""What an upload said of itself, beside the fields that it would fill."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..models import Image


def suggested(image: Image) -> dict[str, SafeString]:
    """Field → words with a button for the desk's script, where the field says something else."""
    said = {name: str(words) for name, words in image.suggested.items() if words}
    return {
        name: _offer(name, words, _in_words(name, words))
        for name, words in said.items()
        if words != getattr(image, name, words)
    }


def _in_words(name: str, words: str) -> str:
    field: Any = Image._meta.get_field(name)
    return str(dict(field.flatchoices).get(words, words))


def _offer(name: str, value: str, words: str) -> SafeString:
    return format_html(
        '<span class="said">The file says: <q>{}</q> <button type="button" class="step use" '
        'data-fill="{}" data-value="{}" hidden>Use<span class="visually-hidden"> it for the '
        "{}</span></button></span>",
        words, name, value, name.replace("_", " "),
    )  # fmt: skip
