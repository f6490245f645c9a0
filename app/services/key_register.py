"""Identity of the office and its key slots, as its database keeps them."""

from collections.abc import Callable, Mapping
from typing import Any

from app.keys.identity import OfficeIdentity
from app.keys.key_file import USER, KeyFile, Slot
from app.keys.slot_register import SlotRegister
from app.models.text import clean
from app.storage import office_settings, user_accounts
from app.storage.uow import Reading, Writing

OFFICE_KEY, KEY_SLOTS, RECOVERY_PAGE_DUE = "office_key", "key_slots", "recovery_page_due"


def identity_of(work: Reading) -> OfficeIdentity | None:
    """Return the identity, or None in an office of an earlier release."""
    stored = office_settings.setting(work, OFFICE_KEY)
    return None if stored is None else OfficeIdentity(bytes.fromhex(stored))


def register_of(work: Reading) -> SlotRegister | None:
    """Return the register of key slots, or None."""
    stored = office_settings.setting(work, KEY_SLOTS)
    return None if stored is None else SlotRegister.from_json(stored)


def key_settings(identity: OfficeIdentity, register: SlotRegister) -> Mapping[str, Any]:
    """Return the settings of a new identity and its slots."""
    return {OFFICE_KEY: identity.seed.hex(), KEY_SLOTS: register.to_json()}


def save_register(work: Writing, register: SlotRegister) -> None:
    """Record the key slots."""
    office_settings.save_settings(work, {KEY_SLOTS: register.to_json()})


def is_recovery_page_due(work: Reading) -> bool:
    """Return whether a new recovery page is still to be made."""
    return bool(office_settings.setting(work, RECOVERY_PAGE_DUE))


def has_account(register_id: str, work: Reading) -> Callable[[Slot], bool]:
    """Return whether a password slot is of an active user with a password.

    Slots of other kinds have no user.
    """
    accounts = user_accounts.accounts(work)
    tags = {KeyFile(register_id).name_tag(clean(row.name)) for row in accounts if row.active and row.secret is not None}
    return lambda slot: slot.kind != USER or slot.who in tags
