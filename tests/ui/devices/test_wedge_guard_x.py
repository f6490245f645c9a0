"""S9 on a real X server: keys from xdotool through real keyboard layouts into the real window, as a scanner plugged in
as a keyboard sends them (2 ms) and as a person does (120 ms)."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from tests.support.xvfb import MISSING_TOOLS, x_server

KEY = "6303260311000078"
OTHER = "6303260311000086"
CODE = "H29.12-260311-0007"
_PATIENCE = 30
ROOT = Path(__file__).resolve().parents[3]
pytestmark = [
    pytest.mark.posix,
    pytest.mark.skipif(bool(MISSING_TOOLS), reason=f"not installed here: {MISSING_TOOLS}"),
]

PLACES = {c: 10 + n for n, c in enumerate("1234567890-")} | {c: 24 + n for n, c in enumerate("QWERTYUIOP")}
PLACES |= {c: 38 + n for n, c in enumerate("ASDFGHJKL")} | {c: 52 + n for n, c in enumerate("ZXCVBNM,./")}
"""X keycodes of an American keyboard: where a scanner presses, whatever the layout makes of it."""


class Screen:
    """A real X server with the real window on it."""

    def __init__(self, display: str, window: subprocess.Popen[str]) -> None:
        self.display = display
        self.window = window

    def run(self, *words: str) -> None:
        """One command on this screen."""
        subprocess.run(words, check=True, env=dict(os.environ, DISPLAY=self.display), timeout=60)

    def send(self, word: str) -> dict[str, Any]:
        """Says one word to the window and takes its answer."""
        assert self.window.stdin is not None and self.window.stdout is not None
        self.window.stdin.write(word + "\n")
        self.window.stdin.flush()
        answer: dict[str, Any] = json.loads(self.window.stdout.readline())
        return answer

    def wait_until(self, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """What the window says once something is true of it."""
        last = monotonic() + _PATIENCE
        while not condition(state := self.send("state")):
            if monotonic() > last:
                raise AssertionError(state)
        return state

    def show(self, scene: str) -> None:
        """Opens a scene and waits until keys go there."""
        self.send("close")
        self.send(scene)
        self.wait_until(lambda state: state["ready"])

    def scan(self, *texts: str, end: str = "Return", delay: int = 2) -> None:
        """Bursts of keys by their places, each ended as scanners do; all of them in one call, back to back."""
        keys: list[str] = []
        for text in texts:
            keys += [f"shift+{PLACES[c]}" if c.isalpha() else str(PLACES[c]) for c in text]
            keys.append(end)
        self.run("xdotool", "key", "--delay", str(delay), *keys)


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    """A screen with the window in it."""
    with x_server() as display:
        window = subprocess.Popen(
            [sys.executable, "-m", "tests.support.x_window"],
            env=dict(os.environ, DISPLAY=display, QT_QPA_PLATFORM="xcb"),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        made = Screen(display, window)
        try:
            made.run("setxkbmap", "us")
            yield made
        finally:
            assert window.stdin is not None and window.stdout is not None
            window.stdin.close()
            window.wait(30)
            window.stdout.close()


@pytest.mark.parametrize("end", ["Return", "Tab"])
def test_a_burst_with_the_caret_in_a_name_field(screen: Screen, end: str) -> None:
    screen.show("name")
    screen.scan(KEY, end=end)
    state = screen.wait_until(lambda state: state["ready"] and state["dossier"] != "")
    assert (state["heard"], state["name"], state["page"]) == ([KEY], "", "dossier")
    assert state["dossier"] == CODE


@pytest.mark.parametrize("scene", ["dialog", "question", "menu", "table", "combo"])
def test_a_burst_over_whatever_is_open(screen: Screen, scene: str) -> None:
    screen.show(scene)
    before = screen.send("state")
    screen.scan(KEY)
    state = screen.wait_until(lambda state: state["ready"] and state["dossier"] != "")
    assert state["heard"] == [KEY]
    assert state["chosen"] == []
    assert state["dossier"] == CODE
    for untouched in ("inner", "cell", "editing", "row", "over"):
        assert state[untouched] == before[untouched], untouched


@pytest.mark.parametrize("layout", ["us", "fr", "vn", "de", "us -variant dvorak"])
@pytest.mark.parametrize("locked", [False, True], ids=["plain", "caps-lock"])
def test_layouts_and_caps_lock_alter_nothing(screen: Screen, layout: str, locked: bool) -> None:
    screen.show("name")
    screen.run("setxkbmap", *layout.split())
    if locked:
        screen.run("xdotool", "key", "66")
    try:
        screen.scan(CODE, OTHER)
        state = screen.wait_until(lambda state: state["ready"] and len(state["heard"]) >= 2)
    finally:
        if locked:
            screen.run("xdotool", "key", "66")
        screen.run("setxkbmap", "us")
    assert state["heard"] == [CODE, OTHER]
    assert state["name"] == ""


def test_two_scans_a_tenth_of_a_second_apart_are_two(screen: Screen) -> None:
    screen.show("name")
    both = [*(str(PLACES[c]) for c in KEY), "Return"], [*(str(PLACES[c]) for c in OTHER), "Return"]
    screen.run("xdotool", "key", "--delay", "2", *both[0], "sleep", "0.1", "key", "--delay", "2", *both[1])
    state = screen.wait_until(lambda state: state["ready"] and state["dossier"] == "H29.12-260311-0008")
    assert (state["heard"], state["name"]) == ([KEY, OTHER], "")


@pytest.mark.parametrize("delay", [60, 80, 120])
def test_a_person_is_never_a_scanner(screen: Screen, delay: int) -> None:
    screen.show("name")
    screen.run("xdotool", "type", "--delay", str(delay), "Nguyen Van 048199004217")
    screen.run("xdotool", "key", "--delay", str(delay), "Return")
    state = screen.wait_until(lambda state: state["ready"] and len(state["name"]) >= 23)
    assert state["name"] == "Nguyen Van 048199004217"
    assert state["heard"] == []


def test_an_unknown_code_clears_the_person_before_and_says_so(screen: Screen) -> None:
    screen.show("name")
    screen.scan(KEY)
    screen.wait_until(lambda state: state["ready"] and state["dossier"] == CODE)
    screen.scan("893456789012")
    state = screen.wait_until(lambda state: state["ready"] and state["dossier"] == "")
    assert "893456789012" in state["banner"]


def test_a_held_key_is_no_scan(screen: Screen) -> None:
    screen.show("name")
    screen.run("xdotool", "keydown", "7")
    try:
        screen.wait_until(lambda state: len(state["name"]) >= 8)
    finally:
        screen.run("xdotool", "keyup", "7", "key", "Return")
    state = screen.send("state")
    assert state["heard"] == []
    assert set(state["name"]) == {"7"}
