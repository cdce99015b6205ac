"""The news told once: standfirst, lede and the facts that follow, no sentence said twice.

Old pages print one blob of text cut at several lengths: as summary, as Headline, and in full as
Context. Here its first sentence is the standfirst, the next the lede, the rest the context.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..text import is_cut, split_sentences, whole_sentences
from .blocks import Block, cut, folded, is_finished, plain, rejoined, sentence_spans
from .findings import Findings

_STANDFIRST_MIN, _STANDFIRST_MAX = 60, 220  # characters


@dataclass
class News:
    """What was found on the page, to be told once; `facts` is the later context."""

    title: str
    subtitle: list[Block]
    summary: list[Block]
    lede: list[Block]
    facts: list[Block]
    key_points: Sequence[str]
    standfirst: str = field(default="", init=False)


def tell_once(news: News, found: Findings) -> None:
    """Fill standfirst and lede, and take out of each what another says."""
    same_blob = _same_beginning(news.summary, news.lede)
    news.lede = _less_said(news.lede, news.facts, found)
    if same_blob:
        for block in news.summary:
            found.left_out(
                block.text, line=block.line, why="the Headline again", code="summary-repeats"
            )
        _take_standfirst_from_lede(news, found)
    else:
        _take_standfirst_from_summary(news, found)
    if not news.lede:
        _move_first_sentence(news, found)
    if not news.lede and news.standfirst:
        news.lede, news.standfirst = [plain("p", news.standfirst)], ""
        found.came_from("lede", "the summary, the only news on the page")
    if not news.standfirst:
        _borrow_standfirst(news, found)


def _same_beginning(summary: Sequence[Block], lede: Sequence[Block]) -> bool:
    if not (summary and lede):
        return False
    first, other = (folded(split_sentences(blocks[0].text)[0]) for blocks in (summary, lede))
    return first.startswith(other) or other.startswith(first)


# --- sentences that another section says too --------------------------------------------------


def _less_said(blocks: Sequence[Block], facts: Sequence[Block], found: Findings) -> list[Block]:
    """Blocks less the sentences, whole or cut, that the facts tell in full."""
    said = _Said([sentence for block in facts for sentence in split_sentences(block.text)])
    kept = []
    for block in blocks:
        parts = list[Block]()
        for start, end in sentence_spans(block.text):
            part = cut(block, start, end)
            if said.has(part.text):
                _report_twice(part, found)
            else:
                parts.append(part)
        if parts:
            kept.append(rejoined(block, parts))
    if kept and is_cut(kept[-1].text):
        _report_cut(kept[-1], found)
    return kept


class _Said:
    """Sentences to look others up in; a cut one is found by its beginning."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._sorted = sorted(folded(sentence) for sentence in sentences)

    def has(self, sentence: str) -> bool:
        words = folded(sentence)
        place = bisect_left(self._sorted, words)
        if place == len(self._sorted):
            return False
        next_one = self._sorted[place]  # what begins with the words would sort right here
        return next_one == words or (is_cut(sentence) and next_one.startswith(words))


def _report_twice(part: Block, found: Findings) -> None:
    found.left_out(
        part.text, line=part.line, why="the context says it", code="said-twice", section="lede"
    )


def _report_cut(block: Block, found: Findings) -> None:
    found.note(
        "cut",
        "lede",
        f"The Headline is cut off: “{block.text}”",
        "Complete the last sentence or remove it.",
    )


# --- standfirst -------------------------------------------------------------------------------


def _take_standfirst_from_lede(news: News, found: Findings) -> None:
    """Take out the first whole sentence of the blob, if that leaves the news itself somewhere."""
    if not news.lede:
        return
    first, spans = news.lede[0], sentence_spans(news.lede[0].text)
    sentence = first.text[: spans[0][1]]
    if is_cut(sentence) or len(sentence) > _STANDFIRST_MAX:
        return
    if len(spans) == len(news.lede) == 1 and not any(b.kind == "p" for b in news.facts):
        return
    rest = cut(first, spans[0][1])
    news.lede = [rest, *news.lede[1:]] if rest.runs else news.lede[1:]
    news.standfirst = sentence
    found.came_from("standfirst", "first sentence of the Headline", first.line)


def _take_standfirst_from_summary(news: News, found: Findings) -> None:
    """Whole sentences that neither title, lede nor facts say; the others are reported."""
    body = [*news.lede, *news.facts]
    said = _Said([news.title, *(s for block in body for s in split_sentences(block.text))])
    for block in (*news.subtitle, *news.summary):
        rule = "subtitle" if block in news.subtitle else "summary"
        for sentence in split_sentences(block.text):
            longer = f"{news.standfirst} {sentence}".strip()
            why = "said elsewhere" if said.has(sentence) else "cut" if is_cut(sentence) else ""
            if not why and len(longer) > _STANDFIRST_MAX:
                why = "too long for the standfirst"
            if not why and news.subtitle and rule == "summary" and news.standfirst:
                why = "the subtitle is the standfirst"
            if why:
                found.left_out(sentence, line=block.line, why=why, code="summary-repeats")
            else:
                news.standfirst = longer
                found.came_from("standfirst", rule, block.line)


def _borrow_standfirst(news: News, found: Findings) -> None:
    """A key point that is a sentence, else the first sentences of the lede."""
    lede = " ".join(block.text for block in news.lede)
    points = [point for point in news.key_points if _may_stand(point, lede)]
    if not (points or lede):
        return
    news.standfirst = points[0] if points else whole_sentences(lede, _STANDFIRST_MAX)
    origin = "the first key point" if points else "the Headline"
    found.came_from("standfirst", f"copied from {origin}")
    found.note(
        "standfirst-copied",
        "head",
        f"The page has no standfirst; {origin} stands in for it: “{news.standfirst}”",
        "Write one or two sentences of its own.",
    )


def _may_stand(point: str, lede: str) -> bool:
    fits = _STANDFIRST_MIN <= len(point) <= _STANDFIRST_MAX
    return fits and is_finished(point) and not is_cut(point) and folded(point) not in folded(lede)


# --- lede -------------------------------------------------------------------------------------


def _move_first_sentence(news: News, found: Findings) -> None:
    """The first sentence of the facts is the news; quotations and subheads above it stay."""
    number = next((n for n, block in enumerate(news.facts) if block.kind == "p"), None)
    if number is None:
        return
    block = news.facts[number]
    end = sentence_spans(block.text)[0][1]
    rest = cut(block, end)
    news.lede = [cut(block, 0, end)]
    news.facts = [*news.facts[:number], *([rest] if rest.runs else []), *news.facts[number + 1 :]]
    found.came_from("lede", "first sentence of the facts", block.line)
    if not rest.runs and _leaves_heading_alone(news.facts, number):
        found.note(
            "heading-alone",
            "context",
            f"The only sentence under “{news.facts[number - 1].text}” is now the Headline.",
            "Remove the subhead or put text under it.",
        )


def _leaves_heading_alone(facts: Sequence[Block], number: int) -> bool:
    above = number > 0 and facts[number - 1].kind == "h"
    return above and (number == len(facts) or facts[number].kind == "h")
