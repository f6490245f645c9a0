"""Limit of a save in the window: its rows and its drawings alone."""

from random import Random

from app.office.session import OfficeSession
from app.services.intake.command import AcceptDossier
from app.usecases.intake.accept import accept_dossier
from benchmarks.offices import Desk
from benchmarks.papers import Drawing, document_facts, record_drawings, replay_drawings
from benchmarks.people import invent_person, to_intake_line
from benchmarks.statements import RowReplay, record_statements


class SaveLimit:
    """The limits of `accept` and `papers` for one saved dossier, once.

    The drawings are those of the dossier. The rows are those of another intake of its procedure, because a save whose
    statements are recorded takes longer.
    """

    def __init__(self, desk: Desk, rows: RowReplay, drawings: list[Drawing]) -> None:
        self._desk, self._rows, self._drawings = desk, rows, drawings

    def write_and_draw(self) -> list[bytes]:
        """Write the rows in one durable transaction and draw the papers."""
        self._rows.write(self._desk)
        return replay_drawings(self._drawings)


class SaveRecorder:
    """Recorder of the limits of a window's saves, for its data lane."""

    def __init__(self, session: OfficeSession) -> None:
        self._desk = Desk(session.folder, session._database, session, session._context(None))
        self._rng = Random(13)

    def record(self, procedure: str, code: str) -> SaveLimit:
        """Return the limit of a dossier that was saved for a procedure."""
        session, person = self._desk.office, to_intake_line(invent_person(self._rng))
        command = AcceptDossier.read(
            {"procedure": procedure, "channel": "direct", "applicant": person}, session.entry_day()
        )
        with record_statements(self._desk.database.write_engine) as statements:
            session.write(accept_dossier, command)
        return SaveLimit(self._desk, RowReplay(statements), record_drawings(session.read(document_facts, code)))
