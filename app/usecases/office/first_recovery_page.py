"""State of the first recovery page: open until its key was typed back."""

from app.models.enums import Right
from app.services.context import Context
from app.services.permissions import public, requires
from app.storage import office_settings
from app.storage.uow import Reading, Writing

UNCONFIRMED = "recovery_page_open"
"""Setting of an office that the guide has created and whose recovery page is not confirmed yet."""


@public("a state without personal data, read before the guide hands over the office")
def is_recovery_page_open(query: None, context: object, work: Reading) -> bool:
    """Return whether the first recovery page is not confirmed yet."""
    return office_settings.setting(work, UNCONFIRMED) is True


@requires(Right.EDIT_KEYS)
def confirm_first_recovery_page(command: None, context: Context, work: Writing) -> None:
    """Record that the recovery key was typed back from the first page."""
    office_settings.save_settings(work, {UNCONFIRMED: False})
    work.commit()
