"""Drive a whole counter day in the real window, by keys and a scanner.

    python -m tests.counter_day [--pictures FOLDER] [RUN…]

A RUN is DELAY:LOAD:THEME:SIZE, such as `5:8:dark:150`: ms between the keys of xdotool, busy programs beside, theme, and
text size in percent on a screen of 1366×768. Without one, every delay is tried at rest and under a load of eight, and
every theme and size. Each run creates a real office, signs in, accepts dossiers by card and by typing, is killed over a
half-filled form, continues its draft, asks for papers, sends one dossier and three together, returns a result, undoes
that, shows register and report, and closes the day. A line of JSON is printed for each run; the exit status is 1 after
a failure.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any, NamedTuple

from app.bootstrap import create_office
from app.settings import MACHINE_FILE, MachineSettings, write_machine_settings
from tests.any_hour import beside
from tests.support.offices import ADMIN, OFFICE
from tests.support.xvfb import x_server
from tests.ui.test_day_at_the_counter import BIRTH, CARD, COPY, ROOT, Counter

_SECRET = "ruong lua 2026"
_HASH_COST = (8, 1)
_READ_S = 0.4
"""How long a person looks at a question; a key within 300 ms does not answer it."""
_PAINT_S = 0.3
_HOLDER = "Dia chinh"
_SCREEN = ("1366", "768")
_PAGE_KEYS = {
    "F4": "worklist",
    "F11": "start",
    "F5": "reports",
    "F6": "registers",
    "F7": "sync",
    "F8": "office",
    "F12": "citizens",
    "F1": "help",
    "F2": "intake",
}


class Run(NamedTuple):
    """One day: ms between keys, busy programs, theme, text size in percent."""

    delay: int
    load: int
    theme: str
    size: int


DEFAULT_RUNS = (
    Run(120, 0, "light", 100),
    Run(40, 0, "dark", 150),
    Run(5, 0, "light", 150),
    Run(1, 0, "dark", 100),
    Run(120, 8, "dark", 150),
    Run(40, 8, "light", 100),
    Run(5, 8, "dark", 100),
    Run(1, 8, "light", 150),
)


class Day(Counter):
    """A day at the window of a real office; `done` names the finished steps."""

    def __init__(self, folder: Path, display: str, run: Run, pictures: Path | None) -> None:
        super().__init__(folder, display, ("--user", ADMIN), run.delay)
        self.display, self.run, self.pictures = display, run, pictures
        self.done: list[str] = []

    def step(self, name: str) -> None:
        """Note a finished step and take its picture."""
        self.done.append(name)
        if self.pictures is not None:
            from PIL import ImageGrab

            Event().wait(_PAINT_S)
            self.pictures.mkdir(parents=True, exist_ok=True)
            picture = self.pictures / f"{'-'.join(map(str, self.run))}-{len(self.done):02}-{name}.png"
            ImageGrab.grab(xdisplay=self.display).save(picture)

    def sign_in(self) -> None:
        """Type the password into the sign-in dialog and wait for the window."""
        words = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "Đăng nhập"]
        dialog = subprocess.run(words, check=True, env=self._screen, capture_output=True, timeout=120).stdout.split()[0]
        self.xdotool("xdotool", "windowfocus", "--sync", dialog.decode())
        self.write(_SECRET)
        self.press("Return")
        self.focus_window()
        # There is no window manager, which would fit the window to the screen.
        window = str(self.screen_state()["window"])
        self.xdotool("xdotool", "windowmove", "--sync", window, "0", "0")
        self.xdotool("xdotool", "windowsize", "--sync", window, *_SCREEN)
        self.wait_until(lambda _state: True)

    def press_pages_after_escape(self) -> None:
        """Press Esc, then at once a key of a page; the page must be shown."""
        for key, page in _PAGE_KEYS.items():
            self.press("Escape", key, delay=1)
            self.wait_until(lambda state, page=page: state["page"] == page)
        pages = list(_PAGE_KEYS)
        for first, then in pairwise(pages):
            self.press(first, then, delay=1)
            self.wait_until(lambda state, page=_PAGE_KEYS[then]: state["page"] == page)
        self.step("keys")

    def press_pages_out_of_open_parts(self) -> None:
        """Press a page's key over an open menu and an open calendar."""
        self.press("F4")
        self.wait_until(lambda state: state["page"] == "worklist" and state["caret"] == "worklist.table")
        self.press("Menu")
        self.wait_until(lambda state: state["over"] == "RowMenu")
        self.press("F6", delay=1)
        self.wait_until(lambda state: state["page"] == "registers" and not state["over"])
        self._show_days()
        self.tab_to("registers.from")
        self.press("alt+Down")
        self.wait_until(lambda state: state["over"] == "QMenu")
        self.press("F2", delay=1)
        self.wait_until(lambda state: state["page"] == "intake" and not state["over"])
        self.step("open-parts")

    def _show_days(self) -> None:
        """Choose the part with the days where a low window shows one part."""
        if self.run.size == 100:
            return
        self.tab_until(lambda state: state["caret_title"] == "Phần của trang", "the choice of the part")
        self.press("2")

    def show(self, key: str, page: str, ready: Callable[[dict[str, Any]], bool] = lambda _state: True) -> None:
        """Press the key of a page and wait until it is shown."""
        self.press(key)
        self.wait_until(lambda state: state["page"] == page and ready(state))
        self.step(page)

    def type_field(self, name: str, text: str) -> None:
        """Type into a field and wait until it has the whole text."""
        self.tab_to(name)
        self.write(text)
        self.wait_until(lambda state: state["typed"] == text)

    def choose(self, procedure: str) -> None:
        """Choose a procedure on the intake page by its code."""
        self.show("F2", "intake")
        self.write(procedure)
        self.wait_until(lambda state: state["typed"] == procedure)
        self.press("Return")
        self.wait_until(lambda state: state["chosen"] == procedure)

    def save(self, name: str) -> str:
        """Press F9, answer doubts with F9, and return the code."""
        before = self.screen_state()["taken"]
        self.press("F9")
        state = self.wait_until(lambda state: state["taken"] != before or state["doubts"])
        if state["doubts"]:
            self.step(f"{name}-doubts")
            Event().wait(_READ_S)
            self.press("F9")
            state = self.wait_until(lambda state: state["taken"] != before)
        self.wait_until(lambda state: state["form_empty"] and state["prints"] != "")
        self.step(name)
        return str(state["taken"])

    def act(self, action: str, *keys: str, text: str = "") -> dict[str, Any]:
        """Run an action of the open dossier: its key, answers, the button."""
        before = self.wait_until(lambda state: action in state["acts"] and state["page"] == "dossier")["steps"]
        self.press(_ACTION_KEYS[action])
        self.wait_until(lambda state: state["asking"])
        if keys:
            self.press(*keys)
        if text:
            self.write(text)
            self.wait_until(lambda state: state["typed"] == text)
        self.step(action)
        question = ""
        while self.wait_until(lambda _state: True)["asking"]:
            self.tab_to("act.do")
            self.press("space")
            # A new holder is asked about once; the second press answers.
            state = self.wait_until(lambda state, seen=question: not state["asking"] or state["question"] != seen)
            question = state["question"]
        return self.wait_until(lambda state: state["steps"] > before)

    def open_dossier(self, code: str) -> None:
        """Scan the barcode of a dossier's paper."""
        self.open_by_scan(self.details(code)["key"], code)

    def details(self, code: str) -> dict[str, Any]:
        """Return a dossier by the command line."""
        (detail,) = self.run_command("show", code)
        return dict(detail)

    def run_command(self, *words: str) -> list[Any]:
        """Run a command in a process of its own and return its lines of JSON."""
        call = [sys.executable, "main.py", "--data", str(self.folder), "--json", "--user", ADMIN, *words]
        environment = dict(os.environ, MOTCUA_PASSWORD=_SECRET)
        ended = subprocess.run(
            call, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True, timeout=120
        )
        return [json.loads(line) for line in ended.stdout.splitlines()]


