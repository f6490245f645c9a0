"""Environment of all tests: no screen, no user settings, bundled fonts."""

import atexit
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from tests.faults.disks import mount_disk
from tests.support.offices import (
    STATE_VARIABLES,
    desk,
    full_key_costs,
    low_key_costs,
    office_templates,
    open_desk,
    real_folder,
    training_folder,
)
from tests.support.postgres_server import hub, hub_pool, make_hub, postgres

__all__ = [
    "desk",
    "full_key_costs",
    "hub",
    "hub_pool",
    "low_key_costs",
    "make_hub",
    "mount_disk",
    "office_templates",
    "open_desk",
    "postgres",
    "real_folder",
    "training_folder",
]

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before any import of PySide6
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # the user's own vault is not used
for name in [name for name in os.environ if name.startswith("MOTCUA_")]:
    del os.environ[name]
_STATE = TemporaryDirectory()  # state of offices outside their folders
for name in STATE_VARIABLES:
    os.environ[name] = _STATE.name
atexit.register(_STATE.cleanup)

settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, max_examples=50, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"


@pytest.fixture(scope="session")
def qapp(qapp):
    """pytest-qt's application with the bundled fonts.

    Fonts are added after it exists, because adding them before crashes.
    """
    from PySide6.QtGui import QFontDatabase

    for path in sorted(FONTS.rglob("*.ttf")):
        assert QFontDatabase.addApplicationFont(str(path)) >= 0, path
    return qapp
