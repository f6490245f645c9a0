"""Walk the first hour in the installed Windows package under wine.

    python -m tests.first_hour_on_wine [FOLDER]

`python packaging/windows.py build` must have run. The installer is run on a new PC whose account has a Vietnamese name;
then the guide is walked by keys to a printed receipt. FOLDER gets a picture of each page. Prints keys and seconds.
"""

import shutil
import sys
from pathlib import Path

from tests.architecture.project import ROOT

sys.path.insert(0, str(ROOT / "packaging"))

from windows.layout import OUTPUT, WORK
from windows.pc import Pc, screen

from tests.ui.guide.first_hour import ThermalPrinter, Typist, focus_variables, walk


def main(arguments: list[str]) -> int:
    """Install, walk, print the figures; return 0."""
    pictures = Path(arguments[0]) if arguments else None
    pc, printer = Pc(WORK / "first-hour"), ThermalPrinter()
    pc.take_away()
    with screen() as display:
        pc.variables["DISPLAY"] = display
        pc.system.prepare()
        pc.install(next(OUTPUT.glob("motcua-*-cai-dat*.exe")))
        packages = pc.program / "python" / "Lib" / "site-packages"
        shutil.copy(ROOT / "tests/support/focus_report/sitecustomize.py", packages)
        profile = pc.system.profile
        focus, sheet = profile / "focus", pc.system.drive / "khoa.pdf"
        pc.variables |= focus_variables(pc.system.path(focus))
        process = pc.system.open([pc.folder / "motcua.exe"])
        typist = Typist(display, profile / "AppData/Roaming/motcua-office", pc.data, focus, pictures)
        try:
            walk(typist, printer, sheet, "C:\\khoa.pdf")
        except AssertionError:
            typist.picture("failed")
            raise
        finally:
            pc.system.close()
            pc.system.stop(process)
            printer.close()
    print(f"{typist.keys} keys, {typist.seconds:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
