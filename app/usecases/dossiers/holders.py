"""Holders to choose from: people and units of the office."""

from dataclasses import dataclass

from app.models.enums import Right
from app.models.lifecycle import COUNTER
from app.models.values.order import vietnamese_key
from app.services.context import Context
from app.services.permissions import requires
from app.storage import backlog, user_accounts
from app.storage.uow import Reading


@dataclass(frozen=True)
class ListHolders:
    """Query: the holders a dossier can be sent to."""


@requires(Right.READ_LISTS)
def list_holders(query: ListHolders, context: Context, work: Reading) -> tuple[str, ...]:
    """Return the holders in use, the most frequent first, then people.

    People are the active accounts, in Vietnamese order. The counter is last.
    """
    people = sorted((row.name for row in user_accounts.accounts(work) if row.active), key=vietnamese_key)
    used = [name for name in backlog.destinations(work) if name != COUNTER]
    return tuple(dict.fromkeys((*used, *people, COUNTER)))
