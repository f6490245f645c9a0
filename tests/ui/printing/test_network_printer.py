"""Thermal network printer: dots over TCP, and failures."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image, ImageChops
from PySide6.QtCore import QSettings

from app.models.enums import PaperForm, PaperSize
from app.models.forms.values import FORM_VALUES
from app.printing.form_files import shipped_library
from app.printing.layout.thermal import CUT, INITIALISE, PRINTABLE_DOTS
from app.printing.render import render
from app.ui.printing.job import PrintOutcome
from app.ui.printing.preferences import ROLL_FORMS, FormPreference, PrintPreferences, parse_network_printer
from app.ui.printing.printer import print_pdf
from tests.support.document_samples import KEY, RECEIPT

FINE, NO_PAPER, COVER_OPEN = b"\x12", b"\x32", b"\x16"


class NetworkPrinterStub:
    """Network printer that records the received bytes.

    It answers the status request with one byte, or not at all.
    """

    def __init__(self, state: bytes) -> None:
        self._state, self.taken = state, b""
        self._server = socket.create_server(("127.0.0.1", 0))
        self.name = f"tcp://127.0.0.1:{self._server.getsockname()[1]}"
        self._thread = threading.Thread(target=self._take)
        self._thread.start()

    def _take(self) -> None:
        line, _peer = self._server.accept()
        with line:
            line.sendall(self._state)
            while part := line.recv(65536):
                self.taken += part

    def received(self) -> bytes:
        """Return the received bytes."""
        self._thread.join()
        self._server.close()
        return self.taken


@pytest.fixture
def roll() -> Iterator[Callable[[bytes], NetworkPrinterStub]]:
    printers: list[NetworkPrinterStub] = []

    def begin(state: bytes) -> NetworkPrinterStub:
        printers.append(NetworkPrinterStub(state))
        return printers[-1]

    yield begin
    for printer in printers:
        printer.received()


def strips(sent: bytes) -> list[Image.Image]:
    """Return the picture of each strip."""
    strips = []
    for strip in sent.split(CUT)[:-1]:
        rows, rest = b"", strip.removeprefix(INITIALISE)
        while rest:
            head, across, tall = rest[:4], int.from_bytes(rest[4:6], "little"), int.from_bytes(rest[6:8], "little")
            assert (head, across) == (b"\x1dv0\x00", PRINTABLE_DOTS // 8)
            rows, rest = rows + rest[8 : 8 + across * tall], rest[8 + across * tall :]
        tall = len(rows) // (PRINTABLE_DOTS // 8)
        strips.append(ImageChops.invert(Image.frombytes("1", (PRINTABLE_DOTS, tall), rows).convert("L")))
    return strips


@pytest.mark.parametrize("state", [FINE, b""])
def test_both_copies_arrive_as_dots_with_readable_barcodes(
    qapp: Any, roll: Callable[[bytes], NetworkPrinterStub], state: bytes
) -> None:
    printer = roll(state)
    assert (
        print_pdf(render(RECEIPT, PaperSize.ROLL_80), PaperSize.ROLL_80, printer.name).outcome == PrintOutcome.PRINTED
    )
    burnt = strips(printer.received().removeprefix(b"\x10\x04\x02"))
    assert len(burnt) == 2
    for strip in burnt:
        codes = zxingcpp.read_barcodes(strip)
        assert [code.text for code in codes if code.format.name == "Code128"] == [KEY]
        assert [code.text for code in codes if code.format.name == "QRCode"] == [RECEIPT.identity.qr_text]


@pytest.mark.parametrize("state", [NO_PAPER, COVER_OPEN])
def test_without_paper_nothing_is_sent_and_the_job_waits(
    qapp: Any, roll: Callable[[bytes], NetworkPrinterStub], state: bytes
) -> None:
    printer = roll(state)
    handed = print_pdf(render(RECEIPT, PaperSize.ROLL_80), PaperSize.ROLL_80, printer.name)
    assert (handed.outcome, handed.printer) == (PrintOutcome.UNREACHED, printer.name)
    assert printer.received() == b"\x10\x04\x02"


def test_a_printer_that_is_off_leaves_the_job_waiting(qapp: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    handed = print_pdf(render(RECEIPT, PaperSize.ROLL_80), PaperSize.ROLL_80, f"tcp://127.0.0.1:{port}")
    assert handed.outcome == PrintOutcome.UNREACHED


@pytest.mark.parametrize(("typed", "address"), [
    ("192.168.1.50", "tcp://192.168.1.50:9100"), (" may-in:9101 ", "tcp://may-in:9101"),
    ("tcp://192.168.1.50:9100", "tcp://192.168.1.50:9100"), ("::1", ""), ("[::1]", "tcp://[::1]:9100"),
    ("", ""), ("a b", ""), ("may:99999", ""), ("may:x", ""), ("u@may", ""), ("may/x", ""),
])  # fmt: skip
def test_typed_address_is_parsed(typed: str, address: str) -> None:
    assert parse_network_printer(typed) == address


def test_preferences_are_kept_and_invalid_ones_ignored(tmp_path: Path) -> None:
    file = str(tmp_path / "window.ini")
    preferences = PrintPreferences(QSettings(file, QSettings.Format.IniFormat))
    assert preferences.for_form(PaperForm.RECEIPT) == FormPreference("", PaperSize.A5, 2)
    preferences.save_network_printers(("tcp://may:9100",))
    preferences.set_form(PaperForm.RECEIPT, FormPreference("tcp://may:9100", PaperSize.ROLL_80, 3))
    preferences.set_form(PaperForm.CONTROL, FormPreference("Máy A", PaperSize.A4, 1))
    preferences._settings.sync()
    reloaded = PrintPreferences(QSettings(file, QSettings.Format.IniFormat))
    assert reloaded.for_form(PaperForm.RECEIPT) == FormPreference("tcp://may:9100", PaperSize.ROLL_80, 3)
    assert reloaded.for_form(PaperForm.CONTROL) == FormPreference("Máy A", PaperSize.A4, 1)
    assert reloaded.printer_for(PaperForm.RECEIPT, PaperSize.A5) == ""
    for part, value in (("paper", "A3"), ("copies", "-1"), ("printer", "tcp://la:9100")):
        reloaded._settings.setValue(f"prints/receipt/{part}", value)
    assert reloaded.for_form(PaperForm.RECEIPT) == FormPreference("", PaperSize.A5, 2)


def test_roll_forms_match_roll_layouts() -> None:
    library = shipped_library()
    day = library.sets[-1].valid_from
    layouts = [library.version("2025", form, day).layout for form in FORM_VALUES]
    assert {form.value for form in ROLL_FORMS} == {each.form for each in layouts if PaperSize.ROLL_80 in each.papers}
