"""Changes of the key slots: key file and database in one act.

The order is: the use case runs and checks every right; the key file gets former and new slots; the database commits
with the new slots registered; the key file loses the former ones. After a crash the register decides, and the next
start drops what it does not know.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TypeVar

from app.keys.key_file import MAX_SLOTS_OF_ONE, RECOVERY, USER, VAULT, KeyFile, Slot
from app.keys.office_keys import OfficeKeys, is_pin, password_secret
from app.keys.recovery import new_recovery_key
from app.keys.slot_register import SlotRegister
from app.models.errors import Fault
from app.models.text import clean
from app.services.context import Context
from app.services.key_register import register_of, save_register
from app.storage.database import Database
from app.storage.error_mapping import map_errors_to_fault
from app.storage.uow import DeferredWriting, Reading, Writing, reading, writing_deferred
from app.usecases.office.office_proof import ReplaceSlots, finish_recovery_page

_Result = TypeVar("_Result")
Edit = Callable[[SlotRegister], SlotRegister]


def change_slots(database: Database, keys: OfficeKeys, act: Callable[[Writing], _Result], edit: Edit) -> _Result:
    """Run an act and change the key slots with it.

    Raises what the act raises; Fault `file_locked` while another program changes the keys, `keys_unfinished` if the
    act is done and only the former slots could not be removed from the key file.
    """
    with map_errors_to_fault(), keys.exclusive(), writing_deferred(database) as work:
        result = act(work)
        register = registered(work)
        edited = edit(register)
        if edited.slots == register.slots:
            work.finish()
            return result
        new = replace(edited, serial=register.serial + 1)
        _commit_with_both(work, keys, register, new)
        try:
            keys.write(new)
        except OSError as error:
            raise Fault("keys_unfinished") from error
    return result


def _commit_with_both(work: DeferredWriting, keys: OfficeKeys, register: SlotRegister, new: SlotRegister) -> None:
    former = tuple(slot for slot in register.slots if new.slot_with(slot.public) is None)
    try:
        keys.write(new, also=former)
        save_register(work, new)
        work.commit()
        work.finish()
    except BaseException:
        with suppress(OSError):  # the next start drops the unregistered slots
            keys.write(register)
        raise


def registered(work: Reading) -> SlotRegister:
    """Return the register of an office that is verified."""
    register = register_of(work)
    if register is None:
        raise Fault("keys_tampered")
    return register


def with_password(keys: OfficeKeys, name: str, password: str) -> Edit:
    """Return the edit that replaces a user's slots; no password removes them."""
    who = _tag(keys, name)

    def edit(register: SlotRegister) -> SlotRegister:
        new = keys.maker.password(name, password, bool(register.slots_of(VAULT)))
        return register.keeping(lambda slot: (slot.kind, slot.who) != (USER, who), new)

    return edit


def needs_slot(database: Database, keys: OfficeKeys, name: str, password: str) -> bool:
    """Return whether a user's slot is missing or has no proof.

    A PIN has no slot beside a vault.
    """
    with reading(database) as work:
        register = registered(work)
    slots = register.slots_of(USER, _tag(keys, name))
    if any(not slot.proof for slot in slots):
        return True
    return not slots and not (is_pin(password) and register.slots_of(VAULT))


def prove_password(keys: OfficeKeys, name: str, password: str) -> Edit:
    """Return the edit that proves a user's slots, or makes one.

    The password is that of a sign-in that has succeeded.
    """
    who = _tag(keys, name)

    def edit(register: SlotRegister) -> SlotRegister:
        slots = register.slots_of(USER, who)
        proved = keys.maker.proved(slots, lambda slot: password_secret(slot, password))
        fitting = tuple(slot for slot in proved if slot.proof)
        if not fitting:
            return with_password(keys, name, password)(register)
        return register.keeping(lambda slot: (slot.kind, slot.who) != (USER, who), fitting)

    return edit


def enrol_vault(database: Database, keys: OfficeKeys) -> bool:
    """Add a slot for the vault of this account.

    Slots of other vaults stay, because accounts that share a machine have a vault each. A lost one looks like
    them, so only the oldest make room. Return False without a vault.
    """
    with reading(database) as work:
        register = registered(work)
    if any(map(keys.vault_opens, register.slots_of(VAULT))):
        return True
    slots = keys.maker.vault(keys.vault)
    if slots:
        change_slots(database, keys, lambda work: work.commit(), partial(_with_vault, slots))
    return bool(slots)


def _with_vault(slots: tuple[Slot, ...], register: SlotRegister) -> SlotRegister:
    """Add slots of a vault; the oldest ones make room."""
    vaults = register.slots_of(VAULT)
    surplus = {slot.public for slot in vaults[: max(0, len(vaults) + len(slots) - MAX_SLOTS_OF_ONE)]}
    return register.keeping(lambda slot: slot.public not in surplus, slots)


def begin_recovery_key(database: Database, keys: OfficeKeys) -> tuple[str, Slot]:
    """Add a new recovery key beside the former one; return it and its slot."""
    recovery = new_recovery_key()
    slot = keys.maker.recovery(recovery)
    _keep_slots(database, keys, lambda _slot: True, (slot,))
    return recovery, slot


def finish_recovery_key(database: Database, keys: OfficeKeys, slot: Slot, context: Context) -> None:
    """Remove every other recovery key, once the page of the new one exists."""

    def act(work: Writing) -> None:
        finish_recovery_page(ReplaceSlots(registered(work)), context, work)

    def edit(register: SlotRegister) -> SlotRegister:
        return register.keeping(lambda other: other.kind != RECOVERY or other.public == slot.public)

    change_slots(database, keys, act, edit)


def abandon_recovery_key(database: Database, keys: OfficeKeys, slot: Slot) -> None:
    """Remove a new recovery key whose page was not made."""
    _keep_slots(database, keys, lambda other: other.public != slot.public)


def _keep_slots(database: Database, keys: OfficeKeys, keep: Callable[[Slot], bool], add: tuple[Slot, ...] = ()) -> None:
    change_slots(database, keys, lambda work: work.commit(), lambda register: register.keeping(keep, add))


def _tag(keys: OfficeKeys, name: str) -> str:
    return KeyFile(keys.opened.keys.id).name_tag(clean(name))
