"""Intake and its papers as one commit, on a real office."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import event

from app.models.enums import PaperForm, PaperSize
from app.models.errors import Refusal
from app.models.instants import local_day
from app.services.documents.prepared import PreparedDocument
from app.services.intake.command import AcceptDossier
from app.ui.intake.checked_save import accept_and_print
from app.usecases.documents.prepare import PreparePapers
from tests.support.offices import MORNING, Desk, desk_session, intake_line

_FORMS = (PaperForm.RECEIPT, PaperForm.CONTROL)
_PRINTS = "SELECT form, status FROM print ORDER BY id"


class _Printing:
    """Keeps what an intake hands to the printers."""

    def __init__(self, desk: Desk, copies: int = 1) -> None:
        self.command = PreparePapers("", _FORMS, copies={PaperForm.CONTROL: copies}, own_paper=True, handed=True)
        self.error: Exception | None = None
        self.handed: list[tuple[str, int]] = []
        self.recorded: list[tuple[object, ...]] = []
        self._desk = desk

    def hand_over(self, code: str, papers: Sequence[PreparedDocument]) -> None:
        self.handed += [(code, paper.copies) for paper in papers]
        self.recorded = self._desk.rows(_PRINTS)


@pytest.fixture
def desk(training_folder: Path) -> Iterator[Desk]:
    with desk_session(training_folder) as session:
        yield session


def _command(**overrides: object) -> AcceptDossier:
    return AcceptDossier.read(intake_line(request_id=uuid4().hex, **overrides), local_day(MORNING))


def test_dossier_and_papers_are_on_record_before_the_hand_over(desk: Desk) -> None:
    printing, commits = _Printing(desk), list[object]()
    event.listen(desk.office._database.write_engine, "commit", commits.append)
    accepted = accept_and_print(desk.office, _command(), printing)
    assert printing.handed == [(accepted.code, 2), (accepted.code, 1)]
    assert printing.recorded == [("receipt", "handed"), ("receipt", "handed"), ("control", "handed")]
    assert len(commits) == 1 and printing.error is None
    assert desk.check().ok


def test_papers_that_fail_leave_the_dossier_accepted(desk: Desk) -> None:
    printing = _Printing(desk, copies=99)
    accepted = accept_and_print(desk.office, _command(), printing)
    assert isinstance(printing.error, Refusal) and printing.error.code == "copies_range"
    assert printing.handed == [] and desk.rows(_PRINTS) == []
    assert desk.rows("SELECT code FROM dossier") == [(accepted.code,)]
    following = accept_and_print(desk.office, _command(), None)
    assert int(following.code.rpartition("-")[2]) == int(accepted.code.rpartition("-")[2]) + 1
    assert desk.check().ok


def test_refused_form_writes_nothing(desk: Desk) -> None:
    printing, before = _Printing(desk), desk.contents()
    with pytest.raises(Refusal, match="unknown_procedure"):
        accept_and_print(desk.office, _command(procedure="9.999999"), printing)
    assert printing.handed == [] and printing.error is None and desk.contents() == before


def test_second_save_of_a_form_prints_the_first_dossier(desk: Desk) -> None:
    command = _command()
    first, again = (accept_and_print(desk.office, command, _Printing(desk)) for _ in range(2))
    assert first == again and len(desk.rows("SELECT code FROM dossier")) == 1
    reprints = desk.rows("SELECT form, copy, reprint FROM print ORDER BY id")
    copies = (("receipt", 1), ("receipt", 2), ("control", 1))
    assert reprints == [(*copy, times) for times in (0, 1) for copy in copies]


def test_second_paper_that_cannot_be_printed_takes_back_the_first(desk: Desk) -> None:
    printing = _Printing(desk)
    printing.command = replace(printing.command, paper={PaperForm.CONTROL: PaperSize.ROLL_80}, own_paper=False)
    accepted = accept_and_print(desk.office, _command(), printing)
    assert isinstance(printing.error, Refusal) and printing.error.code == "paper_not_on_roll"
    assert printing.handed == [] and desk.rows(_PRINTS) == []
    assert desk.rows("SELECT code FROM dossier") == [(accepted.code,)]
    assert desk.check().ok


def test_papers_of_very_long_texts_are_printed(desk: Desk) -> None:
    person = intake_line()["applicant"]
    papers = [
        {"name": f"{number} " + "bản sao giấy tờ " * 10, "originals": 1, "copies": 2, "reason": "nộp thêm"}
        for number in range(40)
    ]
    printing = _Printing(desk)
    address = "thôn " * 90
    accepted = accept_and_print(
        desk.office, _command(applicant={**person, "address": address}, papers=papers), printing
    )
    assert printing.error is None and printing.handed == [(accepted.code, 2), (accepted.code, 1)]
    assert len(printing.recorded) == 3 and desk.check().ok
