"""Wedge guard on a real X server with real layouts (S9).

A keyboard scanner sends keys 2 ms apart, a typist 120 ms.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import pytest

from app.ui.devices.wedge_guard import GAP_MS, MIN_LENGTH
from tests.support.xvfb import MISSING_TOOLS, x_server

KEY = "6303260311000078"
OTHER = "6303260311000086"
CODE = "H29.12-260311-0007"
_TIMEOUT_S = 60
_PACE_TIMEOUT_S = 300
"""Attempts at a scanner's pace go on for so long, because most of them are too slow under a load of a dozen."""
_STAMPED, _ARRIVED, _SHIFT = range(3)
"""Parts of a press as the window records it."""
ROOT = Path(__file__).resolve().parents[3]
pytestmark = [
    pytest.mark.posix,
    pytest.mark.skipif(bool(MISSING_TOOLS), reason=f"not installed here: {MISSING_TOOLS}"),
]

KEYCODES = {c: 10 + n for n, c in enumerate("1234567890-")} | {c: 24 + n for n, c in enumerate("QWERTYUIOP")}
KEYCODES |= {c: 38 + n for n, c in enumerate("ASDFGHJKL")} | {c: 52 + n for n, c in enumerate("ZXCVBNM,./")}
"""X keycodes of a US keyboard, which a scanner sends under every layout."""

Result = TypeVar("Result")


class OffPace(Exception):
    """A busy machine delivered keys at another pace than sent."""


