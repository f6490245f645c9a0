"""F9 saves the word that ibus-unikey composes, in the real window.

ibus-unikey commits its word when it sees F9. `test_composition.py` covers input methods that do not.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.bootstrap import create_office
from tests.support.offices import CREATED_AT, OFFICE, desk_session
from tests.support.xvfb import MISSING_TOOLS, x_server

ROOT = Path(__file__).resolve().parents[3]
ENGINE = "Unikey"
_MISSING = [name for name in ("ibus-daemon", "dbus-daemon") if shutil.which(name) is None]
_MISSING += [] if Path("/usr/share/ibus/component/unikey.xml").exists() else ["ibus-unikey"]
MISSING = ", ".join(filter(None, [MISSING_TOOLS, *_MISSING]))
_TIMEOUT = 120
pytestmark = [pytest.mark.posix, pytest.mark.skipif(bool(MISSING), reason=f"not installed here: {MISSING}")]


@contextmanager
def input_method(place: Path) -> Iterator[Mapping[str, str]]:
    """Run an X server, a message bus and ibus; yield the environment."""
    with x_server() as display:
        environment = {
            **os.environ,
            **dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"), str(place)),
            **{"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_IM_MODULE": "ibus", "GSETTINGS_BACKEND": "memory"},
        }
        bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        assert bus.stdout is not None
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        ibus = subprocess.Popen(["ibus-daemon", "--panel=disable", "--emoji-extension=disable"], env=environment)
        try:
            while _ask_ibus(environment, "engine") != ENGINE:
                assert ibus.poll() is None, "ibus has ended"
                _ask_ibus(environment, "engine", ENGINE)
            yield environment
        finally:
            for process in (ibus, bus):
                process.terminate()
                process.communicate(timeout=_TIMEOUT)


def _ask_ibus(environment: Mapping[str, str], *words: str) -> str:
    answer = subprocess.run(
        ["ibus", *words], env=environment, capture_output=True, encoding="utf-8", check=False, timeout=_TIMEOUT
    )
    return answer.stdout.strip()


def press(environment: Mapping[str, str], *words: str) -> None:
    subprocess.run(["xdotool", *words], env=environment, check=True, timeout=_TIMEOUT)


def test_word_under_composition_is_saved_by_f9(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    create_office(folder, OFFICE, True, CREATED_AT)
    with input_method(tmp_path) as environment:
        window = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.devices.composing_window", str(folder)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        assert window.stdout is not None
        reports = iter(window.stdout.readline, "")
        assert next(reports) == "ready\n"
        press(environment, "type", "--delay", "40", "Nguyeenx Thij Aamr")
        assert any(report == "composing Ẩm\n" for report in reports)
        press(environment, "key", "F9")
        assert any(report == "saved\n" for report in reports)
        window.communicate(timeout=_TIMEOUT)
    with desk_session(folder) as desk:
        assert desk.rows("SELECT DISTINCT name FROM party") == [("Nguyễn Thị Ẩm",)]
