"""Write a new dossier: its rows, its first events and its cached state."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from app.models.codes import comparable
from app.models.dossier import dossier_search_text
from app.models.enums import Channel, Origin, ReturnBy
from app.models.errors import Message, messages_to_json
from app.models.instants import local_day
from app.models.lifecycle import State, Transition
from app.models.values.numbers import searched_number
from app.models.workdays import Term
from app.services.context import Context
from app.services.events import record_events
from app.services.intake.command import SubmittedPaper
from app.services.national_record import Subject
from app.services.versions import Version, term_to_json
from app.storage import dossiers, preprinted_receipts
from app.storage.rows import PreprintedRow
from app.storage.uow import Writing


@dataclass(frozen=True, kw_only=True)
class NewDossier:
    """A dossier with everything decided and nothing written but its numbers.

    `people` by role. `preprinted` is the pre-printed receipt whose number it has. `replaces_id` is the void dossier
    that it replaces, `replaced` the notes on what was typed over the catalogue.
    """

    code: str
    key: str
    version: Version
    channel: Channel
    return_by: ReturnBy
    quantity: int
    term: Term
    people: Mapping[str, Mapping[str, Any]]
    papers: Sequence[SubmittedPaper]
    register_book: str
    register_number: int
    state: State
    note: str | None = None
    at_once: bool = False
    proof: Sequence[Message] = ()
    warnings: Sequence[Message] = ()
    alias: str | None = None
    other_codes: Sequence[tuple[str, str | None]] = ()
    intake_facts: Mapping[str, Any] = field(default_factory=dict)
    replaces_id: int | None = None
    preprinted: PreprintedRow | None = None
    replaced: Sequence[str] = ()
    origin: Origin | None = None


def register_dossier(
    new: NewDossier, transitions: Sequence[Transition], context: Context, work: Writing
) -> tuple[int, State]:
    """Write a dossier and its first transitions; return its id and state.

    The caller commits.
    """
    dossier_id = dossiers.add_dossier(
        work,
        row_columns(new),
        [party_columns(role, details) for role, details in new.people.items()],
        [asdict(paper) | {"position": position} for position, paper in enumerate(new.papers, 1)],
        [{"comparable": comparable(code), "text": code, "system": system} for code, system in _other_codes(new)],
    )
    if new.preprinted is not None:
        preprinted_receipts.use_preprinted(work, new.preprinted.id, dossier_id)
    state = record_events(work, context, subject_of(new, dossier_id), new.state, transitions)
    dossiers.change_state(work, dossier_id, new.state, state)
    return dossier_id, state


def _other_codes(new: NewDossier) -> list[tuple[str, str | None]]:
    """Return the codes given elsewhere with their systems, each once."""
    codes = [*([(new.alias, None)] if new.alias else []), *new.other_codes]
    return list({comparable(code): (code, system) for code, system in codes}.values())


def _codes(new: NewDossier) -> list[str]:
    return [new.code, new.key, *(code for code, _system in _other_codes(new))]


def row_columns(new: NewDossier) -> dict[str, Any]:
    """Return the columns of a dossier in its first state."""
    procedure = new.version.procedure
    return {
        "code": new.code,
        "code_comparable": comparable(new.code),
        "key": new.key,
        "procedure_version_id": new.version.id,
        "procedure_code": procedure.code,
        "field": procedure.field,
        "channel": new.channel,
        "quantity": new.quantity,
        "return_by": new.return_by,
        "note": new.note,
        "at_once": new.at_once,
        "term": term_to_json(new.term),
        "proof": messages_to_json(new.proof),
        "warnings": messages_to_json(new.warnings),
        "register_book": new.register_book,
        "register_number": new.register_number,
        "applicant_name": new.people["applicant"]["name"],
        "search_text": dossier_search_text(list(new.people.values()), _codes(new)),
        "replaces_id": new.replaces_id,
        "origin": new.origin,
        "received_day": local_day(new.state.received_at),
        **dossiers.state_columns(new.state),
    }


def party_columns(role: str, details: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a person in a role."""
    number = searched_number(details["id_number"])
    return {"role": role, "name": details["name"], "id_number": number, "details": dict(details)}


def subject_of(new: NewDossier, dossier_id: int) -> Subject:
    """Return the subject of the dossier's events."""
    procedure = new.version.procedure
    return Subject(
        id=dossier_id,
        code=new.code,
        procedure_code=procedure.code,
        procedure_name=procedure.name,
        field=procedure.field,
        channel=new.channel,
        return_by=new.return_by,
        people=new.people,
        note=new.note,
        origin=new.origin,
    )
