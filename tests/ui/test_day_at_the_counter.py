"""One working day in the real program, by keyboard and scanner.

xdotool sends keys at typing speed (120 ms) and scanner speed (2 ms). The command line verifies the results.

`python -m pytest -s tests/ui/test_day_at_the_counter.py` prints the keystrokes and seconds of an intake by card.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from app.bootstrap import main
from app.models.enums import Action
from app.ui.dossier.actions import KEYS
from tests.support.offices import PERSON, intake_line
from tests.support.xvfb import MISSING_TOOLS, x_server
from tests.ui.devices.test_wedge_guard_x import KEYCODES

ROOT = Path(__file__).resolve().parents[2]
YESTERDAY, TODAY = "2026-03-10T09:00", "2026-03-11T08:00"
_TIMEOUT = 120
_SCAN_TIMEOUT = 300
_PRINTING = "Đang in 2 liên và phiếu kiểm soát…"
pytestmark = [
    pytest.mark.posix,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING_TOOLS), reason=f"not installed here: {MISSING_TOOLS}"),
]
COPY, BIRTH = "2.000815", "1.001193"
KNOWN = {
    **PERSON,
    "name": "Phan Anh Khoa",
    "id_number": "048090004217",
    "birth_date": "1990-05-17",
    "gender": "male",
    "address": "Khu 3, Tam Giang",
}
CARD = "048090004217|201234567|Phan Anh Khoa|17051990|Nam|Khu 3, Tam Giang|02052021"
_KEYS = {c: str(place) for c, place in KEYCODES.items()} | {"|": "shift+51", " ": "65"}


def scanner_key(character: str) -> str:
    """Return the key code of a scanner for a character, US keyboard."""
    if character.upper() in KEYCODES and character.isalpha():
        return f"shift+{KEYCODES[character]}" if character.isupper() else str(KEYCODES[character.upper()])
    return _KEYS[character]


def command(folder: Path, *words: str, arguments: str = "", now: str = TODAY) -> list[Any]:
    """Run a command of the program and return its lines of JSON."""
    file = folder / "arguments.jsonl"
    file.write_text(arguments, encoding="utf-8")
    with redirect_stdout(StringIO()) as output:
        assert main(["--data", str(folder), "--json", "--now", now, *words, *([str(file)] if arguments else [])]) == 0
    return [json.loads(line) for line in output.getvalue().splitlines()]


class Counter:
    """A clerk with keyboard and scanner at the window, and a terminal."""

    def __init__(self, folder: Path, display: str, options: Sequence[str] = ("--now", TODAY), delay: int = 120) -> None:
        self.folder = folder
        self.keys, self.delay = 0, delay
        self._screen = dict(os.environ, DISPLAY=display, QT_QPA_PLATFORM="xcb", HOME=str(folder))
        self.xdotool("setxkbmap", "us")
        self.window = subprocess.Popen(
            [sys.executable, "-m", "tests.support.day_window", "--data", str(folder), *options, "window"],
            env=self._screen,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def xdotool(self, *words: str) -> None:
        """Run a command on the display of the window."""
        subprocess.run(words, check=True, env=self._screen, timeout=60)

    def screen_state(self, request: str = "") -> dict[str, Any]:
        """Return the visible state, or the answer to another request."""
        assert self.window.stdin is not None and self.window.stdout is not None
        self.window.stdin.write(request + "\n")
        self.window.stdin.flush()
        answer: dict[str, Any] = json.loads(self.window.stdout.readline())
        return answer

    def focus_window(self) -> None:
        """Focus the window, because the X server has no window manager."""
        deadline = monotonic() + _TIMEOUT
        while not (state := self.screen_state()).get("window"):
            assert monotonic() < deadline, "the window did not open"
        self.xdotool("xdotool", "windowfocus", "--sync", str(state["window"]))
        self.wait_until(lambda _state: True)

    def wait_until(self, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the visible state once it is idle and the condition is true."""
        deadline = monotonic() + _TIMEOUT
        while not ((state := self.screen_state())["ready"] and condition(state)):
            if monotonic() > deadline:
                raise AssertionError(state)
        return state

    def press(self, *keys: str, delay: int | None = None) -> None:
        """Press keys, by default at the typing speed of this counter."""
        self.keys += len(keys)
        self.xdotool("xdotool", "key", "--delay", str(self.delay if delay is None else delay), *keys)

    def write(self, text: str) -> None:
        """Type text at the typing speed of this counter."""
        self.keys += len(text)
        self.xdotool("xdotool", "type", "--delay", str(self.delay), text)

    def scan(self, text: str) -> None:
        """Send text and Return at scanner speed.

        Repeats while the machine is slower than a scanner.
        """
        keys, deadline = [*map(scanner_key, text), "Return"], monotonic() + _SCAN_TIMEOUT
        presses = len(keys) + sum(key.startswith("shift+") for key in keys)
        delivered = False
        while not delivered:
            assert monotonic() < deadline, "the machine is too slow for a scanner"
            self.screen_state("hold")
            self.xdotool("xdotool", "key", "--delay", "2", *keys)
            self.wait_until(lambda state: state["held"] == presses)
            delivered = self.screen_state("deliver")["delivered"]

    def tab_to(self, name: str) -> None:
        """Press Tab until the field `name` has the focus."""
        self.tab_until(lambda state: state["caret"] == name, name)

    def tab_until(self, reached: Callable[[dict[str, Any]], bool], name: str) -> None:
        """Press Tab until the focus is where it is wanted.

        Each Tab must move the focus before the next: a busy window gets it late.
        """
        for _ in range(40):
            state = self.wait_until(lambda _state: True)
            if reached(state):
                return
            self.press("Tab", delay=12)
            self.wait_until(lambda after, before=state["focus"]: after["focus"] != before)
        raise AssertionError(f"{name} is not reached by Tab: {self.screen_state()}")

    def run_action(self, action: str, *answers: str) -> dict[str, Any]:
        """Run an action of the open dossier by its key, with field values.

        A new holder is submitted twice.
        """
        self.wait_until(lambda state: action in state["acts"] and state["page"] == "dossier")
        self.press(KEYS[Action(action)].lower())
        self.wait_until(lambda state: state["asking"])
        for answer in answers:
            self.write(answer)
            self.press("Return")
        self.tab_to("act.do")
        self.press("space")
        if self.wait_until(lambda state: not state["asking"] or state["question"])["asking"]:
            self.tab_to("act.do")
            self.press("space")
        return self.wait_until(lambda state: not state["asking"])

    def open_by_scan(self, key: str, code: str) -> dict[str, Any]:
        """Scan the barcode of a paper and wait for its dossier."""
        self.scan(key)
        return self.wait_until(lambda state: state["dossier"] == code and state["page"] == "dossier")

    def close(self) -> None:
        """Close the window and wait until the program has ended."""
        assert self.window.stdin is not None and self.window.stdout is not None
        self.window.stdin.close()
        status = self.window.wait(120)
        self.window.stdout.close()
        assert status == 0

    def run_command(self, *words: str) -> list[Any]:
        """Run a command of the program and return its lines of JSON."""
        return command(self.folder, *words)


