"""The installer, made by NSIS and signed where a hook is given."""

import os
import shlex
import shutil
from pathlib import Path

from windows.layout import SOURCES, BuildError, Layout
from windows.tools import run

SIGN_VARIABLE = "MOTCUA_SIGN"
"""A command that signs the file in place of `{}`, like `sign.sh {}`."""
_UNSIGNED = "-chua-ky"
_MAX_PATH, _LONGEST_FOLDER = 259, 20
"""Maximum length of a path on Windows; length of the longest folder name of the program with its separators."""
_SPARE_KB = 60_000
"""Room for the uninstaller, the starter and the temporary files of the self-check."""


def file_name(layout: Layout) -> str:
    """Return the name of the installer, which shows that it is not signed."""
    return f"motcua-{layout.version}-cai-dat{'' if os.environ.get(SIGN_VARIABLE) else _UNSIGNED}.exe"


def sign(file: Path) -> None:
    """Let the hook sign a file; without a hook nothing happens.

    Raises BuildError if the hook fails or leaves no file.
    """
    hook = os.environ.get(SIGN_VARIABLE, "")
    if not hook:
        return
    if "{}" not in hook:
        raise BuildError(f"{SIGN_VARIABLE} has no {{}} for the file")
    run(["sh", "-c", hook.replace("{}", shlex.quote(str(file)))])
    if not file.is_file():
        raise BuildError(f"{SIGN_VARIABLE} removed {file.name}")


def build(layout: Layout, compression: str = "/SOLID lzma") -> Path:
    """Return the installer of the tree, signed where a hook is given."""
    work = layout.work / "installer"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    layout.output.mkdir(parents=True, exist_ok=True)
    files = work / "files.nsh"
    files.write_text("".join(_lines(layout.tree)), encoding="utf-8-sig")
    target = layout.output / file_name(layout)
    target.unlink(missing_ok=True)
    size = sum(file.stat().st_size for file in layout.tree.rglob("*") if file.is_file()) // 1024
    longest = max(len(str(file.relative_to(layout.tree))) for file in layout.tree.rglob("*") if file.is_file())
    hook = os.environ.get(SIGN_VARIABLE, "").replace("{}", "%1")
    values = {
        "VERSION": layout.version,
        "TREE": layout.tree,
        "FILES": files,
        "STARTER": layout.launchers / "starter",
        "ICON": layout.launchers / "motcua.ico",
        "OUTPUT": target,
        "COMPRESSION": compression,
        "NEEDED_KB": size + _SPARE_KB,
        "TREE_KB": size,
        "MOST_LETTERS": _MAX_PATH - _LONGEST_FOLDER - longest,
    }
    if hook:
        values["SIGN"] = hook
    environment = {"SOURCE_DATE_EPOCH": str(layout.epoch), "LC_ALL": "C.UTF-8"}
    defined = [f"-D{name}={value}" for name, value in values.items()]
    script = SOURCES / "motcua.nsi"
    run(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defined, script], environment=environment, folder=work)
    sign(target)
    return target


def _lines(tree: Path) -> list[str]:
    """Return the lines of NSIS that unpack every file, folder by folder."""
    lines, folder = [], None
    for file in sorted(path for path in tree.rglob("*") if path.is_file()):
        name = file.relative_to(tree)
        if "$" in str(name) or '"' in str(name):
            raise BuildError(f"{name}: not a name for NSIS")
        if name.parent != folder:
            folder = name.parent
            below = "" if str(folder) == "." else "\\" + str(folder).replace("/", "\\")
            lines.append(f'SetOutPath "$INSTDIR\\moi{below}"\n')
        lines.append(f'File "{file}"\n')
    return lines
