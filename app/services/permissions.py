"""Rights are checked here, before every use case, whoever calls it: a button that is hidden protects nothing."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar, cast

from app.models.enums import Action, Right, Role
from app.models.errors import Refusal
from app.models.rights import RIGHT_BY_ACTION, ROLES_BY_RIGHT, rights_of
from app.services.context import Context
from app.storage import user_accounts
from app.storage.rows import AccountRolesRow, AccountRow
from app.storage.uow import Reading

TRAINER = "tap-huan"
"""Who acts in a training office when nobody was named: every right, no password, two people in one."""
RECOVERY_KEY_ACTOR = "khóa phục hồi"
"""What stands in the trail where the recovery key spoke in somebody's place."""
ALL_RIGHTS = frozenset(Right)
_UseCase = TypeVar("_UseCase", bound=Callable[..., Any])


def requires(right: Right | Callable[[Any], Right]) -> Callable[[_UseCase], _UseCase]:
    """Declare the right a use case needs, or how its command tells it; without it the use case is refused."""

    def guard(use_case: _UseCase) -> _UseCase:
        @wraps(use_case)
        def guarded(command: Any, context: Context, work: Reading) -> Any:
            require_right(right if isinstance(right, Right) else right(command), context, work)
            return use_case(command, context, work)

        setattr(guarded, DECLARED_RIGHT, right)
        return cast("_UseCase", guarded)

    return guard


def public(reason: str) -> Callable[[_UseCase], _UseCase]:
    """Declare that a use case needs no right, and why."""

    def declare(use_case: _UseCase) -> _UseCase:
        setattr(use_case, DECLARED_RIGHT, reason)
        return use_case

    return declare


DECLARED_RIGHT = "declared_right"


def require_right(right: Right, context: Context, work: Reading) -> None:
    """Nothing where the person at work has the right.

    Raises Refusal `not_signed_in` before anybody signed in, `user_disabled`, `not_your_right` naming who has it.
    """
    if right not in held_rights(context, work):
        roles = ",".join(role for role in Role if role in ROLES_BY_RIGHT[right])
        raise Refusal("not_your_right", None, name=context.actor, right=right, roles=roles)


def held_rights(context: Context, work: Reading) -> frozenset[Right]:
    """What the person at work may do now: asked of the database each time, so that whoever is disabled stops at once.
    In training whoever has no account may do everything.

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


def permitted_actions(acts: Iterable[Action], context: Context, work: Reading) -> tuple[Action, ...]:
    """Those of the acts that the person at work has the right for."""
    held = held_rights(context, work)
    return tuple(act for act in acts if RIGHT_BY_ACTION[act] in held)


def roles_of(row: AccountRow | AccountRolesRow) -> tuple[Role, ...]:
    """The roles of an account's row, the main one first."""
    return (Role(row.role), *(Role(each) for each in row.also.split()))
