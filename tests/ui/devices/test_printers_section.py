"""Printer section: paper sizes, preferences, test page, network."""

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from app.models.enums import PaperForm, PaperSize
from app.ui.devices.printers_section import FormPreferenceRow, PrinterSection
from app.ui.printing import dispatch
from app.ui.printing.job import PrintHandoff, PrintOutcome
from app.ui.printing.preferences import FormPreference
from app.ui.printing.printer_list import PrinterLine
from app.ui.shell.window import MainWindow

LINES = [
    PrinterLine("Laser", "Laser", (PaperSize.A4,), "Sẵn sàng"),
    PrinterLine("tcp://may:9100", "Máy in nhiệt may:9100", (PaperSize.ROLL_80,), "Qua mạng"),
]


@pytest.fixture
def section(window: MainWindow, wait_until_idle: Any) -> PrinterSection:
    window.prints.preferences.save_network_printers(("tcp://may:9100",))
    window.go_to_page("devices")
    wait_until_idle(window.runner)
    (printer_section,) = (each for each in window.devices.sections if isinstance(each, PrinterSection))
    printer_section.show_printers(LINES)
    return printer_section


def line_of(section: PrinterSection, form: PaperForm) -> FormPreferenceRow:
    return next(line for line in section.forms if line.form == form)


def test_each_printer_shows_its_paper_sizes(section: PrinterSection) -> None:
    texts = [label.text() for label in section.findChildren(QLabel)]
    assert "A4 (A5: hai bản trên một tờ A4, cắt đôi)" in texts
    section.show_printers([])
    assert any("Chưa thấy máy in nào" in label.text() for label in section.findChildren(QLabel))


def test_thermal_printer_is_offered_for_roll_forms_only(section: PrinterSection, window: MainWindow) -> None:
    receipt, control = line_of(section, PaperForm.RECEIPT), line_of(section, PaperForm.CONTROL)
    assert control.printer.findData("tcp://may:9100") < 0
    receipt.printer.setCurrentIndex(receipt.printer.findData("tcp://may:9100"))
    receipt.printer.activated.emit(receipt.printer.currentIndex())
    assert window.prints.preferences.for_form(PaperForm.RECEIPT) == FormPreference(
        "tcp://may:9100", PaperSize.ROLL_80, 2
    )
    assert receipt.paper.currentData() == "80mm"


def test_paper_and_copies_are_saved(section: PrinterSection, window: MainWindow) -> None:
    control = line_of(section, PaperForm.CONTROL)
    control.paper.setCurrentIndex(control.paper.findData("A4"))
    control.copies.setCurrentIndex(2)
    control.copies.activated.emit(2)
    assert window.prints.preferences.for_form(PaperForm.CONTROL) == FormPreference("", PaperSize.A4, 3)


def test_test_page_is_printed_on_its_printer(
    section: PrinterSection, window: MainWindow, wait_until_idle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs: list[Any] = []
    monkeypatch.setattr(
        dispatch, "print_pdf", lambda *arguments: jobs.append(arguments) or PrintHandoff(PrintOutcome.PRINTED)
    )
    monkeypatch.setattr(
        "app.ui.printing.print_desk.print_pdf",
        lambda *arguments: jobs.append(arguments) or PrintHandoff(PrintOutcome.PRINTED),
    )
    (test_button,) = (each for each in section.findChildren(QPushButton) if each.text() == "In thử A4")
    test_button.click()
    wait_until_idle(window.runner)
    wait_until_idle(window.runner)
    ((pdf, paper, printer),) = jobs
    assert (pdf[:4], paper, printer) == (b"%PDF", PaperSize.A4, "Laser")


def test_invalid_address_is_reported_and_valid_one_saved(
    section: PrinterSection, window: MainWindow, wait_until_idle: Any
) -> None:
    section.address.setText("không phải")
    section.add_network()
    assert "Địa chỉ chưa đúng" in window.banner.text
    section.address.setText("192.168.1.50")
    section.add_network()
    wait_until_idle(window.runner)
    assert window.prints.preferences.network_printers == ("tcp://may:9100", "tcp://192.168.1.50:9100")
