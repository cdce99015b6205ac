"""The pages of who publishes here and by which rules, as Markdown: the same templates, without the
frame of the site around them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .markdown_page import converted, markdown_page, this_page
from .policies import context_of, path_of, template_of


@require_safe
def policy(request: HttpRequest, page: str = "") -> HttpResponse:
    """No query."""
    context = context_of(page) | {"frame": "trends/about/_bare.html"}
    text, path = converted(f"trends/{template_of(page)}", context), path_of(page)
    return markdown_page([text, this_page(path)], page=path)
