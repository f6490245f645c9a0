"""Satisfaction figures of a period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models.satisfaction import IndexAverage
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


def to_json(table: Satisfaction) -> dict[str, Any]:
    """Return the table as JSON."""
    rest = {name: getattr(table, name) for name in ("rated", "faces", "indices", "officers", "score", "grade")}
    last = {name: getattr(table, name) for name in ("settled", "not_content", "ratio", "definition")}
    return {"period": {"from": table.from_day, "to": table.to_day}, **rest, **last}
