"""Unlock the database of a folder.

Wrong passwords are counted in a file beside it.
"""

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.keys.credentials import UnlockCredentials
from app.keys.file_names import is_locked
from app.models.errors import Fault, Refusal
from app.storage import database as databases
from app.storage.error_mapping import map_errors_to_fault
from app.storage.locks import await_lock, hold_lock
from app.storage.uow import reading
from app.usecases.accounts.signin import GetLastSignInName, ListSignInNames, get_last_sign_in_name, list_sign_in_names

if TYPE_CHECKING:
    from app.keys.office_keys import OfficeKeys
    from app.office.session import OfficeSession


def reset_after_recovery(office: "OfficeSession", name: str, password: str) -> None:
    """Set a user's new password and enrol this machine's vault.

    The session was opened by the recovery key.

    Raises what `app.usecases.accounts.users.recover_user` raises.
    """
    from app.usecases.accounts.users import ResetUser, recover_user

    office.write_password(recover_user, ResetUser(name, (), password), name, password)
    office.enrol_vault()


def unlock_keys(folder: Path, credentials: UnlockCredentials, uptime: int) -> "OfficeKeys | None":
    """Return what `_unlock_keys` returns; try one password at a time.

    Several at once would otherwise all be tried before the first is counted.
    """
    if not (credentials.password and is_locked(folder)):
        return _unlock_keys(folder, credentials, uptime)
    with await_lock(folder / "tries.lock"):
        return _unlock_keys(folder, credentials, uptime)


def _unlock_keys(folder: Path, credentials: UnlockCredentials, uptime: int) -> "OfficeKeys | None":
    """Return the keys that open a folder's database; None if it is not locked.

    `uptime` is in seconds of the machine's running time.

    Raises what `app.keys.office_keys.unlock` raises, Refusal `sign_in_wait`, `sign_in_wrong_wait`.
    """
    file = folder / databases.FILE_NAME
    with map_errors_to_fault():
        if not file.is_file() or not file.stat().st_size:
            return None
        if not is_locked(folder):
            if databases.is_encrypted(file):
                raise Fault("keys_missing", folder=str(folder))
            return None
        from app.keys.failed_attempts import UnlockAttempts
        from app.keys.office_keys import OfficeKeys, unlock
        from app.keys.vault import Vault

        vault, tries = Vault(), UnlockAttempts(folder, credentials.name, uptime)
        tries.check_wait_over()
        try:
            opened = unlock(folder, credentials, partial(databases.key_fits, file), vault)
        except Refusal as refusal:
            if refusal.code == "keys_password_wrong":
                tries.record_failure()
            raise
        tries.clear()
    return OfficeKeys(folder, opened, vault, partial(hold_lock, folder / "keys.lock", "file_locked"))


def read_sign_in_names(folder: Path) -> tuple[tuple[str, ...], str]:
    """Return the names to choose from at sign-in, and the last one used.

    Both are empty unless the system's vault opens the database and proves it.
    """
    from app.keys.office_keys import unlock
    from app.keys.vault import Vault
    from app.office.verification import is_proved

    file = folder / databases.FILE_NAME
    try:
        opened = unlock(folder, UnlockCredentials(), partial(databases.key_fits, file), Vault())
        with closing(databases.open_database(file, opened.key)) as database, reading(database) as work:
            if not is_proved(database, opened):
                return (), ""
            names = list_sign_in_names(ListSignInNames(), None, work)
            return tuple(line.name for line in names), get_last_sign_in_name(GetLastSignInName(), None, work)
    except (Refusal, Fault):
        return (), ""