_ACTION_KEYS = {
    "send": "1",
    "receive": "2",
    "finish": "3",
    "return": "4",
    "ask-supplement": "5",
    "supplement": "6",
    "undo": "z",
}


@contextmanager
def day_at(folder: Path, display: str, run: Run, pictures: Path | None) -> Iterator[Day]:
    """Start the program, which is killed at the end if it still runs."""
    day = Day(folder, display, run, pictures)
    try:
        yield day
    finally:
        if day.window.poll() is None:
            day.window.kill()
            day.window.communicate()


def before_the_kill(day: Day) -> list[str]:
    """Sign in and accept two dossiers; leave a third half filled."""
    day.sign_in()
    day.step("signed-in")
    day.show("F11", "start", lambda state: state["morning"] != "")
    day.press_pages_after_escape()
    day.choose(COPY)
    day.type_field("intake.idNumber", "048192001234")
    day.type_field("intake.name", "Dao Thi Am")
    first = day.save("typed")
    day.show("F2", "intake", lambda state: bool(state["usual"]))
    day.press("ctrl+1")
    day.wait_until(lambda state: state["chosen"] == COPY)
    day.scan(CARD)
    day.wait_until(lambda state: state["person"]["name"] == "Phan Anh Khoa")
    second = day.save("card")
    day.press_pages_out_of_open_parts()
    day.choose(BIRTH)
    day.type_field("intake.idNumber", "048092005678")
    day.type_field("intake.name", "Le Van Suu")
    day.show("F4", "worklist", lambda state: state["work"] > 0)
    day.show("F2", "intake")
    assert day.screen_state()["person"]["name"] == "Le Van Suu"
    return [first, second]


