"""Write many imported dossiers in one transaction."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.models.codes import comparable
from app.models.enums import Origin, PersonKind
from app.models.errors import Message, Refusal
from app.models.instants import local_day
from app.models.law.rule import Rule, rules_on
from app.models.law.terms import TERM
from app.models.lifecycle import Transition
from app.models.people import Person, person_to_json
from app.services.context import Context
from app.services.events import open_chain
from app.services.intake.registration import NewDossier, party_columns, row_columns, subject_of
from app.services.law.terms import term_by_rules, term_rules, varying_conditions
from app.services.numbering import serial_counter
from app.services.records.row_digest import row_digest
from app.services.register_import.entries import RegisterEntry
from app.services.register_import.history import first_state, transitions_of
from app.services.register_import.numbers import DossierNumber, NumberBlock
from app.storage import dossiers, journal
from app.storage.journal import JournalEntry
from app.storage.rows import DossierRow
from app.storage.uow import Reading, Writing

_WARNINGS = (Message("imported"),)


_Refused = tuple[tuple[int, Refusal], ...]


class WrittenEntries(NamedTuple):
    """Numbers of written entries and of known ones; refused rows."""

    imported: int
    already: int
    refused: _Refused


class _Origin(NamedTuple):
    file_name: str
    origin: Origin
    terms: tuple[Rule, ...]


@dataclass(frozen=True)
class _Prepared:
    dossier: NewDossier
    transitions: Sequence[Transition]
    request_id: str


def request_id_of(entry: RegisterEntry) -> str:
    """Return the key under which the same row is recognised again."""
    return f"import:{entry.digest}"


def known_rows(work: Reading, entries: Sequence[RegisterEntry]) -> set[int]:
    """Return the rows that are dossiers already, by their code or content."""
    codes = {entry.row: comparable(entry.code) for entry in entries if entry.code}
    taken = dossiers.codes_among(work, list(codes.values()))
    seen = dossiers.requests_among(work, [request_id_of(entry) for entry in entries])
    return {entry.row for entry in entries if codes.get(entry.row) in taken or request_id_of(entry) in seen}


def check_entries(
    entries: Sequence[RegisterEntry], reserved: Set[str], context: Context, work: Reading
) -> WrittenEntries:
    """Return what `import_entries` would write; nothing is written."""
    known = known_rows(work, entries)
    new = [entry for entry in entries if entry.row not in known]
    block = NumberBlock(work, context, _counter_names(new, context))
    refused = _without_number(new, _numbers(new, block, reserved, work))
    return WrittenEntries(len(new) - len(refused), len(known), refused)


def import_entries(
    entries: Sequence[RegisterEntry],
    file_name: str,
    send: bool,
    reserved: Set[str],
    context: Context,
    work: Writing,
) -> WrittenEntries:
    """Write the entries that are not dossiers yet.

    `reserved` are the codes of the whole register, which no new dossier gets.

    The caller commits. Text messages and prints are not prepared.
    """
    known = known_rows(work, entries)
    new = [entry for entry in entries if entry.row not in known]
    block = NumberBlock(work, context, _counter_names(new, context))
    numbers = _numbers(new, block, reserved, work)
    origin = Origin.IMPORTED_SENT if send else Origin.IMPORTED
    rules = term_rules(work)
    prepared = [
        _prepare(entry, number, block, _Origin(file_name, origin, rules), context)
        for entry, number in zip(new, numbers, strict=True)
        if number is not None
    ]
    _write(prepared, context, work)
    block.save(work)
    return WrittenEntries(len(prepared), len(known), _without_number(new, numbers))


def _numbers(
    entries: Sequence[RegisterEntry], block: NumberBlock, reserved: Set[str], work: Reading
) -> list[DossierNumber | None]:
    return block.codes(work, [local_day(entry.received_at) for entry in entries], reserved)


def _without_number(entries: Sequence[RegisterEntry], numbers: Sequence[DossierNumber | None]) -> _Refused:
    return tuple(
        (entry.row, Refusal("import_day_full", "received", text=_day_text(entry)))
        for entry, number in zip(entries, numbers, strict=True)
        if number is None
    )


def _day_text(entry: RegisterEntry) -> str:
    return f"{local_day(entry.received_at):%d/%m/%Y}"


def _counter_names(entries: Iterable[RegisterEntry], context: Context) -> set[str]:
    desk = context.office.workstation
    names = set[str]()
    for entry in entries:
        names |= {serial_counter(desk, local_day(entry.received_at)), _register_counter(entry, context)}
    return names


def register_book(context: Context) -> str:
    """Return the volume of imported dossiers, apart from the desk's own."""
    return f"{context.office.workstation:02d}N"


