"""Secrets in wrong fields, and errors with personal data at each layer.

No file of data, state, log or temporary folders has them afterwards, and no line on the screen of a console.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import create_office, main, open_office
from app.models.errors import Fault, Refusal
from tests.architecture.project import ROOT
from tests.support.offices import ADMIN, HASH_COST, OFFICE, PASSWORD, desk_session, intake_line, machine_now

PIN, TYPO = "480217", "Đồng lúa 84 mùa"
PERSON = {
    "kind": "citizen",
    "name": "Huỳnh Thị Ẫm Ỷ",
    "id_number": "048199004217",
    "birth_date": "1999-03-08",
    "phone": "0905 777 333",
    "address": "Thôn Hạnh Phúc",
    "email": "am.y@hanhphuc.example",
}
TRACES = (PASSWORD, PIN, TYPO, "Ẫm Ỷ", "am y", "048199004217", "0905 777 333", "0905777333", "Hạnh Phúc", "hanhphuc")
LAYERS = {
    "storage": "app.storage.dossiers.add_dossier",
    "services": "app.services.intake.registration.record_events",
    "models": "app.services.intake.registration.dossier_search_text",
    "wording": "app.usecases.intake.accept.proof_lines",
    "usecase": "app.usecases.intake.accept._people",
    "command": "app.cli.commands.dossiers._accept",
}
"""Functions that an intake on the command line runs through."""


class TellingError(Exception):
    """Error whose message and arguments have personal data."""

    def __init__(self, *_arguments: object) -> None:
        super().__init__(f"{PERSON['name']} {PERSON['id_number']} {PERSON['phone']}", PERSON, PASSWORD)


def fail(*_arguments: object, **_options: object) -> Any:
    """Raise the error in place of a function."""
    raise TellingError


class FailingCleanUp:
    """Object whose removal raises the error."""

    def __del__(self) -> None:
        fail()


def work(folder: Path) -> None:
    """Type secrets into wrong fields, fail at each layer, end at once."""
    from app.machine.folders import log_folder
    from app.machine.log_file import start_log

    start_log(log_folder())
    for name, secret in ((PASSWORD, ""), (PASSWORD, PASSWORD), (PIN, "x"), (ADMIN, TYPO), (TYPO, PIN)):
        with suppress(Refusal, Fault):
            open_office(folder, name, None, secret)
    lines = folder.parent / "lines.jsonl"
    lines.write_text(json.dumps(intake_line(applicant=PERSON)), encoding="utf-8")
    os.environ["MOTCUA_PASSWORD"] = PASSWORD
    for user in (PASSWORD, PIN):
        main(["--data", str(folder), "--user", user, "check"])
    with pytest.MonkeyPatch.context() as patches:
        for function in LAYERS.values():
            with patches.context() as layer:
                layer.setattr(function, fail)
                status = main(["--data", str(folder), "--user", ADMIN, "intake", str(lines)])
                assert status == 3, (function, status)
    lines.unlink()
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    FailingCleanUp()
    _fail_in_the_window(folder)


def _fail_in_the_window(folder: Path) -> None:
    """Fail in each lane and in a slot, with the draft of a form saved."""
    from PySide6.QtCore import QTimer

    from app.bootstrap import RESOURCES
    from app.ui.shell.application import _show_bugs_in_banner, create_application
    from app.ui.shell.window import build_window

    application, _colours = create_application(RESOURCES)
    with desk_session(folder, ADMIN) as desk:
        desk.take_in(machine_now(), applicant=PERSON)
        window = build_window(desk.office)
        window.show()
        _show_bugs_in_banner(window)
        window.start_deferred_work()
        form = window.intake.form
        form.submitter.fill(PERSON)
        form.note.setText(PASSWORD)
        window.intake.edited()
        window.intake.save_draft_now()
        for run in (window.runner.run_background, window.runner.run_serial):
            run(lambda *_ticket: fail(), print, activity="x")
        window.runner.run_background(lambda _ticket: 1, fail, activity="x")
        QTimer.singleShot(0, fail)
        window.lookup_field.setText(str(PERSON["name"]))
        _run_until(application, lambda: window.runner.idle)
        os._exit(9)


def _run_until(application: Any, condition: Callable[[], bool]) -> None:
    while not condition():
        application.processEvents()
    application.processEvents()


def test_no_file_and_no_output_has_a_secret_or_a_person(tmp_path: Path) -> None:
    folder = tmp_path / "dữ liệu"
    create_office(folder, OFFICE, False, None, PASSWORD, HASH_COST)
    variables = ("HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR")
    variables += ("LOCALAPPDATA", "APPDATA", "TEMP", "TMP")  # those of Windows
    folders = {name: str(tmp_path / name.lower()) for name in variables}
    for each in folders.values():
        Path(each).mkdir()
    program = f"from pathlib import Path; from tests.office.test_no_traces import work; work(Path({str(folder)!r}))"
    process = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=False,
    )
    assert process.returncode == 9, process.stderr.decode()[-3000:]
    files = {str(file.relative_to(tmp_path)): file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    logs = b"".join(content for name, content in files.items() if name.endswith(".log"))
    assert logs.count(b"bug TellingError") >= len(LAYERS) + 5, logs.decode()
    held = [
        (trace, name)
        for name, content in {**files, "output": process.stdout, "errors": process.stderr}.items()
        for trace in TRACES
        for spelling in {trace, trace.upper(), trace.encode("unicode_escape").decode()}
        if spelling.encode() in content or spelling.encode("utf-16-le") in content
    ]
    assert held == []
