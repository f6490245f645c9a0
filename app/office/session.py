"""Office session: runs every use case."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from app.disk import discard_file, replace_file, stage_file, write_file
from app.models.clock import offset_text
from app.models.errors import Fault, Message, Refusal
from app.models.instants import OFFICE_TIME, local, local_day
from app.office.chosen_places import change_machine_settings
from app.office.desk import SessionFacts
from app.services.context import Context
from app.services.credentials import Credentials, SignInResult
from app.settings import FILE_NAME as OFFICE_FILE
from app.settings import MACHINE_FILE, MachineSettings, Office, read_machine_settings
from app.storage import database as databases
from app.storage.error_mapping import map_errors_to_fault
from app.storage.locks import hold_lock, take_turn
from app.storage.uow import Reading, Writing, reading, writing, writing_together

if TYPE_CHECKING:  # imported on use, because they would slow every start
    from app.keys.office_keys import OfficeKeys
    from app.office.backup import BackupRound, Backups
    from app.office.recovery import RecoveryPage
    from app.office.update.first_opening import FirstOpening
    from app.office.update.installer_file import CheckedUpdate
    from app.office.update.start import PlannedUpdate
    from app.services.former_offices import FormerOffice
    from app.services.office_file import OfficeValue
    from app.usecases.office.clock import ClockState, ConfirmDay

_Command = TypeVar("_Command")
_Result = TypeVar("_Result")

_OFFICE_OFFSET = OFFICE_TIME.utcoffset(None) or timedelta(hours=7)


def _office_offset() -> timedelta:
    return _OFFICE_OFFSET


class MachineClock(NamedTuple):
    """Clocks of the machine.

    `now` is the wall clock. `uptime` is in seconds and independent of the wall clock. `built_on` is the day of this
    release. `offset` is the offset from UTC that the system is set to.
    """

    now: Callable[[], datetime]
    uptime: Callable[[], float]
    built_on: date
    offset: Callable[[], timedelta] = _office_offset


class OfficeSession:
    """An open office and its signed-in user.

    `place` is `window` or `command`. `pretend` is the pretended time of a training office. `notes` are findings of the
    opening that the user is to know.
    """

    def __init__(
        self,
        folder: Path,
        database: databases.Database,
        facts: SessionFacts,
        clock: MachineClock,
        pretend: datetime | None,
        keys: "OfficeKeys | None" = None,
        place: str = "command",
        notes: tuple[Message, ...] = (),
    ) -> None:
        self.folder = folder
        self._notes = notes
        self._place = place
        self.facts = facts
        self.keys = keys
        self._database = database
        self._clock = clock
        self._pretend = pretend
        self._opened_at, self._uptime_at_open = clock.now(), clock.uptime()
        self.opening: FirstOpening | None = None
        self.planned_update: PlannedUpdate | None = None

    @property
    def notes(self) -> tuple[Message, ...]:
        """Findings of the opening that the user is to know."""
        return self._notes

    def now(self) -> datetime:
        """Return the current time, or the pretended one of a training office."""
        return self._pretend or self._clock.now()

    def uptime(self) -> float:
        """Return the seconds since the machine started."""
        return self._clock.uptime()

    def entry_day(self) -> date:
        """Return the day that typed dates are checked against.

        It is never before the release, so that a clock of 1970 is reported as such and not as a wrong date of birth.
        """
        today = local_day(self.now())
        return today if self._pretend else max(today, self._clock.built_on)

    def read(
        self, use_case: Callable[[_Command, Context, Reading], _Result], query: _Command, at: datetime | None = None
    ) -> _Result:
        """Run a query on one snapshot, as of `at` or now."""
        with reading(self._database) as work:
            return use_case(query, self._context(at), work)

    def write(
        self, use_case: Callable[[_Command, Context, Writing], _Result], command: _Command, at: datetime | None = None
    ) -> _Result:
        """Run a command as of `at` or now.

        The command is durable when this returns and rolled back completely if it raises.
        """
        with take_turn(self.folder, first=self._place == "window"), writing(self._database) as work:
            return use_case(command, self._context(at), work)

    def write_both(
        self, first: Callable[..., Any], command: Any, second: Callable[..., Any], next_command: Callable[[Any], Any]
    ) -> tuple[Any, Any]:
        """Run a command and one that follows from its result, in one commit."""
        with take_turn(self.folder, first=self._place == "window"), writing_together(self._database) as work:
            result = first(command, self._context(None), work)
            return result, second(next_command(result), self._context(None), work)

    def write_password(
        self, use_case: Callable[[_Command, Context, Writing], _Result], command: _Command, name: str, secret: str
    ) -> _Result:
        """Run a command that sets or removes a user's password or PIN.

        The key file is changed with the database, so that the password also unlocks the database. An empty `secret`
        removes the user's slot.
        """
        if self.keys is None:
            return self.write(use_case, command)
        from app.office.key_changes import change_slots, with_password

        return change_slots(
            self._database,
            self.keys,
            lambda work: use_case(command, self._context(None), work),
            with_password(self.keys, name, secret),
        )

    def finish_upgrade(self) -> None:
        """Restate the dossiers that an earlier release recorded.

        Each unit of work is durable, so that a cut is continued at the next start.
        """
        from app.usecases.sync.record_schema import are_records_current

        if self.read(are_records_current, None):
            return
        from app.usecases.sync.restate import RestateOlderDossiers, restate_older_dossiers

        after: int | None = 0
        while after is not None:
            after = self.write(restate_older_dossiers, RestateOlderDossiers(after))

    def sign_in(self, credentials: Credentials) -> SignInResult:
        """Sign a user in.

        Raises what `app.usecases.accounts.signin.sign_in` raises; then the previous user stays signed in.
        """
        from app.usecases.accounts.signin import SignIn, sign_in, sign_in_unrecorded
        from app.usecases.office.office_file_audit import RecordOfficeFile, office_file_changed, record_office_file

        try:
            signed = self.write(sign_in, SignIn(credentials))
        except Fault as fault:
            if fault.code != "disk_full":
                raise
            return self._signed_in(self.read(sign_in_unrecorded, SignIn(credentials)), Message("sign_in_unrecorded"))
        if self.read(office_file_changed, None):
            self.write(record_office_file, RecordOfficeFile(signed.name))
        if self.keys is not None:
            self._prove_password(self.keys, signed, credentials.secret)
        return self._signed_in(signed)

    def _signed_in(self, signed: SignInResult, *notes: Message) -> SignInResult:
        self._notes = (*self._notes, *notes)
        self.facts = replace(self.facts, actor=signed.name, roles=signed.roles, rights=signed.rights)
        return signed

    def _prove_password(self, keys: "OfficeKeys", signed: SignInResult, secret: str) -> None:
        """Give the user a key slot with a proof, if it is missing.

        It waits for the next sign-in while another program changes the keys or the disk is full.
        """
        from app.office.key_changes import change_slots, needs_slot, prove_password, with_password

        if signed.first or needs_slot(self._database, keys, signed.name, secret):
            edit = with_password if signed.first else prove_password
            try:
                change_slots(self._database, keys, lambda work: work.commit(), edit(keys, signed.name, secret))
            except Fault as fault:
                self._notes = (*self._notes, Message("keys_not_repaired", {"reason": fault.code}))

    def enrol_vault(self) -> bool:
        """Let this machine's vault open the database; False without a vault."""
        from app.office.key_changes import enrol_vault

        return self.keys is not None and enrol_vault(self._database, self.keys)

    def begin_recovery_page(self) -> "RecoveryPage":
        """Add a new recovery key; the former one stays until the page is made.

        Raises Fault for the disk, `file_locked` while another program changes the keys.
        """
        from app.office.recovery import begin_recovery_page

        if self.keys is None:
            raise Refusal("keys_none")
        return begin_recovery_page(self._database, self.keys, self._context(None), self.facts.office)

    def sign_out(self) -> None:
        """Sign the user out; a training office has no sign-out."""
        if not self.facts.training:
            self.facts = replace(self.facts, actor="", roles=(), rights=frozenset())

    def back_up(self, folder: Path | None) -> tuple[Path, str]:
        """Write a verified backup; return its path and SHA-256.

        Raises Refusal `not_your_right`, Fault for the disk.
        """
        return self.backups.back_up_to(folder)

    @property
    def backups(self) -> "Backups":
        """Return the backups of the office."""
        from app.office.backup import Backups
        from app.usecases.office.restore import check_may_back_up

        check_allowed = partial(self.read, check_may_back_up, None)
        return Backups(self.folder, self.facts.office, self._database, self._clock.now, check_allowed)

    def watch_opening(self, opening: "FirstOpening") -> None:
        """Take the opening that this session is the result of."""
        self.opening = opening
        if opening.note is not None:
            self._notes = (*self._notes, opening.note)

    def confirm_opening(self) -> None:
        """Keep an updated program, now that its window is usable."""
        if self.opening is not None:
            self.opening.succeed()

    def plan_update(self, update: "CheckedUpdate") -> "BackupRound":
        """Back up everywhere and stage an update.

        Raises what `app.office.update.start.plan_update` raises.
        """
        from app.office.update.start import plan_update

        self.planned_update, backed_up = plan_update(update, self.backups)
        return backed_up

    def begin_update(self) -> None:
        """Copy the office for a planned update.

        Raises Fault for the disk.
        """
        from app.office.update.start import begin_update

        if self.planned_update is not None:
            begin_update(self.planned_update, self._database, self.folder, self._clock.now())

    def change_key(self) -> None:
        """Close the office and encrypt the database with a new key.

        Raises Fault `office_open_elsewhere`, `file_locked` while another program has it open.
        """
        if self.keys is None:
            self.close()
            return
        from app.office.key_changes import registered

        with reading(self._database) as work:
            register = registered(work)
        self.close()
        with map_errors_to_fault(), hold_lock(self.folder / "window.lock"):
            self.keys.change_key(register, partial(databases.change_key, self.folder / databases.FILE_NAME))

    def restore_page(self) -> bytes:
        """Return the instructions for a restore on another machine, as a PDF page."""
        from app.printing.forms.recovery_pages import restore_page

        return restore_page(self.facts.office.name, self.facts.office.agency_code, local_day(self._clock.now()))

    def succeed(self, office_text: str, decision: str, day: date) -> "tuple[Office, tuple[FormerOffice, ...]]":
        """Record the succession to another office and replace the office file.

        The replaced office file is kept beside it. The database keeps the new text until the file is in place, so that
        the next start finishes an interrupted succession.

        Raises what `office_of_text` and `succeed_office` raise, Fault `office_open_elsewhere` while a window is open.
        """
        from app.services.office_file import office_of_text
        from app.usecases.office.pending_office_file import finish_succession
        from app.usecases.office.succession import SucceedOffice, succeed_office

        office, file = office_of_text(office_text), self.folder / OFFICE_FILE
        replaced_name = f"office-truoc-{local(self._clock.now()):%Y%m%d-%H%M%S}.toml"
        with map_errors_to_fault(), hold_lock(self.folder / "window.lock"):
            staged = stage_file(file, office_text.encode())
            try:
                write_file(file.with_name(replaced_name), file.read_bytes())
                formers = self.write(succeed_office, SucceedOffice(office, decision, day, office_text))
                replace_file(staged, file)
            finally:
                discard_file(staged)
        self.write(finish_succession, None)
        return office, formers

    def edit_office(self, changes: "Mapping[str, OfficeValue]") -> Office:
        """Change lines of the office file; the office applies at once.

        Raises what `app.office.office_edit.edit_office` raises.
        """
        from app.office.office_edit import edit_office
        from app.usecases.office.office_file_audit import RecordOfficeEdit, record_office_edit

        office = edit_office(
            self.folder, changes, lambda edited: self.write(record_office_edit, RecordOfficeEdit(edited))
        )
        self.facts = replace(self.facts, office=office, office_name=office.name, parent=office.parent)
        return office

    def edited_office(self, changes: "Mapping[str, OfficeValue]") -> Office:
        """Return the office after changes, of which nothing is written.

        Raises Refusal `office_file_…`, Fault for the disk.
        """
        from app.office.office_edit import read_edited

        return read_edited(self.folder, changes)[0]

    @property
    def machine(self) -> MachineSettings:
        """Settings of this machine."""
        return read_machine_settings(self.folder / MACHINE_FILE)

    def change_machine(self, machine: MachineSettings) -> None:
        """Write theme, text size and sounds; other settings of this machine stay.

        Raises Fault for the disk.
        """
        chosen = {name: getattr(machine, name) for name in ("theme", "text_size", "sounds")}
        change_machine_settings(self.folder, lambda known: replace(known, **chosen))

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def _context(self, at: datetime | None) -> Context:
        facts, now, uptime = self.facts, at or self.now(), int(self._clock.uptime())
        return Context(
            now=now,
            actor=facts.actor,
            office=facts.office,
            training=facts.training,
            built_on=self._clock.built_on,
            drift=self._drift(),
            uptime=uptime,
            place=self._place,
            strange_offset=self._strange_offset(),
        )

    def confirm_day(self, command: "ConfirmDay") -> "ClockState":
        """Confirm the machine's date; keep a confirmed offset.

        The offset is kept in the settings of this machine.

        Raises what `app.usecases.office.clock.confirm_day` raises, Fault for the disk.
        """
        from app.usecases.office.clock import confirm_day

        state = self.write(confirm_day, command)
        if (offset := state.offset) is not None:
            change_machine_settings(
                self.folder, lambda known: replace(known, offsets=tuple(dict.fromkeys((*known.offsets, offset))))
            )
        return state

    def _strange_offset(self) -> timedelta | None:
        """Return the system's offset if it is not Vietnam's and not confirmed.

        A POSIX system without a time zone has offset 0.
        """
        offset = self._clock.offset()
        if offset == _OFFICE_OFFSET or (not offset and os.name == "posix"):
            return None
        confirmed = read_machine_settings(self.folder / MACHINE_FILE).offsets
        return None if offset_text(offset) in confirmed else offset

    def _drift(self) -> timedelta:
        """Return how far the wall clock has drifted from the uptime since opening."""
        return (self._clock.now() - self._opened_at) - timedelta(seconds=self._clock.uptime() - self._uptime_at_open)
