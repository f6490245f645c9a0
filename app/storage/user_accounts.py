"""Statements on user accounts and the access log."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from app.models.dossier import Dossier
from app.models.enums import AccessKind
from app.models.office import Access, User
from app.models.values.order import vietnamese_key
from app.storage.rows import AccessRow, AccountRolesRow, AccountRow
from app.storage.uow import Reading, Writing

_ACCOUNT = select(User).where(User.c.name == bindparam("of"))
_ACCOUNTS = select(User)
_ROLES = select(User.c.role, User.c.also, User.c.active).where(User.c.name == bindparam("of"))
_NEW_ACCESS = insert(Access)
_OPENED = (
    select(Access.c.id)
    .where(
        Access.c.dossier_id == bindparam("dossier"),
        Access.c.actor == bindparam("actor"),
        Access.c.place == bindparam("place"),
        Access.c.at >= bindparam("since"),
        Access.c.at <= bindparam("until"),
    )
    .limit(1)
)
_LAST_SIGN_IN = (
    select(Access.c.actor)
    .where(Access.c.place == bindparam("place"), Access.c.what == bindparam("what"))
    .order_by(Access.c.id.desc())
    .limit(1)
)
_TRAIL = (
    select(Access.c.at, Access.c.actor, Access.c.place, Access.c.what, Dossier.c.code, Access.c.about)
    .select_from(Access.join(Dossier, Dossier.c.id == Access.c.dossier_id, isouter=True))
    .order_by(Access.c.id.desc())
    .limit(bindparam("most"))
)


def account(work: Reading, name: str) -> AccountRow | None:
    """Return the account with a name, or None."""
    return work.typed_row(AccountRow._make, _ACCOUNT, {"of": name})


def account_roles(work: Reading, name: str) -> AccountRolesRow | None:
    """Return the roles of an account, or None; read before every use case."""
    return work.typed_row(AccountRolesRow._make, _ROLES, {"of": name})


def accounts(work: Reading) -> Sequence[AccountRow]:
    """Return all accounts by name."""
    return sorted(work.typed_rows(AccountRow._make, _ACCOUNTS), key=lambda row: vietnamese_key(row.name))


def add_account(work: Writing, values: Mapping[str, Any]) -> None:
    """Insert an account."""
    work.write(insert(User), values)


def change_account(work: Writing, name: str, values: Mapping[str, Any]) -> None:
    """Update columns of an account."""
    work.write(update(User).where(User.c.name == name).values(values))


def record_access(
    work: Writing,
    at: datetime,
    actor: str,
    place: str,
    what: AccessKind,
    *,
    dossier: int | None = None,
    about: str | None = None,
) -> None:
    """Append a line to the access log."""
    line = {"at": at, "actor": actor, "place": place, "what": what, "dossier_id": dossier, "about": about}
    work.write(_NEW_ACCESS, line)


def last_signed_in(work: Reading, place: str) -> str | None:
    """Return the last actor who signed in at a place, or None."""
    row = work.row(_LAST_SIGN_IN, {"place": place, "what": AccessKind.SIGNED_IN})
    return None if row is None else str(row.actor)


def has_opened_between(work: Reading, dossier: int, actor: str, place: str, since: datetime, until: datetime) -> bool:
    """Return whether the access log has an opening of a dossier by an actor."""
    values = {"dossier": dossier, "actor": actor, "place": place, "since": since, "until": until}
    return work.row(_OPENED, values) is not None


def access_log_entries(work: Reading, limit: int, code: str | None, name: str | None) -> Sequence[AccessRow]:
    """Return lines of the access log, the newest first.

    With `code` only those of that dossier, with `name` only those of that actor.
    """
    statement = _TRAIL
    if code is not None:
        statement = statement.where(Dossier.c.code == code)
    if name is not None:
        statement = statement.where(Access.c.actor == name)
    return work.typed_rows(AccessRow._make, statement, {"most": limit})
