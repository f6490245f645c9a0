"""First opening of an office by an updated program.

It succeeds once the window is usable. If it fails, or the process ends before, the former program and the copy of the
office come back together: the former program alone would find a database that is newer than itself.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.machine.program_folder import InstalledProgram, installed_program
from app.models.errors import Message, Refusal
from app.office.update.record import (
    UpdateRecord,
    UpdateState,
    end_update,
    put_back,
    read_record,
    set_state,
)

STATUS_VARIABLE = "MOTCUA_UPDATE_STATUS"
"""Exit status of the installer, which the starter passes on."""


class UpdateTakenBackError(Exception):
    """The new program cannot open the office; the former one must start."""


@dataclass
class FirstOpening:
    """The opening of an office by the program that runs now.

    Without an update there is nothing to lose and `record` is None. `note` is for the user.
    """

    folder: Path
    program: InstalledProgram | None
    record: UpdateRecord | None = None
    note: Message | None = None

    @property
    def failed(self) -> bool:
        """Whether the former program must come back."""
        return self.record is not None and self.record.state is UpdateState.FAILED

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Record any error of the block but a person's mistake as a failure."""
        try:
            yield
        except Refusal:
            raise
        except BaseException:
            if self.record is not None:
                self.record = set_state(self.folder, self.record, UpdateState.FAILED)
            raise

    def succeed(self) -> None:
        """Keep the new program; remove the former one and the office's copy.

        Raises Fault for the disk.
        """
        if self.record is not None:
            end_update(self.folder)
            self.record = None
        if self.program is not None:
            self.program.remove_former()


def begin_opening(folder: Path, program: InstalledProgram | None, environment: Mapping[str, str]) -> FirstOpening:
    """Return the opening of an office, after what an update has left.

    The caller holds the lock of the window.

    Raises UpdateTakenBackError if the new program has failed before, Fault for the disk.
    """
    record = read_record(folder)
    if record is None:
        return FirstOpening(folder, program)
    version = program.version if program is not None else ""
    if version == record.new:
        return _begin_as_new(folder, program, record)
    installing = record.state is UpdateState.INSTALLING
    if version == record.old and not installing:
        put_back(folder, record)
    end_update(folder)
    if version != record.old:
        return FirstOpening(folder, program)
    values = {"old": record.old, "new": record.new, "status": environment.get(STATUS_VARIABLE, "")}
    return FirstOpening(folder, program, note=Message("update_not_done" if installing else "update_taken_back", values))


def _begin_as_new(folder: Path, program: InstalledProgram | None, record: UpdateRecord) -> FirstOpening:
    """Begin the first opening, unless an earlier one has failed."""
    if record.state is UpdateState.INSTALLING:
        return FirstOpening(folder, program, set_state(folder, record, UpdateState.OPENING))
    if program is not None and program.has_former:
        set_state(folder, record, UpdateState.FAILED)
        raise UpdateTakenBackError
    end_update(folder)  # the former program is gone, so this one tries again and keeps what it finds
    return FirstOpening(folder, program)


@contextmanager
def first_opening(folder: Path, environment: Mapping[str, str], arguments: list[str]) -> Iterator[FirstOpening]:
    """Watch an opening; if the new program fails, hand over to the former one.

    The caller holds the lock of the window. `arguments` open the window again.

    Raises UpdateTakenBackError where the former program takes over, and what the block raises.
    """
    program = installed_program()
    try:
        opening = begin_opening(folder, program, environment)
    except UpdateTakenBackError:
        if program is not None:
            program.take_back(arguments)
        raise
    try:
        with opening.watched():
            yield opening
    except BaseException as error:
        if opening.failed:
            raise UpdateTakenBackError from error
        raise
    finally:
        if opening.failed and program is not None:
            program.take_back(arguments)


def window_arguments(folder: Path, user: str) -> list[str]:
    """Return the arguments that open the window of an office again."""
    return ["--data", str(folder.absolute()), *(["--user", user] if user else [])]
