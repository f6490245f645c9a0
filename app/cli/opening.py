"""Open the office of a call and show the findings."""

from app.cli.output import warn
from app.cli.request import CliRequest
from app.cli.secrets import SECOND_PASSWORD, with_password
from app.models.errors import Refusal
from app.office.session import OfficeSession
from app.services.credentials import Credentials
from app.wording.office_proof import note_sentence

_UNPROVED = frozenset(("office_unproved", "office_unencrypted"))
"""Refusals of an office that two people may accept."""


def open_office(request: CliRequest, password: str, recovery: str = "") -> OfficeSession:
    """Open the office; the caller closes it.

    An office that cannot prove itself is accepted by the user and the person of `--second`.

    Raises what `app.bootstrap.open_office` raises.
    """
    second, context = request.second_name, request.context

    def attempt(second_password: str | None) -> OfficeSession:
        approver = None if second_password is None else Credentials(second, second_password)
        return context.open_office(request.folder, request.user, request.pretended_now, password, recovery, approver)

    try:
        office = attempt(None)
    except Refusal as refusal:
        if refusal.code not in _UNPROVED or not second:
            raise
        office = with_password(context, SECOND_PASSWORD, attempt, second, only=second)
    for note in office.notes:
        warn(note_sentence(note))
    return office
