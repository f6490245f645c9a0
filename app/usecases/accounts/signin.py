"""Signing in by password or PIN, and the word of a second person. A wrong try is on record, and kept, before the
refusal is said: neither a restart nor another window forgets it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.models.enums import AccessKind
from app.models.rights import rights_of
from app.models.signin import check_strength
from app.services.context import Context
from app.services.credentials import (
    Credentials,
    SignInResult,
    active_account,
    authenticate,
    hash_secret,
    may_vouch,
    verify_secret,
)
from app.services.permissions import ALL_RIGHTS, TRAINER, public, roles_of
from app.storage import user_accounts
from app.storage.uow import Reading, Writing

if TYPE_CHECKING:  # argon2 is read when a password is there to be checked: never in training
    pass


@dataclass(frozen=True)
class SignIn:
    """Somebody wants to work at this desk."""

    credentials: Credentials


@dataclass(frozen=True)
class ChangeOwnSecret:
    """The person at work wants another password or PIN, and proves by the `current_secret` one that he is the one."""

    current_secret: str = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True)
class ListSignInNames:
    """Who may sign in here?"""


@dataclass(frozen=True)
class SignInName:
    """A person who works here; `new` where the first sign-in still sets the password."""

    name: str
    new: bool


@dataclass(frozen=True)
class GetLastSignInName:
    """Who signed in last at this desk's window?"""


@dataclass(frozen=True)
class ListApprovers:
    """Who may be the second person of an act that two answer for?"""


@dataclass(frozen=True)
class Approvers:
    """Whether a second person is `wanted` here, whether he proves himself by a `secret`, and who may be he, by name."""

    wanted: bool
    secret: bool
    names: tuple[str, ...]


@public("the list above the password field; names of colleagues, nothing else")
def list_sign_in_names(query: ListSignInNames, context: Context | None, work: Reading) -> tuple[SignInName, ...]:
    """Everybody who may sign in, by name."""
    return tuple(SignInName(row.name, row.secret is None) for row in user_accounts.accounts(work) if row.active)


@public("the name that already stands above the password field")
def get_last_sign_in_name(query: GetLastSignInName, context: Context | None, work: Reading) -> str:
    """The name of who signed in last at the window and still works here; empty for none. It lies nowhere but in the
    encrypted database."""
    last = user_accounts.last_signed_in(work, "window")
    account = None if last is None else user_accounts.account(work, last)
    return str(account.name) if account is not None and account.active else ""


@public("the list above the second person's password; names of colleagues, nothing else")
def list_approvers(query: ListApprovers, context: Context, work: Reading) -> Approvers:
    """Who may be the second person of the one at work, and whether a second is wanted at all."""
    alone = context.training and user_accounts.account(work, context.actor) is None
    others = (row for row in user_accounts.accounts(work) if row.active and row.name != context.actor)
    may = tuple(row.name for row in others if may_vouch(row) and (row.secret is not None or context.training))
    return Approvers(not alone, not context.training, may)


@public("told to the window of a training office, and to a test")
def get_rights(query: None, context: Context, work: Reading) -> SignInResult:
    """The roles and rights of the person at work, without any proof that he is the one."""
    row = None if context.actor == TRAINER else user_accounts.account_roles(work, context.actor)
    if row is None:
        return SignInResult(context.actor, (), ALL_RIGHTS if context.training else frozenset())
    roles = roles_of(row)
    return SignInResult(context.actor, roles, rights_of(roles))


@public("it is what gives rights")
def sign_in(command: SignIn, context: Context, work: Writing) -> SignInResult:
    """Prove who somebody is. Where the account has no password yet, the one typed becomes it.

    Raises Refusal `user_unknown`, `user_disabled`, `secret_missing`, `secret_unset`, `sign_in_wait`, `sign_in_wrong`,
    `sign_in_wrong_wait`, `claim_over`, or what is too weak about a first password.
    """
    return authenticate(command.credentials, context, work)


@public("everybody's own, proved by the former one")
def change_own_secret(command: ChangeOwnSecret, context: Context, work: Writing) -> str:
    """Another password or PIN for the person at work; his name.

    Raises Refusal as `sign_in` does, or what is too weak about the new one.
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
