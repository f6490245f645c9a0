"""The steps of a build, in order."""

import hashlib
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from windows import archive, embed, installer, launcher, program, trim, update_keys, wheels
from windows.layout import OUTPUT, WORK, BuildError, Layout, set_times, source_epoch, source_version
from windows.tools import note
from windows.wine import Wine


@dataclass(frozen=True)
class Options:
    """What a build may be given.

    `embed` with its `sha256` is a newer CPython 3.13; `update_key` the private key of updates; `version` and `fast` are
    for tests.
    """

    embed: Path | None = None
    sha256: str = ""
    update_key: Path | None = None
    version: str = ""
    output: Path | None = None
    work: Path | None = None
    fast: bool = False


def build(options: Options) -> Layout:
    """Build tree, installer, zip, digests and bill of materials.

    Raises BuildError.
    """
    version = options.version or source_version()
    if not re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", version):
        raise BuildError(f"{version}: a version has three numbers")
    layout = Layout(version, source_epoch(), options.work or WORK, options.output or OUTPUT)
    shutil.rmtree(layout.output, ignore_errors=True)
    shutil.rmtree(layout.tree, ignore_errors=True)
    embed.unpack(layout, options.embed, options.sha256)
    python_sha256 = hashlib.sha256((layout.python / "python313.dll").read_bytes()).hexdigest()
    libraries = wheels.fetch()
    wheels.unpack(layout, libraries.values())
    program.copy(layout, update_keys.key_of_build(options.update_key))
    removed = trim.apply(layout.python)
    note(f"left out by rule: {sum(removed.values()) / 1e6:.0f} MB")
    wine = Wine(WORK / "wine")
    wine.prepare()
    program.compile_sources(layout, wine, options.embed, options.sha256)
    launcher.build(layout)
    finish(layout, options, libraries, python_sha256)
    return layout


def finish(layout: Layout, options: Options, libraries: dict[wheels.Pin, Path], python_sha256: str) -> None:
    """Sign, measure and pack a complete tree."""
    for folder in (layout.tree, layout.launchers / "starter"):
        for name in (launcher.WINDOW, launcher.CONSOLE):
            installer.sign(folder / name)
    set_times(layout.tree, layout.epoch)
    set_times(layout.launchers / "starter", layout.epoch)
    size = archive.check_tree(layout)
    check_script = archive.copy_check_script(layout)
    with ThreadPoolExecutor(1) as beside:  # NSIS compresses on one core
        portable = beside.submit(archive.write_zip, layout)
        setup = installer.build(layout, "zlib" if options.fast else "/SOLID lzma")
    files = [check_script, setup, portable.result(), archive.write_bill(layout, libraries, python_sha256)]
    if options.update_key is not None:
        files.append(update_keys.sign(options.update_key, setup))
    archive.write_digests(layout, files)
    installer_size = setup.stat().st_size if options.fast else archive.check_installer(setup)
    note(f"unpacked {size / 1e6:.1f} MB, installer {installer_size / 1e6:.1f} MB: {layout.output}")
