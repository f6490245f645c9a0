"""Sign-in with ibus-unikey and with Caps Lock, on an X server."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.bootstrap import create_office
from tests.support.offices import ADMIN, HASH_COST, OFFICE
from tests.ui.devices.test_ibus_x import MISSING, ROOT, input_method, press

_SECRET = "duwowngf quee 2026"
"""Telex turns this into «đường quê 2026»."""
_TIMEOUT = 120
pytestmark = [pytest.mark.posix, pytest.mark.skipif(bool(MISSING), reason=f"not installed here: {MISSING}")]


def test_password_is_never_composed_and_caps_lock_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    create_office(folder, OFFICE, False, None, _SECRET, HASH_COST)
    with input_method(tmp_path) as environment:
        program = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.shell.signin_window", "--data", str(folder), "--user", ADMIN],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        assert program.stdout is not None
        reports = iter(program.stdout.readline, "")
        try:
            assert next(reports) == "ready\n"
            answers = filter(lambda line: line != "ready\n", reports)  # the focus may return
            press(environment, "key", "Caps_Lock")
            press(environment, "type", "--delay", "40", "duwowngf")
            press(environment, "key", "Return")
            refused = next(answers)
            assert refused.startswith("error ") and "Caps Lock" in refused and "Telex" in refused
            press(environment, "key", "Caps_Lock")
            press(environment, "type", "--delay", "40", _SECRET)
            press(environment, "key", "Return")
            assert next(answers) == "signed in\n"
        finally:
            program.kill()
            program.communicate(timeout=_TIMEOUT)
