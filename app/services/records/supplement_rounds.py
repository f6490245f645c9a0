"""Supplement requests of a dossier and their answers, from its events."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from app.models.enums import Action
from app.models.instants import local
from app.models.lifecycle import Transition
from app.storage.rows import EventRow


class PastAction(NamedTuple):
    """An action that a dossier has had, with the due time that it set."""

    action: Action
    at: datetime
    actor: str
    note: str | None
    due_at: datetime | None

    @classmethod
    def of_event(cls, event: EventRow) -> "PastAction":
        """Return the action of a journal event."""
        due = event.facts.get("due_at") or event.facts["change"].get("due_at")
        due_at = None if due is None else datetime.fromisoformat(due)
        return cls(event.action, event.occurred_at, event.actor, event.note, due_at)

    @classmethod
    def of_transition(cls, transition: Transition, actor: str) -> "PastAction":
        """Return the action of a transition that is not recorded yet."""
        return cls(transition.action, transition.at, actor, transition.note, transition.change.get("due_at"))


@dataclass(frozen=True)
class SupplementRound:
    """One supplement request; `given_at` is None while it is open."""

    asked_at: datetime
    asked_by: str
    note: str | None
    due_before: datetime | None
    given_at: datetime | None = None
    given_to: str = ""
    answer: str | None = None
    due_after: datetime | None = None


def supplement_rounds(actions: Iterable[PastAction]) -> tuple[SupplementRound, ...]:
    """Return the supplement requests in order."""
    rounds: list[SupplementRound] = []
    due_at: datetime | None = None
    for past in actions:
        if past.action == Action.ASK_SUPPLEMENT:
            rounds.append(SupplementRound(past.at, past.actor, past.note, due_at))
        elif past.action == Action.SUPPLEMENT and rounds:
            rounds[-1] = replace(
                rounds[-1], given_at=past.at, given_to=past.actor, answer=past.note, due_after=past.due_at
            )
        due_at = past.due_at or due_at
    return tuple(rounds)


def rounds_to_json(code: str, rounds: Iterable[SupplementRound], with_notes: bool) -> list[dict[str, Any]]:
    """Return DanhSachHoSoBoSung of DongBoHoSoMC.

    The notes may contain personal data.
    """
    return [_round(f"{code}.{number}", each, with_notes) for number, each in enumerate(rounds, 1)]


def _round(number: str, each: SupplementRound, with_notes: bool) -> dict[str, Any]:
    fields: Mapping[str, Any] = {
        "HoSoBoSungId": number,
        "NguoiYeuCauBoSung": each.asked_by,
        "NgayBoSung": stamp(each.asked_at),
        "NgayHenTraTruoc": stamp(each.due_before),
        "NguoiTiepNhanBoSung": each.given_to,
        "NgayTiepNhanBoSung": stamp(each.given_at),
        "NgayHenTraMoi": stamp(each.due_after),
    }
    notes = {"NoiDungBoSung": each.note, "ThongTinTiepNhan": each.answer} if with_notes else {}
    return {name: value for name, value in {**fields, **notes}.items() if value}


def stamp(instant: datetime | None) -> str:
    """Return an instant as yyyyMMddHHmmss of Vietnamese time, "" for none."""
    return "" if instant is None else _stamp(instant)


@lru_cache(maxsize=1024)
def _stamp(instant: datetime) -> str:
    return local(instant).strftime("%Y%m%d%H%M%S")
