"""Check of the intake form and its intake, as one job of the data lane."""

from collections.abc import Mapping
from typing import Any

from app.office.session import Desk
from app.services.intake.command import AcceptDossier
from app.usecases.intake.accept import AcceptedDossier, accept_dossier
from app.usecases.intake.check_form import CheckForm, FormDoubt, check_form


def check_and_accept(
    desk: Desk, form: Mapping[str, Any], command: AcceptDossier
) -> AcceptedDossier | tuple[FormDoubt, ...]:
    """Accept a sound form; return the doubts that the user is to confirm.

    In one job, the intake does not wait until the window has painted. Raises what `accept_dossier` raises.
    """
    doubts = tuple(doubt for doubt in desk.read(check_form, CheckForm(form)) if doubt.needs_confirmation)
    return doubts or desk.write(accept_dossier, command)
