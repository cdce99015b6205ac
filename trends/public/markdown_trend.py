"""A trend as Markdown: what its page says, in the same order, without what is pending."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from .. import markdown
from ..models import Edition, Image
from ..pages import Note, TrendPage, asked_by, trend_page
from ..pages.parts import ActionItem, Credit, Related, Section
from ..snapshot import LABELS
from ..templatetags.trends import checked
from .answers import Answers, answer
from .context import absolute
from .errors import gone, not_found
from .full_text import alone, figures_of
from .lasting import depends_on
from .markdown_evidence import proof
from .markdown_page import day, markdown_page, moment, one_line, people, this_page
from .one_moment import for_readers

AI_USE = {
    "none": "none.",
    "assisted": "written by people with the help of AI.",
    "generated": "written by AI; an editor answers for it.",
}


@for_readers
def trend(request: HttpRequest, slug: str) -> HttpResponse:
    return answer(request, slug, MARKDOWN)


def live(request: HttpRequest, edition: Edition, now: datetime) -> HttpResponse:
    page = trend_page(edition, now, draw=drawn)
    depends_on(request.META, **asked_by(page))
    return markdown_page(blocks_of(page), page=edition.get_absolute_url())


def retracted(edition: Edition) -> HttpResponse:
    why = f": {edition.get_reason_display()}" if edition.reason else ""
    first = edition.first_published_at
    blocks = [
        markdown.heading(1, f"Retracted: {edition.title}"),
        markdown.paragraphs(edition.notice),
        markdown.bullets(
            [f"Retracted {moment(edition.live_from)}{why}"]
            + ([f"First published {moment(first)}"] if first else [])
        ),
        this_page(edition.get_absolute_url()),
    ]
    return markdown_page(blocks, page=edition.get_absolute_url())


MARKDOWN = Answers("trend_markdown", live, retracted, not_found, gone)


def drawn(image: Image) -> str:
    return figures_of([image])[image.pk]


def blocks_of(page: TrendPage) -> Iterator[str]:
    edition = page.edition
    url = absolute(edition.get_absolute_url())
    yield markdown.heading(1, edition.title)
    yield markdown.paragraphs(one_line(edition.standfirst))
    yield markdown.bullets(facts(page))
    yield from warnings(page)
    if edition.hero:
        yield markdown.to_markdown(drawn(edition.hero))
    for section in page.sections:
        if not section.is_pending:
            yield markdown.heading(2, section.label)
            yield from body(edition, section)
    yield from links(LABELS["related"], page.related)
    yield from links("Related trends", page.related_trends)
    yield from how_we_know(page)
    yield from changes(page)
    numbers = [row["number"] for row in edition.content["evidence"]["rows"]]
    yield markdown.definitions({number: f"{url}#e{number}" for number in numbers})


def links(name: str, found: Sequence[Related]) -> Iterator[str]:
    if found:
        yield markdown.heading(2, name)
        yield markdown.bullets(markdown.link(link.label, absolute(link.url)) for link in found)


def facts(page: TrendPage) -> Iterator[str]:
    """Label, people and dates, as above the text."""
    edition, head = page.edition, page.head
    topic = edition.topic
    about = f", {markdown.link(topic.name, absolute(topic.get_absolute_url()))}" if topic else ""
    yield page.kind_label + about
    yield f"By {people(page.authors)}"
    if edition.first_published_at:
        yield f"Published {moment(edition.first_published_at)}"
    if page.was_updated and edition.public_updated_at:
        yield f"Updated {moment(edition.public_updated_at)}"
    if page.checked_at:
        yield f"Last checked on {day(page.checked_at)}"
    if head["dateline"]:
        yield f"From {markdown.text(head['dateline'])}"
    yield this_page(edition.get_absolute_url())


def warnings(page: TrendPage) -> Iterator[str]:
    """What a reader must know first."""
    head = page.head
    if head["sponsor"]:
        yield f"**Paid for by** {markdown.text(head['sponsor'])}"
    if head["disclosure"]:
        yield f"**Disclosure:** {markdown.text(head['disclosure'])}"
    if head["ai_use"] in ("assisted", "generated"):
        yield ai_use(page)
    if page.is_old and page.edition.true_at:
        yield (
            f"This was last updated or checked more than {page.young_for} ago, on "
            f"{day(page.edition.true_at)}. Some of it may no longer be true."
        )
    for note in page.serious_notes:
        yield markdown.quoted(f"**{note.label}, {day(note.at)}**\n\n{note_text(note)}")


def ai_use(page: TrendPage) -> str:
    note = markdown.text(page.head["ai_note"])
    return f"**Use of AI:** {AI_USE[page.head['ai_use']]} {note}".strip()


def body(edition: Edition, section: Section) -> Iterator[str]:
    if section.name == "evidence":
        for row in section.rows:
            yield from proof(row)
    elif section.name == "key_points":
        yield markdown.bullets(inline(edition, point) for point in section.rows)
    elif section.name == "actions":
        yield markdown.bullets(action(edition, row) for row in section.rows)
    elif section.name == "author":
        for credit in section.rows:
            yield from portrayed(credit)
    else:
        yield markdown.to_markdown(alone(edition, section.html))


def inline(edition: Edition, html: str) -> str:
    return markdown.to_markdown(alone(edition, html))


def action(edition: Edition, row: ActionItem) -> str:
    who = ", ".join(markdown.text(part) for part in (row.audience, row.timing) if part)
    return (f"**{who}:** " if who else "") + inline(edition, row.text)


def portrayed(credit: Credit) -> Iterator[str]:
    author = credit.author
    work = " · ".join(markdown.text(part) for part in (author.job_title, credit.role) if part)
    yield people([author]) + (f", {work}" if work else "")
    yield markdown.paragraphs(author.bio)


def how_we_know(page: TrendPage) -> Iterator[str]:
    yield markdown.heading(2, LABELS["backstory"])
    yield markdown.to_markdown(alone(page.edition, page.backstory))
    if page.head["ai_use"] == "none":
        yield ai_use(page)
    about = absolute(reverse("about"))
    proofs = next((s.rows for s in page.sections if s.name == "evidence"), ())
    sources = f"{len(proofs)} source{'s' * (len(proofs) > 1)}, {checked(proofs) or 'none'} checked"
    yield markdown.bullets(
        [
            *([f"Evidence: {sources} by us so far"] if proofs else []),
            markdown.link("How we correct", f"{about}#how-we-correct"),
            markdown.link("Report an error", f"{about}#report-an-error"),
        ]
    )


def changes(page: TrendPage) -> Iterator[str]:
    if page.notes:
        yield markdown.heading(2, "Changes")
    for note in page.notes:
        yield f"**{note.label}**, {moment(note.at)}\n\n{note_text(note)}"


def note_text(note: Note) -> str:
    return markdown.paragraphs(note.text)
