"""User accounts of an office and their roles."""

from dataclasses import dataclass, field
from typing import Any

from app.models.enums import AccessKind, Right, Role
from app.models.errors import Refusal
from app.models.signin import check_strength
from app.models.text import clean, visible_text
from app.services.actor import MAX_NAME_LENGTH
from app.services.context import Context
from app.services.credentials import FIRST_SIGN_IN_PERIOD, hash_secret
from app.services.permissions import RECOVERY_KEY_ACTOR, TRAINER, public, requires, roles_of
from app.storage import user_accounts
from app.storage.rows import AccountRow
from app.storage.uow import Reading, Writing

_NO_FAILED_ATTEMPTS: dict[str, Any] = {"failed": 0, "owed": 0, "tried_at": 0}


@dataclass(frozen=True)
class ListUsers:
    """Query: all users, active or not."""


@dataclass(frozen=True)
class AddUser:
    """Command: add a user with a main role and further roles in `also`.

    Without a `secret` the first sign-in, within one day, sets the password.
    """

    name: str
    role: Role
    also: tuple[Role, ...] = ()
    secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class DisableUser:
    """Command: disable a user; their past entries keep their name."""

    name: str


@dataclass(frozen=True)
class ResetUser:
    """Command: reset a user who forgot the password or is locked out.

    With empty `roles` the roles stay as they are.
    """

    name: str
    roles: tuple[Role, ...] = ()
    secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class ChangeRoles:
    """Command: change a user's roles, the main one first; the password stays."""

    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class UserLine:
    """One user: the main role, further roles, and whether a password is set."""

    name: str
    role: Role
    active: bool
    also: tuple[Role, ...] = field(default=(), metadata={"in_json": False})
    has_secret: bool = field(default=True, metadata={"in_json": False})


@requires(Right.SEE_USERS)
def list_users(query: ListUsers, context: Context, work: Reading) -> tuple[UserLine, ...]:
    """Return all users of the office, by name."""
    return _all_users(work)


@requires(Right.EDIT_USERS)
def add_user(command: AddUser, context: Context, work: Writing) -> tuple[UserLine, ...]:
    """Add a user.

    Raises Refusal `user_name_missing`, `user_exists`, or like `check_strength`.
    """
    name = visible_text(command.name, "name")
    if not any(character.isalpha() for character in name) or len(name) > MAX_NAME_LENGTH:
        raise Refusal("user_name_missing", "name")
    if name == TRAINER or any(name.casefold() == row.name.casefold() for row in user_accounts.accounts(work)):
        raise Refusal("user_exists", "name", name=name)
    roles = (command.role, *command.also)
    user_accounts.add_account(
        work, {"name": name, "active": True, **_columns(roles), **_secret(command.secret, name, context)}
    )
    return _record_change(name, context, work)


@requires(Right.EDIT_USERS)
def disable_user(command: DisableUser, context: Context, work: Writing) -> tuple[UserLine, ...]:
    """Disable a user.

    Raises Refusal `user_unknown`, `user_last` for the last administrator.
    """
    account = _account(command.name, work)
    _refuse_last_administrator(account.name, work)
    user_accounts.change_account(work, account.name, {"active": False})
    return _record_change(account.name, context, work)


@requires(Right.EDIT_USERS)
def reset_user(command: ResetUser, context: Context, work: Writing) -> tuple[UserLine, ...]:
    """Activate a user with a new password and no sign-in delay.

    If `roles` are given they replace the user's roles.
    Without a `secret` the next sign-in, within one day, sets the password.
    Raises Refusal `user_unknown`, `user_last`, or like `check_strength`.
    """
    account = _account(command.name, work)
    if command.roles and Role.ADMINISTRATOR not in command.roles:
        _refuse_last_administrator(account.name, work)
    roles = _columns(command.roles) if command.roles else {}
    values = {"active": True, **_NO_FAILED_ATTEMPTS, **roles, **_secret(command.secret, account.name, context)}
    user_accounts.change_account(work, account.name, values)
    return _record_change(account.name, context, work)


@public("the recovery key, which opened the database, grants full control of the office")
def recover_user(command: ResetUser, context: Context, work: Writing) -> tuple[UserLine, ...]:
    """Set a new password after the office was opened with its recovery key.

    The roles stay.
    Raises Refusal `user_unknown`, or like `check_strength`.
    """
    account = _account(command.name, work)
    user_accounts.change_account(
        work, account.name, {**_NO_FAILED_ATTEMPTS, **_secret(command.secret, account.name, context)}
    )
    user_accounts.record_access(
        work, context.now, RECOVERY_KEY_ACTOR, context.place, AccessKind.RECOVERED, about=account.name
    )
    work.commit()
    return _all_users(work)


@requires(Right.EDIT_USERS)
def change_roles(command: ChangeRoles, context: Context, work: Writing) -> tuple[UserLine, ...]:
    """Change the roles of a user.

    Raises Refusal `user_unknown`, `user_last`.
    """
    account = _account(command.name, work)
    if Role.ADMINISTRATOR not in command.roles:
        _refuse_last_administrator(account.name, work)
    user_accounts.change_account(work, account.name, _columns(command.roles))
    return _record_change(account.name, context, work)


def _account(name: str, work: Reading) -> AccountRow:
    account = user_accounts.account(work, clean(name))
    if account is None:
        raise Refusal("user_unknown", "name", name=name[:60])
    return account


def _refuse_last_administrator(but: str, work: Reading) -> None:
    """Refuse to remove the last user who can manage accounts."""
    others = (row for row in user_accounts.accounts(work) if row.active and row.name != but)
    if not any(Role.ADMINISTRATOR in roles_of(row) for row in others):
        raise Refusal("user_last", "name", name=but)


def _columns(roles: tuple[Role, ...]) -> dict[str, Any]:
    main, *also = dict.fromkeys(roles)
    return {"role": main, "also": " ".join(also)}


def _secret(secret: str, name: str, context: Context) -> dict[str, Any]:
    if not secret:
        return {"secret": None, "claim_until": context.now + FIRST_SIGN_IN_PERIOD}
    check_strength(secret, name)
    return {"secret": hash_secret(secret), "claim_until": None}


def _record_change(name: str, context: Context, work: Writing) -> tuple[UserLine, ...]:
    user_accounts.record_access(work, context.now, context.actor, context.place, AccessKind.PEOPLE_CHANGED, about=name)
    work.commit()
    return _all_users(work)


def _all_users(work: Reading) -> tuple[UserLine, ...]:
    return tuple(_line(row) for row in user_accounts.accounts(work))


def _line(row: AccountRow) -> UserLine:
    main, *also = roles_of(row)
    return UserLine(row.name, main, row.active, tuple(also), row.secret is not None)
