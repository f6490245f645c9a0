"""Satisfaction figures of a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
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
from app.services.acts.known_then import rows_then
from app.storage import citizens
from app.storage.citizen_rows import RatingRow
from app.storage.reporting.known import received_then, settled_then
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


def satisfaction(first: date, last: date, work: Reading, as_of: datetime | None = None) -> Satisfaction:
    """Count the ratings given and the dossiers settled in a period.

    With `as_of` only what was entered up to that instant counts.

    Raises Refusal `period_reversed`.
    """
    check_period_order(first, last)
    rows = ratings_of(first, last, work, as_of)
    indices = _add_unit_indices(index_averages([row.points for row in rows]), first, last, work, as_of)
    settled, not_content = _settled(first, last, work, as_of)
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


def ratings_of(first: date, last: date, work: Reading, as_of: datetime | None) -> Sequence[RatingRow]:
    """Return the ratings of a period with the holders of the dossiers."""
    rows = citizens.ratings(work, first, last, as_of)
    return rows_then(rows, attrgetter("code"), lambda row, _, state: row._replace(holder=state.holder), as_of, work)


def _settled(first: date, last: date, work: Reading, as_of: datetime | None) -> tuple[int, int]:
    """Return the numbers of settled and of unsatisfactory dossiers."""
    if as_of is None:
        return citizens.count_settled_and_unsatisfactory(work, first, last)
    rows = settled_then(work, first, last, as_of)
    return len(rows), sum(row.unsatisfactory for row in rows)


def settled_codes(
    first: date, last: date, work: Reading, as_of: datetime | None, *, unsatisfactory: bool
) -> Sequence[str]:
    """Return the dossiers that `settled` or `not_content` counts."""
    if as_of is None:
        return citizens.settled_codes(work, first, last, unsatisfactory=unsatisfactory)
    rows = settled_then(work, first, last, as_of)
    return [row.code for row in rows if row.unsatisfactory or not unsatisfactory]


def received_codes(first: date, last: date, work: Reading, as_of: datetime | None) -> Sequence[str]:
    """Return the dossiers that the index of online dossiers counts."""
    if as_of is None:
        return citizens.received_codes(work, first, last)
    return [row.code for row in received_then(work, first, last, as_of)]


def _received(first: date, last: date, work: Reading, as_of: datetime | None) -> tuple[int, int]:
    """Return the numbers of received dossiers and of online ones."""
    if as_of is None:
        return citizens.count_received_and_online(work, first, last)
    rows = received_then(work, first, last, as_of)
    return len(rows), sum(row.online for row in rows)


def _add_unit_indices(
    rated: Sequence[IndexAverage], first: date, last: date, work: Reading, as_of: datetime | None
) -> tuple[IndexAverage, ...]:
    """Set indices 8 and 9 from the unit's feedback and channels."""
    feedback = citizens.feedback_between(work, first, last, as_of)
    answered = sum(row.answered_day is not None and row.answered_day <= last for row in feedback)
    received, online = _received(first, last, work, as_of)
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
