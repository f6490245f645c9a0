"""F2, taking a dossier in: the form, what lives beside it, and «Lưu và in»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.models.values import Refusal, TermUnit, local_day
from app.ui import asks
from app.ui.finder import Offer
from app.ui.intake_aside import IntakeAside
from app.ui.intake_form import IntakeForm
from app.ui.intake_saved import SavedBand
from app.ui.page import Page
from app.ui.runner import Changed, Level, Runner
from app.ui.style import GRID
from app.ui.widgets import FieldBox, column, row
from app.wording.refusals import sentence

if TYPE_CHECKING:
    from app.usecases.catalogue import ProcedureLine
    from app.usecases.desk import CardFields, KnownPerson
    from app.usecases.intake import Accepted

_LIVE_MS = 150
_DRAFT_MS = 1500


class IntakePage(Page):
    """The intake page.

    Signals: `accepted(code)` once a dossier is on the disk; `open_asked(code)` for the last one."""

    accepted = Signal(str)
    open_asked = Signal(str)
    title = "Tiếp nhận hồ sơ"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.form, self.aside, self.saved = IntakeForm(), IntakeAside(), SavedBand()
        self.saving = False
        self.last_code = ""
        self._draft_offered = False
        self._caret: QWidget | None = None
        self._live = self._timer(_LIVE_MS, self._read_live)
        self._draft = self._timer(_DRAFT_MS, self._keep_draft)
        self._lay_out()
        self._listen()

    def _timer(self, pause: int, then: Any) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(pause)
        made.timeout.connect(then)
        return made

    def _lay_out(self) -> None:
        paper = QFrame()
        paper.setObjectName("paper")
        paper.setLayout(column(self.form, margin=2 * GRID))
        paper.layout().setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)  # type: ignore[union-attr]
        self._scroll = QScrollArea()
        self._scroll.setWidget(paper)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        beside = row(self._scroll, self.aside, gap=2 * GRID)
        beside.setStretch(0, 1)
        self.setLayout(column(self.saved, beside))

    def _listen(self) -> None:
        self.form.edited.connect(self._edited)
        self.form.procedure_changed.connect(self._edited)
        self.form.procedure.asked.connect(self._find_procedures)
        for person in (self.form.submitter, self.form.owner):
            person.people_asked.connect(partial(self._find_people, person))
        self.aside.save.clicked.connect(self.save)
        self.saved.open_asked.connect(lambda: self.open_asked.emit(self.last_code))

    def offer_kept(self) -> None:
        """At the start, offers what was being typed when the program last ended."""
        if not self._draft_offered:
            self._draft_offered = True
            self.runner.ask(asks.read_draft, asks.ReadDraft(), self._offer_draft, otherwise=lambda _error: True)

    def arrive(self) -> None:
        """The caret goes to the procedure, or stays where it was in a form half filled."""
        if self.form.empty or self.focusWidget() is None:
            self.form.procedure.setFocus()
        else:
            self.focusWidget().setFocus()

    def back(self) -> bool:
        """Esc on this page leaves what is typed where it is."""
        return False

    def _edited(self) -> None:
        self._live.start()
        self._draft.start()
        self.saved.step_back()

    def _find_procedures(self, words: str) -> None:
        self.runner.ask(asks.find_procedures, asks.FindProcedures(words), self._offer_procedures, key="procedures")

    def _offer_procedures(self, found: Sequence[ProcedureLine]) -> None:
        self.form.procedure.offer([Offer(p.name, f"{p.code} · {p.field} · {p.term_text}", p) for p in found])
        if not found and self.form.procedure.text().strip():
            self.form.boxes["procedure"].wrong("Không có thủ tục nào như đã gõ. Gõ tên khác, mã, hoặc chữ đầu.")

    def _find_people(self, person: Any, asked: str, words: str) -> None:
        then = partial(self._found_people, person, asked)
        self.runner.ask(
            asks.find_people, asks.FindPeople(words), then, key=f"people.{asked}", otherwise=lambda _error: True
        )

    def _found_people(self, person: Any, asked: str, found: Sequence[KnownPerson]) -> None:
        if name := person.offer_people(asked, found):
            self.say(Level.DONE, f"Đã điền theo lần trước của {name}. Hỏi lại số điện thoại và địa chỉ.")
            self._edited()

    def _read_live(self) -> None:
        chosen = self.form.chosen
        self.aside.show_fee(self.form.fee_total if isinstance(self.form.fee_total, int) else None, chosen is not None)
        self.aside.show_missing(self.form.papers.missing, chosen is not None)
        if chosen is None:
            self.aside.show_promise(None, False)
            self.aside.show_visits(())
            return
        asked = asks.PreviewPromise(chosen.code, None, _term(self.form.term_given))
        then = partial(self._show_promise, chosen.code)
        self.runner.ask(asks.preview_promise, asked, then, key="promise", otherwise=lambda _error: True)
        self._ask_visits(chosen)

    def _show_promise(self, code: str, preview: Any) -> None:
        if self.form.chosen is not None and self.form.chosen.code == code:
            self.aside.show_promise(preview, True)

    def _ask_visits(self, chosen: ProcedureLine) -> None:
        number = (
            (self.form.owner if self.form.other_owner.isChecked() else self.form.submitter).id_number.text().strip()
        )
        if not number:
            self.aside.show_visits(())
            return
        query = asks.EarlierVisits(number, chosen.code)
        then = self.aside.show_visits
        self.runner.ask(asks.earlier_visits, query, then, key="visits", otherwise=lambda _error: True)

    def save(self) -> None:
        """«Lưu và in»: reads the form once and takes the dossier in. A second press while the first is under way does
        nothing."""
        if self.saving:
            return
        self.form.all_right()
        line = self.form.read()
        try:
            command = asks.AcceptDossier.read(line, local_day(self.runner.desk.now()))
        except Refusal as refusal:
            self._refused(refusal)
            return
        self._set_saving(True)
        name = str(line["applicant"].get("name") or "")
        self.runner.do(
            asks.accept_dossier,
            command,
            partial(self._accepted, name),
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
        if not isinstance(error, Refusal):
            return False
        box = self.form.box_of(error.field or "")
        said = sentence(error)
        if box is None or not box.isVisibleTo(self):
            self.say(Level.MEND, said)
        else:
            box.wrong(said)
            self._reveal(box)
        return True

    def _reveal(self, box: FieldBox) -> None:
        QTimer.singleShot(0, box, lambda: self._scroll.ensureWidgetVisible(box, 0, 3 * GRID))

    def _accepted(self, name: str, accepted: Accepted) -> None:
        self._set_saving(False)
        self.last_code = accepted.code
        self.form.clear()
        self._live.stop()
        self._draft.stop()
        self._read_live()
        self.saved.show_dossier(accepted, name)
        if accepted.warnings:
            self.say(Level.LOOK, " ".join(accepted.warnings))
        self.form.procedure.setFocus()
        self._scroll.verticalScrollBar().setValue(0)
        self.runner.do(asks.keep_draft, asks.KeepDraft(None), lambda _none: None, what="Đang xóa bản nháp")
        self.accepted.emit(accepted.code)

    def show_prints(self, code: str, text: str) -> None:
        """The state of the prints of the dossier just taken in."""
        if code == self.last_code:
            self.saved.show_prints(text)

    def take_card(self, card: CardFields) -> None:
        """Fills the person in whose fields the caret stands (else the one at the desk) from a citizen card."""
        in_owner = self.form.other_owner.isChecked() and self.form.owner.isAncestorOf(self.focusWidget() or self)
        person = self.form.owner if in_owner else self.form.submitter
        before = person.read()
        person.fill(_card_line(card) | {key: before.get(key) for key in ("phone", "email")})
        self._edited()
        text = " ".join((f"Đã điền theo thẻ của {card.name}.", *card.warnings))
        undo = partial(self._put_back, person, before)
        self.say(Level.LOOK if card.warnings else Level.DONE, text, "Hoàn lại" if len(before) > 1 else "", undo)
        person.phone.setFocus()

    def _put_back(self, person: Any, before: Mapping[str, Any]) -> None:
        person.fill(before)
        self._edited()

    def _keep_draft(self) -> None:
        form = None if self.form.empty else self.form.read()
        self.runner.do(
            asks.keep_draft,
            asks.KeepDraft(form),
            lambda _none: None,
            otherwise=lambda _error: True,
            what="Đang giữ bản nháp",
        )

    def keep_now(self) -> None:
        """Keeps at once what is still waiting to be kept, as when the window closes."""
        if self._draft.isActive():
            self._draft.stop()
            self._keep_draft()

    def _offer_draft(self, draft: Mapping[str, Any] | None) -> None:
        if draft and self.form.empty:
            self.say(Level.LOOK, f"Có hồ sơ đang nhập dở{_whose(draft)}.", "Mở lại", partial(self.open_draft, draft))

    def open_draft(self, draft: Mapping[str, Any]) -> None:
        """Brings back what was being typed."""
        code = str(draft.get("procedure") or "")
        if not code:
            self._fill(draft, ())
            return
        self.runner.ask(asks.find_procedures, asks.FindProcedures(code), partial(self._fill, draft))

    def _fill(self, draft: Mapping[str, Any], found: Sequence[ProcedureLine]) -> None:
        same = [line for line in found if line.code == draft.get("procedure")]
        self.form.fill(draft, same[0] if same else None)
        self.form.submitter.id_number.setFocus()
        self._edited()


def _term(given: tuple[str, str] | None) -> tuple[str, TermUnit] | None:
    return None if given is None else (given[0], TermUnit(given[1]))


def _whose(draft: Mapping[str, Any]) -> str:
    person = draft.get("applicant")
    name = str(person.get("name") or "") if isinstance(person, Mapping) else ""
    return f" của {name}" if name else ""


def _card_line(card: CardFields) -> dict[str, Any]:
    return {
        "id_number": card.id_number,
        "name": card.name,
        "birth_date": card.birth_date,
        "gender": card.gender,
        "address": card.address,
    }
