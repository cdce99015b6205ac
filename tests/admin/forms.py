"""Forms as a browser would post them: filled from the page, then changed."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from trends.models import Article, Edition
from trends.models.content import ROW_NAMES
from trends.snapshot import HEAD_FIELDS, PROSE, SECTIONS, Snapshot


def page_url(article: Article, page: str = "change") -> str:
    """The address of a page of the desk about a piece."""
    return reverse(f"admin:trends_article_{page}", args=[article.pk])


def save(client: Any, article: Article, **changes: Any) -> Any:
    """Open the form, change something, save."""
    url = page_url(article)
    return client.post(url, posted(client.get(url), **changes))


def queries_of(captured: Iterable[dict[str, str]]) -> list[str]:
    """What was asked of the database: the brackets of a transaction are no queries."""
    return [q["sql"] for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]


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
    return {name: _typed(value) for name, value in given.items()} | _initials(form)


def _initials(form: Any) -> dict[str, str]:
    """The hidden inputs that say what a field was loaded with."""
    shown = [field for field in form if field.field.show_hidden_initial]
    values = {f.html_initial_name: form.data.get(f.html_initial_name, f.value()) for f in shown}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _typed(value: Any) -> Any:
    return value.strftime("%Y-%m-%dT%H:%M") if hasattr(value, "hour") else value


def add_row(data: dict[str, Any], prefix: str, **fields: Any) -> dict[str, Any]:
    """The same form with one row more."""
    index = int(data[f"{prefix}-TOTAL_FORMS"])
    row = {f"{prefix}-{index}-{name}": value for name, value in fields.items()}
    return data | row | {f"{prefix}-TOTAL_FORMS": index + 1, f"{prefix}-{index}-position": index}


def form_of(content: Snapshot, base: Snapshot) -> dict[str, str]:
    """What a browser posts of the content that was typed over the base; no page is drawn."""
    data = {name: _raw(content["head"][name]) for name in HEAD_FIELDS}
    data |= {name: content[name]["text"].replace("\n", "\r\n") for name in PROSE}
    data |= {f"not_needed_{name}": content[name]["not_needed"] for name in SECTIONS[1:-1]}
    for section, prefix in ROW_NAMES.items():
        kept = {row["key"] for row in content[section]["rows"]}
        gone = [row | {"DELETE": "on"} for row in base[section]["rows"] if row["key"] not in kept]
        here = [row | {"position": n} for n, row in enumerate(content[section]["rows"])]
        data |= rows_of(prefix, here + gone)
    return data


def rows_of(prefix: str, rows: list[dict[str, Any]]) -> dict[str, str]:
    """Rows as a form posts them, with what counts them."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    for index, row in enumerate(rows):
        data |= {f"{prefix}-{index}-{name}": _raw(value) for name, value in row.items()}
    return data


def _raw(value: Any) -> str:
    return "" if value is None else str(value)
