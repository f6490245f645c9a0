"""The card of keys that hangs beside the machine."""

from dataclasses import dataclass

from app.models.values import Right
from app.printing.keys_card import draw_keys_card
from app.storage.uow import Reading
from app.usecases.context import Context
from app.usecases.rights import needs


@dataclass(frozen=True)
class KeysCard:
    """The card, on A4."""


@needs(Right.ASK_OFFICE)
def keys_card(query: KeysCard, context: Context, work: Reading) -> bytes:
    """The card as a PDF of one page."""
    return draw_keys_card(context.office.name)
