"""One dossier: who and what, where it stands, the way it went, its papers and prints, and what may be done now."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from app.models.enums import Action, PaperForm, Right, Status
from app.models.errors import Refusal
from app.services.dossier_actions import ActOnDossier
from app.services.dossier_detail import DossierDetail, ShowDossier
from app.ui.dossier.actions import ActionBar, ActionForm
from app.ui.dossier.facts import PAPER_AFTER, due_text, facts_text, papers_text, papers_to_print, prints_text
from app.ui.dossier.timeline import Timeline
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.layouts import FittedScrollArea, ResponsiveRow
from app.ui.kit.page import Page
from app.ui.kit.rating import RatingBand, RatingRecorder
from app.ui.kit.runner import Changed, Level, Runner
from app.ui.kit.style import GRID, set_style_property
from app.ui.kit.widgets import button, column, label, row
from app.ui.printing.print_desk import short_name
from app.usecases.accounts.access_log import open_dossier
from app.usecases.dossiers.actions import act_on_dossier
from app.wording.refusals import error_sentence
from app.wording.status import action_name, status_name

if TYPE_CHECKING:
    from app.ui.kit.second_person import SecondPerson

_MIN_HEIGHT = 160
_NONE_OPEN = "Chưa mở hồ sơ nào. Quét mã trên giấy tiếp nhận, hoặc gõ mã, tên, số điện thoại vào ô tra cứu (F3)."


class DossierPage(Page):
    """The page of one dossier. Signals: `print_requested(code, PaperForm)`, `preview_requested(code, PaperForm)`,
    `reissue_requested(code)` to issue a void one anew."""

    print_requested = Signal(str, object)
    preview_requested = Signal(str, object)
    reissue_requested = Signal(str)
    title = "Hồ sơ"
    reloads_on = frozenset({Changed.DOSSIER, Changed.PRINT})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Hồ sơ: bấm số của việc cần làm")
        self.code = ""
        self.detail: DossierDetail | None = None
        self.action_form: ActionForm | None = None
        self.action_bar = ActionBar()
        self.action_bar.action_chosen.connect(self.begin_action)
        self._submitting = False
        self._empty_hint = label(_NONE_OPEN, "caption", wrap=True)
        self._empty_hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._form_area = QVBoxLayout()
        self._body = QWidget()
        self._linked, self.rating = FlowWidget(), RatingBand()
        self.rater = RatingRecorder(self, lambda _rated: self._rated(), self._rating_failed)
        self.rating.submitted.connect(self.rater.record)
        self.rating.details_requested.connect(self.rater.open_details)
        parts = (self._header(), self.rating, self.action_bar, self._linked, self._form_area, self._columns())
        self._body.setLayout(column(*parts))
        self._body.layout().setStretch(5, 1)  # type: ignore[union-attr]
        self.setLayout(column(self._empty_hint, self._body))
        self._show_nothing()

    def _header(self) -> QWidget:
        frame = QFrame()
        frame.setObjectName("card")
        self._code, self._aliases, self._who = (
            label(role="title"),
            label(role="caption"),
            label(role="strong", wrap=True),
        )
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._what = label(wrap=True)
        self._state, self._due = label(role="title"), label(role="strong")
        for each in (self._state, self._due):
            each.setAlignment(Qt.AlignmentFlag.AlignRight)
        right = column(self._state, self._due, gap=2)
        right.addStretch(1)
        named = FlowWidget(self._code, self._aliases, gap=2 * GRID, align_bottom=True)
        line = row(column(named, self._who, self._what, gap=2), right, gap=3 * GRID)
        line.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        line.setStretch(0, 1)
        frame.setLayout(line)
        return frame

    def _columns(self) -> QWidget:
        self.timeline = Timeline()
        way = column(label("Quá trình giải quyết", "strong"), self.timeline)
        way.addStretch(1)
        self._facts, self._papers, self._prints = label(wrap=True), label(wrap=True), label(wrap=True)
        self._proof, self._print_buttons = label(role="caption", wrap=True), FlowWidget()
        for each in (self._facts, self._papers, self._proof):
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        told = (
            ("Người và việc", self._facts),
            ("Giấy tờ", self._papers),
            ("Giấy đã in", self._prints),
            ("Cách tính ngày hẹn", self._proof),
        )
        beside = column(self._print_buttons, gap=2 * GRID)
        for name, said in told:
            beside.addLayout(column(label(name, "strong"), said, gap=GRID // 2))
        beside.addStretch(1)
        return ResponsiveRow(
            _scrolled(way, "Quá trình giải quyết"), _scrolled(beside, "Người và việc, giấy tờ, cách tính")
        )

    def _show_print_buttons(self, sheet: DossierDetail) -> None:
        """One button for each paper that there is something to print of, and one menu to see them first."""
        see = button("Xem trước")
        menu = QMenu(see)
        see.setMenu(menu)
        made = []
        if Right.PRINT not in self._rights:
            see.hide()
        for form in papers_to_print(sheet) if Right.PRINT in self._rights else ():
            name = short_name(form)
            made.append(button(f"In {name}"))
            made[-1].setObjectName(f"print.{form.value}")
            made[-1].clicked.connect(partial(self._print, form))
            menu.addAction(name.capitalize(), partial(self._preview, form))
        for each in (*made, see):
            each.setProperty("small", True)
        self._print_buttons.set_parts(*made, see)

    def _show_linked(self, sheet: DossierDetail) -> None:
        """The way between a void dossier and the one issued in its place."""
        made = []
        again = sheet.replaced_by is None and Right.TAKE_IN in self._rights
        if sheet.status == Status.VOID and again:
            made.append(button("Cấp lại hồ sơ này", main=True))
            made[-1].setObjectName("act.issueAgain")
            made[-1].clicked.connect(lambda: self.reissue_requested.emit(self.code))
        for words, code in (("Mở hồ sơ cấp thay", sheet.replaced_by), ("Mở hồ sơ đã hủy", sheet.replaces)):
            if code is not None:
                made.append(button(f"{words} {code}"))
                made[-1].setProperty("small", True)
                made[-1].clicked.connect(partial(self.open_code, code))
        self._linked.set_parts(*made)

    def _print(self, form: PaperForm) -> None:
        self._request_print(self.code, form)

    def _preview(self, form: PaperForm) -> None:
        self.preview_requested.emit(self.code, form)

    def open_code(self, code: str) -> None:
        """Shows a dossier; the one before is gone at once, so that no act can meet the wrong one."""
        if code != self.code:
            self.clear()
        self.code = code
        self.mark_stale()
        self._reload_if_stale()

    def clear(self) -> None:
        """Shows no dossier."""
        self.close_action()
        self.rating.dismiss()
        self.runner.cancel("dossier")
        self.code = ""
        self.detail = None
        self._show_nothing()

    def reload(self) -> None:
        """Reads the dossier anew."""
        if self.code:
            asked = ShowDossier(self.code)
            self.runner.read(open_dossier, asked, self.show_detail, key="dossier", audited=True)

    def focus_start(self) -> None:
        """The page itself hears the number keys of the acts."""
        self.setFocus()

    def back(self) -> bool:
        """Esc leaves an act that was begun, or asks no more how content somebody was."""
        if self.action_form is None:
            return self.rating.dismiss()
        self.close_action()
        return True

    def _show_nothing(self) -> None:
        self._empty_hint.setVisible(self.detail is None)
        self._body.setVisible(self.detail is not None)

    def show_detail(self, sheet: DossierDetail) -> None:
        """Shows one dossier as it is now."""
        if sheet.code != self.code:
            self.close_action()
        self.code, self.detail = sheet.code, sheet
        self._code.setText(sheet.code)
        self._aliases.setText(f"còn gọi {', '.join(sheet.aliases)}")
        self._aliases.setVisible(bool(sheet.aliases))
        self._who.setText(str(sheet.applicant.get("name") or ""))
        self._what.setText(f"{sheet.procedure.name} · {sheet.procedure.field}")
        self._state.setText(status_name(sheet.status))
        self._due.setText(due_text(sheet))
        set_style_property(self._due, "role", "mend" if sheet.late else "strong")
        self.action_bar.show_actions(sheet.allowed, usual_next_action(sheet))
        self._show_linked(sheet)
        self.timeline.show_steps(sheet.steps, sheet.leg_open)
        self._facts.setText(facts_text(sheet))
        self._papers.setText(papers_text(sheet.papers))
        self._prints.setText(prints_text(sheet.prints))
        self._show_print_buttons(sheet)
        self._proof.setText("\n".join(sheet.deadline) or "Không có ngày hẹn nên không có cách tính.")
        self._show_nothing()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit begins the act with that number."""
        typed = event.text()
        if not (typed.isdecimal() and self.action_form is None and self.action_bar.press(int(typed))):
            super().keyPressEvent(event)

    def begin_action(self, action: Action) -> None:
        """Opens the questions of an act."""
        self.close_action()
        if self.detail is None:
            return
        second = self._second_person() if action == Action.VOID else None
        self.action_form = ActionForm(self.code, action, _prefilled_answers(self.detail, action), second)
        self.action_form.submitted.connect(self._submit_action)
        self.action_form.cancelled.connect(self.close_action)
        self._form_area.addWidget(self.action_form)
        self.action_bar.hide()
        self.action_form.show()
        self.action_form.focus_first_field()

    def _second_person(self) -> "SecondPerson":
        """Asks for the other of the two who answer for a void dossier."""
        from app.ui.kit.second_person import SecondPerson

        made = SecondPerson(self.runner)
        made.hide()
        made.load()
        return made

    def close_action(self) -> None:
        """Closes the questions of an act without doing it."""
        if self.action_form is not None:
            self._form_area.removeWidget(self.action_form)
            self.action_form.hide()
            self.action_form.deleteLater()
            self.action_form = None
            self.action_bar.show()
            self.setFocus()

    def _submit_action(self, command: ActOnDossier) -> None:
        if self._submitting:
            return
        self._submitting = True
        again = self.action_form is not None and self.action_form.reissue
        self.runner.write(
            act_on_dossier,
            command,
            partial(self._on_action_done, command, again),
            changes=frozenset({Changed.DOSSIER, Changed.SYNC}),
            source=self,
            on_error=self._refused,
        )

    def _on_action_done(self, command: ActOnDossier, again: bool, sheet: DossierDetail) -> None:
        self._submitting = False
        self.close_action()
        if sheet.code == self.code:
            self.show_detail(sheet)
        where = f" đến {command.to}" if command.to else ""
        text = f"{action_name(command.action)} {sheet.code}{where}: đã ghi. Hồ sơ: {status_name(sheet.status).lower()}."
        form = PAPER_AFTER.get(command.action)
        if command.action == Action.RETURN and sheet.face is None and Right.SERVE_CITIZEN in self._rights:
            self.rating.ask_about(sheet.code)
        if again:
            self.reissue_requested.emit(sheet.code)
        elif form is None:
            self.post_message(Level.DONE, text)
        else:
            anew = "lại " if form == PaperForm.RECEIPT else ""
            self.post_message(
                Level.DONE, text, f"In {anew}{short_name(form)}", partial(self._request_print, sheet.code, form)
            )

    @property
    def _rights(self) -> frozenset[Right]:
        return self.runner.desk.facts.rights

    def _rated(self) -> None:
        self.rating.dismiss()
        self.setFocus()
        self.reload()

    def _rating_failed(self, error: Exception) -> bool:
        """Judged meanwhile at the citizens' screen: nothing more is asked."""
        if isinstance(error, Refusal):
            self._rated()
        return False

    def _request_print(self, code: str, form: PaperForm) -> None:
        self.print_requested.emit(code, form)

    def _refused(self, error: Exception) -> bool:
        self._submitting = False
        form = self.action_form
        if form is None or not isinstance(error, Refusal):
            return False
        return (form.second is not None and form.second.show_error(error)) or form.show_error(
            error.field or "", error_sentence(error)
        )


