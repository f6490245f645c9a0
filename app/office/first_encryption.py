"""Encryption of a real office of a release that had none."""

from contextlib import closing

from app.disk import discard_file
from app.models.errors import Refusal
from app.models.instants import local
from app.office.installation import Installation, install
from app.office.open_request import OpenRequest
from app.office.restored_keys import first_keys
from app.services.context import Context
from app.services.credentials import Credentials
from app.storage import database as databases
from app.storage.error_mapping import map_errors_to_fault
from app.storage.files.database_files import export_encrypted, finish_database
from app.storage.locks import hold_lock
from app.storage.rollback_guard import forget_other_office
from app.storage.uow import writing
from app.usecases.office.office_proof import ApproveUnproved, SealOffice, approve_unproved, seal_office


def encrypt_office(request: OpenRequest, context: Context) -> tuple[str, str]:
    """Encrypt a real office of a release before encryption, once.

    Returns the two people who accepted it. The database that is not encrypted is removed.

    Raises Refusal `office_unencrypted` without a second person, or like `approve_unproved`.
    """
    if request.second is None:
        raise Refusal("office_unencrypted", "second")
    with closing(databases.open_database(request.file)) as database, writing(database) as work:
        first = Credentials(request.credentials.name, request.credentials.password)
        approved_by = approve_unproved(ApproveUnproved(first, request.second, False), context, work)
    first_of_office = first_keys(request.credentials, request.second)
    key, keys = first_of_office.key, first_of_office.keys
    encrypted = request.folder / "motcua.encrypted.db"
    with map_errors_to_fault(), hold_lock(request.folder / "keys.lock", "file_locked"):
        discard_file(encrypted)
        try:
            export_encrypted(request.file, encrypted, key)
            with closing(databases.open_database(encrypted, key)) as database, writing(database) as work:
                seal_office(SealOffice(keys.identity, first_of_office.register, approved_by), context, work)
            finish_database(encrypted, key)
            forget_other_office(request.file, keys.identity.seed)
            stamp = f"truoc-ma-hoa-{local(request.now):%Y%m%d-%H%M%S}"
            install(request.folder, Installation(encrypted, stamp, keys.file.to_bytes(), discard=True))
        finally:
            discard_file(encrypted)
    return approved_by