@pytest.fixture
def yesterday(training_folder: Path) -> list[Any]:
    """Two dossiers of the previous day, unprinted and still at the counter."""
    lines = [
        intake_line(applicant=KNOWN),
        intake_line(applicant={**PERSON, "name": "Lâm Thị Bích Ngà", "id_number": None}),
    ]
    arguments = "".join(json.dumps(line) + "\n" for line in lines)
    return command(training_folder, "intake", arguments=arguments, now=YESTERDAY)


@pytest.fixture
def counter(training_folder: Path, yesterday: list[Any]) -> Iterator[Counter]:
    """The running program on an X server."""
    with x_server() as display:
        counter = Counter(training_folder, display)
        try:
            yield counter
        finally:
            if counter.window.poll() is None:
                counter.window.kill()
                counter.window.communicate()


def accept_by_card(counter: Counter) -> tuple[str, int, float]:
    """Accept a dossier of a known citizen by shortcut, card scan and F9.

    Returns the code, the number of keystrokes and the seconds until printing.
    """
    counter.press("F2")
    counter.wait_until(lambda state: state["page"] == "intake" and len(state["usual"]) > 0)
    before, keys, start = counter.screen_state()["taken"], counter.keys, monotonic()
    counter.press("ctrl+1")
    counter.wait_until(lambda state: state["chosen"] == COPY)
    counter.scan(CARD)
    person = counter.wait_until(lambda state: state["person"]["phone"] != "")["person"]
    assert (person["id_number"], person["name"]) == (KNOWN["id_number"], KNOWN["name"])
    counter.press("F9")
    state = counter.wait_until(lambda state: state["taken"] != before and state["prints"] not in ("", _PRINTING))
    return state["taken"], counter.keys - keys, monotonic() - start


def accept_by_typing(counter: Counter, procedure: str, code: str, name: str, number: str) -> str:
    """Accept a dossier with a typed procedure, id number and name, and F9."""
    before = counter.wait_until(lambda state: state["page"] == "intake")["taken"]
    counter.write(procedure)
    counter.press("Return")
    counter.wait_until(lambda state: state["chosen"] == code)
    counter.tab_to("intake.idNumber")
    counter.write(number)
    counter.press("Return")
    counter.tab_to("intake.name")
    counter.write(name)
    counter.press("F9")
    return str(counter.wait_until(lambda state: state["taken"] != before)["taken"])


