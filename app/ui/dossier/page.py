"""Dossier page: facts, timeline, papers, prints and allowed actions."""

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.models.enums import Action, Channel, PaperForm, ReturnBy, Right, Status
from app.models.errors import Refusal
from app.services.dossier_actions import ActOnDossier
from app.services.dossier_detail import DossierDetail, ShowDossier
from app.ui.dossier.actions import ActionBar, ActionForm
from app.ui.dossier.extras import DossierExtras
from app.ui.dossier.facts import (
    PAPER_AFTER,
    alias_text,
    due_text,
    fact_pairs,
    paper_name,
    papers_text,
    papers_to_print,
    prints_text,
)
from app.ui.dossier.print_buttons import PrintButtons
from app.ui.dossier.supplement_papers import papers_part
from app.ui.dossier.timeline import Timeline
from app.ui.kit.dates import format_birth
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.layouts import FactsGrid, FittedScrollArea, ResponsiveRow, ScrolledPart
from app.ui.kit.page import Page
from app.ui.kit.rating import RatingBand, RatingRecorder
from app.ui.kit.runner import Changed, Level, Runner
from app.ui.kit.style import GRID, LOW_WINDOW, set_style_property
from app.ui.kit.widgets import button, column, label, row, selectable_label
from app.usecases.accounts.access_log import open_dossier
from app.usecases.dossiers.actions import act_on_dossier
from app.wording.received.sending import field_in_reason
from app.wording.refusals import error_sentence
from app.wording.status import action_name, status_name

if TYPE_CHECKING:
    from app.ui.kit.second_person import SecondPerson

_MIN_HEIGHT = 160
_NONE_OPEN = "Chưa mở hồ sơ nào. Quét mã trên giấy tiếp nhận, hoặc gõ mã, tên, số điện thoại vào ô tra cứu (F3)."


