"""The register of a lost disk rebuilt from its kept copies: each paper's codes are proved, a dossier the register does
not hold is written again as it was taken in, and no number is ever given twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.keys.page_keys import PAGE_PREFIX, open_page_keys, seal_page_keys
from app.models.codes import comparable
from app.models.enums import AccessKind, Action, Right, Status
from app.models.errors import Refusal
from app.models.instants import local_day
from app.models.lifecycle import COUNTER, State, Transition
from app.models.people import Person, person_to_json
from app.models.text import mask_name
from app.services.context import Context
from app.services.credentials import Credentials, second_approval
from app.services.documents.archive_code import resolve_papers
from app.services.documents.header import ARCHIVE_KEY, SIGNING_KEY
from app.services.documents.rebuild_codes import MAX_TEXT_LENGTH, ArchivedDossier, parse_archive_code, parse_public_code
from app.services.intake.registration import NewDossier, register_dossier
from app.services.number_gaps import record_number_gap, skip_numbers
from app.services.permissions import public, requires
from app.services.versions import term_of, version_on
from app.storage import dossiers, integrity, office_settings, preprinted_receipts, user_accounts
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
    """Two people open the rebuilding for half a day; `second` is the other one."""

    second: Credentials | None


@dataclass(frozen=True)
class RebuildDossier:
    """One text as it was scanned from a kept copy or from the recovery page, whose keys `recovery` opens."""

    text: str
    recovery: str = ""


@dataclass(frozen=True)
class RebuildResult:
    """`done` is `rebuilt`; `known` where the register has it already; `seen` for a genuine open code of a dossier it
    does not have yet, whose second code is still to be scanned; `keys` for the recovery page (no code). `who` is the
    applicant's name, masked, where the scan or the register tells it."""

    code: str | None
    done: str
    who: str | None = None


@dataclass(frozen=True)
class GetRebuilding:
    """May the person at work rebuild now?"""


@dataclass(frozen=True)
class CloseRebuilding:
    """All papers are scanned; two people are needed again to go on."""


@dataclass(frozen=True)
class Rebuilding:
    """Until when the person at work may rebuild (None where it is not open to him), with whom, and how many dossiers
    have come back since it was opened."""

    until: datetime | None
    second: str | None
    rebuilt: int


@requires(Right.RESTORE)
def open_rebuilding(command: OpenRebuilding, context: Context, work: Writing) -> None:
    """From now on the person at work may rebuild, for half a day, with another person's word.

    Raises Refusal as `app.services.credentials.vouched` does.
    """
    second = second_approval(command.second, context, work)
    until = context.now + _OPEN_FOR
    told = {"by": context.actor, "second": second, "until": until.isoformat(), "rebuilt": 0}
    office_settings.save_settings(work, {REBUILDING: told})
    user_accounts.record_access(
        work, context.now, context.actor, context.place, AccessKind.REBUILD_OPENED, about=second
    )
    work.commit()


@requires(Right.RESTORE)
def get_rebuilding(query: GetRebuilding, context: Context, work: Reading) -> Rebuilding:
    """Whether it is open, so that it can be taken up again after a break or a restart."""
    told = _open_rebuilding(context, work)
    if told is None:
        return Rebuilding(None, None, 0)
    return Rebuilding(datetime.fromisoformat(told["until"]), told["second"], told.get("rebuilt", 0))


@requires(Right.RESTORE)
def close_rebuilding(command: CloseRebuilding, context: Context, work: Writing) -> Rebuilding:
    """End it before its twelve hours are over; what it was at the end."""
    ended = get_rebuilding(GetRebuilding(), context, work)
    office_settings.save_settings(work, {REBUILDING: {}})
    work.commit()
    return ended


@requires(Right.RESTORE)
def rebuild_dossier(command: RebuildDossier, context: Context, work: Writing) -> RebuildResult:
    """What one scan of a kept copy adds to the register, durable when it returns.

    Raises Refusal `rebuild_closed` where two people have not opened it, `rebuild_stranger`, `rebuild_signature`,
    `rebuild_sealed`, `rebuild_content`, `rebuild_other_dossier`, `rebuild_page_keys`, `recovery_key_missing`, or what
    `version_on` raises; nothing is then written.
    """
    opened = _open_rebuilding(context, work)
    if opened is None:
        raise Refusal("rebuild_closed")
    text = command.text.strip()
    if not text or len(text) > MAX_TEXT_LENGTH:
        raise Refusal("rebuild_stranger", "text")
    if text.upper().startswith(PAGE_PREFIX):
        done = _adopt_keys(text, command.recovery, work)
    elif text.upper().startswith(CODE_PREFIX):
        done = _rebuild_from_archive_code(_unseal(text, work), opened["second"], context, work)
    else:
        found = parse_public_code(text, [public_key(signing) for signing, _ in paper_keys(work)])
        done = _find_registered(found.code, found.key, None, work) or RebuildResult(found.code, "seen")
    if done.done == "rebuilt":
        office_settings.save_settings(work, {REBUILDING: {**opened, "rebuilt": opened.get("rebuilt", 0) + 1}})
    work.commit()
    return done