def usual_next_action(sheet: DossierDetail) -> Action:
    """What usually comes next: what was sent is received, what is worked on gets its result, a result is returned."""
    if sheet.status == Status.FINISHED:
        return Action.RETURN
    if sheet.status == Status.PROCESSING:
        return Action.RECEIVE if sheet.leg_open else Action.FINISH
    return Action.SUPPLEMENT if Action.SUPPLEMENT in sheet.allowed else Action.SEND


def _prefilled_answers(sheet: DossierDetail, action: Action) -> dict[str, str]:
    """What the answers to an act most likely are."""
    if action == Action.RETURN:
        return {"received_by": str(sheet.submitter.get("name") or "")}
    if action == Action.PAY and sheet.fee.amount is not None:
        return {"amount": str(max(0, sheet.fee.amount - (sheet.fee.paid or 0)))}
    return {}


def _scrolled(box: QVBoxLayout, name: str) -> QFrame:
    """A card whose content goes up and down by the arrows too."""
    inner = QWidget()
    inner.setObjectName("clear")
    box.setContentsMargins(GRID, GRID, GRID, GRID)
    inner.setLayout(box)
    area = FittedScrollArea(inner, min_height=_MIN_HEIGHT)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    area.setAccessibleName(name)
    frame = QFrame()
    frame.setObjectName("card")
    frame.setLayout(column(area, margin=GRID - 2))
    return frame
