"""The log: bounded size, several processes, no personal data."""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.machine.log_file import LogFile, log_bug, log_fault
from app.models.errors import Fault
from app.storage.error_mapping import map_errors_to_fault
from tests.architecture.project import ROOT, run

LIMIT, COUNT = 1000, 5


@pytest.fixture
def log(tmp_path: Path) -> Iterator[logging.Logger]:
    """Logger that writes small files below a folder that does not exist yet."""
    handler = LogFile(tmp_path / "state" / "log", LIMIT, COUNT)
    logger = logging.Logger("app.test")
    logger.addHandler(handler)
    yield logger
    handler.close()


def files_of(folder: Path) -> list[Path]:
    return sorted((folder / "state" / "log").iterdir())


def test_five_files_of_bounded_size_keep_the_newest_lines(log: logging.Logger, tmp_path: Path) -> None:
    for number in range(500):
        log.warning("line %d", number)
    files = files_of(tmp_path)
    assert [file.name for file in files] == [f"nhat-ky-{number}.log" for number in range(1, COUNT + 1)]
    assert all(0 < file.stat().st_size <= LIMIT for file in files)
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    numbers = sorted(int(line.rsplit(" ", 1)[1]) for line in lines)
    assert numbers == list(range(500 - len(numbers), 500)) and len(numbers) > 50


def test_record_is_one_line_within_the_limit(log: logging.Logger, tmp_path: Path) -> None:
    log.warning("two\nlines %s", "x" * 5000)
    [file] = files_of(tmp_path)
    assert file.stat().st_size <= LIMIT and file.read_text(encoding="utf-8").count("\n") <= 1


def test_another_process_may_have_a_file_open(log: logging.Logger, tmp_path: Path) -> None:
    log.warning("first")
    with files_of(tmp_path)[0].open("ab"):
        for number in range(200):
            log.warning("line %d", number)
    assert len(files_of(tmp_path)) == COUNT


def test_link_in_place_of_a_file_is_replaced(log: logging.Logger, tmp_path: Path) -> None:
    folder, precious = tmp_path / "state" / "log", tmp_path / "precious"
    precious.write_bytes(b"precious")
    folder.mkdir(parents=True)
    for number, link in ((1, os.link), (2, os.symlink)):
        link(precious, folder / f"nhat-ky-{number}.log")
    for number in range(200):
        log.warning("line %d", number)
    assert precious.read_bytes() == b"precious"
    assert len(files_of(tmp_path)) == COUNT and not any(file.is_symlink() for file in files_of(tmp_path))


def test_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    handler = LogFile(tmp_path / "file" / "log")
    handler.handle(logging.LogRecord("app", logging.ERROR, "", 0, "lost", None, None))
    handler.catch_crashes()
    handler.close()


def test_bug_is_logged_by_class_and_place_only(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise KeyError("Huỳnh Thị Ẫm Ỷ 048199004217")
    except KeyError as error:
        with caplog.at_level(logging.ERROR):
            log_bug(error)
    assert "KeyError" in caplog.text and "test_log_file.py" in caplog.text
    assert "Huỳnh" not in caplog.text and "048199004217" not in caplog.text


def test_fault_is_logged_with_the_number_of_its_cause(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    try:
        with map_errors_to_fault():
            (tmp_path / "Huỳnh Thị Ẫm Ỷ").read_bytes()
    except Fault as fault:
        with caplog.at_level(logging.ERROR):
            log_fault(fault.code, fault)
    assert "fault folder_unreachable at " in caplog.text and "test_log_file.py" in caplog.text
    assert " from FileNotFoundError errno=2" in caplog.text and "Huỳnh" not in caplog.text


@pytest.mark.parametrize("words", [("window",), ("show", "H29.12-260209-0001"), ("notices", "send", "--port", "none")])
def test_command_that_ends_with_3_leaves_its_reason(words: tuple[str, ...], tmp_path: Path) -> None:
    variables = {name: str(tmp_path) for name in ("XDG_STATE_HOME", "LOCALAPPDATA")}
    (tmp_path / "office.toml").touch()
    process = run([sys.executable, "main.py", "--data", str(tmp_path), *words], **variables)
    assert process.returncode == 3 and process.stderr.strip()
    [log] = tmp_path.rglob("nhat-ky-1.log")
    assert " error fault " in log.read_text(encoding="utf-8")


def test_program_logs_a_bug_of_a_command(tmp_path: Path) -> None:
    """A command without a terminal leaves its error in the log."""
    program = (
        "import sys; import app.bootstrap as b; from app.cli.commands import window;"
        "window.COMMANDS['window'] = window.Command(lambda request: 1 // 0, needs_office=False);"
        "sys.argv = ['motcua', 'window']; sys.exit(b.main())"
    )
    variables = {name: str(tmp_path) for name in ("XDG_STATE_HOME", "LOCALAPPDATA")}
    process = run([sys.executable, "-c", program], **variables)
    assert process.returncode == 3 and "ZeroDivisionError" in process.stderr
    [log] = tmp_path.rglob("nhat-ky-1.log")
    assert "bug ZeroDivisionError at" in log.read_text(encoding="utf-8")


def test_crash_of_the_interpreter_leaves_its_places(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from app.machine.log_file import start_log;"
        "start_log(Path(sys.argv[1])); import faulthandler; faulthandler._sigabrt()"
    )
    process = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=False)
    assert process.returncode == (3 if sys.platform == "win32" else -signal.SIGABRT)
    assert 'File "<string>", line 1 in <module>' in (tmp_path / "nhat-ky-1.log").read_text(encoding="utf-8")
