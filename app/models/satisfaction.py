"""Satisfaction indices: nine of 0, 1 or 2 points.

Source: TT 01/2018/TT-VPCP Điều 12–15.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.models.enums import Verdict
from app.models.errors import Refusal

INDICES = range(1, 10)
OFFICER_INDICES = (1, 2, 3, 4, 7)
"""Indices of an officer's score."""
MAX_POINTS = 2
_BY_VERDICT = {Verdict.EARLY: 2, Verdict.ON_TIME: 1, Verdict.LATE: 0}
_ONLINE_STEPS = ((30, 2), (15, 1))
_ANSWERED_STEPS = ((100, 2), (90, 1))


@dataclass(frozen=True)
class IndexAverage:
    """Average of one index to one decimal, None without ratings.

    `count` is the number of ratings.
    """

    index: int
    average: float | None
    count: int


def points_to_json(points: Mapping[int, int]) -> dict[str, int]:
    """Return the points as stored.

    Raises Refusal `rating_points` for an index outside 1–9 or points outside 0–2.
    """
    for index, value in points.items():
        if index not in INDICES or not 0 <= value <= MAX_POINTS:
            raise Refusal("rating_points", "points", index=index, points=value)
    return {str(index): points[index] for index in sorted(points)}


def timeliness_points(verdict: Verdict | None) -> dict[str, int]:
    """Return the points of indices 1 and 2 from the verdict.

    The indices are the total time and the time of each agency. Early gives 2, on time 1, late 0. An open dossier gives
    none.
    """
    return {} if verdict is None else {index: _BY_VERDICT[verdict] for index in ("1", "2")}


def one_decimal(part: int | Decimal, whole: int) -> float | None:
    """Return a quotient to one decimal, half up; None if `whole` is 0."""
    if not whole:
        return None
    return float((Decimal(part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP))


def cut_percent(part: int, whole: int) -> float | None:
    """Return a percentage cut off after one decimal, never rounded up."""
    return part * 1000 // whole / 10 if whole else None


def index_averages(ratings: Sequence[Mapping[str, int]]) -> tuple[IndexAverage, ...]:
    """Return the average of each index over the ratings that have it."""
    return tuple(
        _average(index, [points[str(index)] for points in ratings if str(index) in points]) for index in INDICES
    )


def _average(index: int, values: Sequence[int]) -> IndexAverage:
    return IndexAverage(index, one_decimal(sum(values), len(values)), len(values))


def share_points(part: int, whole: int, online: bool) -> int:
    """Return the points of index 9 (`online`) or 8 (feedback answered).

    Online: 30 % or more give 2, 15 % or more give 1. Feedback: all answered gives 2, 90 % or more give 1. An empty
    whole gives 0 for online and 2 for feedback.
    """
    if not whole:
        return 0 if online else MAX_POINTS
    steps = _ONLINE_STEPS if online else _ANSWERED_STEPS
    return next((points for minimum, points in steps if part * 100 >= minimum * whole), 0)


def officer_score(indices: Iterable[IndexAverage]) -> float | None:
    """Return the sum of an officer's indices, None if one is missing."""
    return _sum([each for each in indices if each.index in OFFICER_INDICES])


def unit_score(indices: Iterable[IndexAverage]) -> float | None:
    """Return the sum of all nine indices, at most 18, None if one is missing."""
    return _sum(list(indices))


def _sum(indices: Sequence[IndexAverage]) -> float | None:
    averages = [Decimal(str(each.average)) for each in indices if each.average is not None]
    return float(sum(averages)) if len(averages) == len(indices) else None


def unit_grade(score: float | None) -> str | None:
    """Return the grade of a score.

    `excellent` from 15, `good` from 12, `fair` from 9, `average` from 6, else `weak`.
    """
    if score is None:
        return None
    steps = ((15, "excellent"), (12, "good"), (9, "fair"), (6, "average"))
    return next((grade for minimum, grade in steps if score >= minimum), "weak")