@pytest.mark.timeout(1800)
def test_whole_day_at_the_counter(counter: Counter, yesterday: list[Any]) -> None:
    old, other = yesterday
    counter.focus_window()

    counter.press("F11")
    morning = counter.wait_until(lambda state: state["page"] == "start" and state["morning"] != "")["morning"]
    assert "việc còn lại từ hôm trước" in morning

    first, keys, seconds = accept_by_card(counter)
    print(f"\nknown card: {keys} keystrokes, {seconds:.1f} s from the first key to the papers")
    assert keys <= 15
    second = accept_by_typing(counter, "2.000815", COPY, "Dao Thi Am", "048192001234")
    third = accept_by_typing(counter, "1.001193", BIRTH, "Le Van Suu", "048092005678")
    assert counter.wait_until(lambda state: state["prints"] != "")["waiting"] > 0, "papers are queued without a printer"

    details = {code: counter.run_command("show", code)[0] for code in (first, second, third)}
    for code in (first, second):
        counter.open_by_scan(details[code]["key"], code)
        counter.run_action("send", "Dia chinh")
        assert counter.run_action("receive")["status"] == "processing"
    counter.open_by_scan(details[first]["key"], first)
    assert counter.run_action("finish")["status"] == "finished"
    assert counter.run_action("return")["status"] == "returned"
    counter.open_by_scan(details[second]["key"], second)
    assert counter.run_action("refuse", "Khong thuoc tham quyen")["status"] == "refused"

    counter.press("F5")
    counter.wait_until(lambda state: state["page"] == "reports" and state["report"] > 1)

    counter.press("F4")
    counter.wait_until(lambda state: state["page"] == "worklist")
    counter.tab_to("worklist.count")
    counter.press("space")
    counter.wait_until(lambda state: state["page"] == "count")
    for place, key in enumerate((details[third]["key"], old["key"], other["key"]), 1):
        counter.scan(key)
        counter.wait_until(lambda state, place=place: state["scans"] == place)
    counter.tab_to("count.keep")
    counter.press("space")
    counter.wait_until(lambda state: "Đã ghi kết quả đếm khay" in state["banner"])
    counter.close()
    check_day(counter, (first, second, third))


def test_quarter_report_takes_at_most_twelve_keys(counter: Counter) -> None:
    """The narrative report of the quarter as Word, from F5 to the file."""
    counter.focus_window()
    before = counter.keys
    counter.press("F5")
    counter.wait_until(lambda state: state["page"] == "reports" and state["report"] > 1)
    counter.press("Down", "Down", "Down")
    counter.wait_until(lambda state: state["report_name"] == "quarter" and state["report"] > 1)
    counter.press("alt+w")
    dialog = counter.wait_until(lambda state: state["over"] == "QFileDialog")["over_window"]
    counter.xdotool("xdotool", "windowfocus", "--sync", str(dialog))  # there is no window manager
    counter.press("Return")
    counter.focus_window()
    counter.wait_until(lambda state: "Đã xuất báo cáo" in state["banner"])
    assert counter.keys - before <= 12
    (file,) = counter.folder.glob("bao-cao-quarter-*.docx")
    assert file.read_bytes().startswith(b"PK")
    counter.close()


def check_day(counter: Counter, codes: tuple[str, ...]) -> None:
    """Verify the dossiers and the report of the day."""
    details = {code: counter.run_command("show", code)[0] for code in codes}
    first, second, third = (details[code] for code in codes)
    assert [detail["status"] for detail in details.values()] == ["returned", "refused", "received"]
    assert first["applicant"]["phone"] == KNOWN["phone"]
    assert [step["action"] for step in first["steps"]] == ["intake", "send", "receive", "finish", "return"]
    assert second["steps"][-1]["note"] == "Khong thuoc tham quyen"
    assert third["applicant"]["name"] == "Le Van Suu"
    for detail in details.values():
        forms = [paper["form"] for paper in detail["prints"]]
        assert (forms.count("receipt"), forms.count("control")) == (2, 1)
    (report,) = counter.run_command("report", "06a", "--from", "2026-03-11", "--to", "2026-03-11")
    figures = {name: report["total"][name] for name in ("received", "carried_over", "resolved", "returned_unresolved")}
    assert figures == {"received": 5, "carried_over": 2, "resolved": 1, "returned_unresolved": 1}
    assert report["checks"] == []
    (checked,) = counter.run_command("check")
    assert checked == {"ok": True, "findings": []}
