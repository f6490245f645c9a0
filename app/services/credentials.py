"""Passwords, PINs and the approval of a second person."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from app.models.enums import AccessKind, Right, Role
from app.models.errors import Refusal
from app.models.rights import rights_of
from app.models.signin import FailedAttempts, after_failure, after_wait, check_strength
from app.models.text import clean
from app.services.context import Context
from app.services.permissions import roles_of
from app.storage import user_accounts
from app.storage.rows import AccountRow
from app.storage.uow import Reading, Writing

if TYPE_CHECKING:  # argon2 is imported on use, because training offices never need it
    from app.services.passwords import Passwords


FIRST_SIGN_IN_PERIOD = timedelta(hours=24)
"""Time for the first sign-in of a new account, which sets its password."""


@dataclass(frozen=True)
class Credentials:
    """A name and the password or PIN typed for it."""

    name: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class SignInResult:
    """The signed-in user; `first` if this sign-in set the password."""

    name: str
    roles: tuple[Role, ...]
    rights: frozenset[Right]
    first: bool = False


def authenticate(credentials: Credentials, context: Context, work: Writing) -> SignInResult:
    """Sign a user in and commit.

    The first password typed for a new account becomes its password.

    Raises Refusal `user_unknown`, `user_disabled`, `secret_missing`, `secret_unset`, `sign_in_wait`, `sign_in_wrong`,
    `sign_in_wrong_wait`, `claim_over`, or what `check_strength` raises for a first password.
    """
    account = active_account(credentials.name, "user", work)
    first = verify_secret(account, credentials.secret, context, work)
    user_accounts.record_access(work, context.now, account.name, context.place, AccessKind.SIGNED_IN)
    work.commit()
    roles = roles_of(account)
    return SignInResult(account.name, roles, rights_of(roles), first)


def second_approval(second: Credentials | None, context: Context, work: Writing) -> str | None:
    """Authenticate the second person; return the name.

    In a training office a name is enough, and an actor without an account needs no second person. The result is then
    the typed name or None.

    Raises Refusal `second_missing`, `second_person_same`, `second_not_allowed`, `second_new` (never signed in), or what
    `authenticate` raises.
    """
    if context.training and user_accounts.account(work, context.actor) is None:
        return None if second is None else clean(second.name)
    if second is None or not clean(second.name):
        raise Refusal("second_missing", "second")
    account = active_account(second.name, "second", work)
    if account.name == context.actor:
        raise Refusal("second_person_same", "second")
    if not may_vouch(account):
        raise Refusal("second_not_allowed", "second", name=account.name)
    if not context.training:
        if account.secret is None:
            raise Refusal("second_new", "second", name=account.name)
        verify_secret(account, second.secret, context, work)
    return str(account.name)


def may_vouch(account: AccountRow) -> bool:
    """Return whether the account may approve an act that needs two people."""
    return Right.VOUCH in rights_of(roles_of(account))


def active_account(name: str, field_name: str, work: Reading) -> AccountRow:
    """Return the account of an active user.

    Raises Refusal `user_unknown`, `user_disabled`.
    """
    account = user_accounts.account(work, clean(name))
    if account is None:
        raise Refusal("user_unknown", field_name, name=name[:60])
    if not account.active:
        raise Refusal("user_disabled", field_name, name=account.name)
    return account


def verify_secret(account: AccountRow, secret: str, context: Context, work: Writing) -> bool:
    """Verify a password or PIN; return whether it was set by this first use.

    Raises Refusal as `authenticate` does.
    """
    if not secret:
        raise Refusal("secret_unset" if account.secret is None else "secret_missing", "secret", name=account.name)
    tries = after_wait(FailedAttempts(account.failed, account.owed, account.tried_at), context.uptime)
    if tries.remaining_wait:
        _save_tries(work, account.name, tries)
        work.commit()
        raise Refusal("sign_in_wait", "secret", wait=tries.remaining_wait, name=account.name)
    if account.secret is None:
        _set_first_secret(account, secret, context, work)
        return True
    if not _passwords().match(account.secret, secret):
        _refuse_wrong(account, after_failure(tries, context.uptime), context, work)
    if tries.failed:
        _save_tries(work, account.name, FailedAttempts())
    return False


def check_secret(account: AccountRow, secret: str, context: Context) -> None:
    """Check a password or PIN without recording the attempt.

    Raises Refusal `secret_missing`, `secret_unset`, `sign_in_wait`, `sign_in_wrong`.
    """
    if not secret or account.secret is None:
        raise Refusal("secret_unset" if account.secret is None else "secret_missing", "secret", name=account.name)
    tries = after_wait(FailedAttempts(account.failed, account.owed, account.tried_at), context.uptime)
    if tries.remaining_wait:
        raise Refusal("sign_in_wait", "secret", wait=tries.remaining_wait, name=account.name)
    if not _passwords().match(account.secret, secret):
        raise Refusal("sign_in_wrong", "secret", name=account.name)


def _refuse_wrong(account: AccountRow, tries: FailedAttempts, context: Context, work: Writing) -> None:
    _save_tries(work, account.name, tries)
    actor = context.actor or account.name
    user_accounts.record_access(work, context.now, actor, context.place, AccessKind.WRONG_SECRET, about=account.name)
    work.commit()
    if tries.remaining_wait:
        raise Refusal("sign_in_wrong_wait", "secret", wait=tries.remaining_wait, name=account.name)
    raise Refusal("sign_in_wrong", "secret", name=account.name)


def _set_first_secret(account: AccountRow, secret: str, context: Context, work: Writing) -> None:
    if account.claim_until is not None and context.now > account.claim_until:
        raise Refusal("claim_over", "secret", name=account.name)
    check_strength(secret, account.name)
    user_accounts.change_account(work, account.name, {"secret": hash_secret(secret), "claim_until": None})
    user_accounts.record_access(
        work, context.now, account.name, context.place, AccessKind.SECRET_SET, about=account.name
    )


def hash_secret(secret: str, hash_cost: tuple[int, int] | None = None) -> str:
    """Return the argon2id hash of a password.

    `hash_cost` in KiB and passes replaces the usual cost.
    """
    return _passwords(*hash_cost or ()).digest(secret)


def _save_tries(work: Writing, name: str, tries: FailedAttempts) -> None:
    user_accounts.change_account(
        work, name, {"failed": tries.failed, "owed": tries.remaining_wait, "tried_at": tries.measured_at}
    )


@cache
def _passwords(*hash_cost: int) -> "Passwords":
    from app.services.passwords import Passwords

    return Passwords(*hash_cost)
