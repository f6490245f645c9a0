"""The first hour by keys: from no office to a printed receipt.

The same walk serves the program on an X server and the installed package under wine.
"""

import json
import os
import re
import socket
import subprocess
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import monotonic

import pypdfium2

from app.office.guide.recovery_sheet import _groups_to_type

OFFICE, PERSON, PASSWORD = "UBND xa Kiem Thu", "Tran Thi Binh", "dong lua 48 mua"
_PATIENCE_S, _PAUSE_S, _MAX_KEYS = 120, 0.05, 150
_TEST_PAGE_BYTES = 100
"""A connection with less only asks whether the printer is there."""


class ThermalPrinter:
    """A thermal printer of the network; `jobs` has what it printed."""

    def __init__(self) -> None:
        self.jobs: list[bytes] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            try:
                connection, _peer = self._server.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                job = b"".join(iter(lambda: connection.recv(1 << 16), b""))  # noqa: B023  used before the next one
                if len(job) > _TEST_PAGE_BYTES:
                    self.jobs.append(job)

    def close(self) -> None:
        """Stop the printer."""
        self._server.close()


@dataclass
class Typist:
    """Types into the program's windows and counts the keys besides text.

    `state` and `data` are the folders of the guide and of the office, `focus` is the file of `focus_report`. A picture
    of each page goes to `pictures`, if it is given.
    """

    display: str
    state: Path
    data: Path
    focus: Path
    pictures: Path | None = None
    keys: int = 0
    begun: float = field(default_factory=monotonic)

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return monotonic() - self.begun

    @property
    def focused(self) -> str:
        """The focused field: object name, else text."""
        return read(self.focus)

    @property
    def page(self) -> str:
        """The page that the guide would begin with again."""
        try:
            return str(json.loads(read(self.state / "guide.json"))["page"])
        except (ValueError, KeyError):
            return ""

    def run(self, *words: str) -> str:
        """Run xdotool and return its output."""
        return subprocess.run(
            ["xdotool", *words],
            env=dict(os.environ, DISPLAY=self.display),
            capture_output=True,
            encoding="utf-8",
            check=True,
            timeout=_PATIENCE_S,
        ).stdout.strip()

    def key(self, *names: str) -> None:
        """Press keys one after the other."""
        for name in names:
            self.run("key", name)
            self.keys += 1

    def type(self, *texts: str) -> None:
        """Type each text and press Enter, which moves the focus."""
        for text in texts:
            before = self.focused
            if text:
                # Digits of a person come slower than those of a scanner, which the window would read as a card.
                self.run("type", "--delay", "200" if text.isdigit() else "60", text)
            self.key("Return")
            self.wait(partial(self.moved_from, before), f"Enter after «{text}» in {before}")

    def moved_from(self, field: str) -> bool:
        """Return whether another field has the focus."""
        return self.focused not in ("", field)

    def wait(self, condition: Callable[[], object], purpose: str, patience: float = _PATIENCE_S) -> None:
        """Wait until another process has done something."""
        deadline = monotonic() + patience
        while not condition():
            assert monotonic() < deadline, f"in vain for {purpose}; page {self.page}, focus {self.focused}"
            threading.Event().wait(_PAUSE_S)

    def wait_for_focus(self, name: str) -> None:
        """Wait until a field has the focus, by object name or text."""
        self.wait(lambda: self.focused.startswith(name), f"the focus on {name}")

    def wait_for_page(self, page: str) -> None:
        """Wait until the guide has kept the answers before a page."""
        self.wait(lambda: self.page == page, page)
        self.picture(page)

    def window(self, title: str) -> None:
        """Wait for a window and give it the focus."""
        window = self.run("search", "--sync", "--onlyvisible", "--name", title).splitlines()[0]
        self.run("windowfocus", "--sync", window)

    def picture(self, name: str) -> None:
        """Save a picture of the screen."""
        if self.pictures is not None:
            from PIL import ImageGrab

            self.pictures.mkdir(parents=True, exist_ok=True)
            ImageGrab.grab(xdisplay=self.display).save(self.pictures / f"{self.keys:02}-{name}.png")