class Screen:
    """X server with the program's window."""

    def __init__(self, display: str, window: subprocess.Popen[str]) -> None:
        self.display = display
        self.window = window

    def run(self, *words: str) -> None:
        """Run a command on this screen."""
        subprocess.run(words, check=True, env=dict(os.environ, DISPLAY=self.display), timeout=60)

    def send(self, word: str) -> dict[str, Any]:
        """Send a word to the window and return its answer."""
        assert self.window.stdin is not None and self.window.stdout is not None
        self.window.stdin.write(word + "\n")
        self.window.stdin.flush()
        answer: dict[str, Any] = json.loads(self.window.stdout.readline())
        return answer

    def wait_until(self, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the state of the window once a condition holds."""
        last = monotonic() + _TIMEOUT_S
        while not condition(state := self.send("state")):
            if monotonic() > last:
                raise AssertionError(state)
        return state

    def show(self, scene: str) -> None:
        """Open a scene and wait until it takes keys."""
        self.send("close")
        self.send(scene)
        self.wait_until(lambda state: state["ready"])

    def scan(self, *texts: str, end: str = "Return", apart: float = 0) -> None:
        """Send scans in one call, each with its end key.

        Raises OffPace if a gap within a scan exceeds a scanner's, by the server's timestamps or on arrival.
        """
        before, words, ends = len(self.send("state")["presses"]), [], [0]
        for text in texts:
            keys = [f"shift+{KEYCODES[c]}" if c.isalpha() else str(KEYCODES[c]) for c in text]
            words += ["sleep", str(apart)] if words and apart else []
            words += ["key", "--delay", "2", *keys, end]
            ends.append(ends[-1] + len(keys) + sum(map(str.isalpha, text)) + 1)
        self.run("xdotool", *words)
        presses = self.wait_until(lambda state: len(state["presses"]) >= before + ends[-1])["presses"][before:]
        for first, last in pairwise(ends):
            if max(max(gaps(presses[first:last], each)) for each in (_STAMPED, _ARRIVED)) > GAP_MS:
                raise OffPace(presses)

    def type(self, text: str, delay: int) -> None:
        """Type a text and Enter, with `delay` ms from key to key.

        Raises OffPace if as many keys in a row as a scan has arrived at a scanner's pace.
        """
        # The --delay of xdotool is not the time from press to press: an idle machine types twice as fast.
        keys = [*("space" if c == " " else c for c in text), "Return"]
        pause = ("sleep", str(delay / 1000))
        self.run("xdotool", *(word for key in keys for word in ("key", "--delay", "0", key, *pause)))
        state = self.wait_until(lambda state: sum(not shift for *_times, shift in state["presses"]) > len(text))
        quick = [gap <= GAP_MS for gap in gaps([each for each in state["presses"] if not each[_SHIFT]], _STAMPED)]
        if any(all(quick[at : at + MIN_LENGTH]) for at in range(len(quick) - MIN_LENGTH + 1)):
            raise OffPace(state["presses"])

    def at_pace(self, attempt: Callable[[], Result]) -> Result:
        """Return the result of the first attempt at the right pace.

        Each attempt opens its scene itself.
        """
        last = monotonic() + _PACE_TIMEOUT_S
        while True:
            try:
                return attempt()
            except OffPace:
                if monotonic() > last:
                    raise
                self.wait_until(lambda state: state["ready"])

    def scan_into(self, scene: str, *texts: str, end: str = "Return", apart: float = 0) -> dict[str, Any]:
        """Open a scene, scan into it and return the state before the scan."""

        def attempt() -> dict[str, Any]:
            self.show(scene)
            before = self.send("state")
            self.scan(*texts, end=end, apart=apart)
            return before

        return self.at_pace(attempt)


def gaps(presses: list[Any], kind: int) -> list[int]:
    """Return the milliseconds from each press to the next.

    `kind` selects the timestamps of the server or of the arrival.
    """
    return [later[kind] - earlier[kind] for earlier, later in pairwise(presses)]


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    """X server with the window on it."""
    with x_server() as display:
        window = subprocess.Popen(
            [sys.executable, "-m", "tests.support.x_window"],
            env=dict(os.environ, DISPLAY=display, QT_QPA_PLATFORM="xcb"),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        screen = Screen(display, window)
        try:
            screen.run("setxkbmap", "us")
            yield screen
        finally:
            assert window.stdin is not None and window.stdout is not None
            window.stdin.close()
            window.wait(120)
            window.stdout.close()


@pytest.mark.parametrize("end", ["Return", "Tab"])
def test_scan_with_focus_in_name_field(screen: Screen, end: str) -> None:
    screen.scan_into("name", KEY, end=end)
    state = screen.wait_until(lambda state: state["ready"] and state["dossier"] != "")
    assert (state["heard"], state["name"], state["page"]) == ([KEY], "", "dossier")
    assert state["dossier"] == CODE


@pytest.mark.parametrize("scene", ["dialog", "question", "menu", "table", "combo"])
def test_scan_over_open_widget(screen: Screen, scene: str) -> None:
    before = screen.scan_into(scene, KEY)
    state = screen.wait_until(lambda state: state["ready"] and state["dossier"] != "")
    assert state["heard"] == [KEY]
    assert state["chosen"] == []
    assert state["dossier"] == CODE
    for untouched in ("inner", "cell", "editing", "row", "over"):
        assert state[untouched] == before[untouched], untouched


@pytest.mark.parametrize("layout", ["us", "fr", "vn", "de", "us -variant dvorak"])
@pytest.mark.parametrize("locked", [False, True], ids=["plain", "caps-lock"])
def test_scan_ignores_layout_and_caps_lock(screen: Screen, layout: str, locked: bool) -> None:
    screen.run("setxkbmap", *layout.split())
    if locked:
        screen.run("xdotool", "key", "66")
    try:
        screen.scan_into("name", CODE, OTHER)
        state = screen.wait_until(lambda state: state["ready"] and len(state["heard"]) >= 2)
    finally:
        if locked:
            screen.run("xdotool", "key", "66")
        screen.run("setxkbmap", "us")
    assert state["heard"] == [CODE, OTHER]
    assert state["name"] == ""


def test_two_scans_100_ms_apart_are_two(screen: Screen) -> None:
    screen.scan_into("name", KEY, OTHER, apart=0.1)
    state = screen.wait_until(lambda state: state["ready"] and state["dossier"] == "H29.12-260311-0008")
    assert (state["heard"], state["name"]) == ([KEY, OTHER], "")


@pytest.mark.parametrize("delay", [60, 80, 120])
def test_typing_is_never_scan(screen: Screen, delay: int) -> None:
    def attempt() -> None:
        screen.show("name")
        screen.type("Nguyen Van 048199004217", delay)

    screen.at_pace(attempt)
    state = screen.wait_until(lambda state: state["ready"] and len(state["name"]) >= 23)
    assert state["name"] == "Nguyen Van 048199004217"
    assert state["heard"] == []


def test_unknown_code_clears_dossier_and_shows_message(screen: Screen) -> None:
    def attempt() -> None:
        screen.show("name")
        screen.scan(KEY)
        screen.wait_until(lambda state: state["ready"] and state["dossier"] == CODE)
        screen.scan("893456789012")

    screen.at_pace(attempt)
    state = screen.wait_until(lambda state: state["ready"] and state["dossier"] == "")
    assert "893456789012" in state["banner"]


def test_held_key_is_no_scan(screen: Screen) -> None:
    screen.show("name")
    screen.run("xdotool", "keydown", "7")
    try:
        screen.wait_until(lambda state: len(state["name"]) >= 8)
    finally:
        screen.run("xdotool", "keyup", "7", "key", "Return")
    state = screen.send("state")
    assert state["heard"] == []
    assert set(state["name"]) == {"7"}
