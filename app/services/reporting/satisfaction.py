"""Satisfaction figures of a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models.enums import SatisfactionFace
from app.models.figures import check_period_order
from app.models.satisfaction import (
    IndexAverage,
    cut_percent,
    index_averages,
    officer_score,
    share_points,
    unit_grade,
    unit_score,
)
from app.models.values.order import vietnamese_key
from app.storage import citizens
from app.storage.citizen_rows import RatingRow
from app.storage.uow import Reading
from app.wording.citizens import DEFINITION


@dataclass(frozen=True)
class OfficerScore:
    """Number of rated dossiers of an officer and the sum of the indices."""

    officer: str
    rated: int
    score: float | None


@dataclass(frozen=True)
class Satisfaction:
    """Ratings of a period by face, index and officer.

    `score` is the unit's score of 18. `ratio` relates ratings to all settled dossiers, as `definition` states.
    """

    from_day: date
    to_day: date
    rated: int
    faces: Mapping[str, int]
    indices: tuple[IndexAverage, ...]
    officers: tuple[OfficerScore, ...]
    score: float | None
    grade: str | None
    settled: int
    not_content: int
    ratio: float | None
    definition: str = DEFINITION


def satisfaction(first: date, last: date, work: Reading) -> Satisfaction:
    """Count the ratings given and the dossiers settled in a period.

    Raises Refusal `period_reversed`.
    """
    check_period_order(first, last)
    rows = citizens.ratings(work, first, last)
    indices = _add_unit_indices(index_averages([row.points for row in rows]), first, last, work)
    settled, not_content = citizens.count_settled_and_unsatisfactory(work, first, last)
    score = unit_score(indices)
    return Satisfaction(
        from_day=first,
        to_day=last,
        rated=len(rows),
        faces={face.value: sum(row.face == face for row in rows) for face in SatisfactionFace},
        indices=indices,
        officers=_officers(rows),
        score=score,
        grade=unit_grade(score),
        settled=settled,
        not_content=not_content,
        ratio=cut_percent(settled - not_content, settled),
    )


def _add_unit_indices(
    rated: Sequence[IndexAverage], first: date, last: date, work: Reading
) -> tuple[IndexAverage, ...]:
    """Set indices 8 and 9 from the unit's feedback and channels."""
    feedback = citizens.feedback_between(work, first, last)
    answered = sum(row.answered_day is not None and row.answered_day <= last for row in feedback)
    received, online = citizens.count_received_and_online(work, first, last)
    own = {
        8: IndexAverage(8, float(share_points(answered, len(feedback), online=False)), len(feedback)),
        9: IndexAverage(9, float(share_points(online, received, online=True)), received),
    }
    return tuple(own.get(each.index, each) for each in rated)


def _officers(rows: Sequence[RatingRow]) -> tuple[OfficerScore, ...]:
    by_name: dict[str, list[Mapping[str, int]]] = {}
    for row in rows:
        by_name.setdefault(row.finisher or row.holder, []).append(row.points)
    return tuple(
        OfficerScore(name, len(points), officer_score(index_averages(points)))
        for name, points in sorted(by_name.items(), key=lambda item: vietnamese_key(item[0]))
    )


def index_label(index: int, names: Mapping[int, str]) -> str:
    """Return an index with the text of its question."""
    return f"{index}. {names.get(index, '')}".strip()


def to_json(table: Satisfaction) -> dict[str, Any]:
    """Return the table as JSON."""
    rest = {name: getattr(table, name) for name in ("rated", "faces", "indices", "officers", "score", "grade")}
    last = {name: getattr(table, name) for name in ("settled", "not_content", "ratio", "definition")}
    return {"period": {"from": table.from_day, "to": table.to_day}, **rest, **last}
