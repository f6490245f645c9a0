"""The launchers: compiled by mingw, with icon, version and manifest."""

import shutil
from pathlib import Path

from windows import icon
from windows.layout import SOURCES, Layout
from windows.tools import run

COMPILER = "x86_64-w64-mingw32-gcc"
RESOURCES = "x86_64-w64-mingw32-windres"
WINDOW, CONSOLE = "motcua.exe", "motcua-lenh.exe"
_FLAGS = ("-O2", "-s", "-Wall", "-Wextra", "-Werror", "-municode", "-static", "-Wl,--no-insert-timestamp,--dynamicbase")
_RESOURCE_SCRIPT = """#include <windows.h>
IDI_ICON1 ICON "motcua.ico"
1 RT_MANIFEST "motcua.manifest"
1 VERSIONINFO
FILEVERSION @NUMBERS@,0
PRODUCTVERSION @NUMBERS@,0
FILEOS VOS_NT_WINDOWS32
FILETYPE VFT_APP
BEGIN
  BLOCK "StringFileInfo"
  BEGIN
    BLOCK "042a04b0"
    BEGIN
      VALUE "CompanyName", "Một Cửa"
      VALUE "FileDescription", "Một Cửa"
      VALUE "FileVersion", "@VERSION@"
      VALUE "InternalName", "motcua"
      VALUE "LegalCopyright", "MIT"
      VALUE "ProductName", "Một Cửa"
      VALUE "ProductVersion", "@VERSION@"
    END
  END
  BLOCK "VarFileInfo"
  BEGIN
    VALUE "Translation", 0x42a, 1200
  END
END
"""


def build(layout: Layout) -> None:
    """Build the launchers of the program folder, and the starters.

    The program's are put into the tree; the starters of the installation folder stay in `launchers/starter`.
    """
    work = layout.launchers
    shutil.rmtree(work, ignore_errors=True)
    (work / "starter").mkdir(parents=True)
    icon.write(work / "motcua.ico")
    _fill(work / "motcua.manifest", (SOURCES / "motcua.manifest").read_text(encoding="utf-8"), layout.version)
    _fill(work / "motcua.rc", _RESOURCE_SCRIPT, layout.version)
    run([RESOURCES, "-c", "65001", "-O", "coff", "motcua.rc", "motcua.res"], folder=work)
    shutil.copyfile(SOURCES / "failure.h", work / "failure.h")
    for name, options in ((WINDOW, ("-mwindows",)), (CONSOLE, ("-mconsole", "-DCONSOLE"))):
        _link(work, "launcher.c", layout.tree / name, options)
        _link(work, "starter.c", work / "starter" / name, options)


def _fill(file: Path, template: str, version: str) -> None:
    text = template.replace("@VERSION@", version).replace("@NUMBERS@", version.replace(".", ","))
    file.write_text(text, encoding="utf-8")


def _link(work: Path, source: str, target: Path, options: tuple[str, ...]) -> None:
    shutil.copyfile(SOURCES / source, work / source)
    run([COMPILER, *_FLAGS, *options, "-o", target, source, "motcua.res"], folder=work)
