"""Press «Cập nhật từ tệp…» (F8) in the Windows package under wine.

    python -m tests.update_on_wine [FOLDER]

`python packaging/windows.py build` must have run. A version with a throw-away update key is installed, an office is
made, its user signs in and updates it by keys to a later version; then the new window opens by itself. FOLDER gets a
picture of each step. Prints keys and seconds.
"""

import shutil
import sys
from functools import partial
from pathlib import Path

from tests.architecture.project import ROOT

sys.path.insert(0, str(ROOT / "packaging"))

from windows import update_keys
from windows.layout import WORK, Layout, source_epoch, source_version
from windows.pc import Pc, expect, screen
from windows.smoke import FIRST, OFFICE
from windows.stage import Stage

from tests.ui.guide.first_hour import Typist, focus_variables

FORMER, LATER = "9.1.0", "9.1.1"
PASSWORD = "dong lua 48 mua"
_MAX_TABS = 60


def main(arguments: list[str]) -> int:
    """Install, sign in, update by keys, print the figures; return 0."""
    pictures = Path(arguments[0]) if arguments else None
    pc = Pc(WORK / "update-by-keys")
    pc.take_away()
    with screen() as display:
        pc.variables["DISPLAY"] = display
        pc.system.prepare()
        stage = Stage(pc, Layout(source_version(), source_epoch()), pc.home / "update-key.pem")
        update_keys.make(stage.update_key)
        ended = pc.install(stage.later(FORMER))
        expect(ended.status == 0 and pc.version == FORMER, f"exit {ended.status}, version {pc.version}")
        _create_office(pc)
        setup = stage.later(LATER)
        file = Path(shutil.copy(setup, pc.system.drive / "moi.exe"))
        update_keys.sign(stage.update_key, file)
        focus = pc.system.profile / "focus"
        report = pc.program / "python" / "Lib" / "site-packages" / "sitecustomize.py"
        shutil.copy(ROOT / "tests/support/focus_report/sitecustomize.py", report)
        pc.variables |= focus_variables(pc.system.path(focus))
        process = pc.system.open([pc.folder / "motcua.exe", "--user", FIRST])
        typist = Typist(display, pc.system.profile / "AppData/Roaming/motcua-office", pc.data, focus, pictures)
        try:
            _update(typist, "C:\\moi.exe")
            pc.wait_until(lambda: pc.version == LATER and pc.is_open(), "the updated window")
            _sign_in(typist)
            pc.wait_until(lambda: not (pc.data / "update.json").exists(), "its first opening")
            typist.picture("updated")
        except AssertionError:
            typist.picture("failed")
            raise
        finally:
            pc.system.close()
            pc.system.stop(process)
    print(f"{typist.keys} keys, {typist.seconds:.0f} s")
    return 0


def _create_office(pc: Pc) -> None:
    """Make an office in the default folder."""
    pc.variables |= {"MOTCUA_PASSWORD": PASSWORD, "MOTCUA_USER": FIRST}
    file = pc.system.drive / "office.toml"
    file.write_text(OFFICE, encoding="utf-8")
    pc.answer("init", file)
    for name in ("MOTCUA_PASSWORD", "MOTCUA_USER"):
        del pc.variables[name]


def _update(typist: Typist, file: str) -> None:
    """Sign in, open the office page, choose the file, accept."""
    _sign_in(typist)
    typist.window("Một Cửa – UBND")
    typist.wait_for_focus("intake.")
    typist.key("F8")
    typist.picture("office-page")
    while typist.focused != "office.update":
        expect(typist.keys < _MAX_TABS, f"no way to the button from {typist.focused}")
        before = typist.focused
        typist.key("Tab")
        typist.wait(partial(typist.moved_from, before), "another field")
    typist.key("space")
    typist.window("Bộ cài Một Cửa mới")
    typist.picture("file")
    typist.run("type", "--delay", "60", file)
    typist.key("Return")
    typist.window("Cập nhật Một Cửa")
    typist.picture("question")
    typist.key("Return")


def _sign_in(typist: Typist) -> None:
    typist.window("Một Cửa – Đăng nhập")
    typist.picture("sign-in")
    typist.run("type", "--delay", "60", PASSWORD)
    typist.key("Return")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
