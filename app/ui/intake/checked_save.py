"""Check of the form, intake and its papers, as one job of the data lane."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol, cast

from app.office.desk import Desk
from app.services.documents.prepared import PreparedDocument
from app.services.intake.command import AcceptDossier
from app.usecases.documents.prepare import PreparePapers, prepare_papers
from app.usecases.intake.accept import AcceptedDossier, accept_dossier
from app.usecases.intake.check_form import CheckForm, FormDoubt, check_form

SaveOutcome = AcceptedDossier | tuple[FormDoubt, ...]


class Printing(Protocol):
    """What to print of an intake; `error` is why its papers were not prepared."""

    command: PreparePapers
    error: Exception | None

    def hand_over(self, code: str, papers: Sequence[PreparedDocument]) -> None:
        """Give recorded papers to the printers, in the data lane."""


def check_and_accept(
    desk: Desk,
    form: Mapping[str, Any],
    known: tuple[FormDoubt, ...] | None,
    command: AcceptDossier,
    printing: Printing | None,
) -> SaveOutcome:
    """Accept a sound form; return the doubts that the user is to confirm.

    `known` are the doubts of a form that was just checked. In one job, neither the intake nor its papers wait until the
    window has painted. Raises like `accept_dossier`.
    """
    checked = desk.read(check_form, CheckForm(form)) if known is None else known
    doubts = tuple(doubt for doubt in checked if doubt.needs_confirmation)
    return doubts or accept_and_print(desk, command, printing)


def accept_and_print(desk: Desk, command: AcceptDossier, printing: Printing | None) -> AcceptedDossier:
    """Accept a dossier and hand its papers over; their failure is no refusal.

    The dossier and the record of its papers are one commit, before the first byte is handed over. If the papers cannot
    be prepared, the dossier is accepted alone. Raises what `accept_dossier` raises.
    """
    if printing is None:
        return cast("AcceptedDossier", desk.write(accept_dossier, command))
    prints = printing.command
    try:
        accepted, papers = desk.write_both(
            accept_dossier, command, prepare_papers, lambda taken: replace(prints, code=taken.code)
        )
    except Exception as error:
        accepted = desk.write(accept_dossier, command)  # alone; a refused form is refused again
        printing.error = error
    else:
        printing.hand_over(accepted.code, papers)
    return cast("AcceptedDossier", accepted)
