"""Sign-in with a password or PIN, and the choice of a second person.

A failed attempt is committed before the refusal is raised, so that neither a restart nor another window loses it.
"""

from dataclasses import dataclass, field

from app.models.enums import AccessKind
from app.models.rights import rights_of
from app.models.signin import check_strength
from app.services.context import Context
from app.services.credentials import (
    Credentials,
    SignInResult,
    active_account,
    authenticate,
    check_secret,
    hash_secret,
    may_vouch,
    verify_secret,
)
from app.services.permissions import ALL_RIGHTS, TRAINER, public, roles_of
from app.storage import user_accounts
from app.storage.uow import Reading, Writing


@dataclass(frozen=True)
class SignIn:
    """Command: sign in at this desk."""

    credentials: Credentials


@dataclass(frozen=True)
class ChangeOwnSecret:
    """Command: set a new secret; `current_secret` proves the user's identity."""

    current_secret: str = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True)
class ListSignInNames:
    """Query: the users who may sign in."""


@dataclass(frozen=True)
class SignInName:
    """An active user; `new` if the first sign-in has yet to set the password."""

    name: str
    new: bool


@dataclass(frozen=True)
class GetLastSignInName:
    """Query: the user who last signed in at the window."""


@dataclass(frozen=True)
class ListApprovers:
    """Query: the users who may be the second person of an action."""


@dataclass(frozen=True)
class Approvers:
    """Whether a second person and their `secret` are required; their names."""

    required: bool
    secret: bool
    names: tuple[str, ...]


@public("the list above the password field shows only names of colleagues")
def list_sign_in_names(query: ListSignInNames, context: Context | None, work: Reading) -> tuple[SignInName, ...]:
    """Return the users who may sign in, by name."""
    return tuple(SignInName(row.name, row.secret is None) for row in user_accounts.accounts(work) if row.active)


@public("the preselected name above the password field")
def get_last_sign_in_name(query: GetLastSignInName, context: Context | None, work: Reading) -> str:
    """Return the name of the window's last user, if still active, else "".

    The name is stored only in the encrypted database.
    """
    last = user_accounts.last_signed_in(work, "window")
    account = None if last is None else user_accounts.account(work, last)
    return str(account.name) if account is not None and account.active else ""


@public("the list above the second person's password shows only names of colleagues")
def list_approvers(query: ListApprovers, context: Context, work: Reading) -> Approvers:
    """Return who may be the user's second person, and whether one is required."""
    alone = context.training and user_accounts.account(work, context.actor) is None
    others = (row for row in user_accounts.accounts(work) if row.active and row.name != context.actor)
    may = tuple(row.name for row in others if may_vouch(row) and (row.secret is not None or context.training))
    return Approvers(required=not alone, secret=not context.training, names=may)


@public("used by the window of a training office and by tests")
def get_rights(query: None, context: Context, work: Reading) -> SignInResult:
    """Return the roles and rights of the user, without authentication."""
    row = None if context.actor == TRAINER else user_accounts.account_roles(work, context.actor)
    if row is None:
        return SignInResult(context.actor, (), ALL_RIGHTS if context.training else frozenset())
    roles = roles_of(row)
    return SignInResult(context.actor, roles, rights_of(roles))


@public("sign-in is what grants rights")
def sign_in(command: SignIn, context: Context, work: Writing) -> SignInResult:
    """Authenticate a user.

    An account without a password takes the typed one as its first.
    Raises Refusal `user_unknown`, `user_disabled`, `secret_missing`, `secret_unset`, `sign_in_wait`, `sign_in_wrong`,
    `sign_in_wrong_wait`, `claim_over`, or like `check_strength` for a first password.
    """
    return authenticate(command.credentials, context, work)


@public("sign-in is what grants rights")
def sign_in_unrecorded(command: SignIn, context: Context, work: Reading) -> SignInResult:
    """Authenticate a user where a full disk can record nothing.

    A first password cannot be set, and a failed attempt is not counted.
    Raises Refusal `user_unknown`, `user_disabled`, `secret_missing`, `secret_unset`, `sign_in_wait`, `sign_in_wrong`.
    """
    account = active_account(command.credentials.name, "user", work)
    check_secret(account, command.credentials.secret, context)
    roles = roles_of(account)
    return SignInResult(account.name, roles, rights_of(roles))


@public("the user's own secret, proved by the current one")
def change_own_secret(command: ChangeOwnSecret, context: Context, work: Writing) -> str:
    """Set a new password or PIN for the user; return their name.

    Raises Refusal like `sign_in`, or like `check_strength` for the new secret.
    """
    account = active_account(context.actor, "user", work)
    check_strength(command.new, account.name)
    if not context.training:
        verify_secret(account, command.current_secret, context, work)
    user_accounts.change_account(work, account.name, {"secret": hash_secret(command.new), "claim_until": None})
    user_accounts.record_access(
        work, context.now, account.name, context.place, AccessKind.SECRET_SET, about=account.name
    )
    work.commit()
    return str(account.name)
