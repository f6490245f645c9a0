"""What a package of the receiver changes, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.models.enums import DayKind


@dataclass(frozen=True)
class ProcedureChange:
    """A procedure that is `new` or `changed`, with the cells that differ."""

    change: str
    code: str
    name: str
    valid_from: date
    before: Mapping[str, str]
    after: Mapping[str, str]


@dataclass(frozen=True)
class DayChange:
    """A decision about a working day (`day`)."""

    change: str
    date: date
    kind: DayKind | None
    hours: str
    decision: str


@dataclass(frozen=True)
class DossierChange:
    """A dossier (`dossier`) whose promised date a decision would move."""

    change: str
    code: str
    old_due_at: datetime
    new_due_at: datetime | None
    phone: str | None


@dataclass(frozen=True)
class StateChange:
    """A dossier (`state`) with another state on the portal.

    `newer` is `ours` if the last event here is not older than the word of the portal, else `portal`: a person decides.
    The dossier is never changed.
    """

    change: str
    code: str
    portal_status: int
    portal_at: datetime
    national_status: int | None
    at: datetime
    newer: str


@dataclass(frozen=True)
class RuleChange:
    """A change (`rule`) of a law package; `old` is None for something new."""

    change: str
    kind: str
    key: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any]


@dataclass(frozen=True)
class TextChange:
    """A `notice` or an `unknown` dossier, in words."""

    change: str
    text: str


@dataclass(frozen=True)
class RefusedChange:
    """A row of the content that cannot be used (`refused`), and the reason."""

    change: str
    row: int
    reason: str


Change = ProcedureChange | DayChange | DossierChange | StateChange | RuleChange | TextChange | RefusedChange
