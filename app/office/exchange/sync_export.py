"""Write the next sync file.

The file is built on a reading snapshot and stored in a short unit of work, so that intake does not wait meanwhile.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from app.models.errors import Fault
from app.office.desk import Desk
from app.services.sending.files import BuiltBundle
from app.usecases.sync.export import (
    BuildBundle,
    ExportedBundle,
    ListPendingFiles,
    MarkCarried,
    PendingFiles,
    StoreBundle,
    build_bundle,
    list_pending_files,
    mark_carried,
    store_bundle,
)

_TURN_S = 0.0001
_MAX_ATTEMPTS = 5
"""Attempts before giving up because other programs store files at the same time."""


@contextmanager
def short_turns() -> Iterator[None]:
    """Let other threads run often while a file is built.

    A thread that needs the interpreter waits for a turn after each statement; the usual turn of 5 ms would make an
    intake beside an export ten times slower. The garbage collector halts every thread for up to 150 ms to look through
    the records, which have no cycles.
    """
    before, collects = sys.getswitchinterval(), gc.isenabled()
    sys.setswitchinterval(_TURN_S)
    gc.disable()
    try:
        yield
    finally:
        sys.setswitchinterval(before)
        if collects:
            gc.enable()


def make_bundle(office: Desk, again: int | None = None, at: datetime | None = None) -> ExportedBundle:
    """Build and store the next file, or return file `again` of this epoch.

    The caller writes its content and then calls `record_written`; until then the file counts as unwritten.

    Raises Refusal as `build_bundle` does, Fault `file_locked` if other programs keep storing files.
    """
    for _attempt in range(_MAX_ATTEMPTS):
        with short_turns():
            built: BuiltBundle = office.read(build_bundle, BuildBundle(again), at)
        if built.stored:
            return ExportedBundle(built.content, built.sequence, built.records, built.file_name, epoch=built.epoch)
        exported: ExportedBundle | None = office.write(store_bundle, StoreBundle(built), at)
        if exported is not None:
            return exported
    raise Fault("file_locked")


def record_written(office: Desk, bundle: ExportedBundle, at: datetime | None = None) -> None:
    """Record that a person has the file."""
    office.write(mark_carried, MarkCarried(bundle.epoch, bundle.sequence), at)


def export_bundle(office: Desk, again: int | None = None, at: datetime | None = None) -> ExportedBundle:
    """Return a file like `make_bundle`, for a caller that has it then.

    Raises as `make_bundle` does.
    """
    bundle = make_bundle(office, again, at)
    record_written(office, bundle, at)
    return bundle


def export_backlog(office: Desk) -> Iterator[ExportedBundle]:
    """Store waiting records in files, then yield every unanswered file.

    The caller calls `record_written` for each. Raises as `make_bundle` does.
    """
    pending: PendingFiles = office.read(list_pending_files, ListPendingFiles())
    while pending.unsent:
        make_bundle(office)
        pending = office.read(list_pending_files, ListPendingFiles())
    for sequence in pending.sequences:
        yield make_bundle(office, sequence)