class DossierPage(Page):
    """The page of one dossier.

    Signals: `print_requested(code, PaperForm)`, `preview_requested(code, PaperForm)`; `reissue_requested(code)` of a
    void dossier.
    """

    print_requested = Signal(str, object)
    preview_requested = Signal(str, object)
    reissue_requested = Signal(str)
    title = "Hồ sơ"
    reloads_on = frozenset({Changed.DOSSIER, Changed.PRINT})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._correcting = ("", "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Hồ sơ: bấm số hoặc chữ của việc cần làm")
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
        self.rating.toggled.connect(self._fit_height)
        self._details = self._columns()
        parts = (self._header(), self.action_bar, self._linked, self._form_area, self._details, self.rating)
        box = column(*parts)
        box.setStretch(4, 1)
        box.addStretch()  # below a form that is shown alone
        self._body.setLayout(box)
        self.setLayout(column(self._empty_hint, self._body))
        self._show_nothing()

    def _header(self) -> QWidget:
        frame = QFrame()
        frame.setObjectName("card")
        self._code, self._aliases, self._applicant = (
            label(role="title"),
            label(role="caption"),
            label(role="strong", wrap=True),
        )
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._procedure = label(wrap=True)
        self._state, self._due = label(role="title"), label(role="strong")
        for state_label in (self._state, self._due):
            state_label.setAlignment(Qt.AlignmentFlag.AlignRight)
        right = column(self._state, self._due, gap=2)
        right.addStretch(1)
        codes = FlowWidget(self._code, self._aliases, gap=2 * GRID, align_bottom=True)
        line = row(column(codes, self._applicant, self._procedure, gap=2), right, gap=3 * GRID)
        line.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        line.setStretch(0, 1)
        self._head = line
        frame.setLayout(line)
        frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return frame

    def _columns(self) -> QWidget:
        self.timeline = Timeline()
        left = column(label("Quá trình giải quyết", "strong"), self.timeline)
        left.addStretch(1)
        self._facts, self._papers, self._prints = FactsGrid(), selectable_label(), label(wrap=True)
        self._proof, self._print_buttons = selectable_label("caption"), PrintButtons()
        self._print_buttons.print_requested.connect(self._print)
        self._print_buttons.preview_requested.connect(self._preview)
        self.extras = DossierExtras(self.runner)
        self.extras.print_requested.connect(self._request_print)
        sections: tuple[tuple[str, QWidget], ...] = (
            ("Người và việc", self._facts),
            ("Giấy tờ", self._papers),
            ("Giấy đã in", self._prints),
            ("Cách tính ngày hẹn", self._proof),
        )
        right = column(column(self._print_buttons, self.extras), gap=2 * GRID)
        for name, content in sections:
            right.addLayout(column(label(name, "strong"), content, gap=GRID // 2))
        right.addStretch(1)
        return ResponsiveRow(
            _scrolled(left, "Quá trình giải quyết"), _scrolled(right, "Người và việc, giấy tờ, cách tính")
        )

    def _show_linked(self, detail: DossierDetail) -> None:
        """Show the buttons between a void dossier and its replacement."""
        buttons = []
        can_reissue = detail.replaced_by is None and Right.TAKE_IN in self._rights
        if detail.status == Status.VOID and can_reissue:
            buttons.append(button("Cấp lại hồ sơ này", main=True))
            buttons[-1].setObjectName("act.issueAgain")
            buttons[-1].clicked.connect(lambda: self.reissue_requested.emit(self.code))
        for words, code in (("Mở hồ sơ cấp thay", detail.replaced_by), ("Mở hồ sơ đã hủy", detail.replaces)):
            if code is not None:
                buttons.append(button(f"{words} {code}"))
                buttons[-1].setProperty("small", True)
                buttons[-1].clicked.connect(partial(self.open_code, code))
        self._linked.set_parts(*buttons)

    def _print(self, form: PaperForm) -> None:
        self._request_print(self.code, form)

    def _preview(self, form: PaperForm) -> None:
        self.preview_requested.emit(self.code, form)

    def open_code(self, code: str) -> None:
        """Show the dossier `code`.

        The previous dossier is cleared at once, so that no action can reach the wrong one.
        """
        if code != self.code:
            self.clear()
            self.person_changed.emit()
        self.code = code
        self._show_nothing()
        self.mark_stale()
        self._reload_if_stale()

    def correct(self, code: str, reason: str) -> None:
        """Show a rejected dossier and open its correction.

        The field is the one that the reason names.
        """
        self.open_code(code)
        self._correcting = (code, reason)
        if self.detail is not None:
            self._begin_correcting(self.detail)

    def _begin_correcting(self, detail: DossierDetail) -> None:
        code, reason = self._correcting
        self._correcting = ("", "")
        if code != detail.code:
            return
        if Action.AMEND in detail.allowed:
            self.begin_action(Action.AMEND)
            if self.action_form is not None:
                self.action_form.choose_field(field_in_reason(reason))
        self.post_message(Level.WARNING, f"Nơi nhận trả lại {code}: {reason}")

    def clear(self) -> None:
        """Show no dossier."""
        self.close_action()
        self.rating.dismiss()
        self.runner.cancel("dossier")
        self.code = ""
        self.detail = None
        self._show_nothing()

    def reload(self) -> None:
        """Read the dossier again; the access is logged."""
        if self.code:
            self.runner.read(
                open_dossier,
                ShowDossier(self.code),
                self.show_detail,
                key="dossier",
                on_error=self._open_failed,
                audited=True,
            )

    def _open_failed(self, _error: Exception) -> bool:
        """Show no dossier if none was read; the sentence is shown as usual."""
        if self.detail is None:
            self.clear()
        return False

    def focus_start(self) -> None:
        """Focus the field of the open form, else the page with its keys."""
        place = self.action_form.focusWidget() if self.action_form is not None else None
        (place or self).setFocus()

    def back(self) -> bool:
        """Handle Esc: close the action form, or else the rating."""
        if self.action_form is None:
            return self.rating.dismiss()
        self.close_action()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        """Show a long form, or any form or the rating in a low window, alone.

        The page would scroll otherwise, with the lists of papers scrolling in it.
        """
        form, low = self.action_form, self.window().height() < LOW_WINDOW
        has_part = form is not None or not self.rating.isHidden()
        alone = (has_part and low) or (form is not None and form.is_long)
        margin = 2 if alone else GRID
        self._head.setContentsMargins(2 * GRID, margin, 2 * GRID, margin)
        self._details.setVisible(not alone)
        if self.action_form is not None:  # its button has the same words
            self.action_form.heading.setVisible(not alone or self.action_form.action == Action.UNDO)
        for area in self._details.findChildren(FittedScrollArea):
            area.set_whole(self.window().height() < LOW_WINDOW)
        self._procedure.setVisible(not alone)
        self._aliases.setVisible(not alone and self.detail is not None and bool(self.detail.aliases))

    def _show_nothing(self) -> None:
        self._empty_hint.setText(f"Đang mở hồ sơ {self.code}…" if self.code else _NONE_OPEN)
        self._empty_hint.setVisible(self.detail is None)
        self._body.setVisible(self.detail is not None)

    def show_detail(self, detail: DossierDetail) -> None:
        """Show the current state of a dossier."""
        if detail.code != self.code:
            self.close_action()
        self.code, self.detail = detail.code, detail
        self._code.setText(detail.code)
        self._aliases.setText(f"còn gọi {', '.join(map(alias_text, detail.aliases))}")
        self._fit_height()
        self._applicant.setText(str(detail.applicant.get("name") or ""))
        self._procedure.setText(f"{detail.procedure.name} · {detail.procedure.field}")
        self._state.setText(status_name(detail.status))
        self._due.setText(due_text(detail))
        set_style_property(self._due, "role", "error" if detail.late else "strong")
        self.action_bar.show_actions(detail.allowed, usual_next_action(detail))
        self._show_linked(detail)
        self.timeline.show_steps(detail.steps, detail.leg_open)
        self._facts.show_pairs(fact_pairs(detail))
        self._papers.setText(papers_text(detail.papers))
        self._prints.setText(prints_text(detail.prints))
        forms = papers_to_print(detail) if Right.PRINT in self._rights else ()
        self._print_buttons.show_papers([(form, paper_name(detail, form)) for form in forms])
        for before, after in pairwise((*self.action_bar.buttons, *self._print_buttons.buttons)):
            QWidget.setTabOrder(before, after)
        self.extras.show_dossier(detail)
        self._proof.setText("\n".join(detail.deadline) or "Không có ngày hẹn nên không có cách tính.")
        self._show_nothing()
        if self._correcting[0]:
            self._begin_correcting(detail)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin the action of its key, or open the menu of papers.

        Ctrl+Z is the key Z too. While a dossier is read, the keys reach none.
        """
        typed = "Z" if event.key() == Qt.Key.Key_Z else event.text()
        if (
            self.action_form is not None
            or self.detail is None
            or not (typed and (self.action_bar.press(typed) or self._print_buttons.press(typed)))
        ):
            super().keyPressEvent(event)

    def begin_action(self, action: Action) -> None:
        """Open the form of an action."""
        self.close_action()
        if self.detail is None:
            return
        second = self._second_person() if action == Action.VOID else None
        undone = action_name(self.detail.undoable) if action == Action.UNDO and self.detail.undoable else ""
        self.action_form = ActionForm(
            self.code,
            action,
            _prefilled_answers(self.detail, action),
            self.runner,
            second=second,
            undone=undone,
            papers=papers_part(self.detail, action),
        )
        self.action_form.submitted.connect(self._submit_action)
        self.action_form.payment_code_requested.connect(self.extras.ask_payment_code)
        self.action_form.cancelled.connect(self.close_action)
        self._form_area.addWidget(self.action_form)
        self.action_bar.hide()
        self.action_form.show()
        self._fit_height()
        self.action_form.focus_first_field()

    def _second_person(self) -> "SecondPerson":
        """Return the fields of the second user who approves a void dossier."""
        from app.ui.kit.second_person import SecondPerson

        second = SecondPerson(self.runner)
        second.hide()
        second.load()
        return second

    def close_action(self) -> None:
        """Close the form of an action without submitting it."""
        if self.action_form is not None:
            self._form_area.removeWidget(self.action_form)
            self.action_form.hide()
            self.action_form.deleteLater()
            self.action_form = None
            self._fit_height()
            self.action_bar.show()
            self.setFocus()

    def _submit_action(self, command: ActOnDossier) -> None:
        if self._submitting:
            return
        self._submitting = True
        reissue = self.action_form is not None and self.action_form.reissue
        self.runner.write(
            act_on_dossier,
            command,
            partial(self._on_action_done, command, reissue),
            changes=frozenset({Changed.DOSSIER, Changed.SYNC}),
            source=self,
            on_error=self._refused,
        )

    def _on_action_done(self, command: ActOnDossier, reissue: bool, detail: DossierDetail) -> None:
        self._submitting = False
        self.close_action()
        if detail.code == self.code:
            self.show_detail(detail)
        recipient = f" đến {command.to}" if command.to else ""
        status = status_name(detail.status).lower()
        text = f"{action_name(command.action)} {detail.code}{recipient}: đã ghi. Hồ sơ: {status}."
        form = PAPER_AFTER.get(command.action)
        if command.action == Action.RETURN and detail.face is None and Right.SERVE_CITIZEN in self._rights:
            self.rating.ask_about(detail.code)
        elif detail.status != Status.RETURNED:
            self.rating.dismiss()
        level, text = (Level.WARNING if detail.warnings else Level.DONE), " ".join((text, *detail.warnings))
        if reissue:
            self.reissue_requested.emit(detail.code)
        elif form is None:
            self.post_message(level, text)
        else:
            again = "lại " if form == PaperForm.RECEIPT else ""
            on_print = partial(self._request_print, detail.code, form)
            self.post_message(level, text, f"In {again}{paper_name(detail, form)}", on_print)

    @property
    def _rights(self) -> frozenset[Right]:
        return self.runner.desk.facts.rights

    def _rated(self) -> None:
        self.rating.dismiss()
        self.setFocus()
        self.reload()

    def _rating_failed(self, error: Exception) -> bool:
        """Dismiss the rating after a refusal.

        The citizen has already rated the dossier on another screen.
        """
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


def usual_next_action(detail: DossierDetail) -> Action:
    """Return the action that usually follows in the state of a dossier."""
    if detail.status == Status.FINISHED:
        return Action.RETURN
    if detail.status == Status.PROCESSING:
        return Action.RECEIVE if detail.leg_open else Action.FINISH
    return Action.SUPPLEMENT if Action.SUPPLEMENT in detail.allowed else Action.SEND


def _prefilled_answers(detail: DossierDetail, action: Action) -> dict[str, str]:
    """Return the likely values of the fields of an action."""
    if action == Action.RETURN:
        return _submitter_as_receiver(detail)
    if action == Action.PAY and detail.fee.amount is not None:
        return {"amount": str(max(0, detail.fee.amount - (detail.fee.paid or 0)))}
    if action == Action.AMEND:
        return {**_current_people(detail), **_current_fee_terms(detail)}
    if action == Action.APOLOGISE or (action == Action.FINISH and detail.late):
        return {"reason": ""}
    return {}


def _current_people(detail: DossierDetail) -> dict[str, str]:
    """Return the fields that can be corrected, as shown on the page."""
    people = {"": detail.applicant}
    if detail.submitter != detail.applicant:
        people["submitter."] = {**detail.submitter, "authority": detail.submitter.get("authority")}
    if detail.principal is not None:
        people["principal."] = detail.principal
    people |= {f"co{number}.": person for number, person in enumerate(detail.co_applicants, 1)}
    return {
        f"{role}{key}": format_birth(str(value or "")) if key == "birth_date" else str(value or "")
        for role, person in people.items()
        for key, value in person.items()
    }


def _current_fee_terms(detail: DossierDetail) -> dict[str, str]:
    """Return what the fee depends on, as far as it fits the dossier."""
    facts, groups = detail.fee_facts, detail.fee_facts.get("exempt")
    terms = {"exempt": ", ".join(groups) if isinstance(groups, list) else str(groups or "")}
    if facts.get("pages") is not None:
        terms["pages"] = str(facts["pages"])
    if detail.channel == Channel.ONLINE:
        terms["level"] = str(facts.get("level") or "")
    return terms


def _submitter_as_receiver(detail: DossierDetail) -> dict[str, str]:
    authority = detail.submitter.get("authority") or (detail.principal or {}).get("authority")
    by_post = detail.return_by == ReturnBy.POST
    return {
        "received_by": str(detail.submitter.get("name") or ""),
        "receiver_id": str(detail.submitter.get("id_number") or ""),
        "authority": "" if by_post else str(authority or ""),
    }


def _scrolled(box: QVBoxLayout, name: str) -> QFrame:
    """Return a card whose content can also be scrolled by the arrow keys."""
    inner = ScrolledPart()
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
