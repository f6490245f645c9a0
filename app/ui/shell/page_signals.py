"""Connect what each page requests to the window.

There is one function for each page with signals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Protocol

from app.models.instants import local_day

if TYPE_CHECKING:
    from pathlib import Path

    from app.services.queue.view import Queue
    from app.ui.admin.catalogue_page import CataloguePage
    from app.ui.admin.office_page import OfficePage
    from app.ui.admin.sync_page import SyncPage
    from app.ui.citizens.page import CitizensPage
    from app.ui.dossier.page import DossierPage
    from app.ui.intake.page import IntakePage
    from app.ui.kit.page import Page
    from app.ui.lists.lookup import LookupPage
    from app.ui.lists.registers import RegistersPage
    from app.ui.lists.worklist import WorklistPage
    from app.ui.printing.paper_dialogs import PaperDialogs
    from app.ui.printing.print_desk import PrintDesk
    from app.ui.reports.reports_page import ReportsPage
    from app.ui.settings.page import SettingsPage
    from app.ui.shell.day_start_page import DayStartPage


class PageHost(Protocol):
    """The window, as far as pages request something of it."""

    prints: PrintDesk
    paper_dialogs: PaperDialogs

    def go_to_page(self, name: str) -> None:
        """Show the page `name`."""

    def open_dossier(self, code: str) -> None:
        """Show the dossier `code`."""

    def clear_error(self) -> None:
        """Hide an error that no longer holds."""

    def send_now(self) -> None:
        """Send to the receiver at once."""

    def correct_dossier(self, code: str, reason: str) -> None:
        """Open a rejected dossier at the field that the reason names."""

    def reissue(self, code: str) -> None:
        """Open the intake page to reissue the void dossier `code`."""

    def open_law(self, file: Path) -> None:
        """Show what a law package would change."""

    def restore_backup(self) -> None:
        """Close the window, so that a backup can be restored."""

    def leave(self) -> None:
        """Close the window without a question about unfinished work."""

    def resolve_clock(self, on_resolved: Callable[[], None]) -> None:
        """Show the clock dialog.

        `on_resolved` is called after two users confirmed the day.
        """

    def open_table(self, file: object) -> None:
        """Show the page for tables of other programs with a file, or empty."""

    def show_office(self) -> None:
        """Show the office in the frame after a change."""

    def open_kiosk(self) -> None:
        """Open the citizens' screen."""

    def open_display(self) -> None:
        """Open the call display."""

    def announce_call(self, queue: Queue) -> None:
        """Sound a call of this desk."""

    def open_feedback(self) -> None:
        """Show the register of feedback."""


def connect_page(name: str, page: Page, host: PageHost) -> None:
    """Connect the signals of `page`, which was just created under `name`."""
    page.open_requested.connect(host.open_dossier)
    page.page_requested.connect(host.go_to_page)
    if name in _CONNECTORS:
        _CONNECTORS[name](page, host)


def _connect_intake(page: IntakePage, host: PageHost) -> None:
    page.accepted.connect(host.clear_error)
    page.print_requested.connect(host.clear_error)
    page.begin_print = host.prints.intake_print
    page.papers_handed.connect(host.prints.follow_intake)
    page.print_requested.connect(host.prints.print_one)
    page.clock_doubted.connect(host.resolve_clock)
    page.batch_requested.connect(host.prints.print_batch)
    host.prints.status_changed.connect(page.show_prints)


def _connect_worklist(page: WorklistPage, host: PageHost) -> None:
    page.handover_list_requested.connect(host.prints.show_handover_list)


def _connect_day_start(page: DayStartPage, host: PageHost) -> None:
    page.print_queue_requested.connect(host.paper_dialogs.show_print_queue)
    page.citizens_requested.connect(host.open_feedback)
    page.closing.handovers_requested.connect(partial(_show_handovers_of_today, page, host))
    page.closing.sheet_print_requested.connect(host.prints.print_sheet)


def _show_handovers_of_today(page: DayStartPage, host: PageHost) -> None:
    today = local_day(page.runner.desk.now())
    host.paper_dialogs.show_handover_lists(today, today)


def _connect_lookup(page: LookupPage, host: PageHost) -> None:
    page.handover_list_requested.connect(host.prints.show_handover_list)


def _connect_dossier(page: DossierPage, host: PageHost) -> None:
    page.print_requested.connect(host.prints.print_one)
    page.preview_requested.connect(host.prints.preview)
    page.reissue_requested.connect(host.reissue)


def _connect_reports(page: ReportsPage, host: PageHost) -> None:
    page.sheet_print_requested.connect(host.prints.print_sheet)
    page.tables_requested.connect(host.open_table)


def _connect_catalogue(page: CataloguePage, host: PageHost) -> None:
    page.sheet_print_requested.connect(host.prints.print_sheet)


def _connect_registers(page: RegistersPage, host: PageHost) -> None:
    page.document_ready.connect(host.prints.show_document)
    page.batch_requested.connect(host.prints.print_batch)
    page.handovers_requested.connect(host.paper_dialogs.show_handover_lists)
    page.preprinted_requested.connect(host.paper_dialogs.show_preprinted)
    page.counter_refusals_requested.connect(host.paper_dialogs.show_counter_refusals)


def _connect_sync(page: SyncPage, host: PageHost) -> None:
    page.correct_requested.connect(host.correct_dossier)
    page.send_requested.connect(host.send_now)


def _connect_office(page: OfficePage, host: PageHost) -> None:
    page.law_dropped.connect(host.open_law)
    page.restore_requested.connect(host.restore_backup)
    page.update_ready.connect(host.leave)


def _connect_settings(page: SettingsPage, host: PageHost) -> None:
    page.document_ready.connect(host.prints.show_document)
    page.office_changed.connect(host.show_office)


def _connect_citizens(page: CitizensPage, host: PageHost) -> None:
    page.kiosk_requested.connect(host.open_kiosk)
    page.display_requested.connect(host.open_display)
    page.queue.called.connect(host.announce_call)
    page.queue.printing.printer_name = lambda: host.prints.preferred_printer


_CONNECTORS: Mapping[str, Callable[..., None]] = {
    "intake": _connect_intake,
    "worklist": _connect_worklist,
    "start": _connect_day_start,
    "lookup": _connect_lookup,
    "dossier": _connect_dossier,
    "reports": _connect_reports,
    "catalogue": _connect_catalogue,
    "registers": _connect_registers,
    "sync": _connect_sync,
    "office": _connect_office,
    "settings": _connect_settings,
    "citizens": _connect_citizens,
}
