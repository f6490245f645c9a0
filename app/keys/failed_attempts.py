"""Wrong passwords at a database that is still locked: counted beside it, since nothing can be written inside yet. Where
the system's vault opens the database, the count lies in the database itself."""

import hashlib
import json
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path

from app.disk import write_file
from app.models.errors import Refusal
from app.models.signin import MAX_WAIT_S, FailedAttempts, after_failure, after_wait
from app.models.text import clean

FILE_NAME = "tries.json"
_MAX_VALUE = 1 << 40
"""More seconds or tries than anybody lives to see: written by nobody of ours."""


class UnlockAttempts:
    """The tries of one name at one folder, in a second of the machine's running time."""

    def __init__(self, folder: Path, name: str, uptime: int) -> None:
        self._file = folder / FILE_NAME
        self._name = clean(name)
        self._tag = hashlib.sha256(self._name.encode()).hexdigest()[:16]
        self._uptime = uptime

    def check_wait_over(self) -> None:
        """Nothing, once all of the wait is over.

        Raises Refusal `sign_in_wait`.
        """
        tries = after_wait(self._load(), self._uptime)
        if tries.remaining_wait:
            self._save(tries)
            raise Refusal("sign_in_wait", "secret", wait=tries.remaining_wait, name=self._name)

    def record_failure(self) -> None:
        """Keep one more wrong try.

        Raises Refusal `sign_in_wrong_wait` once it makes wait.
        """
        tries = after_failure(after_wait(self._load(), self._uptime), self._uptime)
        self._save(tries)
        if tries.remaining_wait:
            raise Refusal("sign_in_wrong_wait", "secret", wait=tries.remaining_wait, name=self._name)

    def clear(self) -> None:
        """Forget the wrong tries."""
        if self._load() != FailedAttempts():
            self._save(FailedAttempts())

    def _all(self) -> dict[str, list[int]]:
        with suppress(OSError, ValueError, RecursionError):
            told = json.loads(self._file.read_text(encoding="utf-8"))
            return told if isinstance(told, dict) else {}
        return {}

    def _load(self) -> FailedAttempts:
        told = self._all().get(self._tag)
        whole = (
            isinstance(told, list)
            and len(told) == 3
            and all(isinstance(each, int) and 0 <= each < _MAX_VALUE for each in told)
        )
        if not whole or told is None:
            return FailedAttempts()
        failed, owed, last = told
        return FailedAttempts(failed, min(owed, MAX_WAIT_S), last)

    def _save(self, tries: FailedAttempts) -> None:
        told = {**self._all(), self._tag: list(astuple(tries))}
        write_file(self._file, json.dumps(told).encode())
