"""The time that a vault may take."""

from tests.architecture.project import run_python

_PROGRAM = """
import sys
from threading import current_thread, main_thread

importers = {}

class Recorder:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "keyring":
            importers[name] = current_thread() is main_thread()

sys.meta_path.insert(0, Recorder())
from app.keys.vault import Vault
assert not importers
Vault().read("nothing")
late = sorted(name for name, early in importers.items() if not early)
assert importers["keyring"]
assert importers["keyring.backends." + ("Windows" if sys.platform == "win32" else "SecretService")]
print(late)
"""


def test_libraries_load_before_the_time_counts() -> None:
    """From a cold disk they take longer than a vault may."""
    process = run_python(_PROGRAM, PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring")
    assert process.returncode == 0, process.stderr
    assert process.stdout.strip() == "['keyring.backends.null']", "which the environment names"
