"""Our own code in the package: `main`, `app` and resources."""

import shutil
from pathlib import Path

from windows import embed
from windows.layout import PUBLIC_KEY, REPOSITORY, SOURCES, BuildError, Layout
from windows.tools import note
from windows.wine import Wine, stop, windows_path

VERSION_FILE = "phien-ban.txt"
"""The version, in the program folder; it also marks a folder as made by the installer."""
_KEPT_SOURCES = ("program/main.py", "program/app/storage/migrations/")
"""The launchers name main.py; Alembic reads the scripts of upgrades as sources."""
_SHARES = 2
_IGNORED = shutil.ignore_patterns("__pycache__", "*.pyc")


def copy(layout: Layout, public_key: str) -> None:
    """Copy the program into the tree.

    `public_key` is the key of updates; empty for none.
    """
    layout.program.mkdir(parents=True)
    shutil.copyfile(REPOSITORY / "main.py", layout.program / "main.py")
    shutil.copytree(REPOSITORY / "app", layout.program / "app", ignore=_IGNORED)
    shutil.copytree(REPOSITORY / "resources", layout.program / "resources", ignore=_IGNORED)
    write_update_key(layout, public_key)
    shutil.copyfile(REPOSITORY / "LICENSE", layout.tree / "LICENSE.txt")
    write_version(layout)


def write_update_key(layout: Layout, public_key: str) -> None:
    """Write the public key of updates, or remove it."""
    file = layout.program / "resources" / PUBLIC_KEY.name
    file.unlink(missing_ok=True)
    if public_key:
        file.write_bytes(f"{public_key}\n".encode())


def write_version(layout: Layout) -> None:
    """Write the version beside the launchers."""
    (layout.tree / VERSION_FILE).write_bytes(f"{layout.version}\n".encode())


def compile_sources(layout: Layout, wine: Wine, archive: Path | None, sha256: str) -> None:
    """Compile everything in the tree with the packaged CPython.

    Raises BuildError if a module of ours does not compile.
    """
    host = Layout(layout.version, layout.epoch, layout.work / "host")
    shutil.rmtree(host.tree, ignore_errors=True)
    embed.unpack(host, archive, sha256)
    for name in ("python313._pth", "_wmi.pyd"):  # wine 8 lacks a call that _wmi makes
        (host.python / name).unlink(missing_ok=True)
    script = windows_path(SOURCES / "bytecode.py")
    command = [windows_path(host.python / "python.exe"), "-I", "-X", "utf8", script, windows_path(layout.python)]
    processes = [wine.start([*command, str(share), str(_SHARES)]) for share in range(_SHARES)]
    try:
        outputs = [process.communicate(b"\n")[0].decode("utf-8", "replace") for process in processes]
    except BaseException:
        for process in processes:
            stop(process)
        raise
    if any(process.returncode for process in processes):
        raise BuildError(f"the compilation failed:\n{''.join(outputs)[-4000:]}")
    _remove_sources(layout, "".join(outputs))


def _remove_sources(layout: Layout, report: str) -> None:
    """Remove each source that is compiled, and bytecode of kept sources."""
    uncompiled = []
    for source in sorted(layout.python.rglob("*.py")):
        name, compiled = source.relative_to(layout.python).as_posix(), source.with_suffix(".pyc")
        if name.startswith(_KEPT_SOURCES):
            compiled.unlink(missing_ok=True)
            continue
        if not compiled.is_file():
            uncompiled.append(name)
        source.unlink()
    ours = [name for name in uncompiled if name.startswith("program/")]
    if ours:
        raise BuildError(f"not compiled: {', '.join(ours)}\n{report[-2000:]}")
    if uncompiled:
        note(f"left out, because they do not compile: {', '.join(uncompiled)}")
