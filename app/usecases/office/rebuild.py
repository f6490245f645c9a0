"""Rebuild of a lost register from the archive codes of receipt copies.

Each code is verified. A dossier that the register lacks is written again as at intake.
No number is issued twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.keys.identity import fingerprint
from app.keys.page_keys import PAGE_PREFIX, open_page_keys, seal_page_keys
from app.models.codes import comparable
from app.models.enums import AccessKind, Action, Right, Status
from app.models.errors import Refusal
from app.models.instants import local_day
from app.models.lifecycle import COUNTER, State, Transition
from app.models.people import Person, person_to_json
from app.models.text import mask_name
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.credentials import Credentials, second_approval
from app.services.documents.archive_code import resolve_papers
from app.services.documents.rebuild_codes import MAX_TEXT_LENGTH, ArchivedDossier, parse_archive_code, parse_public_code
from app.services.intake.registration import NewDossier, register_dossier
from app.services.key_register import identity_of
from app.services.law.terms import late_date, term_on
from app.services.number_gaps import record_number_gap, skip_numbers
from app.services.permissions import public, requires
from app.services.versions import version_on
from app.storage import dossiers, integrity, office_settings, preprinted_receipts, user_accounts
from app.storage.office_settings import ARCHIVE_KEY, SIGNING_KEY
from app.storage.uow import Reading, Writing
from app.sync.archive_code import CODE_PREFIX, unseal_code
from app.sync.errors import BundleRefused
from app.sync.signing import public_key
from app.wording.rebuild import rebuilt_note

REBUILDING, FORMER_KEYS = "rebuilding", "former_paper_keys"
_OPEN_FOR = timedelta(hours=12)
_MAX_FORMER_KEYS = 10


@dataclass(frozen=True)
class OpenRebuilding:
    """Command: open the rebuild for half a day with a second person."""

    second: Credentials | None


@dataclass(frozen=True)
class RebuildDossier:
    """Command: one scanned text of an archive copy or of the recovery page.

    `recovery` is the recovery key, which opens the keys on the recovery page.
    """

    text: str
    recovery: str = ""


@dataclass(frozen=True)
class RebuildResult:
    """Result of one scan.

    `done` is `rebuilt`, `known` if the register has the dossier, or `keys` for the recovery page (no `code`).
    `seen` is a valid public code of a missing dossier, whose archive code is still to be scanned.
    `who` is the applicant's masked name, if the scan or the register has it.
    """

    code: str | None
    done: str
    who: str | None = None


@dataclass(frozen=True)
class GetRebuilding:
    """Query: whether the user may rebuild now."""


@dataclass(frozen=True)
class CloseRebuilding:
    """Command: close the rebuild; two people are needed to open it again."""


@dataclass(frozen=True)
class Rebuilding:
    """State of the rebuild for the user.

    `until` is None if it is not open. `second` approved it. `rebuilt` counts dossiers since it was opened.
    """

    until: datetime | None
    second: str | None
    rebuilt: int


@requires(Right.RESTORE)
def open_rebuilding(command: OpenRebuilding, context: Context, work: Writing) -> None:
    """Open the rebuild for half a day, approved by a second person.

    Raises Refusal like `app.services.credentials.second_approval`.
    """
    second = second_approval(command.second, context, work)
    until = context.now + _OPEN_FOR
    values = {"by": context.actor, "second": second, "until": until.isoformat(), "rebuilt": 0}
    office_settings.save_settings(work, {REBUILDING: values})
    user_accounts.record_access(
        work, context.now, context.actor, context.place, AccessKind.REBUILD_OPENED, about=second
    )
    work.commit()


@requires(Right.RESTORE)
def get_rebuilding(query: GetRebuilding, context: Context, work: Reading) -> Rebuilding:
    """Return the rebuild, which continues after a break or a restart."""
    return _rebuilding(context, work)


def _rebuilding(context: Context, work: Reading) -> Rebuilding:
    opened = _open_rebuilding(context, work)
    if opened is None:
        return Rebuilding(None, None, 0)
    return Rebuilding(datetime.fromisoformat(opened["until"]), opened["second"], opened.get("rebuilt", 0))


@requires(Right.RESTORE)
def close_rebuilding(command: CloseRebuilding, context: Context, work: Writing) -> Rebuilding:
    """Close the rebuild before it expires; return its last state."""
    ended = _rebuilding(context, work)
    office_settings.save_settings(work, {REBUILDING: {}})
    work.commit()
    return ended


@requires(Right.RESTORE)
def rebuild_dossier(command: RebuildDossier, context: Context, work: Writing) -> RebuildResult:
    """Process one scan of an archive copy; its dossier is committed on return.

    Raises Refusal `rebuild_closed` unless two people have opened it, `rebuild_stranger`, `rebuild_signature`,
    `rebuild_sealed`, `rebuild_content`, `rebuild_other_dossier`, `rebuild_page_keys`, `recovery_key_missing`, or like
    `version_on`; nothing is then written.
    """
    opened = _open_rebuilding(context, work)
    if opened is None:
        raise Refusal("rebuild_closed")
    text = command.text.strip()
    if not text or len(text) > MAX_TEXT_LENGTH:
        raise Refusal("rebuild_stranger", "text")
    if text.upper().startswith(PAGE_PREFIX):
        result = _adopt_keys(text, command.recovery, work)
    elif text.upper().startswith(CODE_PREFIX):
        result = _rebuild_from_archive_code(_unseal(text, work), opened["second"], context, work)
    else:
        scan = parse_public_code(text, [public_key(signing) for signing, _ in paper_keys(work)])
        result = _find_registered(scan.code, scan.key, None, work) or RebuildResult(scan.code, "seen")
    if result.done == "rebuilt":
        office_settings.save_settings(work, {REBUILDING: {**opened, "rebuilt": opened.get("rebuilt", 0) + 1}})
    work.commit()
    return result


@public("the keys are sealed for the recovery key and useless without it")
def page_code(recovery: str, context: object, work: Reading) -> str:
    """Return the document keys, sealed for the recovery key, as a code.

    The fingerprint of the office follows them.
    """
    identity = identity_of(work)
    return seal_page_keys(paper_keys(work), recovery, "" if identity is None else fingerprint(identity.public))


def paper_keys(work: Reading) -> list[tuple[bytes, bytes]]:
    """Return the (signing, archive) key pairs of documents, own pair first."""
    settings = office_settings.settings(work)
    pairs = [(settings[SIGNING_KEY], settings[ARCHIVE_KEY]), *map(tuple, settings.get(FORMER_KEYS) or ())]
    return [(bytes.fromhex(signing), bytes.fromhex(archive)) for signing, archive in pairs]


def _open_rebuilding(context: Context, work: Reading) -> dict[str, Any] | None:
    """Return the rebuild that the user has opened, unless it has expired."""
    opened = office_settings.setting(work, REBUILDING)
    if not opened or opened["by"] != context.actor or datetime.fromisoformat(opened["until"]) < context.now:
        return None
    return dict(opened)


def _adopt_keys(text: str, recovery: str, work: Writing) -> RebuildResult:
    """Add the page's keys to the known document keys.

    An office without dossiers takes them as its own, so that the receiver knows its signature.
    """
    if not recovery.strip():
        raise Refusal("recovery_key_missing", "recovery_key")
    on_page = [(signing.hex(), archive.hex()) for signing, archive in open_page_keys(text, recovery)]
    own = [(signing.hex(), archive.hex()) for signing, archive in paper_keys(work)]
    pairs = list(dict.fromkeys([*own, *on_page] if dossiers.count_dossiers(work) else [*on_page, *own]))
    (signing_key, archive_key), *former = pairs[: _MAX_FORMER_KEYS + 1]
    office_settings.save_settings(work, {SIGNING_KEY: signing_key, ARCHIVE_KEY: archive_key, FORMER_KEYS: former})
    return RebuildResult(None, "keys")


def _unseal(text: str, work: Reading) -> ArchivedDossier:
    for _, archive_key in paper_keys(work):
        try:
            return parse_archive_code(unseal_code(text, archive_key))
        except BundleRefused:
            continue
    raise Refusal("rebuild_sealed", "text")


def _find_registered(code: str, key: str, received_at: datetime | None, work: Reading) -> RebuildResult | None:
    """Return the dossier if the register has it.

    Raises Refusal `rebuild_other_dossier` if the code or the key belongs to another dossier.
    """
    row = dossiers.dossier_by_code(work, comparable(code)) or dossiers.dossier_by_key(work, key)
    if row is None:
        return None
    if row.key != key or received_at not in (None, row.received_at):
        raise Refusal("rebuild_other_dossier", "text", code=code[:40])
    return RebuildResult(code, "known", mask_name(row.applicant_name))


def _rebuild_from_archive_code(
    archived: ArchivedDossier, second: str | None, context: Context, work: Writing
) -> RebuildResult:
    known = _find_registered(archived.code, archived.key, archived.received_at, work)
    if known is not None:
        return known
    new = _new_dossier(archived, context, work)
    state = new.state
    facts = {"at_once": False, "due_at": state.due_at, "fee_due": state.fee, "rebuilt": True, "second": second}
    if state.original_due_at != state.due_at:
        facts["original_due_at"] = state.original_due_at
    note = rebuilt_note(archived.papers.items is not None, archived.papers.omitted)
    intake = Transition(Action.INTAKE, state.received_at, Status.RECEIVED, None, COUNTER, note=note, details=facts)
    register_dossier(new, [intake], context, work)
    return RebuildResult(archived.code, "rebuilt", mask_name(archived.name))


def _new_dossier(archived: ArchivedDossier, context: Context, work: Writing) -> NewDossier:
    received_at, due_at = archived.received_at, archived.due_at
    version = version_on(work, archived.procedure, local_day(received_at))
    term = term_on(version.procedure, archived.channel, None, local_day(received_at), work).term
    calendar = work_calendar(work, context.office, context.today)
    original = None if due_at is None else late_date(term, received_at, calendar) or due_at
    skip_numbers(context, work)
    number = _register_number(archived, version.procedure.field, work)
    person = Person(archived.kind, archived.name, archived.id_number, phone=archived.phone, address=archived.address)
    preprinted = preprinted_receipts.find_preprinted(work, comparable(archived.code))
    return NewDossier(
        code=archived.code,
        key=archived.key,
        version=version,
        channel=archived.channel,
        return_by=archived.return_by,
        quantity=archived.quantity,
        term=term,
        people={"applicant": person_to_json(person)},
        papers=resolve_papers(archived.papers, archived.procedure, work),
        register_book=archived.key[2:4],
        register_number=number,
        state=State(Status.RECEIVED, received_at, due_at=due_at, original_due_at=original, fee=archived.fee),
        preprinted=preprinted if preprinted is not None and preprinted.dossier_id is None else None,
    )


def _register_number(archived: ArchivedDossier, field: str, work: Writing) -> int:
    """Return the document's register line, or the next if it is taken.

    All counters move beyond the numbers of the document.
    The register's counter also moves beyond documents that are still to be scanned.
    """
    desk, year = archived.key[2:4], local_day(archived.received_at).year
    book = f"register:{year}:{desk}:{field}"
    record_number_gap(work, {f"serial:{desk}:{archived.key[4:10]}": int(archived.key[10:15])}, gap=0)
    taken = integrity.is_registered(work, year, desk, field, archived.number)
    record_number_gap(work, {book: archived.number})
    return office_settings.next_number(work, book) if taken else archived.number
