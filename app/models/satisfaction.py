"""How content citizens were, as TT 01/2018/TT-VPCP Điều 12–15 counts it: nine indices of 0, 1 or 2 points."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.models.enums import Verdict
from app.models.errors import Refusal

INDICES = range(1, 10)
OFFICER_INDICES = (1, 2, 3, 4, 7)
"""The indices by which an officer is judged."""
MAX_POINTS = 2
_BY_VERDICT = {Verdict.EARLY: 2, Verdict.ON_TIME: 1, Verdict.LATE: 0}
_ONLINE_STEPS = ((30, 2), (15, 1))
_ANSWERED_STEPS = ((100, 2), (90, 1))


@dataclass(frozen=True)
class IndexAverage:
    """One index: the average of its points to one decimal, None where nobody was asked, and over how many."""

    index: int
    average: float | None
    count: int


def points_to_json(points: Mapping[int, int]) -> dict[str, int]:
    """The points as they are kept.

    Raises Refusal `rating_points` for an index or a number of points there is none of.
    """
    for index, given in points.items():
        if index not in INDICES or not 0 <= given <= MAX_POINTS:
            raise Refusal("rating_points", "points", index=index, points=given)
    return {str(index): points[index] for index in sorted(points)}


def timeliness_points(verdict: Verdict | None) -> dict[str, int]:
    """What the dates themselves tell of indices 1 and 2 (time in all, time of each agency): early 2, on time 1, late
    0; nothing while the dossier is not settled."""
    return {} if verdict is None else {index: _BY_VERDICT[verdict] for index in ("1", "2")}


def one_decimal(part: int | Decimal, whole: int) -> float | None:
    """A quotient rounded to one decimal, half upwards; None over nought."""
    if not whole:
        return None
    return float((Decimal(part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP))


def index_averages(ratings: Sequence[Mapping[str, int]]) -> tuple[IndexAverage, ...]:
    """The average of each index over those who answered it."""
    return tuple(
        _average(index, [points[str(index)] for points in ratings if str(index) in points]) for index in INDICES
    )


def _average(index: int, given: Sequence[int]) -> IndexAverage:
    return IndexAverage(index, one_decimal(sum(given), len(given)), len(given))


def share_points(part: int, whole: int, online: bool) -> int:
    """Points of index 9 (`online`: 30 % or more are 2, 15 % or more 1) or 8 (feedback answered: all 2, 90 % or more
    1). Nothing to answer is all answered; nothing received is nothing online."""
    if not whole:
        return 0 if online else MAX_POINTS
    steps = _ONLINE_STEPS if online else _ANSWERED_STEPS
    return next((points for least, points in steps if part * 100 >= least * whole), 0)


def officer_score(indices: Iterable[IndexAverage]) -> float | None:
    """The sum of an officer's indices, None while one of them is missing."""
    return _sum([each for each in indices if each.index in OFFICER_INDICES])


def unit_score(indices: Iterable[IndexAverage]) -> float | None:
    """The sum of all nine, at most 18; None while one is missing."""
    return _sum(list(indices))


def _sum(indices: Sequence[IndexAverage]) -> float | None:
    told = [Decimal(str(each.average)) for each in indices if each.average is not None]
    return float(sum(told)) if len(told) == len(indices) else None


def unit_grade(score: float | None) -> str | None:
    """`excellent` from 15, `good` from 12, `fair` from 9, `average` from 6, else `weak`."""
    if score is None:
        return None
    steps = ((15, "excellent"), (12, "good"), (9, "fair"), (6, "average"))
    return next((grade for least, grade in steps if score >= least), "weak")
