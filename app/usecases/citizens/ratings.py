"""Ratings by citizens, one for each dossier."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.models.enums import Right, SatisfactionFace, Status
from app.models.errors import Refusal
from app.models.lifecycle import verdict
from app.models.satisfaction import points_to_json, timeliness_points
from app.models.text import clean
from app.services.context import Context
from app.services.dossier_detail import find_row
from app.services.law.counter import Question, questions_on
from app.services.permissions import public, requires
from app.storage import citizens
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
class ListQuestions:
    """Query: the questions of the survey in force today."""


@public("the questions are shown to every citizen")
def list_questions(query: ListQuestions, context: Context, work: Reading) -> tuple[Question, ...]:
    """Return the questions by their index."""
    return questions_on(work, context.today)


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
