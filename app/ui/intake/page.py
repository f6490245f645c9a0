"""Intake page (F2): form, side panel and «Lưu và in»."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame

from app.models.enums import PaperForm
from app.models.errors import Refusal
from app.ui.intake.doubt_bar import DoubtBar
from app.ui.intake.draft import DraftAutosave
from app.ui.intake.form import IntakeForm, people_of, procedure_summary
from app.ui.intake.frequent_binder import FrequentBinder
from app.ui.intake.live_preview import LivePreview
from app.ui.intake.person_watch import PersonWatch, visitor_key
from app.ui.intake.preprinted_binder import PreprintedBinder
from app.ui.intake.saved_banner import SavedBanner
from app.ui.intake.saving_lock import SavingLock
from app.ui.intake.side_panel import IntakeSidePanel
from app.ui.kit.finder import Suggestion
from app.ui.kit.layouts import FittedScrollArea
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Level, Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import FieldBox, column, row
from app.wording.refusals import error_sentence

if TYPE_CHECKING:
    from app.services.intake.command import AcceptDossier
    from app.ui.intake.card_fill import CardFiller
    from app.ui.intake.checked_save import Printing, SaveOutcome
    from app.ui.intake.person_fields import PersonFields
    from app.ui.intake.turn_away import TurnAwayFlow
    from app.usecases.catalogue.procedures import ProcedureLine
    from app.usecases.dossiers.queries import EarlierApplicant
    from app.usecases.dossiers.scans import CardFields
    from app.usecases.intake.accept import AcceptedDossier
    from app.usecases.intake.turn_away import CounterRefusal

_PAGE_SENTENCES = {
    ("procedure_code", "procedure"): "Chưa chọn thủ tục. Gõ tên, mã hoặc chữ đầu rồi bấm Enter.",
    ("instant_shape", "received_at"): "Chưa đủ hoặc không đọc được. Ghi ngày như 09/02/2026, giờ như 09:30.",
}
"""Sentences for refusals that a clerk meets only as an empty field."""
_NARROW_BELOW = 760


class IntakePage(Page):
    """The intake page.

    Signals: `accepted(code)` once a dossier is on disk, before the form is cleared; `papers_handed(code, printing)`
    then, if `begin_print` gave what to print; `clock_doubted(retry)` when a doubted clock stops numbering, with the
    function to call once the day is confirmed; `batch_requested(codes)` for one receipt of a person's dossiers;
    `print_requested(code, PaperForm)` for a refusal slip.
    """

    accepted = Signal(str)
    papers_handed = Signal(str, object)
    print_requested = Signal(str, object)
    clock_doubted = Signal(object)
    batch_requested = Signal(object)
    title = "Tiếp nhận hồ sơ"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.form = IntakeForm(runner.desk.entry_day)
        self.saved_banner, self.doubt_bar = SavedBanner(runner), DoubtBar()
        self.side_panel = IntakeSidePanel(self.saved_banner, self.doubt_bar)
        self.saving = False
        self.begin_print: Callable[[], Printing | None] = lambda: None
        self.last_code = self.refusal_code = ""
        self.last_people: dict[str, Any] = {}
        self.person_codes: tuple[str, ...] = ()
        self._pending_lookups: set[str] = set()
        self._save_pending = self._cleared = False
        self._waiting_card: CardFields | None = None
        self.lock = SavingLock(self, self.form, self.side_panel.save)
        self.live_preview = LivePreview(self.form, self.side_panel, runner, self)
        self.preprinted = PreprintedBinder(self.form, runner, self, lambda: self.saving)
        self.frequent = FrequentBinder(self.form, runner, self)
        self.draft = DraftAutosave(self.form, runner, self._open_filled, self.side_panel.show_drafts, self)
        PersonWatch(self, self.form)
        self._lay_out()
        self._connect_signals()

    def _lay_out(self) -> None:
        paper = QFrame()
        paper.setObjectName("paper")
        paper.setLayout(column(self.form, margin=2 * GRID))
        paper.layout().setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)  # type: ignore[union-attr]
        self._scroll = FittedScrollArea(paper)
        body = row(self._scroll, self.side_panel, gap=GRID + 4)
        body.setStretch(0, 1)
        self.setLayout(body)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side_panel.set_narrow(self.width() < _NARROW_BELOW)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.save_draft_now()

    def _connect_signals(self) -> None:
        self.form.edited.connect(self.edited)
        self.form.procedure_changed.connect(self.edited)
        self.form.procedure.search_requested.connect(self._find_procedures)
        self.form.preprinted.unbind_requested.connect(self.preprinted.unbind)
        for person in (self.form.submitter, self.form.owner):
            self._find_people_for(person)
        self.form.co_applicants.person_added.connect(self._find_people_for)
        self.side_panel.save.clicked.connect(self.save)
        self.doubt_bar.confirmed.connect(self.confirm_doubts)
        self.doubt_bar.correct_requested.connect(self.correct_doubts)
        self.side_panel.discard.clicked.connect(self.start_new_form)
        self.side_panel.turn_away.clicked.connect(self.turn_away)
        self.side_panel.drafts.clicked.connect(self.draft.show_list)
        self.saved_banner.print_requested.connect(lambda: self.print_requested.emit(*self.last_paper))
        self.saved_banner.open_requested.connect(lambda: self.open_requested.emit(self.last_code))
        self.saved_banner.next_dossier_requested.connect(self.continue_with_person)
        self.saved_banner.batch_requested.connect(self.print_batch)
        QShortcut(QKeySequence("Ctrl+F2"), self, self.continue_with_person)
        QShortcut(QKeySequence("Ctrl+F9"), self, self.print_batch)
        QShortcut(QKeySequence("Ctrl+Q"), self, self.saved_banner.show_payment_code)
        QShortcut(QKeySequence("Ctrl+N"), self, self.start_new_form)
        QShortcut(QKeySequence("Ctrl+T"), self, self.turn_away)
        QShortcut(QKeySequence("Ctrl+D"), self, self.draft.show_list)

    def offer_draft(self) -> None:
        """Offer the draft of the previous run and load the frequent procedures."""
        self.draft.offer()
        self.frequent.load()

    def focus_start(self) -> None:
        """Focus the procedure, or the last field of a half-filled form."""
        if self.form.empty or self.focusWidget() is None:
            self.form.procedure.setFocus()
        else:
            self.focusWidget().setFocus()

    def back(self) -> bool:
        """Handle Esc: close the question, or release a preprinted receipt.

        The rest of the form is kept.
        """
        return self.correct_doubts() or self.preprinted.unbind()

    def edited(self) -> None:
        """Update the side panel and the draft after a change of the form."""
        self._cleared = False
        self.live_preview.read_soon()
        self.draft.save_soon()
        self.doubt_bar.close_question()
        self.saved_banner.shrink()
        self.side_panel.show_form_actions(not self.form.empty)

    def _find_procedures(self, words: str) -> None:
        from app.usecases.catalogue.procedures import FindProcedures, find_procedures

        self.runner.read(
            find_procedures, FindProcedures(words, published_only=True), self._show_procedures, key="procedures"
        )

    def _show_procedures(self, lines: Sequence[ProcedureLine]) -> None:
        suggestions = [Suggestion(line.name, procedure_summary(line), line) for line in lines]
        self.form.procedure.show_suggestions(suggestions)
        if not lines and self.form.procedure.text().strip():
            self.form.boxes["procedure"].show_error("Không có thủ tục nào như đã gõ. Gõ tên khác, mã, hoặc chữ đầu.")

    def _find_people_for(self, person: PersonFields) -> None:
        person.people_requested.connect(partial(self._find_people, person))

    def _find_people(self, person: PersonFields, field: str, words: str) -> None:
        from app.usecases.dossiers.queries import FindPeople, find_people

        self._pending_lookups = {*self._pending_lookups, field}
        self.runner.read(
            find_people,
            FindPeople(words),
            partial(self._on_people_found, person, field),
            key=f"people.{field}",
            on_error=lambda _error: True,
        )

    def _on_people_found(self, person: PersonFields, field: str, matches: Sequence[EarlierApplicant]) -> None:
        if name := person.show_matches(field, matches):
            self.post_message(Level.DONE, f"Đã điền theo lần trước của {name}. Hỏi lại số điện thoại và địa chỉ.")
            self.edited()
        self._pending_lookups = self._pending_lookups - {field}
        if self._save_pending:
            self.save()

    def save(self) -> None:
        """Check the form and accept the dossier («Lưu và in», F9).

        Does nothing while a save is running or on a form just cleared. A save without a name waits for a running
        look-up of the person. Doubts are asked about first; a second F9 confirms them.
        """
        if self.saving or self._nothing_to_save:
            return
        if self.doubt_bar.isVisible():
            if self.doubt_bar.readable:
                self.confirm_doubts()
            return
        unnamed = not self.form.submitter.name.text().strip()
        self._save_pending = unnamed and bool(self._pending_lookups) and not self._save_pending
        if self._save_pending:
            return
        form = self.form.read()
        if (command := self._read_command(form)) is not None:
            from app.ui.intake.checked_save import check_and_accept

            known = self.live_preview.known_doubts(form)
            self._submit(form, command, partial(check_and_accept, self.runner.desk, form, known, command))

    @property
    def _nothing_to_save(self) -> bool:
        """Whether the form was just cleared; F9 shows no error then."""
        return self._cleared and self.form.empty and not self.form.preprinted.code

    def _read_command(self, form: Mapping[str, Any]) -> AcceptDossier | None:
        """Return a form as a command; None shows why it is incomplete."""
        from app.services.intake.command import AcceptDossier

        self.form.clear_errors()
        try:
            _require_complete(form)
            return AcceptDossier.read(form, self.runner.desk.entry_day())
        except Refusal as refusal:
            self._refused(refusal)
            return None

    def confirm_doubts(self) -> None:
        """Accept the form although it is doubtful («Đúng, in»)."""
        if self.saving or not self.doubt_bar.close_question():
            return
        form = self.form.read()
        if (command := self._read_command(form)) is not None:
            from app.ui.intake.checked_save import accept_and_print

            self._submit(form, command, partial(accept_and_print, self.runner.desk, command))

    def correct_doubts(self) -> bool:
        """Close the question and focus the first doubtful field («Sửa»)."""
        doubts = self.doubt_bar.doubts
        if not self.doubt_bar.close_question():
            return False
        box = self.form.box_for_field(doubts[0].field)
        if box is not None and box.isVisibleTo(self):
            box.inner.setFocus()
            self._reveal(box)
        return True

    def _submit(
        self, form: Mapping[str, Any], command: AcceptDossier, job: Callable[[Printing | None], SaveOutcome]
    ) -> None:
        self.save_draft_now()  # so that a crash before the dossier is on disk loses nothing
        self._set_saving(True)
        printing = self.begin_print()
        on_result = partial(self._on_saved, command.procedure, command.applicant.name, people_of(form), printing)
        # urgent, because other work of the lane would take turns with the hand-over and the clearing of the form
        self.runner.run_serial(
            partial(job, printing), on_result, on_error=self._refused, activity="Đang lưu hồ sơ", urgent=True
        )

    def _on_saved(
        self, procedure: str, name: str, people: dict[str, Any], printing: Printing | None, outcome: SaveOutcome
    ) -> None:
        """Show an accepted dossier, or ask about the doubts of the form."""
        if isinstance(outcome, tuple):
            self._set_saving(False)
            self.doubt_bar.ask(outcome)
            return
        self._accepted(procedure, name, people, outcome)
        if printing is not None:
            self.papers_handed.emit(outcome.code, printing)
        self.runner.changed.emit(frozenset({Changed.DOSSIER, Changed.SYNC, Changed.PRINT}), self)

    def _set_saving(self, saving: bool) -> None:
        self.saving = saving
        if saving:
            self.lock.close()
        else:
            self.lock.open()

    def _refused(self, error: Exception) -> bool:
        self._set_saving(False)
        refused = self.show_refusal(error, self.save)
        self._fill_from_waiting_card()
        return refused

    def show_refusal(self, error: Exception, retry: Callable[[], None]) -> bool:
        """Show a refusal beside its field and hide the last dossier.

        A doubted clock emits `clock_doubted(retry)` instead.

        False for an error that is not a refusal.
        """
        if not isinstance(error, Refusal):
            return False
        if error.code.startswith("clock_"):
            self.clock_doubted.emit(retry)
            return True
        self.saved_banner.hide()
        box = self.form.box_for_field(error.field or "")
        sentence = _PAGE_SENTENCES.get((error.code, error.field or "")) or error_sentence(error)
        if box is None or not box.isVisibleTo(self):
            self.post_message(Level.ERROR, sentence)
        else:
            box.show_error(sentence)
            self._reveal(box)
        return True

    def _reveal(self, box: FieldBox) -> None:
        QTimer.singleShot(0, box, lambda: self._scroll.ensureWidgetVisible(box, 0, 3 * GRID))

    def _accepted(self, procedure: str, name: str, people: dict[str, Any], accepted: AcceptedDossier) -> None:
        self.saving = False
        self.lock.open(restore_focus=False)
        earlier = self.person_codes if visitor_key(people) == visitor_key(self.last_people) else ()
        self.last_code, self.last_people, self.person_codes = accepted.code, people, (*earlier, accepted.code)
        self.refusal_code = ""
        self.saved_banner.show_dossier(accepted, name, len(self.person_codes))
        self.accepted.emit(accepted.code)
        self._clear()
        self.frequent.keep(procedure)
        self._fill_from_waiting_card()

    def leave_user(self) -> None:
        """Hide what was shown to the previous user, but keep the form."""
        self.doubt_bar.close_question()
        self.saved_banner.hide()
        self.side_panel.show_form_actions(not self.form.empty)
        self.last_people, self.person_codes, self.refusal_code = {}, (), ""

    def _fill_from_waiting_card(self) -> None:
        card, self._waiting_card = self._waiting_card, None
        if card is not None:
            self.fill_from_card(card)

    def turn_away(self) -> None:
        """Open the dialog that refuses the dossier at the counter (Ctrl+T)."""
        if not self.saving and self.isVisible():
            self.turn_away_flow.open_dialog()

    @cached_property
    def turn_away_flow(self) -> TurnAwayFlow:
        """Refusal at the counter, imported on first use."""
        from app.ui.intake.turn_away import TurnAwayFlow

        return TurnAwayFlow(
            self.form,
            self.runner,
            self.draft,
            self,
            on_recorded=self.show_turned_away,
            show_refusal=self.show_refusal,
        )

    def show_turned_away(self, refusal: CounterRefusal, person: str) -> None:
        """Show a recorded refusal slip, clear the form and print the slip."""
        self.refusal_code, self.last_people, self.person_codes = refusal.code, people_of(self.form.read()), ()
        self.saved_banner.show_slip(refusal.printed_number, person)
        self._clear()
        self.print_requested.emit(*self.last_paper)

    @property
    def last_paper(self) -> tuple[str, PaperForm]:
        """Code and form that Ctrl+P reprints: last refusal slip or receipt."""
        return (self.refusal_code, PaperForm.REFUSAL) if self.refusal_code else (self.last_code, PaperForm.RECEIPT)

    def _clear(self) -> None:
        """Clear the form and delete its draft."""
        self.draft.delete(self.form.request_id)
        self.form.clear()
        self.doubt_bar.close_question()
        self.live_preview.read()
        self.side_panel.show_form_actions(False)
        self._cleared = True
        self.form.procedure.setFocus()
        self._scroll.verticalScrollBar().setValue(0)

    def start_new_form(self) -> None:
        """Clear the form (Ctrl+N); the banner offers to undo this."""
        if self.saving or self.form.empty:
            return
        before = self.form.read()
        self._clear()
        self.post_message(Level.WARNING, "Đã bỏ phần đang nhập.", "Hoàn lại", partial(self.open_draft, before), True)

    def continue_with_person(self) -> None:
        """Fill the form with the person of the last dossier (Ctrl+F2).

        A form in use is not overwritten.
        """
        if self.saving or not self.last_people:
            return
        if self._warn_if_typing("nhận tiếp"):
            return
        self.form.fill(self.last_people, None)
        self.form.procedure.setFocus()
        self.edited()

    def print_batch(self) -> None:
        """Print one receipt of the dossiers of the last person (Ctrl+F9)."""
        if len(self.person_codes) > 1:
            self.batch_requested.emit(self.person_codes)

    def reissue(self, code: str) -> None:
        """Fill the form with the data of the void dossier `code`.

        The saved dossier replaces the void one.
        """
        from app.usecases.intake.reissue import GetReissueLine, get_reissue_line

        if not self._warn_if_typing("bấm «Cấp lại hồ sơ này» trên hồ sơ đã hủy"):
            self.runner.read(get_reissue_line, GetReissueLine(code), self.open_draft)

    def _warn_if_typing(self, next_step: str) -> bool:
        """Return True and show a warning if the form is not empty."""
        if not self.form.empty:
            self.post_message(Level.WARNING, f"Đang nhập một hồ sơ khác. Lưu (F9) hoặc bỏ (Ctrl+N), rồi {next_step}.")
        return not self.form.empty

    def show_prints(self, code: str, text: str) -> None:
        """Show the state of the prints of the last dossier or slip."""
        if code == self.last_paper[0]:
            self.saved_banner.show_prints(text)

    def fill_from_card(self, card: CardFields) -> None:
        """Fill the focused person, by default the submitter, from a citizen card.

        A card scanned while a dossier is saved belongs to the next one, and waits.
        """
        if self.saving:
            self._waiting_card = card
            return
        if "turn_away_flow" in self.__dict__:
            self.turn_away_flow.close_dialog()
        focused = self.focusWidget() or self
        others = [self.form.owner] if self.form.other_owner.isChecked() else []
        others += self.form.co_applicants.people if self.form.co_applicants.tick.isChecked() else []
        person = next((other for other in others if other.isAncestorOf(focused)), self.form.submitter)
        self.card_filler.fill_person(person, card)

    def bind_preprinted(self, code: str) -> None:
        """Bind the form to the preprinted receipt `code`."""
        self.preprinted.bind(code)

    @cached_property
    def card_filler(self) -> CardFiller:
        """Filling from citizen cards, imported on first use."""
        from app.ui.intake.card_fill import CardFiller

        return CardFiller(self.form, self.runner, self)

    def save_draft_now(self) -> None:
        """Save pending changes of the draft at once, as when the window closes."""
        self.draft.save_now()

    def open_draft(self, draft: Mapping[str, Any]) -> None:
        """Fill the form from a draft; over a half-filled form this is asked."""
        if not self.saving:
            self.draft.open(draft)

    def _open_filled(self, draft: Mapping[str, Any]) -> None:
        from app.usecases.catalogue.procedures import FindProcedures, find_procedures

        code = str(draft.get("procedure") or "")
        if not code:
            self._fill(draft, ())
            return
        self.runner.read(find_procedures, FindProcedures(code), partial(self._fill, draft))

    def _fill(self, draft: Mapping[str, Any], lines: Sequence[ProcedureLine]) -> None:
        procedure = next((line for line in lines if line.code == draft.get("procedure")), None)
        self.form.fill(draft, procedure)
        self.form.submitter.id_number.setFocus()
        self.edited()


def _require_complete(line: Mapping[str, Any]) -> None:
    """Raise Refusal `missing` for a ticked box without its value.

    The value changes the promise.
    """
    if line.get("settled_by") == "":
        raise Refusal("missing", "settled_by")