def after_the_kill(day: Day, codes: list[str]) -> None:
    """Continue the draft, and work until the closing of the day."""
    first, second = codes
    day.sign_in()
    day.show("F2", "intake")
    day.press("ctrl+d")
    dialog = day.wait_until(lambda state: state["over"] == "DraftsDialog")["over_window"]
    day.xdotool("xdotool", "windowfocus", "--sync", str(dialog))  # there is no window manager
    day.press("Return")
    day.focus_window()
    day.wait_until(lambda state: state["person"]["name"] == "Le Van Suu")
    third = day.save("draft")
    day.open_dossier(first)
    day.act("ask-supplement", "space")
    day.act("supplement")
    day.act("send", text=_HOLDER)
    day.act("receive")
    _send_three(day)
    day.open_dossier(second)
    day.act("finish")
    day.act("return")
    day.act("undo", text="bam nham")
    day.act("return")
    day.show("F6", "registers", lambda state: state["register"] >= 3)
    day.show("F5", "reports", lambda state: state["report"] > 1)
    day.show("F12", "citizens")
    day.show("F11", "start", lambda state: state["closing"] == "Chưa chốt ngày")
    day.tab_to("start.close")
    day.press("space")
    day.wait_until(lambda state: "lần nữa" in state["close_button"])
    day.press("space")
    day.wait_until(lambda state: state["closing"].startswith("Đã chốt lúc"))
    day.step("closed")
    states = {code: day.details(code)["status"] for code in (first, second, third)}
    assert states == {first: "processing", second: "returned", third: "processing"}, states
    (checked,) = day.run_command("check")
    assert checked == {"ok": True, "findings": []}, checked
    day.close()


def _send_three(day: Day) -> None:
    """Mark three dossiers of the worklist and send them together."""
    day.show("F4", "worklist", lambda state: state["work"] >= 3 and state["caret"] == "worklist.table")
    day.press("space", "Down", "space", "Down", "space")
    day.wait_until(lambda state: state["marked"] == 3)
    day.press("1")
    day.wait_until(lambda state: state["caret"] != "worklist.table")
    day.write("dc")
    day.step("batch")
    while day.wait_until(lambda _state: True)["marked"]:
        day.press("Return")
        Event().wait(_READ_S)


def drive(run: Run, pictures: Path | None) -> dict[str, Any]:
    """Drive one day; return its figures, with the state at a failure."""
    begun, days, failure = monotonic(), list[Day](), ""
    with tempfile.TemporaryDirectory() as name, x_server(repeats=False) as display, beside(run.load):
        folder = Path(name) / "office"
        create_office(folder, OFFICE, training=False, password=_SECRET, hash_cost=_HASH_COST)
        machine = MachineSettings(theme=run.theme, text_size=run.size, sounds=False)
        write_machine_settings(folder / MACHINE_FILE, machine)
        codes = list[str]()
        for part in (lambda day: codes.extend(before_the_kill(day)), lambda day: after_the_kill(day, codes)):
            with day_at(folder, display, run, pictures) as day:
                day.done = list(days[-1].done) if days else []
                days.append(day)
                failure = _failure(part, day)
            if failure:
                break
    steps, keys = days[-1].done, sum(day.keys for day in days)
    figures = {**run._asdict(), "steps": len(steps), "keys": keys, "seconds": round(monotonic() - begun)}
    return figures | ({"failure": failure, "after": steps[-2:]} if failure else {})


def _failure(part: Callable[[Day], None], day: Day) -> str:
    """Return what failed in a part of the day, empty for nothing."""
    try:
        part(day)
    except (AssertionError, subprocess.SubprocessError, OSError, ValueError) as error:
        day.step("failed")
        return f"{type(error).__name__}: {error}"
    return ""


def _run(text: str) -> Run:
    delay, load, theme, size = text.split(":")
    return Run(int(delay), int(load), theme, int(size))


def main(arguments: list[str]) -> int:
    """Drive the named runs, or all; return 1 after a failure."""
    parser = argparse.ArgumentParser(prog="python -m tests.counter_day")
    parser.add_argument("--pictures", type=Path, default=None)
    parser.add_argument("runs", nargs="*", type=_run, default=DEFAULT_RUNS)
    chosen = parser.parse_args(arguments)
    failed = False
    for run in chosen.runs or DEFAULT_RUNS:
        figures = drive(run, chosen.pictures)
        failed |= "failure" in figures
        print(json.dumps(figures, ensure_ascii=False), flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
