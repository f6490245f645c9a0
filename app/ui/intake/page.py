"""F2, taking a dossier in: the form, what lives beside it, and «Lưu và in»."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from app.models.enums import PaperForm
from app.models.errors import Refusal
from app.models.instants import local_day
from app.ui.intake.draft import DraftKeeper
from app.ui.intake.form import IntakeForm, procedure_words
from app.ui.intake.live_preview import LiveColumn
from app.ui.intake.preprinted import BlankTaker
from app.ui.intake.saved_banner import SavedBand
from app.ui.intake.side_panel import NARROW, WIDTH, IntakeAside
from app.ui.kit import lazy_use_cases
from app.ui.kit.layouts import Scrolled
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Level, Runner
from app.ui.kit.style import GRID
from app.ui.kit.suggestion import Offer
from app.ui.kit.widgets import FieldBox, column, row
from app.wording.refusals import sentence

if TYPE_CHECKING:
    from app.ui.intake.card_fill import CardTaker
    from app.ui.intake.turn_away import Refuser
    from app.usecases.catalogue.procedures import ProcedureLine
    from app.usecases.dossiers.queries import CardFields, KnownPerson
    from app.usecases.intake.accept import Accepted
    from app.usecases.intake.turn_away import TurnedAway

_IN_THE_WINDOW = {
    ("procedure_code", "procedure"): "Chưa chọn thủ tục. Gõ tên, mã hoặc chữ đầu rồi bấm Enter.",
    ("instant_shape", "received_at"): "Chưa đủ hoặc không đọc được. Ghi ngày như 09/02/2026, giờ như 09:30.",
}
"""Refusals of what only a program would have sent, as a clerk has to hear them."""
_TURN = 900


class IntakePage(Page):
    """The intake page.

    Signals: `accepted(code)` once a dossier is on the disk; `open_asked(code)` for the last one; `clock_doubted(then)`
    when the clock guard gives no number: `then` does it again once two people vouched for the day;
    `batch_asked(codes)` for one receipt of the dossiers one person handed in; `print_asked(code, PaperForm)` for the
    slip of somebody turned away."""

    accepted = Signal(str)
    print_asked = Signal(str, object)
    open_asked = Signal(str)
    clock_doubted = Signal(object)
    batch_asked = Signal(object)
    title = "Tiếp nhận hồ sơ"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.form, self.aside, self.saved = IntakeForm(), IntakeAside(), SavedBand()
        self.saving = False
        self.last_code = self.slip = ""
        self.last_people: dict[str, Any] = {}
        self.of_person: tuple[str, ...] = ()
        self._asked_about: set[str] = set()
        self._save_waits = False
        self._caret: QWidget | None = None
        self.live = LiveColumn(self.form, self.aside, runner, self)
        self.blanks = BlankTaker(self)
        self.draft = DraftKeeper(self.form, runner, self.open_draft, self)
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        paper = QFrame()
        paper.setObjectName("paper")
        paper.setLayout(column(self.form, margin=2 * GRID))
        paper.layout().setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)  # type: ignore[union-attr]
        self._scroll = Scrolled(paper)
        beside = row(self._scroll, self.aside, gap=2 * GRID)
        beside.setStretch(0, 1)
        self.setLayout(column(self.saved, beside))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window leaves more to the form."""
        super().resizeEvent(event)
        self.aside.setFixedWidth(WIDTH if self.width() >= _TURN else NARROW)

    def _listen(self) -> None:
        self.form.edited.connect(self.edited)
        self.form.procedure_changed.connect(self.edited)
        self.form.procedure.asked.connect(self._find_procedures)
        self.form.paper_part.picked.connect(self._take_usual)
        self.form.blank.let_go_asked.connect(self.blanks.let_go)
        for person in (self.form.submitter, self.form.owner):
            person.people_asked.connect(partial(self._find_people, person))
        self.aside.save.clicked.connect(self.save)
        self.aside.anew.clicked.connect(self.begin_anew)
        self.aside.turn_away.clicked.connect(self.turn_away)
        self.saved.print_asked.connect(lambda: self.print_asked.emit(*self.last_paper))
        self.saved.open_asked.connect(lambda: self.open_asked.emit(self.last_code))
        self.saved.next_asked.connect(self.go_on_with_person)
        self.saved.batch_asked.connect(self.print_batch)
        QShortcut(QKeySequence("Ctrl+F2"), self, self.go_on_with_person)
        QShortcut(QKeySequence("Ctrl+F9"), self, self.print_batch)
        QShortcut(QKeySequence("Ctrl+N"), self, self.begin_anew)
        QShortcut(QKeySequence("Ctrl+T"), self, self.turn_away)

    def offer_kept(self) -> None:
        """At the start: what was being typed when the program last ended, and what this desk takes in most."""
        self.draft.offer()
        self._ask_usual()

    def _ask_usual(self) -> None:
        self.runner.ask(
            lazy_use_cases.usual_procedures,
            lazy_use_cases.UsualProcedures(),
            self.form.paper_part.show_usual,
            key="usual",
            otherwise=lambda _error: True,
        )

    def _take_usual(self, line: ProcedureLine) -> None:
        """One key for what is taken in most: the caret goes on to what is still to be asked."""
        at_procedure = self.form.procedure.hasFocus()
        self.form.take_procedure(line)
        if at_procedure:
            (self.form.papers if self.form.submitter.name.text() else self.form.submitter.id_number).setFocus()

    def arrive(self) -> None:
        """The caret goes to the procedure, or stays where it was in a form half filled."""
        if self.form.empty or self.focusWidget() is None:
            self.form.procedure.setFocus()
        else:
            self.focusWidget().setFocus()

    def back(self) -> bool:
        """Esc lets go of a receipt printed beforehand; whatever else is typed stays where it is."""
        return self.blanks.let_go()

    def edited(self) -> None:
        self.live.read_soon()
        self.draft.keep_soon()
        self.saved.step_back()
        self.aside.show_begun(not self.form.empty)

    def _find_procedures(self, words: str) -> None:
        self.runner.ask(
            lazy_use_cases.find_procedures,
            lazy_use_cases.FindProcedures(words),
            self._offer_procedures,
            key="procedures",
        )

    def _offer_procedures(self, found: Sequence[ProcedureLine]) -> None:
        self.form.procedure.offer([Offer(p.name, procedure_words(p), p) for p in found])
        if not found and self.form.procedure.text().strip():
            self.form.boxes["procedure"].wrong("Không có thủ tục nào như đã gõ. Gõ tên khác, mã, hoặc chữ đầu.")

    def _find_people(self, person: Any, asked: str, words: str) -> None:
        self._asked_about = {*self._asked_about, asked}
        then = partial(self._found_people, person, asked)
        self.runner.ask(
            lazy_use_cases.find_people,
            lazy_use_cases.FindPeople(words),
            then,
            key=f"people.{asked}",
            otherwise=lambda _error: True,
        )

    def _found_people(self, person: Any, asked: str, found: Sequence[KnownPerson]) -> None:
        if name := person.offer_people(asked, found):
            self.say(Level.DONE, f"Đã điền theo lần trước của {name}. Hỏi lại số điện thoại và địa chỉ.")
            self.edited()
        self._asked_about = self._asked_about - {asked}
        if self._save_waits:
            self.save()

    def save(self) -> None:
        """«Lưu và in»: reads the form once and takes the dossier in. A second press while the first is under way does
        nothing. Pressed right after a number, it waits for the person of that number."""
        if self.saving:
            return
        nobody = not self.form.submitter.name.text().strip()
        self._save_waits = nobody and bool(self._asked_about) and not self._save_waits
        if self._save_waits:
            return
        self.form.all_right()
        line = self.form.read()
        try:
            _refuse_unfinished(line)
            command = lazy_use_cases.AcceptDossier.read(line, local_day(self.runner.desk.now()))
        except Refusal as refusal:
            self._refused(refusal)
            return
        self.keep_now()  # what was typed outlives whatever ends the program before the dossier is on the disk
        self._set_saving(True)
        name, people = str(line["applicant"].get("name") or ""), self.form.people()
        self.runner.do(
            lazy_use_cases.accept_dossier,
            command,
            partial(self._accepted, name, people),
            changes=frozenset({Changed.DOSSIER, Changed.SYNC}),
            source=self,
            otherwise=self._refused,
            what="Đang lưu hồ sơ",
        )

    def _set_saving(self, on: bool) -> None:
        self.saving = on
        if on:
            self._caret = self.focusWidget()
        self.aside.save.setEnabled(not on)
        self.form.setEnabled(not on)
        if not on and self._caret is not None:
            self._caret.setFocus()

    def _refused(self, error: Exception) -> bool:
        self._set_saving(False)
        return self.say_refused(error, self.save)

    def say_refused(self, error: Exception, again: Callable[[], None]) -> bool:
        """Says a refusal beside its field; a doubted clock is settled and then it is done `again`."""
        if not isinstance(error, Refusal):
            return False
        if error.code.startswith("clock_"):
            self.clock_doubted.emit(again)
            return True
        box = self.form.box_of(error.field or "")
        said = _IN_THE_WINDOW.get((error.code, error.field or "")) or sentence(error)
        if box is None or not box.isVisibleTo(self):
            self.say(Level.MEND, said)
        else:
            box.wrong(said)
            self._reveal(box)
        return True

    def _reveal(self, box: FieldBox) -> None:
        QTimer.singleShot(0, box, lambda: self._scroll.ensureWidgetVisible(box, 0, 3 * GRID))

    def _accepted(self, name: str, people: dict[str, Any], accepted: Accepted) -> None:
        self._set_saving(False)
        before = self.of_person if _submitter(people) == _submitter(self.last_people) else ()
        self.last_code, self.last_people, self.of_person = accepted.code, people, (*before, accepted.code)
        self.slip = ""
        self._clear()
        self.saved.show_dossier(accepted, name, len(self.of_person))
        if accepted.warnings:
            self.say(Level.LOOK, " ".join(accepted.warnings))
        self.draft.forget()
        self.accepted.emit(accepted.code)
        self._ask_usual()

    def turn_away(self) -> None:
        """Ctrl+T: whoever the form is about is refused at the counter, with a slip and without a dossier."""
        if not self.saving and self.isVisible():
            self.refuser.begin()

    @cached_property
    def refuser(self) -> Refuser:
        """What turns people away, read with the first."""
        from app.ui.intake.turn_away import Refuser

        return Refuser(self)

    def show_turned_away(self, turned: TurnedAway, who: str) -> None:
        """The slip is on record: its number in large type, the form ready for the next citizen, the slip printed."""
        self.slip, self.last_people, self.of_person = turned.code, self.form.people(), ()
        self._clear()
        self.saved.show_slip(turned.on_paper, who)
        self.draft.forget()
        self.print_asked.emit(*self.last_paper)

    @property
    def last_paper(self) -> tuple[str, PaperForm]:
        """What Ctrl+P prints again: the slip of the last refusal, else the receipt of the last dossier."""
        return (self.slip, PaperForm.REFUSAL) if self.slip else (self.last_code, PaperForm.RECEIPT)

    def _clear(self) -> None:
        self.form.clear()
        self.live.read()
        self.aside.show_begun(False)
        self.form.procedure.setFocus()
        self._scroll.verticalScrollBar().setValue(0)

    def begin_anew(self) -> None:
        """Ctrl+N: an empty form. What was typed can be brought back."""
        if self.saving or self.form.empty:
            return
        before = self.form.read()
        self._clear()
        self.draft.forget()
        self.say(Level.LOOK, "Đã bỏ phần đang nhập.", "Hoàn lại", partial(self.open_draft, before))

    def go_on_with_person(self) -> None:
        """Ctrl+F2: the next dossier of the person whose dossier was just taken in; nothing typed is written over."""
        if self.saving or not self.last_people:
            return
        if self._busy("nhận tiếp"):
            return
        self.form.fill(self.last_people, None)
        self.form.procedure.setFocus()
        self.edited()

    def print_batch(self) -> None:
        """Ctrl+F9: one receipt of all dossiers that the person of the last one handed in."""
        if len(self.of_person) > 1:
            self.batch_asked.emit(self.of_person)

    def issue_again(self, code: str) -> None:
        """Opens what a void dossier was taken in with, to be corrected and saved in its place."""
        if not self._busy("bấm «Cấp lại hồ sơ này» trên hồ sơ đã hủy"):
            self.runner.ask(lazy_use_cases.ask_again, lazy_use_cases.AskAgain(code), self.open_draft)

    def _busy(self, then: str) -> bool:
        """True, and said, while another dossier is being typed: nothing is written over."""
        if not self.form.empty:
            self.say(Level.LOOK, f"Đang nhập một hồ sơ khác. Lưu (F9) hoặc bỏ (Ctrl+N), rồi {then}.")
        return not self.form.empty

    def show_prints(self, code: str, text: str) -> None:
        """The state of the prints of the dossier just taken in."""
        if code == self.last_paper[0]:
            self.saved.show_prints(text)

    def take_card(self, card: CardFields) -> None:
        """Fills the person in whose fields the caret stands (else the one at the desk) from a citizen card."""
        if "refuser" in self.__dict__:
            self.refuser.leave()
        in_owner = self.form.other_owner.isChecked() and self.form.owner.isAncestorOf(self.focusWidget() or self)
        person = self.form.owner if in_owner else self.form.submitter
        self.cards.take(person, card)

    def take_blank(self, code: str) -> None:
        """Binds the intake to a receipt printed beforehand."""
        self.blanks.take(code)

    @cached_property
    def cards(self) -> CardTaker:
        """What takes citizen cards, read with the first."""
        from app.ui.intake.card_fill import CardTaker

        return CardTaker(self)

    def keep_now(self) -> None:
        """Keeps at once what is still waiting to be kept, as when the window closes."""
        self.draft.keep_now()

    def open_draft(self, draft: Mapping[str, Any]) -> None:
        """Brings back what was being typed."""
        code = str(draft.get("procedure") or "")
        if not code:
            self._fill(draft, ())
            return
        self.runner.ask(lazy_use_cases.find_procedures, lazy_use_cases.FindProcedures(code), partial(self._fill, draft))

    def _fill(self, draft: Mapping[str, Any], found: Sequence[ProcedureLine]) -> None:
        same = [line for line in found if line.code == draft.get("procedure")]
        self.form.fill(draft, same[0] if same else None)
        self.form.submitter.id_number.setFocus()
        self.edited()


def _submitter(people: Mapping[str, Any]) -> Any:
    """Who stood at the desk, as far as two visits are told apart."""
    person = people.get("submitter") or people.get("applicant") or {}
    return person.get("id_number") or (person.get("name"), person.get("phone"))


def _refuse_unfinished(line: Mapping[str, Any]) -> None:
    """A box was ticked and its answer left empty: without it the promise would be another one."""
    if line.get("settled_by") == "":
        raise Refusal("missing", "settled_by")
