"""Lines of a centred title: of similar width, never broken in a word."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from app.wording.documents.title_words import BOUND, OPENERS, PHRASES, WORDS

_FREE, _NEUTRAL, _IN_PHRASE, _IN_WORD = 0.0, 0.04, 0.5, 50.0
"""Costs of a line end by its place, beside the squared differences of the widths."""
_LONGEST = 4
"""Syllables of the longest word or phrase."""
_MOST_WORDS = 80
"""Syllables of a text up to which its lines are chosen."""
_OPENING, _CLOSING = '(«“"–-', ',;:.)»”"–-'


def title_lines(text: str, room: float, width: Callable[[str], float]) -> tuple[str, ...]:
    """Return the lines of a title, each at most `room` wide.

    The lines are as few as possible, with one more where a line would end inside a word of several syllables. The
    result is empty if no lines fit or the text is too long. `width` measures one syllable or a blank.
    """
    words = tuple(text.split())
    if not words or len(words) > _MOST_WORDS:
        return ()
    blank = width(" ")
    measured = _Measured(words, (0.0, *accumulate(width(word) + blank for word in words)), blank, room)
    few = next(filter(None, map(measured.divided, range(1, len(words) + 1))), ())
    if measured.is_word_broken(few):
        more = measured.divided(len(few) + 1)
        few = more if more and not measured.is_word_broken(more) else few
    return tuple(" ".join(words[start:end]) for start, end in zip((0, *few[:-1]), few, strict=True)) if few else ()


@dataclass(frozen=True)
class _Measured:
    """Syllables of a title, with the running sum of their widths and blanks."""

    words: tuple[str, ...]
    sums: Sequence[float]
    blank: float
    room: float

    def divided(self, number: int) -> tuple[int, ...]:
        """Return the ends of the cheapest `number` lines that fit, or none."""
        target = self.sums[-1] / number
        best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
        for _line in range(number):
            following: dict[int, tuple[float, tuple[int, ...]]] = {}
            for start, (cost, ends) in best.items():
                for end, line_cost in self._line_costs(start, target):
                    whole = cost + line_cost
                    if end not in following or whole < following[end][0]:
                        following[end] = whole, (*ends, end)
            best = following
        return best.get(len(self.words), (0.0, ()))[1]

    def _line_costs(self, start: int, target: float) -> list[tuple[int, float]]:
        """Return the possible ends of a line with their costs."""
        places = _costs(self.words)
        ends = []
        for end in range(start + 1, len(self.words) + 1):
            extent = self.sums[end] - self.sums[start] - self.blank
            if extent > self.room:
                break
            ends.append((end, places[end - 1] + ((extent - target) / target) ** 2))
        return ends

    def is_word_broken(self, ends: Sequence[int]) -> bool:
        """Return whether a line ends inside a word."""
        return any(_costs(self.words)[end - 1] >= _IN_WORD for end in ends)


@lru_cache(maxsize=200)
def _costs(words: tuple[str, ...]) -> tuple[float, ...]:
    """Return the cost of a line end after each syllable."""
    written = [word.lower() for word in words]
    bare = [word.strip(_OPENING + _CLOSING) for word in written]
    costs = [*map(_place_cost, bare, written, bare[1:]), _FREE]
    for first in range(len(words)):
        for last in range(first + 1, min(first + _LONGEST, len(words))):
            inner = (written[first].lstrip(_OPENING), *written[first + 1 : last], bare[last])
            cost = _IN_WORD if inner in WORDS else _IN_PHRASE if inner in PHRASES else _FREE
            costs[first:last] = [max(each, cost) for each in costs[first:last]]
    return tuple(costs)


def _place_cost(word: str, written: str, following: str) -> float:
    if word in BOUND and written.endswith(word):
        return _IN_WORD
    if word in OPENERS:
        return _IN_PHRASE
    return _FREE if written[-1] in ",;:.–" or following in OPENERS else _NEUTRAL
