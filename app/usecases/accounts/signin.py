"""Signing in by password or PIN, and the word of a second person. A wrong try is on record, and kept, before the
refusal is said: neither a restart nor another window forgets it."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from app.models.rights import rights_of
from app.models.signin import Tries, failed_again, refuse_weak, waited
from app.models.values import Accessed, Refusal, Right, Role, clean
from app.services.context import Context
from app.services.permissions import ALL, TRAINER, roles_of, unguarded
from app.storage import people
from app.storage.uow import Reading, Writing

if TYPE_CHECKING:  # argon2 is read when a password is there to be checked: never in training
    from app.services.passwords import Passwords

CLAIM = timedelta(hours=24)
"""How long a new account waits for its person's first sign-in, which sets the password."""


@dataclass(frozen=True)
class Credentials:
    """A name and the password or PIN typed for it."""

    name: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class SignIn:
    """Somebody wants to work at this desk."""

    who: Credentials


@dataclass(frozen=True)
class ChangeOwnSecret:
    """The person at work wants another password or PIN, and proves by the `former` one that he is the one."""

    former: str = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True)
class SignedIn:
    """The person now at work, with his roles and rights; `first` where this sign-in set the password."""

    name: str
    roles: tuple[Role, ...]
    rights: frozenset[Right]
    first: bool = False


@dataclass(frozen=True)
class AskNames:
    """Who may sign in here?"""


@dataclass(frozen=True)
class Name:
    """A person who works here; `new` where the first sign-in still sets the password."""

    name: str
    new: bool


@dataclass(frozen=True)
class AskLastName:
    """Who signed in last at this desk's window?"""


@dataclass(frozen=True)
class AskVouchers:
    """Who may be the second person of an act that two answer for?"""


@dataclass(frozen=True)
class Vouchers:
    """Whether a second person is `wanted` here, whether he proves himself by a `secret`, and who may be he, by name."""

    wanted: bool
    secret: bool
    names: tuple[str, ...]


@unguarded("the list above the password field; names of colleagues, nothing else")
def ask_names(query: AskNames, context: Context | None, work: Reading) -> tuple[Name, ...]:
    """Everybody who may sign in, by name."""
    return tuple(Name(row.name, row.secret is None) for row in people.accounts(work) if row.active)


@unguarded("the name that already stands above the password field")
def ask_last_name(query: AskLastName, context: Context | None, work: Reading) -> str:
    """The name of who signed in last at the window and still works here; empty for none. It lies nowhere but in the
    encrypted database."""
    last = people.last_signed_in(work, "window")
    account = None if last is None else people.account(work, last)
    return str(account.name) if account is not None and account.active else ""


@unguarded("the list above the second person's password; names of colleagues, nothing else")
def ask_vouchers(query: AskVouchers, context: Context, work: Reading) -> Vouchers:
    """Who may be the second person of the one at work, and whether a second is wanted at all."""
    alone = context.training and people.account(work, context.actor) is None
    others = (row for row in people.accounts(work) if row.active and row.name != context.actor)
    may = tuple(row.name for row in others if _may_vouch(row) and (row.secret is not None or context.training))
    return Vouchers(not alone, not context.training, may)


@unguarded("told to the window of a training office, and to a test")
def ask_rights(query: None, context: Context, work: Reading) -> SignedIn:
    """The roles and rights of the person at work, without any proof that he is the one."""
    row = None if context.actor == TRAINER else people.roles_row(work, context.actor)
    if row is None:
        return SignedIn(context.actor, (), ALL if context.training else frozenset())
    roles = roles_of(row)
    return SignedIn(context.actor, roles, rights_of(roles))


@unguarded("it is what gives rights")
def sign_in(command: SignIn, context: Context, work: Writing) -> SignedIn:
    """Prove who somebody is. Where the account has no password yet, the one typed becomes it.

    Raises Refusal `user_unknown`, `user_disabled`, `secret_missing`, `secret_unset`, `sign_in_wait`, `sign_in_wrong`,
    `sign_in_wrong_wait`, `claim_over`, or what is too weak about a first password.
    """
    account = _account(command.who.name, "user", work)
    first = _proved(account, command.who.secret, context, work)
    people.note_access(work, context.now, account.name, context.place, Accessed.SIGNED_IN)
    work.commit()
    roles = roles_of(account)
    return SignedIn(account.name, roles, rights_of(roles), first)


