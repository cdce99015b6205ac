"""Forms as a browser would post them: filled from the page, then changed."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from trends.models import Article, Edition


def page_url(article: Article, page: str = "change") -> str:
    """The address of a page of the desk about a piece."""
    return reverse(f"admin:trends_article_{page}", args=[article.pk])


def save(client: Any, article: Article, **changes: Any) -> Any:
    """Open the form, change something, save."""
    url = page_url(article)
    return client.post(url, posted(client.get(url), **changes))


def in_force(article: Article) -> Edition:
    """What readers get of a piece now."""
    edition = article.edition_in_force()
    assert edition is not None
    return edition


def posted(response: HttpResponse, **changes: Any) -> dict[str, Any]:
    """All fields of a change form with their values; `changes` are by name, with __ for -;
    None leaves a field out, as a browser does with an empty checkbox."""
    context = response.context_data  # type: ignore[attr-defined]
    data = _values(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        data |= _values(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= _values(form)
    data |= {name.replace("__", "-"): value for name, value in changes.items()}
    return {name: value for name, value in data.items() if value is not None}


def _values(form: Any) -> dict[str, Any]:
    fields = {field.html_name: field.value() for field in form}
    values = {name: getattr(value, "pk", value) for name, value in fields.items()}
    given = {n: value for n, value in values.items() if value is not None and value is not False}
    return {name: _typed(value) for name, value in given.items()}


def _typed(value: Any) -> Any:
    return value.strftime("%Y-%m-%dT%H:%M") if hasattr(value, "hour") else value


def add_row(data: dict[str, Any], prefix: str, **fields: Any) -> dict[str, Any]:
    """The same form with one row more."""
    index = int(data[f"{prefix}-TOTAL_FORMS"])
    row = {f"{prefix}-{index}-{name}": value for name, value in fields.items()}
    return data | row | {f"{prefix}-TOTAL_FORMS": index + 1, f"{prefix}-{index}-position": index}
