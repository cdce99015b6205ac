"""The pages that say who publishes here and by which rules.

Their templates hold what is true of the software. What only the site can say is a gap:
{# GAP: what to write #} marks the place, readers see nothing of it, and a system check names the
pages that still have one.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import get_template
from django.urls import reverse

from .context import Context, common, render_page
from .one_moment import for_readers

_GAP = re.compile(r"\{#\s*GAP: (.*?)\s*#\}")


class Policy(NamedTuple):
    """`name` stands in lists and above the page, `about` below it and in search results."""

    name: str
    about: str


# The last part of the address, and the name of the template → the page. "" is /about/.
POLICIES = {
    "": Policy("About", "Who we are and how we work."),
    "ownership": Policy("Ownership and funding", "Who owns this publication and who pays for it."),
    "corrections": Policy("Corrections policy", "What we do when we got something wrong."),
    "ai": Policy("Use of AI", "Where machines help us, and how we say so."),
    "complaints": Policy("Complaints", "How to report an error, and what happens then."),
}


@for_readers
def policy(request: HttpRequest, page: str = "") -> HttpResponse:
    """One of the pages. No query."""
    return render_page(template_of(page), context_of(page))


def context_of(page: str) -> Context:
    """`frame`: the template that stands around it. Raises Http404 for one that there is not."""
    if page not in POLICIES:
        raise Http404("There is no such policy.")
    shown = POLICIES[page]
    own = {"policy": shown, "policies": others(page), "frame": "trends/base.html"}
    return common(path_of(page), description=f"{settings.NEWSROOM_NAME}: {shown.about}", **own)


def path_of(page: str) -> str:
    return reverse("policy", args=[page]) if page else reverse("about")


def template_of(page: str) -> str:
    return f"about/{page or 'about'}.html"


def others(page: str) -> list[dict[str, str]]:
    """All pages but this one, as links."""
    return [
        {"path": path_of(other), "name": shown.name, "about": shown.about}
        for other, shown in POLICIES.items()
        if other != page
    ]


def gaps() -> Iterator[tuple[str, str]]:
    """(template, what to write) of all that a site has not said yet."""
    for page in POLICIES:
        name = f"trends/{template_of(page)}"
        source = get_template(name).template.source  # type: ignore[attr-defined]
        yield from ((name, wanted) for wanted in _GAP.findall(source))
