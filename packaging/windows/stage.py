"""Stage of the smoke test: a PC, the build, later versions."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from windows import installer, launcher, program, update_keys
from windows.layout import WORK, Layout, set_times
from windows.pc import Pc

HOME = WORK / "smoke"


@dataclass
class Stage:
    """What the scenarios share: the PC and the built version.

    `update_key` is a throw-away key, which later versions carry. `key` and `code` are those of the dossier.
    """

    pc: Pc
    built: Layout
    update_key: Path
    key: str = ""
    code: str = ""

    @property
    def setup(self) -> Path:
        """The installer of the build."""
        return next(self.built.output.glob(f"motcua-{self.built.version}-cai-dat*.exe"))

    def later(self, version: str, change: Callable[[Layout], None] | None = None) -> Path:
        """Return an installer of the same program under a later version."""
        layout = replace(self.built, version=version, work=HOME / version, output=HOME / version / "out")
        shutil.rmtree(layout.work, ignore_errors=True)
        shutil.copytree(self.built.tree, layout.tree, copy_function=os.link)
        for name in (launcher.WINDOW, launcher.CONSOLE, program.VERSION_FILE):
            (layout.tree / name).unlink()
        program.write_version(layout)
        program.write_update_key(layout, update_keys.public_key(self.update_key))
        launcher.build(layout)
        if change is not None:
            change(layout)
        set_times(layout.launchers / "starter", layout.epoch)
        return installer.build(layout, "off")

    def file_for_stick(self, setup: Path) -> Path:
        """Return an installer with its signature in a folder of the account."""
        stick = self.pc.wine.profile / "USB của tôi"
        stick.mkdir(exist_ok=True)
        copy = Path(shutil.copy(setup, stick))
        update_keys.sign(self.update_key, copy)
        return copy
