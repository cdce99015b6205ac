"""JSON-LD (schema.org 30) of public pages. It says nothing that the page doesn't show.

Every function gives the text of one <script type="application/ld+json">.
"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from .. import richtext
from ..models import Article, Author, Edition, Topic
from ..pages import Note, Proof, TrendPage
from ..paths import path_to
from .context import absolute
from .image_objects import pictures
from .json_ld import Node, graph, node
from .pictures import Rendition

Link = tuple[str, str]  # words, path

TYPES = {
    Article.Kind.REPORT: "NewsArticle",
    Article.Kind.ANALYSIS: "AnalysisNewsArticle",
    Article.Kind.OPINION: "OpinionNewsArticle",
    Article.Kind.SPONSORED: "AdvertiserContentArticle",
}


def trend(page: TrendPage, url: str, cards: Sequence[Rendition]) -> SafeString:
    """`cards`: the title, drawn, which stands in for a picture where there is none."""
    return graph(article(page, url, cards), trend_crumbs(page.edition), publisher())


def front_page(editions: Sequence[Edition]) -> SafeString:
    site = node(
        "WebSite",
        **{"@id": f"{absolute('/')}#site"},
        name=settings.NEWSROOM_NAME,
        url=absolute("/"),
        inLanguage=language(),
        publisher=publisher_reference(),
    )
    links = [(edition.title, edition.get_absolute_url()) for edition in editions]
    return graph(site, *item_list(links), publisher())


def collection(
    name: str, path: str, description: str, links: Sequence[Link], *, above: Sequence[Link] = ()
) -> SafeString:
    """`links`: what is listed; `above`: what lies between the front page and the list."""
    items = item_list(links)
    page = node(
        "CollectionPage",
        name=name,
        url=absolute(path),
        description=description,
        inLanguage=language(),
        publisher=publisher_reference(),
        mainEntity=items[0] if items else None,
    )
    return graph(page, crumbs(*above, (name, path)), publisher())


def profile(author: Author, editions: Sequence[Edition]) -> SafeString:
    url = absolute(author.get_absolute_url())
    page = node(
        "ProfilePage",
        url=url,
        inLanguage=language(),
        dateModified=max(
            (iso(edition.public_updated_at) or "" for edition in editions), default=""
        ),
        mainEntity=person(author) | node("Person", description=author.bio, image=portrait(author)),
    )
    return graph(page, crumbs((author.name, author.get_absolute_url())), publisher())


# --- nodes ---


def article(page: TrendPage, url: str, cards: Sequence[Rendition]) -> Node:
    edition, head = page.edition, page.head
    topic = edition.topic.name if edition.topic else ""
    return node(
        TYPES[Article.Kind(page.kind)],
        **{"@id": f"{url}#article"},
        url=url,
        mainEntityOfPage=web_page(page, url),
        headline=edition.title,
        description=edition.standfirst,
        datePublished=iso(edition.first_published_at),
        dateModified=iso(edition.public_updated_at),
        author=[person(author) for author in page.authors] or [desk()],
        publisher=publisher_reference(),
        image=images(page, cards),
        articleSection=topic,
        keywords=[topic] if topic else None,
        wordCount=edition.words,
        inLanguage=language(),
        isAccessibleForFree=True,
        dateline=head["dateline"] if page.kind != Article.Kind.SPONSORED else None,
        backstory=richtext.plain(edition.html["backstory"]),
        sponsor=node("Organization", name=head["sponsor"]) if head["sponsor"] else None,
        citation=[citation(proof) for proof in proofs(page)],
        correction=[correction(note) for note in page.notes if note.kind != "update"],
        publishingPrinciples=absolute(path_to("about")),
    )


def web_page(page: TrendPage, url: str) -> Node | str:
    """Only of a page, not of an article, may be said when it was last reviewed."""
    checked = page.checked_at
    if checked is None:
        return url
    reviewed = timezone.localdate(checked).isoformat()
    return node("WebPage", **{"@id": url}, lastReviewed=reviewed)


def images(page: TrendPage, cards: Sequence[Rendition]) -> list[Node]:
    """The hero or what stands in for it, in three shapes; then the pictures of the text."""
    first = pictures(page.edition.hero, ("hero", "4x3", "1x1"))
    in_text = [found for image in page.pictures for found in pictures(image, ("whole",))]
    return [*(first or [card(file, page.edition.title) for file in cards]), *in_text]


def card(file: Rendition, title: str) -> Node:
    sides = {"width": file["width"], "height": file["height"]}
    said = {"caption": title, "creditText": settings.NEWSROOM_NAME}
    return node("ImageObject", url=file["url"], contentUrl=file["url"], **said, **sides)


def proofs(page: TrendPage) -> Sequence[Proof]:
    """Evidence whose source readers may know."""
    rows = next((s.rows for s in page.sections if s.name == "evidence"), ())
    return [proof for proof in rows if proof.row.get("source_title") or proof.row.get("url")]


def citation(proof: Proof) -> Node:
    row = proof.row
    by = row.get("publisher")
    return node(
        "CreativeWork",
        name=row.get("source_title") or row["url"],
        url=row.get("url"),
        publisher=node("Organization", name=by) if by else None,
        datePublished=proof.dated_on.isoformat() if proof.dated_on else None,
    )


def correction(note: Note) -> Node:
    return node("CorrectionComment", text=note.text, datePublished=iso(note.at))


def person(author: Author) -> Node:
    return node(
        "Person",
        name=author.name,
        url=absolute(author.get_absolute_url()),
        jobTitle=author.job_title,
    )


def portrait(author: Author) -> list[Node]:
    """Beside the name it has no caption of its own."""
    return pictures(author.portrait, ("1x1",), caption=author.name)


def desk() -> Node:
    """Who answers for a piece that nobody is assigned to."""
    return node("Organization", name=settings.NEWSROOM_NAME, url=absolute("/"))


def publisher() -> Node:
    return node(
        "NewsMediaOrganization",
        **publisher_reference(),
        name=settings.NEWSROOM_NAME,
        url=absolute("/"),
        logo=node("ImageObject", url=absolute(static("icons/apple-touch-icon.png"))),
        publishingPrinciples=absolute(path_to("about")),
        correctionsPolicy=absolute(path_to("policy", "corrections")),
        ownershipFundingInfo=absolute(path_to("policy", "ownership")),
        actionableFeedbackPolicy=absolute(path_to("policy", "complaints")),
        unnamedSourcesPolicy=absolute(path_to("about") + "#sources"),
    )


def publisher_reference() -> Node:
    return {"@id": f"{absolute('/')}#publisher"}


def trend_crumbs(edition: Edition) -> Node:
    topic: Topic | None = edition.topic
    middle = (topic.name, topic.get_absolute_url()) if topic else ("Trends", path_to("trends"))
    return crumbs(middle, (edition.title, edition.get_absolute_url()))


def crumbs(*links: Link) -> Node:
    """The way to a page from the front page, which is not among the links; the page itself is."""
    way = [(settings.NEWSROOM_NAME, path_to("home")), *links]
    return node(
        "BreadcrumbList",
        itemListElement=[
            node("ListItem", position=place, name=name, item=absolute(path))
            for place, (name, path) in enumerate(way, 1)
        ],
    )


def item_list(links: Sequence[Link]) -> list[Node]:
    """The list itself, or nothing where nothing is listed."""
    items = [
        node("ListItem", position=place, name=name, url=absolute(path))
        for place, (name, path) in enumerate(links, 1)
    ]
    return [node("ItemList", itemListElement=items)] if items else []


# --- spelling ---


def iso(at: datetime | None) -> str | None:
    """To the second, as on the page."""
    return at.isoformat(timespec="seconds") if at else None


def language() -> str:
    """As BCP 47 spells it: "en-gb" → "en-GB"."""
    tongue, _, region = (get_language() or settings.LANGUAGE_CODE).partition("-")
    return f"{tongue}-{region.upper()}" if region else tongue
