"""Devices page: self-test of scanners, port, scanner card."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.scanning.self_test import TEST_CODES
from app.ui.devices import scanners_section
from app.ui.devices.scanners_section import ScannerSection
from app.ui.devices.serial_port import Port
from app.ui.printing.job import PrintHandoff, PrintOutcome
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import RecordingDesk

PORTS = [Port("/dev/ttyACM0", "Máy quét thử", "0C2E:0B61:1"), Port("/dev/ttyS0", "ttyS0", "")]


@pytest.fixture
def section(window: MainWindow, wait_until_idle: Any, monkeypatch: Any) -> ScannerSection:
    monkeypatch.setattr(window.scanners, "ports", lambda: PORTS)  # a machine with a scanner and a bare port
    window.go_to_page("office")
    window.office.findChild(QPushButton, "office.devices").click()
    wait_until_idle(window.runner)
    assert window.current_page_name == "devices"
    (scanner_section,) = (each for each in window.devices.sections if isinstance(each, ScannerSection))
    return scanner_section


def line_text(section: ScannerSection, code: str) -> tuple[str, str]:
    return tuple(label.text() for label in section.lines[code])


def test_each_test_code_is_checked_on_its_line(window: MainWindow, section: ScannerSection) -> None:
    assert {line_text(section, code.name) for code in TEST_CODES} == {("Chưa quét.", "")}
    for code in TEST_CODES:
        window.handle_scan(code.text)
    assert {line_text(section, code.name) for code in TEST_CODES} == {("✓ Đúng", "")}
    window.handle_scan("mvh2-AbCdEf-WwYyZz")
    result, advice = line_text(section, "case")
    assert result == "✗ Sai"
    assert "Caps Lock" in advice
    assert window.current_page_name == "devices"


def test_scanner_without_suffix_is_detected_in_test_field(section: ScannerSection) -> None:
    assert section.test_field.hasFocus()
    QTest.keyClicks(section.test_field, "MVH1-0123456789-BHLMV")
    assert "Suffix" in line_text(section, "bars")[1]
    QTest.keyClick(section.test_field, Qt.Key.Key_Return)
    assert "Inter-character delay" in line_text(section, "bars")[1]
    assert section.test_field.text() == ""


def test_other_code_is_reported_and_opens_nothing(
    window: MainWindow, section: ScannerSection, desk: RecordingDesk
) -> None:
    window.handle_scan("6303260311000078")
    assert "không có trên thẻ thử" in section.last_scan.text()
    assert desk.queries_of("ReadScan") == []


def test_selected_port_is_saved(section: ScannerSection, window: MainWindow, monkeypatch: Any) -> None:
    assert [section.port.itemText(n) for n in range(section.port.count())][1:] == [
        "/dev/ttyACM0 – Máy quét thử",
        "/dev/ttyS0 – ttyS0",
    ]
    monkeypatch.setattr(window.scanners, "start", lambda: None)
    section.port.setCurrentIndex(1)
    section.port.activated.emit(1)
    assert window.scanners.port == "/dev/ttyACM0"
    section._show_ports([])
    assert section.port.currentText() == "/dev/ttyACM0 (chưa cắm)"


@pytest.mark.parametrize(
    ("outcome", "words"),
    [(PrintOutcome.PRINTED, "Đã gửi in"), (PrintOutcome.NO_PRINTER, "Chưa in được"), (PrintOutcome.FAILED, "Chưa in")],
)
def test_scanner_card_is_printed(
    window: MainWindow,
    section: ScannerSection,
    wait_until_idle: Any,
    monkeypatch: Any,
    outcome: PrintOutcome,
    words: str,
) -> None:
    printed = []
    monkeypatch.setattr(
        scanners_section, "print_pdf", lambda *arguments: printed.append(arguments) or PrintHandoff(outcome)
    )
    section.findChild(QPushButton, "devices.card.print").click()
    wait_until_idle(window.runner)
    wait_until_idle(window.runner)
    assert printed[0][0].startswith(b"%PDF")
    assert words in window.banner.text


def test_scanner_card_is_saved_as_file(
    window: MainWindow, section: ScannerSection, wait_until_idle: Any, monkeypatch: Any, tmp_path: Path
) -> None:
    monkeypatch.setattr(scanners_section, "choose_save_file", lambda *_arguments: tmp_path / "card.pdf")
    section.findChild(QPushButton, "devices.card.keep").click()
    wait_until_idle(window.runner)
    wait_until_idle(window.runner)
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")
    assert "card.pdf" in window.banner.text


def test_status_line_shows_scanner_state(window: MainWindow) -> None:
    assert window.status.text("scanner") == ""
    window.handle_scan("6303260311000078")
    assert window.status.text("scanner") == "Máy quét ●"
    window.scanners._set_state("absent")
    assert window.status.text("scanner") == "Máy quét ○ chưa cắm"