def _register_counter(entry: RegisterEntry, context: Context) -> str:
    return f"register:{local_day(entry.received_at).year}:{register_book(context)}:{entry.version.procedure.field}"


def _prepare(
    entry: RegisterEntry,
    number: DossierNumber,
    block: NumberBlock,
    source: "_Origin",
    context: Context,
) -> _Prepared:
    state, procedure = first_state(entry), entry.version.procedure
    in_force = rules_on(source.terms, TERM, local_day(entry.received_at)) if source.terms else ()
    people: dict[str, Mapping[str, Any]] = {"applicant": person_to_json(entry.applicant)}
    if entry.submitter and entry.submitter != entry.applicant.name:
        people["submitter"] = person_to_json(Person(PersonKind.CITIZEN, entry.submitter))
    dossier = NewDossier(
        code=number.code,
        key=number.key,
        version=entry.version,
        channel=entry.channel,
        return_by=entry.return_by,
        quantity=entry.quantity,
        term=term_by_rules(in_force, procedure, entry.channel, None).term,
        people=people,
        papers=(),
        register_book=register_book(context),
        register_number=block.next_of(_register_counter(entry, context)),
        state=state,
        note=entry.note or None,
        warnings=(*_WARNINGS, *_doubts(entry, in_force)),
        alias=entry.code or None,
        origin=source.origin,
    )
    return _Prepared(dossier, transitions_of(entry, state, source.file_name), request_id_of(entry))


def _doubts(entry: RegisterEntry, in_force: Sequence[Rule]) -> tuple[Message, ...]:
    """Return why the term may be another one: a channel or place unknown."""
    names = varying_conditions(in_force, entry.version.procedure)
    channel = (Message("import_term_channel"),) if "channels" in names and not entry.channel_known else ()
    return (*channel, Message("import_term_place")) if "places" in names else channel


def _write(prepared: Sequence[_Prepared], context: Context, work: Writing) -> None:
    """Write rows in their last state, people, codes and events."""
    if not prepared:
        return
    stays_here = prepared[0].dossier.origin == Origin.IMPORTED
    chain = open_chain(work, context, stays_here)
    first_id = dossiers.next_dossier_id(work)
    rows, parties, aliases, requests = list[Any](), list[Any](), list[Any](), list[Any]()
    entries: list[JournalEntry] = []
    for dossier_id, each in enumerate(prepared, first_id):
        dossier = each.dossier
        own = [] if dossier.alias is None else [dossier.alias]
        row = row_columns(dossier) | {"id": dossier_id}
        procedure = dossier.version.procedure
        stored = DossierRow(**row, procedure_name=procedure.name, version=dossier.version.version)
        digest = row_digest(stored, (), own, chain.key)
        subject = subject_of(dossier, dossier_id)
        state, linked = chain.link(context, subject, dossier.state, each.transitions, digest)
        rows.append(row | dossiers.state_columns(state))
        entries += linked
        for role, details in dossier.people.items():
            parties.append(party_columns(role, details) | {"dossier_id": dossier_id})
        aliases += [
            {"comparable": comparable(text), "text": text, "system": None, "dossier_id": dossier_id} for text in own
        ]
        if not own:
            requests.append({"request_id": each.request_id, "dossier_id": dossier_id, "answer": {"code": dossier.code}})
    dossiers.add_many(work, rows, parties, aliases, requests)
    journal.append_events(work, entries, chain.bundle)
    chain.save_head(work)
