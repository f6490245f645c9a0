"""Ratings by citizens: one for each dossier, and the table of a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from app.models.enums import Right, SatisfactionFace, Status
from app.models.errors import Refusal
from app.models.figures import check_period_order
from app.models.lifecycle import verdict
from app.models.satisfaction import (
    IndexAverage,
    index_averages,
    officer_score,
    one_decimal,
    points_to_json,
    share_points,
    timeliness_points,
    unit_grade,
    unit_score,
)
from app.models.text import clean
from app.models.values.order import vietnamese_key
from app.services.context import Context
from app.services.dossier_detail import find_row
from app.services.permissions import requires
from app.services.reporting.satisfaction import OfficerScore, Satisfaction
from app.storage import citizens
from app.storage.citizen_rows import RatingRow
from app.storage.uow import Reading, Writing

_MAX_COMMENT_LENGTH = 500


@dataclass(frozen=True)
class RateDossier:
    """Command: a face, and points for some of the nine indices.

    The indices are those of TT 01/2018, Điều 14.
    """

    code: str
    face: SatisfactionFace
    points: Mapping[int, int] = field(default_factory=dict)
    comment: str = ""


@dataclass(frozen=True)
class SavedRating:
    """A rating as stored."""

    code: str
    face: SatisfactionFace
    points: Mapping[str, int]
    rated_at: datetime


@dataclass(frozen=True)
class ReportSatisfaction:
    """Query: the satisfaction table of a period; both days included."""

    from_day: date
    to_day: date


@requires(Right.SERVE_CITIZEN)
def rate_dossier(command: RateDossier, context: Context, work: Writing) -> SavedRating:
    """Store the rating of a dossier.

    Points of indices 1 and 2 follow from the dates unless the command gives them.
    Raises Refusal `dossier_unknown`, `rating_given`, `rating_void`, `rating_points`, `text_too_long`.
    """
    row = find_row(work, command.code)
    if Status(row.status) is Status.VOID:
        raise Refusal("rating_void", "code", code=row.code)
    if citizens.rating_of(work, row.id) is not None:
        raise Refusal("rating_given", "code", code=row.code)
    comment = clean(command.comment)
    if len(comment) > _MAX_COMMENT_LENGTH:
        raise Refusal("text_too_long", "comment", limit=_MAX_COMMENT_LENGTH, length=len(comment))
    timeliness = None if row.closed_at is None else verdict(row.closed_at, row.original_due_at)
    points = {**timeliness_points(timeliness), **points_to_json(command.points)}
    values = {"dossier_id": row.id, "rated_at": context.now, "rated_day": context.today, "face": command.face}
    citizens.add_rating(work, {**values, "points": points, "comment": comment or None})
    work.commit()
    return SavedRating(row.code, command.face, points, context.now)


@requires(Right.READ_FIGURES)
def report_satisfaction(query: ReportSatisfaction, context: Context, work: Reading) -> Satisfaction:
    """Count the ratings given and the dossiers settled in a period.

    Raises Refusal `period_reversed`.
    """
    first, last = query.from_day, query.to_day
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
        ratio=one_decimal((settled - not_content) * 100, settled),
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
