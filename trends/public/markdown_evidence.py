"""A piece of evidence as Markdown: heading, facts, the exact passage."""

from collections.abc import Iterator

from .. import markdown
from ..pages import Proof
from .markdown_page import day, one_line

STANCES = {"supports": "supports the piece", "contradicts": "contradicts the piece"}
INDEPENDENCE = {
    "independent": "independent",
    "interested": "an interested party",
    "own": "the subject’s own word",
}


def proof(proof: Proof) -> Iterator[str]:
    row = proof.row
    yield markdown.heading(3, f"E{proof.number}: {row['claim']}")
    yield markdown.bullets(facts(proof))
    passage = [markdown.paragraphs(row["excerpt"])] if row["excerpt"] else []
    said_by = ", ".join(filter(None, (row.get("speaker"), row.get("speaker_role"))))
    if said_by:
        passage.append(f"— {markdown.text(said_by)}")
    yield markdown.quoted("\n\n".join(passage)) if row["excerpt"] else "".join(passage)


def facts(proof: Proof) -> Iterator[str]:
    row = proof.row
    yield f"Source: {source(proof)}"
    if row.get("publisher"):
        yield f"Publisher: {markdown.text(row['publisher'])}"
    yield f"Kind: {proof.kind}"
    if proof.dated_on:
        yield f"Date: {day(proof.dated_on)}"
    if row.get("locator"):
        yield f"Where in it: {markdown.text(row['locator'])}"
    if row.get("archive_url"):
        yield markdown.link("Archived copy", row["archive_url"])
    yield f"Verdict: {verdict(proof)}"
    yield f"Stance: {STANCES.get(proof.stance, 'gives context')}"
    if proof.independence in INDEPENDENCE:
        yield f"Independence: {INDEPENDENCE[proof.independence]}"


def source(proof: Proof) -> str:
    title, url = (one_line(proof.row.get(name) or "") for name in ("source_title", "url"))
    if url:
        return markdown.link(title or "Source", url)
    # Where the source is withheld, its description is all that there is to say.
    return markdown.text(title) if title else "known to the desk"


def verdict(proof: Proof) -> str:
    if proof.verdict == "checked" and proof.checked_on:
        return f"checked {day(proof.checked_on)}"
    return "not checked yet" if proof.verdict == "unchecked" else proof.verdict
