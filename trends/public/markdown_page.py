"""What all Markdown twins share: how they travel, and how they spell dates and people."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as worded
from django.utils.text import get_text_list

from .. import markdown
from ..models import Author
from .context import NOINDEX, Context, absolute, document
from .policy import add_link


def markdown_page(blocks: Iterable[str], *, page: str) -> HttpResponse:
    """The twin of the page at a path. Search engines are to show the page."""
    response = document("\n\n".join(filter(None, blocks)) + "\n", "text/markdown")
    add_link(response, absolute(page), 'rel="canonical"')
    response.headers["X-Robots-Tag"] = NOINDEX
    return response


def converted(template: str, context: Context) -> str:
    """The Markdown of a template that holds no more than press does, and headings. Links say the
    site's address, since the page's own is not around them."""
    html = render_to_string(template, context)
    return markdown.to_markdown(html.replace('href="/', f'href="{absolute("/")}'))


def this_page(path: str) -> str:
    return f"This page: <{absolute(path)}>"


def moment(at: datetime) -> str:
    return worded(timezone.localtime(at), "j F Y, H:i T")


def day(at: date) -> str:
    local = timezone.localtime(at) if isinstance(at, datetime) else at
    return worded(local, "j F Y")


def people(authors: Iterable[Author]) -> str:
    """Links to their pages; where nobody is assigned, the desk answers for the piece."""
    links = [markdown.link(author.name, absolute(author.get_absolute_url())) for author in authors]
    desk = markdown.link(settings.NEWSROOM_NAME, absolute(reverse("about")))
    return str(get_text_list(links or [desk], "and"))


def one_line(text: str) -> str:
    return " ".join(text.split())
