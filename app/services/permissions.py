"""Permissions: `requires` checks a right before a use case runs.

A right is checked once per call, because services and use cases call no function decorated with `requires`. The
window hides what a user may not do, but this check is the protection.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from app.models.enums import Right, Role
from app.models.errors import Refusal
from app.models.rights import ROLES_BY_RIGHT, rights_of
from app.services.context import Context
from app.storage import user_accounts
from app.storage.rows import AccountRolesRow, AccountRow
from app.storage.uow import Reading

TRAINER = "tap-huan"
"""The actor of a training office without a user name: every right, no password, no second person."""
RECOVERY_KEY_ACTOR = "khóa phục hồi"
"""The actor in the access log where the recovery key replaced a user."""
UPGRADE_ACTOR = "nâng cấp"
"""The actor of records that an upgrade writes."""
ALL_RIGHTS = frozenset(Right)
_UseCase = TypeVar("_UseCase", bound=Callable[..., Any])


def requires(right: Right | Callable[[Any], Right]) -> Callable[[_UseCase], _UseCase]:
    """Declare the right of a use case, or how to read it from the command."""

    def guard(use_case: _UseCase) -> _UseCase:
        @wraps(use_case)
        def guarded(command: Any, context: Context, work: Reading) -> Any:
            require_right(right if isinstance(right, Right) else right(command), context, work)
            return use_case(command, context, work)

        setattr(guarded, DECLARED_RIGHT, right)
        return cast("_UseCase", guarded)

    return guard


def public(reason: str) -> Callable[[_UseCase], _UseCase]:
    """Declare that a use case requires no right, and why."""

    def declare(use_case: _UseCase) -> _UseCase:
        setattr(use_case, DECLARED_RIGHT, reason)
        return use_case

    return declare


DECLARED_RIGHT = "declared_right"
"""The attribute of a use case with its right, or the reason why it requires none."""


def require_right(right: Right, context: Context, work: Reading) -> None:
    """Check that the actor holds a right.

    Raises Refusal `not_signed_in`, `user_disabled`, `not_your_right` naming the roles that have it.
    """
    if right not in held_rights(context, work):
        roles = ",".join(role for role in Role if role in ROLES_BY_RIGHT[right])
        raise Refusal("not_your_right", None, name=context.actor, right=right, roles=roles)


def held_rights(context: Context, work: Reading) -> frozenset[Right]:
    """Return the rights of the actor.

    They are read from the database at each call, so that a disabled user is stopped at once. In a training office an
    actor without an account holds every right.

    Raises Refusal `not_signed_in`, `user_disabled`.
    """
    if context.training and context.actor == TRAINER:
        return ALL_RIGHTS
    if not context.actor:
        raise Refusal("not_signed_in", "user")
    row = user_accounts.account_roles(work, context.actor)
    if row is None and context.training:
        return ALL_RIGHTS
    if row is None or not row.active:
        raise Refusal("user_disabled", "user", name=context.actor)
    return rights_of(roles_of(row))


def roles_of(row: AccountRow | AccountRolesRow) -> tuple[Role, ...]:
    """Return the roles of an account, the main one first."""
    return (Role(row.role), *(Role(role) for role in row.also.split()))
