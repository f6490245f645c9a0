"""Sync export: the next signed file, an earlier file, the backlog."""

from dataclasses import dataclass

from app.models.enums import Right
from app.services.context import Context
from app.services.permissions import requires
from app.services.sending.files import (
    BuiltBundle,
    next_file,
    next_file_name,
    store_file,
    stored_file,
)
from app.storage import office_settings
from app.storage.outgoing import files, records
from app.storage.outgoing.rows import KeptFileRow
from app.storage.uow import Reading, Writing

__all__ = [
    "BuildBundle",
    "ExportedBundle",
    "KeptFileRow",
    "ListKeptFiles",
    "ListPendingFiles",
    "MarkCarried",
    "NameNextFile",
    "PendingFiles",
    "StoreBundle",
    "build_bundle",
    "list_kept_files",
    "list_pending_files",
    "mark_carried",
    "name_next_file",
    "store_bundle",
]


@dataclass(frozen=True)
class BuildBundle:
    """Query: the next file, or file `again` of this epoch as it was stored."""

    again: int | None = None


@dataclass(frozen=True)
class StoreBundle:
    """Command: store a built file, so that it can be written again."""

    bundle: BuiltBundle


@dataclass(frozen=True)
class MarkCarried:
    """Command: a stored file is written, for a person to carry."""

    epoch: str
    sequence: int


@dataclass(frozen=True)
class ExportedBundle:
    """A stored file, ready to be sent.

    `more` is true if further events wait for a file of their own: a file carries the chain of one desk and at most
    `MAX_RECORDS` records. `unsaved` are earlier files that have not left this machine, for example because the program
    was stopped before it wrote them; the receiver needs them first.
    """

    content: bytes
    sequence: int
    records: int
    file_name: str
    more: bool = False
    epoch: str = ""
    unsaved: tuple[int, ...] = ()


@dataclass(frozen=True)
class NameNextFile:
    """Query: the name of the next file, before it is built."""


@dataclass(frozen=True)
class ListKeptFiles:
    """Query: the files of this epoch that can be saved again."""


@dataclass(frozen=True)
class ListPendingFiles:
    """Query: what `sync export --all` must write."""


@dataclass(frozen=True)
class PendingFiles:
    """Whether records wait for a file, and the sequences of unanswered files."""

    unsent: bool
    sequences: tuple[int, ...]


@requires(Right.SEND_UP)
def build_bundle(query: BuildBundle, context: Context, work: Reading) -> BuiltBundle:
    """Build and sign the next file, chained to the previous one.

    Nothing is written.

    Raises Refusal as `next_file` and `stored_file` do.
    """
    if query.again is not None:
        return stored_file(work, office_settings.current_epoch(work), query.again)
    return next_file(context, work)


@requires(Right.SEND_UP)
def store_bundle(command: StoreBundle, context: Context, work: Writing) -> ExportedBundle | None:
    """Store a built file.

    Returns None, with nothing written, if another file was stored after it was built.
    """
    bundle = command.bundle
    if not store_file(bundle, context, work):
        return None
    more = bool(records.unsent_desks(work, bundle.epoch))
    unsaved = tuple(files.never_left(work, bundle.epoch, bundle.sequence))
    work.commit()
    return ExportedBundle(
        content=bundle.content,
        sequence=bundle.sequence,
        records=bundle.records,
        file_name=bundle.file_name,
        more=more,
        epoch=bundle.epoch,
        unsaved=unsaved,
    )


@requires(Right.SEND_UP)
def mark_carried(command: MarkCarried, context: Context, work: Writing) -> None:
    """Record that a stored file is written, for a person to carry."""
    files.mark_left(work, command.epoch, command.sequence, context.now)
    work.commit()


@requires(Right.SEND_UP)
def list_pending_files(query: ListPendingFiles, context: Context, work: Reading) -> PendingFiles:
    """Return whether records wait, and the files of this epoch to carry again."""
    epoch = office_settings.current_epoch(work)
    return PendingFiles(bool(records.unsent_desks(work, epoch)), tuple(files.unanswered(work, epoch)))


@requires(Right.SEND_UP)
def name_next_file(query: NameNextFile, context: Context, work: Reading) -> str:
    """Return the name that the next file will have; nothing is built."""
    return next_file_name(context, work)


@requires(Right.SEND_UP)
def list_kept_files(query: ListKeptFiles, context: Context, work: Reading) -> tuple[KeptFileRow, ...]:
    """Return the files of this epoch whose content is stored, newest first."""
    return tuple(files.kept_files(work, office_settings.current_epoch(work)))
