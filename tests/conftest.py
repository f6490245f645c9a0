"""What every test stands on: no screen, no settings of whoever runs it, the program's own letters."""

import atexit
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from tests.faults.disks import mount_disk
from tests.support.offices import desk, office_templates, open_desk, real_folder, training_folder

__all__ = ["desk", "mount_disk", "office_templates", "open_desk", "real_folder", "training_folder"]

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports PySide6
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # nobody's own vault is touched
for name in [name for name in os.environ if name.startswith("MOTCUA_")]:
    del os.environ[name]
_STATE = TemporaryDirectory()  # what the program remembers of offices outside their folders
os.environ["LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME"] = _STATE.name
atexit.register(_STATE.cleanup)

settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, max_examples=50, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"


@pytest.fixture(scope="session")
def qapp(qapp):
    """pytest-qt's application with the program's fonts; without them every letter is a box, before it exists adding
    one is a crash."""
    from PySide6.QtGui import QFontDatabase

    for path in sorted(FONTS.rglob("*.ttf")):
        assert QFontDatabase.addApplicationFont(str(path)) >= 0, path
    return qapp
