"""Failed password attempts at a locked database.

They are counted in a file beside the database because nothing can be written inside it before it is unlocked. Where the
system's vault unlocks the database, they are counted in the database.
"""

import json
from contextlib import suppress
from pathlib import Path

from app.disk import read_start, write_file
from app.keys.file_names import FILE_NAME as KEY_FILE_NAME
from app.keys.key_file import USER, read_key_file
from app.models.errors import Fault, Refusal
from app.models.signin import MAX_WAIT_S, FailedAttempts, after_failure, after_wait
from app.models.text import clean

FILE_NAME = "tries.json"
_UNKNOWN, _FORMER_TAG_LENGTH = "?", 16
"""Tag of the texts that are no name of a user; length of the tags of earlier releases, which had a digest of them."""
_MAX_BYTES = 1 << 20
_MAX_VALUE = 1 << 40
"""Larger numbers of seconds or attempts are rejected as corrupt."""


def _tag(folder: Path, name: str) -> str:
    """Return the tag of a name that has a key, one tag for all other texts.

    Another text may be a password that was typed in place of the name; a digest of it must not stay on the disk.
    """
    with suppress(Fault):
        keys = read_key_file(folder / KEY_FILE_NAME)
        tag = keys.name_tag(name)
        return tag if keys.slots_of(USER, tag) else _UNKNOWN
    return _UNKNOWN


class UnlockAttempts:
    """Failed attempts of one user name in one folder.

    All names without a key in the folder count as one name.
    `uptime` is the running time of the machine, in seconds.
    """

    def __init__(self, folder: Path, name: str, uptime: int) -> None:
        self._file = folder / FILE_NAME
        self._name = clean(name)
        self._tag = _tag(folder, self._name)
        self._uptime = uptime

    def check_wait_over(self) -> None:
        """Check that no wait remains from earlier failures.

        Raises Refusal `sign_in_wait`.
        """
        state = after_wait(self._load(), self._uptime)
        if state.remaining_wait:
            self._save(state)
            raise Refusal("sign_in_wait", "secret", wait=state.remaining_wait, name=self._name)

    def record_failure(self) -> None:
        """Record one more failed attempt.

        Raises Refusal `sign_in_wrong_wait` when the failure starts a wait.
        """
        state = after_failure(after_wait(self._load(), self._uptime), self._uptime)
        self._save(state)
        if state.remaining_wait:
            raise Refusal("sign_in_wrong_wait", "secret", wait=state.remaining_wait, name=self._name)

    def clear(self) -> None:
        """Reset the failed attempts of this user name."""
        if self._load() != FailedAttempts():
            self._save(FailedAttempts())

    def _read_all(self) -> dict[str, list[int]]:
        with suppress(OSError, ValueError, RecursionError):
            attempts = json.loads(read_start(self._file, _MAX_BYTES))
            return attempts if isinstance(attempts, dict) else {}
        return {}

    def _load(self) -> FailedAttempts:
        values = self._read_all().get(self._tag)
        is_valid = (
            isinstance(values, list)
            and len(values) == 3
            and all(isinstance(value, int) and 0 <= value < _MAX_VALUE for value in values)
        )
        if not is_valid or values is None:
            return FailedAttempts()
        failed, remaining_wait, last = values
        return FailedAttempts(failed, min(remaining_wait, MAX_WAIT_S), last)

    def _save(self, state: FailedAttempts) -> None:
        known = {tag: values for tag, values in self._read_all().items() if len(tag) != _FORMER_TAG_LENGTH}
        attempts = {**known, self._tag: list(state)}
        write_file(self._file, json.dumps(attempts).encode())
