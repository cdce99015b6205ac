"""Pieces of evidence as HTML: the longest list of a page. As templates it cost a third of the
page.

All that somebody has written goes through escape(). The blanks are those that the page had before.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django.template.defaultfilters import capfirst, linebreaks_filter
from django.utils.safestring import SafeString

from .. import richtext
from .moments import day

Row = dict[str, Any]
STANCES = {
    "supports": "\n  <li>Supports the piece</li>\n",
    "contradicts": '\n  <li class="doubt">Contradicts the piece</li>\n',
}
GIVES_CONTEXT = "\n  <li>Gives context</li>\n"
INDEPENDENCE = {
    "independent": "\n  <li>Independent</li>\n",
    "interested": "\n  <li>An interested party</li>\n",
    "own": "\n  <li>The subject’s own word</li>\n",
}


def proofs(rows: Iterable[Any]) -> SafeString:
    """The <ol> of pages.Proof rows."""
    items = "".join(map(_proof, rows))
    return richtext.trusted(f'<ol class="proofs wide">\n  {items}\n</ol>')


def _proof(proof: Any) -> str:
    row, number = proof.row, int(proof.number)
    return f"""
    <li class="proof" id="e{number}">
      <b class="number">E{number}</b>
      <div>
        <p class="claim">{_said(row, "claim")}</p>
        {_source(proof, row)}
        {_excerpt(row)}
{_speaker(row)}

      </div>
      {_standing(proof, number)}
    </li>
  """


def _source(proof: Any, row: Row) -> str:
    archive = _said(row, "archive_url")
    copy = f'<a href="{archive}" rel="external">archived copy</a>' if archive else ""
    return f"""
<ul class="inline meta">
  {_origin(row)}
  {_item(_said(row, "publisher"))}
  <li>{escape(proof.kind)}</li>
  {_item(day(proof.dated_on))}
  {_item(_said(row, "locator"))}
  {_item(copy)}
</ul>
"""


def _origin(row: Row) -> str:
    """Where it is from, as far as readers may know."""
    title, url = _said(row, "source_title"), _said(row, "url")
    if row.get("disclosure") == "described":
        title = "Source known to the desk"
    elif url:
        title = f'<a href="{url}" rel="external">{title or "Source"}</a>'
    return f"\n    <li>{title}</li>\n  " if title else ""


def _excerpt(row: Row) -> str:
    if not row.get("excerpt"):
        return ""
    url = _said(row, "url")
    cite = f' cite="{url}"' if url else ""
    return f"\n  <blockquote{cite}>{linebreaks_filter(row['excerpt'])}</blockquote>\n"


def _speaker(row: Row) -> str:
    speaker, role = _said(row, "speaker"), _said(row, "speaker_role")
    words = f"{speaker}, {role}" if role else speaker
    return f'\n  <p class="speaker meta">{words}</p>\n' if speaker else ""


def _standing(proof: Any, number: int) -> str:
    return f"""
<div class="standing meta">
  <ul class="inline">
    {_verdict(proof)}
    {STANCES.get(proof.stance, GIVES_CONTEXT)}
{INDEPENDENCE.get(proof.independence, "")}

  </ul>
  {_back(number, proof.backlinks)}

</div>
"""


def _verdict(proof: Any) -> str:
    if proof.verdict == "unchecked":
        said = "<li>Not checked yet</li>"
    elif proof.verdict == "checked":
        said = f'<li class="sure">Checked {day(proof.checked_on)}</li>'
    else:
        said = f'<li class="doubt">{escape(capfirst(proof.verdict))}</li>'
    return f"\n      {said}\n    "


def _back(number: int, anchors: Sequence[str]) -> str:
    """To the places in the text where it is cited."""
    if not anchors:
        return ""
    if len(anchors) == 1:
        label, words = f"Back to the text from E{number}", "Back to the text"
        return f'\n  <p class="back">{_link(anchors[0], label, words)}</p>\n'
    links = "".join(
        f"\n      {_link(anchor, f'{place}, mention of E{number}', place)}\n    "
        for place, anchor in enumerate(anchors, 1)
    )
    return f'\n  <p class="back">\n    Back to the text\n    {links}\n  </p>\n'


def _link(anchor: str, label: str, words: str | int) -> str:
    return f'<a href="#{escape(anchor)}" aria-label="{label}">{words}</a>'


def _item(said: str) -> str:
    return f"<li>{said}</li>" if said else ""


def _said(row: Row, name: str) -> str:
    return escape(row.get(name) or "")
