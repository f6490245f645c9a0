"""Scenarios of the smoke test: the program updates itself from a file.

The way is that of the office page: verify, back up, copy the office, install, first opening.
"""

from pathlib import Path

from windows import launcher, update_keys
from windows.layout import SOURCES
from windows.pc import expect
from windows.smoke_office import FIRST
from windows.stage import MIGRATING, Stage
from windows.system import Ended


def refuse_files(stage: Stage) -> None:
    """Refuse an update file that is unsigned, changed, older or no installer."""
    file = stage.file_for_stick(stage.former("9.0.1"))
    signature = file.with_name(file.name + update_keys.SUFFIX)
    expect("update_older" in _update(stage, file).output, "an older version was not refused")
    signature.write_bytes(bytes(64))
    expect("update_forged" in _update(stage, file).output, "a changed file was not refused")
    signature.unlink()
    expect("update_unsigned" in _update(stage, file).output, "an unsigned file was not refused")
    other = stage.file_for_stick(stage.other_program())
    expect("update_foreign" in _update(stage, other).output, "another program was not refused")
    expect(not (stage.pc.folder / "cap-nhat").exists(), "a refused file was written")


def update_from_file(stage: Stage) -> None:
    """Update as the office page does; the new window opens by itself."""
    file = stage.file_for_stick(stage.later("9.0.3"))
    ended = _update(stage, file)
    expect(ended.status == 0, f"exit {ended.status}", ended.output)
    stage.pc.wait_until(lambda: _settled(stage, "9.0.3"), "the updated window")
    stage.system.close()
    expect(stage.pc.answer("show", stage.code)["code"] == stage.code, "the updated program does not read the office")


def take_update_back(stage: Stage) -> None:
    """Take back an update that passes the self-check and cannot open the data."""
    before = stage.pc.answer("show", stage.code)
    file = stage.file_for_stick(stage.later("9.0.4"))
    ended = _update(stage, file)
    expect(ended.status == 0, f"exit {ended.status}", ended.output)
    stage.pc.wait_until(lambda: _taken_back(stage, "9.0.3", "9.0.4"), "the former window, which asks for the password")
    stage.system.close()
    expect(stage.pc.answer("show", stage.code) == before, "the office is not as before the update")


def cut_first_opening(stage: Stage) -> None:
    """Kill a new version while it upgrades the database at its first opening.

    By the next start the former version and the copy of the office come back together.
    """
    before = stage.pc.answer("show", stage.code)
    ended = _update(stage, stage.file_for_stick(stage.later("9.0.7")))
    expect(ended.status == 0, f"exit {ended.status}", ended.output)
    mark = stage.pc.data / MIGRATING
    stage.pc.wait_until(mark.exists, "the new version to upgrade the database")
    stage.system.close()
    expect(stage.pc.version == "9.0.7" and _is_opening(stage), "the new version was not in its first opening")
    refused = stage.pc.call("show", stage.code)
    expect(refused.status == 3 and "Traceback" not in refused.output, "a command was not refused", refused.output)
    stage.system.open([stage.pc.folder / launcher.WINDOW])
    stage.pc.wait_until(lambda: _taken_back(stage, "9.0.3", "9.0.7"), "the former window after the cut")
    stage.system.close()
    mark.unlink()
    expect(stage.pc.answer("show", stage.code) == before, "the office is not as before the update")
    expect(stage.pc.answer("check")["ok"], "the office is not sound")
    expect(not (stage.pc.data / "truoc-cap-nhat").exists(), "the copy of the office was left")


def _is_opening(stage: Stage) -> bool:
    return '"opening"' in (stage.pc.data / "update.json").read_text(encoding="utf-8")


def _taken_back(stage: Stage, version: str, refused: str) -> bool:
    """Return whether a former version runs on the copy of the office."""
    ended = not (stage.pc.data / "update.json").exists() and any(stage.pc.data.glob(f"motcua-{refused}-*.db"))
    return ended and stage.pc.version == version and stage.pc.is_open()


def _update(stage: Stage, file: Path) -> Ended:
    """Update from a file as the office page does, in the program."""
    python = stage.python / "python.exe"
    folders = (stage.pc.program / "python" / "program", stage.pc.program / "python" / "Lib" / "site-packages")
    words = [*map(stage.system.path, (SOURCES / "try_update.py", *folders, file)), FIRST]
    return stage.system.run([python, "-I", "-X", "utf8", *words])


def _settled(stage: Stage, version: str) -> bool:
    """Return whether a version has opened the office for good."""
    return (
        stage.pc.version == version
        and not (stage.pc.data / "update.json").exists()
        and not (stage.pc.folder / "cap-nhat" / "motcua-cai-dat.exe").exists()
        and stage.pc.is_open()
    )
