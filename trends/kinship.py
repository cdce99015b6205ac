"""Which pieces are about the same thing? Pure functions over plain data.

Two pieces are kin by the words that few pieces have (tf–idf, cosine), by their topic and by their
authors; an older one a little less than a new one. The same pieces give the same answer.
"""

import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

_WORDS = re.compile(r"[^\W\d_]\w+")
LONGEST = 12_000  # characters of a text that count: what a piece is about is said by then
TITLE, STANDFIRST = 3, 2  # how much more a word counts there than in the text
VOCABULARY = 200_000  # words that are counted at most
TERMS = 40  # words of a piece by which others find it
NEWEST = 300  # pieces that a word finds, the newest that have it
BESIDE = 50  # the newest of the same topic, of the same author, whatever their words
SAME_TOPIC, SAME_AUTHOR, NEWS = 0.08, 0.05, 0.03
ENOUGH = 0.05  # of words alone; below, two pieces have a phrase in common and no matter
YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Told:
    """A piece as plain data. `words`: how often each stands in it, weighed by where."""

    pk: int
    topic: int | None
    authors: frozenset[int]
    at: datetime
    words: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Kin:
    """Another piece, and how near it is: `score` for readers of the first piece, `back` for
    those of the other one."""

    pk: int
    score: float
    back: float


def counted(title: str, standfirst: str, text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for words, weight in ((title, TITLE), (standfirst, STANDFIRST), (text[:LONGEST], 1)):
        for word in _WORDS.findall(words.casefold()):
            found[word] += weight
    return found


@dataclass
class Vocabulary:
    """In how many pieces each word stands; of the rarest not all, so that it has an end."""

    pieces: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def learn(self, words: Iterable[str]) -> None:
        self.pieces += 1
        self.counts.update(set(words))
        if len(self.counts) > 2 * VOCABULARY:
            often = sorted(self.counts.items(), key=lambda pair: (-pair[1], pair[0]))
            self.counts = Counter(dict(often[:VOCABULARY]))

    def terms(self, words: Mapping[str, int]) -> list[tuple[str, float]]:
        """The words by which a piece is found, with their weights; the length of all is 1.

        What stands in a third of all pieces says nothing, and what stands in one finds nobody;
        yet that one counts in the length: it is another matter.
        """
        common = max(2, self.pieces / 3)
        weights = {
            word: (1 + math.log(number)) * math.log(1 + self.pieces / max(self.counts[word], 1))
            for word, number in words.items()
            if self.counts[word] <= common
        }
        length = math.sqrt(math.fsum(weight**2 for weight in weights.values())) or 1
        shared = [(word, w / length) for word, w in weights.items() if self.counts[word] > 1]
        return sorted(shared, key=lambda pair: (-pair[1], pair[0]))[:TERMS]


class Pool:
    """Pieces among which kin are looked for. Add the newest first.

    Some 600 bytes a piece: words lead to places in lists of plain numbers.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.pieces: list[tuple[int, int | None, frozenset[int], datetime]] = []
        self.having: dict[str, tuple[array[int], array[float]]] = {}
        self.beside: dict[tuple[str, int], array[int]] = {}

    def add(self, told: Told) -> None:
        place = len(self.pieces)
        self.pieces.append((told.pk, told.topic, told.authors, told.at))
        for word, weight in self.vocabulary.terms(told.words):
            places, weights = self.having.setdefault(word, (array("I"), array("f")))
            if len(places) < NEWEST:
                places.append(place)
                weights.append(weight)
        for key in _company(told):
            places = self.beside.setdefault(key, array("I"))
            if len(places) < BESIDE:
                places.append(place)

    def kin(self, told: Told) -> list[Kin]:
        """All that have enough in common with a piece, the nearest first; of equals the newer."""
        alike: dict[int, float] = {}
        for word, weight in self.vocabulary.terms(told.words):
            for place, other in zip(*self.having.get(word, ((), ())), strict=True):
                alike[place] = alike.get(place, 0.0) + weight * other
        near = {place for place, words in alike.items() if words >= ENOUGH}
        near.update(*(self.beside.get(key, ()) for key in _company(told)))
        found = [self._kin(told, place, alike.get(place, 0.0)) for place in sorted(near)]
        return sorted((kin for kin in found if kin), key=lambda kin: -kin.score)

    def _kin(self, told: Told, place: int, alike: float) -> Kin | None:
        pk, topic, authors, at = self.pieces[place]
        same_topic = told.topic is not None and told.topic == topic
        if pk == told.pk or (alike < ENOUGH and not same_topic):
            return None
        near = alike + SAME_TOPIC * same_topic + SAME_AUTHOR * bool(told.authors & authors)
        years = (told.at - at).total_seconds() / 86_400 / YEAR
        return Kin(pk, round(near + _news(years), 6), round(near + _news(-years), 6))


def _company(told: Told) -> Sequence[tuple[str, int]]:
    topic = [("topic", told.topic)] if told.topic is not None else []
    return [*topic, *(("author", pk) for pk in sorted(told.authors))]


def _news(years: float) -> float:
    """All of it for what is newer than the piece, half of it for what is a year older."""
    return NEWS * math.pow(0.5, max(years, 0.0))