@unguarded("everybody's own, proved by the former one")
def change_own_secret(command: ChangeOwnSecret, context: Context, work: Writing) -> str:
    """Another password or PIN for the person at work; his name.

    Raises Refusal as `sign_in` does, or what is too weak about the new one.
    """
    account = _account(context.actor, "user", work)
    refuse_weak(command.new, account.name)
    if not context.training:
        _proved(account, command.former, context, work)
    people.change_account(work, account.name, {"secret": kept_secret(command.new), "claim_until": None})
    people.note_access(work, context.now, account.name, context.place, Accessed.SECRET_SET, about=account.name)
    work.commit()
    return str(account.name)


def vouched(second: Credentials | None, context: Context, work: Writing) -> str | None:
    """The name of the second person, once proved. None in training, where the trainer is two people in one; there a
    name is enough.

    Raises Refusal `second_missing`, `second_person_same`, `second_not_allowed`, `second_new` for one who never signed
    in, or as `sign_in` does.
    """
    if context.training and people.account(work, context.actor) is None:
        return None if second is None else clean(second.name)
    if second is None or not clean(second.name):
        raise Refusal("second_missing", "second")
    account = _account(second.name, "second", work)
    if account.name == context.actor:
        raise Refusal("second_person_same", "second")
    if not _may_vouch(account):
        raise Refusal("second_not_allowed", "second", name=account.name)
    if not context.training:
        if account.secret is None:
            raise Refusal("second_new", "second", name=account.name)
        _proved(account, second.secret, context, work)
    return str(account.name)


def _may_vouch(account: Any) -> bool:
    return Right.VOUCH in rights_of(roles_of(account))


def _account(name: str, field_name: str, work: Reading) -> Any:
    account = people.account(work, clean(name))
    if account is None:
        raise Refusal("user_unknown", field_name, name=name[:60])
    if not account.active:
        raise Refusal("user_disabled", field_name, name=account.name)
    return account


def _proved(account: Any, secret: str, context: Context, work: Writing) -> bool:
    """Whether a first password was set; anything but the right one is refused."""
    if not secret:
        raise Refusal("secret_unset" if account.secret is None else "secret_missing", "secret", name=account.name)
    tries = waited(Tries(account.failed, account.owed, account.tried_at), context.running)
    if tries.owed:
        _keep(work, account.name, tries)
        work.commit()
        raise Refusal("sign_in_wait", "secret", wait=tries.owed, name=account.name)
    if account.secret is None:
        _claimed(account, secret, context, work)
        return True
    if not _passwords().match(account.secret, secret):
        _refuse_wrong(account, failed_again(tries, context.running), context, work)
    if tries.failed:
        _keep(work, account.name, Tries())
    return False


def _refuse_wrong(account: Any, tries: Tries, context: Context, work: Writing) -> None:
    _keep(work, account.name, tries)
    actor = context.actor or account.name
    people.note_access(work, context.now, actor, context.place, Accessed.WRONG_SECRET, about=account.name)
    work.commit()
    if tries.owed:
        raise Refusal("sign_in_wrong_wait", "secret", wait=tries.owed, name=account.name)
    raise Refusal("sign_in_wrong", "secret", name=account.name)


def _claimed(account: Any, secret: str, context: Context, work: Writing) -> None:
    if account.claim_until is not None and context.now > account.claim_until:
        raise Refusal("claim_over", "secret", name=account.name)
    refuse_weak(secret, account.name)
    people.change_account(work, account.name, {"secret": kept_secret(secret), "claim_until": None})
    people.note_access(work, context.now, account.name, context.place, Accessed.SECRET_SET, about=account.name)


def kept_secret(secret: str, effort: tuple[int, int] | None = None) -> str:
    """The argon2id text of a password; `effort`, in KiB and passes, takes the place of the usual one."""
    return _passwords(*effort or ()).kept(secret)


def _keep(work: Writing, name: str, tries: Tries) -> None:
    people.change_account(work, name, {"failed": tries.failed, "owed": tries.owed, "tried_at": tries.at})


@cache
def _passwords(*effort: int) -> "Passwords":
    from app.services.passwords import Passwords

    return Passwords(*effort)
