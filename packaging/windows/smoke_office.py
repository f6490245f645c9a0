"""Scenarios of the smoke test about a second start, account and place.

An office is opened once, and only where its data are safe.
"""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from windows import launcher
from windows.layout import BuildError
from windows.native import is_wine
from windows.pc import NATIVE, ONEDRIVE, expect
from windows.stage import Stage
from windows.system import Process

FIRST = "Trần Thị Bình"
"""The first user of the office."""
_PATIENCE_S = 120
_OTHER_ACCOUNT = "Lê Văn Hai"
_BACKUPS = "sao-luu"
_DEEP = "thư-mục-có-tên-rất-dài-của-cơ-quan"


def second_start(stage: Stage) -> None:
    """Bring the first window forward; the second start ends with 0.

    With 3 if another account makes it; wine has one more, a real Windows would have to be given it.
    """
    command = [stage.pc.program / launcher.WINDOW]
    with _answering_window(stage):
        status = _status_of(stage, stage.system.open(command))
        expect(status == 0, f"exit {status}, not 0")
        expect(stage.pc.is_open(), "the first window is closed")
        status = _status_of(stage, stage.system.open([*command, stage.system.path(_sync_file(stage))]))
        expect(status == 0, f"with a file: exit {status}, not 0")
        expect(stage.pc.is_open(), "the first window is closed by a file")
        if not NATIVE:
            _refuse_second_account(stage)
    expect(stage.pc.answer("show", stage.code)["code"] == stage.code, "the office does not open afterwards")


@contextmanager
def _answering_window(stage: Stage) -> Iterator[None]:
    """Open the window and wait until it answers a second start."""
    lock = stage.pc.data / "window.lock"
    lock.unlink(missing_ok=True)
    with stage.pc.window():
        stage.pc.wait_until(lock.exists, "the first window to hold its lock")
        stage.pc.wait_until(lambda: stage.pc.call("window").status == 0, "the first window to answer")
        yield


def _sync_file(stage: Stage) -> Path:
    return next((stage.system.profile / "Giấy tờ").glob("*.mcsync"))


def _status_of(stage: Stage, process: Process) -> int:
    """Return the exit status of a second start, which opens no window."""
    try:
        return process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        raise BuildError("the second start does not end") from None
    finally:
        if process.poll() is None:
            stage.system.stop(process)


def _refuse_second_account(stage: Stage) -> None:
    """Let another account open the office; nothing is written.

    Backups do not count: the first window makes them by itself.
    """
    other = replace(stage.pc, account=_OTHER_ACCOUNT, variables=dict(stage.pc.variables))
    before = _without_backups(stage.pc.digests(stage.pc.data))
    ended = other.call("--data", stage.pc.data, "window", program=stage.pc.program)
    expect(ended.status == 3, f"another account: exit {ended.status}, not 3", ended.output)
    expect("đang mở" in ended.output and "Traceback" not in ended.output, "no sentence", ended.output)
    expect(stage.pc.is_open(), "the window of the first account is closed")
    after = _without_backups(stage.pc.digests(stage.pc.data))
    changed = {file for file, _digest in before.items() ^ after.items()}
    expect(not changed, "the office was written by another account", changed)


def _without_backups(digests: Mapping[str, str]) -> dict[str, str]:
    return {file: digest for file, digest in digests.items() if Path(file).parts[0] != _BACKUPS}


def refuse_places(stage: Stage) -> None:
    """Refuse an office on the network, in OneDrive, or too deep.

    Nothing is written there.
    """
    file = stage.system.profile / "Giấy tờ" / "cơ quan.toml"
    places = {
        "\\\\may-chu\\chung\\dữ liệu": "guide_folder_network",
        str(stage.system.path(stage.system.profile / ONEDRIVE / "dữ liệu")): "guide_folder_mirrored",
        "C:\\" + "\\".join([_DEEP] * 6): "guide_folder_long",
    }
    if not NATIVE:
        places["N:\\dữ liệu"] = "guide_folder_network"
        _connect_drive(stage, "n")
    for place, code in places.items():
        ended = stage.pc.call("--json", "--data", place, "init", file)
        expect(ended.status == 1 and code in ended.output, f"{place}: exit {ended.status}", ended.output)
    expect(not (stage.system.profile / ONEDRIVE / "dữ liệu").exists(), "something was written")
    expect(not (stage.system.drive / _DEEP).exists(), "something was written")


def _connect_drive(stage: Stage, letter: str) -> None:
    """Let a drive of wine be one of the network."""
    place = stage.pc.home / "network"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    stage.pc.add_drive(letter, place)
    stage.system.check(["reg", "add", "HKLM\\Software\\Wine\\Drives", "/v", f"{letter}:", "/d", "network", "/f"])


def open_files(stage: Stage) -> None:
    """Open `.mcsync` and `.mcack` by their type, as a double click does.

    The program gets the file. wine 8 looks for types among those of all accounts only, so they are copied there.
    """
    for name in (".mcsync", ".mcack", "MotCua.DongBo"):
        if not NATIVE or is_wine():
            classes = "Software\\Classes\\" + name
            stage.system.check(["reg", "copy", f"HKCU\\{classes}", f"HKLM\\{classes}", "/s", "/f"])
    stick = stage.system.profile / "USB của tôi"
    stick.mkdir(exist_ok=True)
    for suffix in (".mcsync", ".mcack"):
        file = stick / f"tệp số 1 của tỉnh{suffix}"
        file.write_bytes(b"motcua")
        try:
            stage.system.open_file(file)
            stage.pc.wait_until(lambda name=file.name: _has_opened(stage, name), f"the program to get {file.name}")
        finally:
            stage.system.close()


def _has_opened(stage: Stage, name: str) -> bool:
    """Return whether the installed program runs with a file as its argument.

    A program under wine 8 cannot read the arguments of another.
    """
    if NATIVE and is_wine():
        return stage.pc.is_open()
    return any("chuong-trinh" in line and name in line for line in stage.system.command_lines())
