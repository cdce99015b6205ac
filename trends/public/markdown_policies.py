"""The pages of who publishes here and by which rules, as Markdown: the same templates, without the
frame of the site around them."""

from django.http import HttpRequest, HttpResponse

from .markdown_page import converted, markdown_page, this_page
from .one_moment import for_readers
from .policies import context_of, path_of, template_of


@for_readers
def policy(request: HttpRequest, page: str = "") -> HttpResponse:
    """No query."""
    context = context_of(page) | {"frame": "trends/about/_bare.html"}
    text, path = converted(f"trends/{template_of(page)}", context), path_of(page)
    return markdown_page([text, this_page(path)], page=path)
