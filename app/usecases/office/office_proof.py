"""Proof that a database and its key file belong to the office.

An office of a release before the proofs is accepted once, by two people, and gets its identity then.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from app.keys.identity import OfficeIdentity
from app.keys.key_file import Slot
from app.keys.slot_register import SlotRegister
from app.models.enums import AccessKind
from app.models.errors import Refusal
from app.models.text import clean
from app.services.actor import is_training
from app.services.context import Context
from app.services.credentials import Credentials, authenticate, second_approval
from app.services.key_register import (
    RECOVERY_PAGE_DUE,
    has_account,
    identity_of,
    is_recovery_page_due,
    key_settings,
    register_of,
    save_register,
)
from app.services.permissions import RECOVERY_KEY_ACTOR, public
from app.storage import office_settings, user_accounts
from app.storage.uow import Reading, Writing


@dataclass(frozen=True)
class GetOfficeProof:
    """Query: identity and key slots of the database.

    `name` is the user whose password opened it, empty for a vault or a recovery key.
    """

    name: str = ""


@dataclass(frozen=True)
class OfficeProof:
    """Identity and key slots of the office.

    `has_password` is whether the user of the query has one. `unregistered` are registered slots without an active user
    who has a password.
    """

    training: bool
    identity: OfficeIdentity | None
    register: SlotRegister | None
    has_password: bool
    recovery_page_due: bool
    unregistered: tuple[Slot, ...] = ()


@dataclass(frozen=True)
class ApproveUnproved:
    """Command: two people accept an office that cannot prove itself.

    `recovery`: the recovery key takes the place of the first person.
    """

    first: Credentials
    second: Credentials | None
    recovery: bool


@dataclass(frozen=True)
class SealOffice:
    """Command: give the office an identity, and register its key slots.

    Slots without an active user who has a password are left out. `approved_by` are the people who accept the office as
    it is.
    """

    identity: OfficeIdentity = field(repr=False)
    register: SlotRegister
    approved_by: tuple[str, str]


@dataclass(frozen=True)
class ReplaceSlots:
    """Command: register other key slots; `about` goes into the access log."""

    register: SlotRegister
    about: str = ""


@public("the office is not open yet; nothing of it is shown")
def get_office_proof(query: GetOfficeProof, context: object, work: Reading) -> OfficeProof:
    """Return identity and key slots of the database."""
    register, account = register_of(work), user_accounts.account(work, clean(query.name)) if query.name else None
    has_user: Callable[[Slot], bool] = (lambda slot: True) if register is None else has_account(register.id, work)
    return OfficeProof(
        training=is_training(work),
        identity=identity_of(work),
        register=register,
        has_password=account is not None and account.secret is not None,
        recovery_page_due=is_recovery_page_due(work),
        unregistered=() if register is None else tuple(slot for slot in register.slots if not has_user(slot)),
    )


@public("it authenticates the two people before anyone has signed in")
def approve_unproved(command: ApproveUnproved, context: Context, work: Writing) -> tuple[str, str]:
    """Authenticate the two people who accept the office; return their names.

    Both need a password of their own in the database.
    Raises Refusal `account_without_secret`, or like `authenticate` and `second_approval`.
    """
    if command.recovery:
        first = RECOVERY_KEY_ACTOR
    else:
        account = user_accounts.account(work, clean(command.first.name))
        if account is not None and account.secret is None:
            raise Refusal("account_without_secret", "user", name=account.name)
        first = authenticate(command.first, context, work).name
    return first, second_approval(command.second, replace(context, actor=first), work) or ""


@public("`approve_unproved` has authenticated the two people")
def seal_office(command: SealOffice, context: Context, work: Writing) -> SlotRegister:
    """Record the identity and the slots, and demand a new recovery page."""
    register = command.register.keeping(has_account(command.register.id, work))
    office_settings.save_settings(work, {**key_settings(command.identity, register), RECOVERY_PAGE_DUE: True})
    first, second = command.approved_by
    user_accounts.record_access(work, context.now, first, context.place, AccessKind.OFFICE_SEALED, about=second)
    work.commit()
    return register


@public("the caller changes the key file after checking the right")
def replace_slots(command: ReplaceSlots, context: Context, work: Writing) -> None:
    """Register other key slots."""
    save_register(work, command.register)
    if command.about:
        user_accounts.record_access(
            work, context.now, context.actor, context.place, AccessKind.KEYS_REPAIRED, about=command.about
        )
    work.commit()


@public("approved by two people, or by one and the recovery key, when the page was begun")
def finish_recovery_page(command: ReplaceSlots, context: Context, work: Writing) -> None:
    """Register the slots without the former recovery key."""
    save_register(work, command.register)
    office_settings.save_settings(work, {RECOVERY_PAGE_DUE: False})
    work.commit()
