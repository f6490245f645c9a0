"""The office file of a succession, until it is written.

Every start asks for it, so it imports nothing of a succession itself.
"""

from app.services.former_offices import PENDING_OFFICE_FILE
from app.services.permissions import public
from app.storage import office_settings
from app.storage.uow import Reading, Writing


@public("the office file of a succession that was approved")
def finish_succession(command: None, context: object, work: Writing) -> None:
    """Record that the office file is in place."""
    office_settings.save_settings(work, {PENDING_OFFICE_FILE: ""})
    work.commit()


def pending_office_file(work: Reading) -> str | None:
    """Return the text of an office file still to be written, or None."""
    return office_settings.setting(work, PENDING_OFFICE_FILE) or None
