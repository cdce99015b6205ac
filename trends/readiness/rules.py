"""The editorial rules: every code that the checker knows, its level and what to do about it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, NamedTuple

Group = Literal["before", "later", "style"]


class Level(StrEnum):
    BLOCK = "block"
    WARN = "warn"
    OFF = "off"


class Rule(NamedTuple):
    """`final`: neither settings nor a Publisher can get past it. `group`: where the panel shows
    it: before publishing, later (pending), style."""

    level: Level
    final: bool
    about: str
    hint: str
    group: Group


def _final(about: str, hint: str) -> Rule:
    return Rule(Level.BLOCK, True, about, hint, "before")


def _block(about: str, hint: str) -> Rule:
    return Rule(Level.BLOCK, False, about, hint, "before")


def _warn(about: str, hint: str) -> Rule:
    return Rule(Level.WARN, False, about, hint, "before")


def _later(about: str, hint: str) -> Rule:
    return Rule(Level.WARN, False, about, hint, "later")


def _style(about: str, hint: str) -> Rule:
    return Rule(Level.WARN, False, about, hint, "style")


_ANYWHERE = {
    "placeholder": _final(
        "Words that stand for text still to come", "Write the text or remove it."
    ),
    "placeholder-mark": _block(
        "TK or xxx, which may be part of a name", "Write the text, or override if it is a name."
    ),
    "tbc": _warn("TBC or TBD in the text", "Find out, or say in words what is not known."),
    "link-unsafe": _final(
        "An address that browsers must not be sent to",
        "Enter an address that begins with https:// or http://.",
    ),
    "target-hidden": _warn(
        "A link to a piece that is not public",
        "Publish that piece too, or select another; until then readers see no link.",
    ),
}
_HEAD = {
    "title-empty": _block("The title is empty", "Enter a title."),
    "title-label": _block("A label is glued to the title", "Remove the label from the title."),
    "title-long": _style(
        "The title has more than 110 characters", "Shorten it; search results cut it off."
    ),
    "title-full-stop": _style("The title ends with a full stop", "Remove the full stop."),
    "title-capitals": _style(
        "The title is all capitals", "Enter it in small letters; capitals for names only."
    ),
    "standfirst-empty": _block("The standfirst is empty", "Enter one or two whole sentences."),
    "standfirst-cut": _block(
        "The standfirst is cut off", "Enter whole sentences, the last one to its end."
    ),
    "standfirst-label": _final("A label is left in the standfirst", "Remove the label."),
    "standfirst-repeats": _style(
        "The standfirst repeats the title or the first sentence of the Headline",
        "Enter something that the reader does not know from there.",
    ),
    "standfirst-length": _style(
        "The standfirst has fewer than 60 or more than 220 characters",
        "Enter one or two sentences of 60 to 220 characters.",
    ),
    "sponsor-missing": _final("A sponsored piece names no sponsor", "Enter who paid for it."),
    "topic-missing": _warn("The piece has no topic", "Select a topic."),
    "ai-use-missing": _warn("The use of AI is not stated", "Select none, assisted or generated."),
}
_HERO = {
    "hero-missing": _later("There is no picture", "Select a picture from the library."),
    "hero-alt-missing": _block(
        "The picture has no alt text and is not marked as decorative",
        "Enter what the picture shows, or mark it as decorative.",
    ),
    "hero-alt-filename": _block(
        "The alt text is a file name or a slug", "Enter what the picture shows, in words."
    ),
    "hero-alt-repeats": _style(
        "The alt text equals the caption or the title",
        "Enter what the picture shows; caption and title are read out anyway.",
    ),
    "hero-credit-missing": _block("The picture has no credit", "Enter whom to name."),
    "hero-rights-expired": _block(
        "The rights in the picture have expired", "Select another picture or renew the rights."
    ),
    "hero-rights-early": _block(
        "The picture must not be used yet", "Select another picture or publish later."
    ),
    "hero-ai-unlabelled": _final(
        "A picture made with AI has no label", "Enter the label that tells readers so."
    ),
    "hero-narrow": _style(
        "The picture is narrower than 1200 pixels", "Select or upload a wider one."
    ),
}
_PICTURES = {
    "picture-gone": _block(
        "A picture in the text is not in the library (any more)",
        "Remove it from the text, or insert another one.",
    ),
    "picture-alt-missing": _block(
        "A picture in the text has no alt text and is not marked as decorative",
        "Enter in the library what it shows, or mark it as decorative.",
    ),
    "picture-alt-filename": _block(
        "The alt text of a picture in the text is a file name or a slug",
        "Enter in the library what it shows, in words.",
    ),
    "picture-alt-repeats": _style(
        "The alt text of a picture in the text equals its caption or the title",
        "Enter in the library what it shows; the caption is read out anyway.",
    ),
    "picture-credit-missing": _block(
        "A picture in the text has no credit", "Enter in the library whom to name."
    ),
    "picture-rights-expired": _block(
        "The rights in a picture in the text have expired",
        "Remove it from the text, or renew the rights; until then readers don't see it.",
    ),
    "picture-rights-early": _block(
        "A picture in the text must not be used yet",
        "Remove it from the text, or publish later; until then readers don't see it.",
    ),
    "picture-ai-unlabelled": _final(
        "A picture in the text is made with AI and has no label",
        "Enter in the library the label that tells readers so.",
    ),
}
_PROSE = {
    "lede-empty": _block("The Headline is empty", "Enter the news itself."),
    "lede-uncited": _warn("The Headline cites no evidence", "Add a citation."),
    "context-pending": _later("Context is pending", "Write it, or mark it as not needed."),
    "context-long": _style("Context has more than 250 words", "Shorten it."),
    "context-uncited": _warn(
        "A figure or quotation in Context without citation", "Add a citation behind it."
    ),
    "analysis-pending": _later("Analysis is pending", "Write it, or mark it as not needed."),
    "also-read-in-prose": _final(
        "“Also Read” or “See also” left in the prose", "Remove it and add an Also Read link."
    ),
}
_EVIDENCE = {
    "evidence-pending": _later(
        "Evidence is pending", "Add evidence and cite it, or mark it as not needed."
    ),
    "citation-dangling": _final(
        "A citation mark that points to no evidence",
        "Add the evidence, or remove the mark and insert the right one.",
    ),
    "evidence-withdrawn": _block(
        "Withdrawn evidence is still cited", "Remove the citations, or cite other evidence."
    ),
    "evidence-unsourced": _block(
        "A named source has neither title nor address",
        "Enter a source title or an address, or select another disclosure.",
    ),
    "evidence-unchecked": _warn("No evidence is checked", "Check a piece of evidence."),
    "evidence-not-independent": _warn(
        "No evidence is independent", "Add a source other than the companies' own word."
    ),
    "evidence-one-publisher": _warn(
        "All evidence comes from one publisher", "Add a source from another publisher."
    ),
    "evidence-self-checked": _warn(
        "Evidence was checked by a writer of the piece", "Ask somebody else to check it."
    ),
    "evidence-link-dead": _warn(
        "The link of a piece of evidence is dead", "Enter an archive link or another address."
    ),
    "evidence-uncited": _warn("Evidence that nothing cites", "Add a citation or remove the row."),
}
_ROWS = {
    "key-points-pending": _later(
        "Key Points are pending", "Add two to five, or mark them as not needed."
    ),
    "key-points-few": _later("There is only one key point", "Add another."),
    "key-points-many": _style("There are more than five key points", "Remove the weakest."),
    "key-point-duplicate": _block("A key point says the same as another", "Remove one of them."),
    "key-point-length": _style(
        "A key point has fewer than 40 or more than 200 characters",
        "Enter one sentence of 40 to 200 characters.",
    ),
    "key-point-uncited": _warn("A key point cites no evidence", "Add a citation."),
    "actions-pending": _later("Actions are pending", "Add one, or mark them as not needed."),
    "actions-many": _style("There are more than four actions", "Remove the least useful."),
    "action-review-passed": _warn(
        "The review date of an action has passed", "Enter a new date, or remove the action."
    ),
    "author-pending": _later("Nobody is assigned as author", "Select an author."),
    "author-unresolved": _block(
        "An imported author is not resolved", "Select the author, or add one of that name."
    ),
    "author-no-page": _warn("An author's page has no text", "Enter a few words about the author."),
    "related-missing": _later("There is no Also Read link", "Add one, or mark it as not needed."),
    "related-self": _block("An Also Read link leads to the piece itself", "Remove it."),
    "related-unresolved": _warn(
        "An Also Read link has a label and no target",
        "Select the trend, enter an address, or remove it.",
    ),
    "related-dead": _warn("An Also Read link is dead", "Enter another address or remove it."),
}
_PIECE = {
    "held": _block("The piece is on hold", "Release it first."),
    "embargo": _final("It would go live before the embargo ends", "Select a later time."),
    "legal-review": _block("Legal review is not cleared", "Wait until it is cleared."),
    "legal-note": _block(
        "A legal note is open, and legal review is required", "Close it with its outcome."
    ),
    "near-duplicate": _warn(
        "A live piece is nearly the same", "Update that piece, or say what is new in this one."
    ),
    "open-notes": _warn("Notes are open", "Answer or close them."),
    "cites-retracted": _warn(
        "A piece that it cites was retracted", "Remove the citation or say so in the text."
    ),
}

RULES: Mapping[str, Rule] = {
    **_ANYWHERE, **_HEAD, **_HERO, **_PICTURES, **_PROSE, **_EVIDENCE, **_ROWS, **_PIECE,
}  # fmt: skip
