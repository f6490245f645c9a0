"""Open an office: finish interrupted acts, unlock, verify."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.disk import write_file
from app.models.errors import Message
from app.office.installation import finish_interrupted
from app.office.open_request import OpenRequest
from app.office.unlock import unlock_keys
from app.services.actor import is_training
from app.services.context import Context
from app.services.office_file import office_of_file
from app.settings import FILE_NAME as OFFICE_FILE
from app.settings import Office
from app.storage import database as databases
from app.storage.error_mapping import map_errors_to_fault
from app.storage.uow import reading, writing
from app.usecases.office.pending_office_file import finish_succession, pending_office_file

if TYPE_CHECKING:
    from app.keys.office_keys import OfficeKeys


class OpenedOffice(NamedTuple):
    """A verified office: database, keys, office file and notes for the user.

    `keys` is None in a training office.
    """

    database: databases.Database
    keys: "OfficeKeys | None"
    office: Office
    training: bool
    notes: tuple[Message, ...]


def open_verified(request: OpenRequest, refuse_real: Callable[[], None]) -> OpenedOffice:
    """Open the office of a folder.

    `refuse_real` raises where the caller accepts a training office only.

    Raises what `unlock_keys`, `open_database`, `office_of_file` and `verify_office` raise; Refusal
    `office_unencrypted` for a real office that is not encrypted, unless two people accept it.
    """
    finish_interrupted(request.folder)
    keys = unlock_keys(request.folder, request.credentials, request.uptime)
    database = databases.open_database(request.file, None if keys is None else keys.key)
    try:
        _finish_succession(request.folder, database)
        office = office_of_file(request.folder / OFFICE_FILE)
        with reading(database) as work:
            training = is_training(work)
        if training and keys is None:
            return OpenedOffice(database, None, office, True, ())
        refuse_real()
        context = Context(request.now, "", office, False, uptime=request.uptime, place=request.place)
        if keys is not None:
            return OpenedOffice(database, keys, office, False, _verify(database, keys, request, context))
    except BaseException:
        database.close()
        raise
    database.close()
    from app.office.first_encryption import encrypt_office  # once in the life of an old office

    first, second = encrypt_office(request, context)
    opened = open_verified(request, refuse_real)
    accepted = Message("office_accepted", {"first": first, "second": second})
    return opened._replace(notes=(accepted, *opened.notes))


def _verify(
    database: databases.Database, keys: "OfficeKeys", request: OpenRequest, context: Context
) -> tuple[Message, ...]:
    from app.office.verification import Opening, verify_office

    return verify_office(database, keys, Opening(request.credentials, context, request.second))


def _finish_succession(folder: Path, database: databases.Database) -> None:
    """Write the office file of a succession that was interrupted."""
    with reading(database) as work:
        text = pending_office_file(work)
    if text is None:
        return
    file = folder / OFFICE_FILE
    with map_errors_to_fault():
        if not file.is_file() or file.read_bytes() != text.encode():
            write_file(file, text.encode())
    with writing(database) as work:
        finish_succession(None, None, work)