@public("sealed: it serves nobody without the recovery key itself")
def page_code(recovery: str, context: object, work: Reading) -> str:
    """What the recovery page carries beside the key: the keys of the papers, sealed for it."""
    return seal_page_keys(paper_keys(work), recovery)


def paper_keys(work: Reading) -> list[tuple[bytes, bytes]]:
    """The pairs of keys under which papers of this office were made, its own first: signing, kept copy."""
    told = office_settings.settings(work)
    pairs = [(told[SIGNING_KEY], told[ARCHIVE_KEY]), *map(tuple, told.get(FORMER_KEYS) or ())]
    return [(bytes.fromhex(signing), bytes.fromhex(kept)) for signing, kept in pairs]


def _open_rebuilding(context: Context, work: Reading) -> dict[str, Any] | None:
    """What two people opened for the person at work, while it is not over."""
    told = office_settings.setting(work, REBUILDING)
    if not told or told["by"] != context.actor or datetime.fromisoformat(told["until"]) < context.now:
        return None
    return dict(told)


def _adopt_keys(text: str, recovery: str, work: Writing) -> RebuildResult:
    """The page's keys open papers from now on; an office without a dossier goes on under them, so that a receiver knows
    its signature."""
    if not recovery.strip():
        raise Refusal("recovery_key_missing", "recovery_key")
    told = [(signing.hex(), kept.hex()) for signing, kept in open_page_keys(text, recovery)]
    own = [(signing.hex(), kept.hex()) for signing, kept in paper_keys(work)]
    pairs = list(dict.fromkeys([*own, *told] if dossiers.count_dossiers(work) else [*told, *own]))
    (signing_key, kept_key), *former = pairs[: _MAX_FORMER_KEYS + 1]
    office_settings.save_settings(work, {SIGNING_KEY: signing_key, ARCHIVE_KEY: kept_key, FORMER_KEYS: former})
    return RebuildResult(None, "keys")


def _unseal(text: str, work: Reading) -> ArchivedDossier:
    for _, kept in paper_keys(work):
        try:
            return parse_archive_code(unseal_code(text, kept))
        except BundleRefused:
            continue
    raise Refusal("rebuild_sealed", "text")


def _find_registered(code: str, key: str, received_at: datetime | None, work: Reading) -> RebuildResult | None:
    """The dossier where the register holds it. Raises Refusal `rebuild_other_dossier`, it being another's."""
    row = dossiers.dossier_by_code(work, comparable(code)) or dossiers.dossier_by_key(work, key)
    if row is None:
        return None
    if row.key != key or received_at not in (None, row.received_at):
        raise Refusal("rebuild_other_dossier", "text", code=code[:40])
    return RebuildResult(code, "known", mask_name(row.applicant_name))


def _rebuild_from_archive_code(
    kept: ArchivedDossier, second: str | None, context: Context, work: Writing
) -> RebuildResult:
    known = _find_registered(kept.code, kept.key, kept.received_at, work)
    if known is not None:
        return known
    version = version_on(work, kept.procedure, local_day(kept.received_at))
    skip_numbers(context, work)
    number = _register_number(kept, version.procedure.field, work)
    state = State(Status.RECEIVED, kept.received_at, due_at=kept.due_at, original_due_at=kept.due_at, fee=kept.fee)
    person = Person(kept.kind, kept.name, kept.id_number, phone=kept.phone, address=kept.address)
    preprinted = preprinted_receipts.find_preprinted(work, comparable(kept.code))
    new = NewDossier(
        code=kept.code,
        key=kept.key,
        version=version,
        channel=kept.channel,
        return_by=kept.return_by,
        quantity=kept.quantity,
        term=term_of(version.procedure, kept.channel),
        people={"applicant": person_to_json(person)},
        papers=resolve_papers(kept.papers, kept.procedure, work),
        register_book=kept.key[2:4],
        register_number=number,
        state=state,
        preprinted=preprinted if preprinted is not None and preprinted.dossier_id is None else None,
    )
    facts = {"at_once": False, "due_at": state.due_at, "fee_due": state.fee, "rebuilt": True, "second": second}
    note = rebuilt_note(kept.papers.items is not None, kept.papers.left_out)
    intake = Transition(Action.INTAKE, state.received_at, Status.RECEIVED, None, COUNTER, note=note, details=facts)
    register_dossier(new, [intake], context, work)
    return RebuildResult(kept.code, "rebuilt", mask_name(kept.name))


def _register_number(kept: ArchivedDossier, field: str, work: Writing) -> int:
    """The paper's line of the register, or the next where that is taken; every counter stands beyond what the paper
    bears, and the register's beyond papers that are still to be scanned."""
    desk, year = kept.key[2:4], local_day(kept.received_at).year
    book = f"register:{year}:{desk}:{field}"
    record_number_gap(work, {f"serial:{desk}:{kept.key[4:10]}": int(kept.key[10:15])}, gap=0)
    taken = integrity.is_registered(work, year, desk, field, kept.number)
    record_number_gap(work, {book: kept.number})
    return office_settings.next_number(work, book) if taken else kept.number
