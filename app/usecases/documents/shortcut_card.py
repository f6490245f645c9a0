"""Printed card of the keyboard shortcuts."""

from dataclasses import dataclass

from app.models.enums import Right
from app.printing.forms.shortcut_card import draw_shortcut_card
from app.services.context import Context
from app.services.permissions import requires
from app.storage.uow import Reading


@dataclass(frozen=True)
class ShortcutCard:
    """Query: the card on A4."""


@requires(Right.ASK_OFFICE)
def shortcut_card(query: ShortcutCard, context: Context, work: Reading) -> bytes:
    """Return the card as a PDF of one page."""
    return draw_shortcut_card(context.office.name)
