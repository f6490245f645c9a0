"""Events of an imported dossier, from the days that its register shows."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from app.models.enums import Action, Status
from app.models.lifecycle import COUNTER, State, Transition, apply
from app.models.transitions import TransitionRequest, decide
from app.services.register_import.entries import RegisterEntry

_END_ACTIONS = {
    Status.FINISHED: Action.FINISH,
    Status.RETURNED: Action.FINISH,
    Status.WITHDRAWN: Action.WITHDRAW,
    Status.STOPPED: Action.STOP,
    Status.REFUSED: Action.REFUSE,
    Status.CLOSED: Action.CLOSE,
}
_NOTE = "Theo sổ cũ"


def first_state(entry: RegisterEntry) -> State:
    """Return the state of the dossier when it was received."""
    return State(Status.RECEIVED, entry.received_at, due_at=entry.due_at, original_due_at=entry.due_at, fee=entry.fee)


def transitions_of(entry: RegisterEntry, state: State, file_name: str) -> list[Transition]:
    """Return the transitions since receipt: hand-over, end, return.

    `state` is that of the receipt. The intake names file and row.
    """
    note = f"Nhập từ sổ cũ: {file_name}, dòng {entry.row}"
    facts: dict[str, Any] = {"at_once": False, "due_at": entry.due_at, "fee_due": entry.fee}
    facts["imported"] = {"file": file_name, "row": entry.row, "digest": entry.digest}
    at = entry.received_at
    transitions = [Transition(Action.INTAKE, at, Status.RECEIVED, None, COUNTER, note=note, details=facts)]
    for request in _requests(entry):
        for transition in decide(state, request):
            transitions.append(transition)
            state = apply(state, transition)
    return transitions


def _requests(entry: RegisterEntry) -> Iterator[TransitionRequest]:
    if entry.holder and entry.finished_at is None:
        yield TransitionRequest(Action.SEND, entry.received_at, to=entry.holder)
    if entry.outcome in (Status.SUPPLEMENT_ASKED, Status.CLOSED):
        yield TransitionRequest(Action.ASK_SUPPLEMENT, entry.received_at, note=_NOTE)
    if entry.finished_at is not None and entry.outcome in _END_ACTIONS:
        yield TransitionRequest(_END_ACTIONS[entry.outcome], entry.finished_at, note=_note_of(entry))
        if _is_returned(entry):
            yield _return(entry, entry.returned_at or entry.finished_at)


def _is_returned(entry: RegisterEntry) -> bool:
    return entry.returned_at is not None or entry.outcome == Status.RETURNED


def _note_of(entry: RegisterEntry) -> str | None:
    return _NOTE if entry.outcome in (Status.REFUSED, Status.STOPPED, Status.WITHDRAWN, Status.CLOSED) else None


def _return(entry: RegisterEntry, at: datetime) -> TransitionRequest:
    return TransitionRequest(Action.RETURN, at, received_by=entry.receiver or entry.submitter or entry.applicant.name)