def walk(typist: Typist, printer: ThermalPrinter, sheet: Path, typed_sheet: str) -> None:
    """Go from an empty folder to a printed receipt.

    The recovery page is saved as `sheet`, which the program calls `typed_sheet`.
    """
    _answer_questions(typist)
    _choose_printer(typist, printer)
    for page in ("scanner", "fields", "register", "founding"):
        typist.key("Return")
        typist.wait_for_page(page)
    assert not (typist.data / "motcua.db").exists(), "an office before page 10"
    _found_office(typist, sheet, typed_sheet)
    typist.window(f"Một Cửa – {OFFICE}")
    typist.wait_for_focus("intake.")
    typist.picture("intake")
    tests = len(printer.jobs)
    typist.type("khai sinh", "", "048199004217", "Huynh Thi Am", "08031999")
    typist.key("F9")
    typist.wait(lambda: len(printer.jobs) > tests, "the receipt")
    typist.picture("receipt")


def _answer_questions(typist: Typist) -> None:
    typist.window("Một Cửa – Bắt đầu")
    typist.wait(lambda: typist.focused, "the first page")
    typist.picture("start")
    typist.key("Return")
    typist.wait_for_page("office")
    typist.wait_for_focus("guide.name")
    typist.type(OFFICE, "UBND tinh Mau", "Tinh Mau", "", "12 duong Mau", "0236 300 0000", "H29.12", "")
    typist.wait_for_page("hours")
    typist.key("Return")
    typist.wait_for_page("people")
    typist.type("Le Van Mau", "", PERSON, PASSWORD, PASSWORD)
    typist.wait_for_page("place")
    typist.key("Return")
    typist.wait_for_page("printers")


def _choose_printer(typist: Typist, printer: ThermalPrinter) -> None:
    """Add a printer of the network and keep it after its test page."""
    while typist.focused != "guide.address":
        assert typist.keys < _MAX_KEYS, f"no way to the address from {typist.focused}"
        before = typist.focused
        typist.key("shift+Tab")
        with suppress(AssertionError):  # the list of printers arrives meanwhile; a person presses again
            typist.wait(partial(typist.moved_from, before), "another field", 3)
    typist.run("type", "--delay", "60", printer.address)
    typist.key("Return")
    typist.wait_for_focus("In thử")
    typist.key("Return")
    typist.wait_for_focus("Ra giấy rồi")
    assert printer.jobs, "no test page"
    typist.picture("test-page")
    typist.key("Return")
    typist.wait_for_focus("Tiếp tục")


def _found_office(typist: Typist, sheet: Path, typed_sheet: str) -> None:
    """Found the office; save its recovery page and type it back."""
    typist.key("Return")
    typist.wait_for_focus("In trang khóa")
    typist.picture("founded")
    typist.key("Tab", "Return")
    typist.window("Trang khóa phục hồi")
    typist.picture("save")
    typist.run("type", "--delay", "60", typed_sheet)
    typist.key("Return")
    typist.wait(lambda: sheet.exists() and sheet.stat().st_size, "the recovery page")
    typist.window("Một Cửa – Bắt đầu")
    typist.wait_for_focus("guide.group0")
    typist.picture("groups")
    typist.type(*recovery_groups(sheet))
    typist.wait(lambda: not (typist.state / "guide.json").exists(), "the page to be kept")
    typist.picture("done")
    typist.key("Return")


def recovery_groups(file: Path) -> tuple[str, str]:
    """Return the two groups that the guide asks for, from the page."""
    document = pypdfium2.PdfDocument(file)
    text = document[0].get_textpage().get_text_range()
    document.close()
    groups = re.findall(r"\b[0-9A-HJKMNP-TV-Z]{5}\b", text)[:8]
    first, other = _groups_to_type("-".join(groups))
    return groups[first - 1], groups[other - 1]


def focus_variables(focus: Path | str, folder: str = "") -> Mapping[str, str]:
    """Return the variables that let the program report its focus."""
    return {"MOTCUA_TEST_FOCUS": str(focus), **({"PYTHONPATH": folder} if folder else {})}


def read(file: Path) -> str:
    """Return the text of a file, empty without one."""
    try:
        return file.read_text(encoding="utf-8")
    except OSError:
        return ""
