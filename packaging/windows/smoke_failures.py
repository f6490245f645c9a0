"""Scenarios of the smoke test in which a disk, a stick or a folder fails.

The former version stays whole, byte for byte, and works.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from windows import launcher
from windows.pc import expect
from windows.stage import HOME, Stage
from windows.system import Process
from windows.tools import note

_BEGUN = 60
"""Files of the new version that are unpacked when the disk or the stick fails."""


def fail_on_disks(stage: Stage) -> None:
    """Refuse a small and a read-only disk; survive one that becomes full.

    Also a stick that is pulled before or while it is read.
    """
    setup = stage.later("9.0.6")
    with _disk("420m") as place:
        if place is None:
            return
        stage.pc.add_drive("d", place)
        folder = place / "MotCua"
        shutil.copytree(stage.pc.folder, folder, ignore=shutil.ignore_patterns("cu", "moi", "hong-*", "cap-nhat"))
        before = stage.pc.digests(folder)
        _fail(stage, setup, folder, lambda: _fill(place), "a disk that became full")
        (place / "ballast").unlink()
        _check_kept(stage, folder, before, "a disk that became full")

        stick = HOME / "stick.exe"
        shutil.copy(setup, stick)
        _fail(stage, stick, folder, lambda: os.truncate(stick, setup.stat().st_size // 3), "a pulled stick")
        _check_kept(stage, folder, before, "a pulled stick")
        ended = stage.pc.install(stick, "/D=D:\\MotCua")
        expect(ended.status in (1, 2), f"a cut installer: exit {ended.status}")
        _check_kept(stage, folder, before, "a cut installer")

        shutil.copy(setup, stick)
        (place / "ballast").write_bytes(bytes(shutil.disk_usage(place).free - 50_000_000))
        ended = stage.pc.install(stick, "/D=D:\\MotCua")
        expect(ended.status == 2, f"a small disk: exit {ended.status}")
        (place / "ballast").unlink()
        _check_kept(stage, folder, before, "a small disk")

        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        ended = stage.pc.install(stick, "/D=D:\\MotCua")
        expect(ended.status == 2, f"a read-only disk: exit {ended.status}")
        _check_kept(stage, folder, before, "a read-only disk")


@contextmanager
def _disk(size: str) -> Iterator[Path | None]:
    """Mount a disk of a size in memory; None where nothing can be mounted."""
    place = HOME / "disk"
    place.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=False)
    if mounted.returncode:
        note("fail_on_disks: left out, because no disk can be mounted here")
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def _fail(stage: Stage, setup: Path, folder: Path, cause: Callable[[], None], name: str) -> None:
    """Let an installation fail in the middle; its exit status must be 2."""
    with _unpacking(stage, setup, folder, f"/D=D:\\{folder.name}") as process:
        cause()
        status = process.wait(300)
    stage.system.wait()
    expect(status == 2, f"{name}: exit {status}, not 2")


@contextmanager
def _unpacking(stage: Stage, setup: Path, folder: Path, *switches: str) -> Iterator[Process]:
    """Yield an installer that has unpacked some files; kill it afterwards."""
    process = stage.system.start([setup, "/S", *switches])
    try:
        while process.poll() is None and sum(1 for _file in (folder / "moi").rglob("*")) < _BEGUN:
            Event().wait(0.02)
        expect(process.poll() is None, "nothing was unpacked")
        yield process
    finally:
        if process.poll() is None:
            stage.system.stop(process)


def _fill(place: Path) -> None:
    """Fill a disk while another program writes to it."""
    with (place / "ballast").open("wb", buffering=0) as file:
        while True:
            try:
                file.write(bytes(1 << 20))
            except OSError:
                return


def _check_kept(stage: Stage, folder: Path, before: Mapping[str, str], name: str) -> None:
    """Check that the former version is whole and that nothing was left."""
    changed = [file for file, _digest in before.items() ^ stage.pc.digests(folder).items()]
    expect(not changed, f"{name}: the folder is not as before", changed)
    expect(not (folder / "moi").exists(), f"{name}: the unpacked folder was left")
    shown = stage.pc.answer("show", stage.code, program=folder)
    expect(shown["code"] == stage.code, f"{name}: the former version does not work")


def refuse_long_folder(stage: Stage) -> None:
    """Refuse a folder whose paths would pass the limit of Windows."""
    deep = "\\".join(["thư-mục-có-tên-rất-dài-của-cơ-quan"] * 6)
    ended = stage.pc.install(stage.setup, f"/D=C:\\{deep}")
    expect(ended.status == 2, f"exit {ended.status}, not 2")
    expect(not (stage.system.drive / "thư-mục-có-tên-rất-dài-của-cơ-quan").exists(), "something was written")


def explain_failures(stage: Stage) -> None:
    """Let launchers report that their program is missing or has aborted.

    The reason is on the screen and in the log of starts.
    """
    folder = stage.system.profile / "không có chương trình"
    folder.mkdir()
    for count, source in enumerate((stage.pc.program, stage.pc.folder), 1):
        shutil.copy(source / launcher.CONSOLE, folder)
        _check_reason(stage, folder, "thiếu tệp", count)
    custom = stage.pc.program / "python" / "Lib" / "site-packages" / "sitecustomize.py"
    custom.write_text("import os\n\nos.abort()\n", encoding="ascii")
    try:
        _check_reason(stage, stage.pc.program, "đã dừng vì lỗi", 3)
    finally:
        custom.unlink()


def _check_reason(stage: Stage, folder: Path, words: str, count: int) -> None:
    """Check that a start ends with 3, and with one more line in the log."""
    log = stage.pc.log / "khoi-dong.log"
    ended = stage.pc.call("show", stage.code, program=folder)
    expect(ended.status == 3 and words in ended.output, f"exit {ended.status}, not 3", ended.output)
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    expect(len(lines) == count and words in lines[-1], "no reason in the log", lines)


def cut_installation(stage: Stage) -> None:
    """Repair a cut between the renames by the next start or installer.

    A cut while files are unpacked leaves the former version, until the next installer.
    """
    pc = stage.pc
    pc.rename("chuong-trinh", "cu-that")
    shutil.rmtree(pc.folder / "cu", ignore_errors=True)
    pc.rename("cu-that", "cu")
    ended = pc.call("show", stage.code, program=pc.folder)
    expect(ended.status == 0 and pc.program.is_dir(), f"the starter did not repair: exit {ended.status}", ended.output)
    pc.rename("chuong-trinh", "moi")
    ended = pc.call("show", stage.code, program=pc.folder)
    expect(ended.status == 0 and pc.program.is_dir(), "the starter did not finish the update", ended.output)
    version = pc.version
    with _unpacking(stage, stage.former("9.0.1"), pc.folder):
        pass
    stage.system.close()
    expect((pc.folder / "moi").is_dir() and pc.version == version, "nothing was cut")
    ended = pc.call("show", stage.code, program=pc.folder)
    expect(ended.status == 0 and pc.version == version, "the former version does not work", ended.output)
    pc.rename("chuong-trinh", "cu")
    ended = pc.install(stage.setup)
    expect(
        ended.status == 0 and pc.version == stage.built.version, f"the installer did not repair: exit {ended.status}"
    )
    expect(pc.starts_with_windows, "the start with Windows, chosen before, was not kept")
