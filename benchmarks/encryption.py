"""Cost of encryption: a committed intake, against one without encryption."""

import secrets
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from os import fsync
from pathlib import Path

from app.storage import database as databases
from app.usecases.intake.accept import accept_dossier
from benchmarks.desk import commands_of
from benchmarks.measurement import Measurement, Work, measure_interleaved
from benchmarks.offices import Offices, generated_office, open_desk, temporary_copy


def encryption(offices: Offices) -> Measurement:
    """Measure the same intakes at an encrypted and a plain copy of an office."""
    plain = offices.writable(offices.large)
    with temporary_copy(generated_office(offices.large)) as folder:
        key = secrets.token_bytes(32)
        _encrypt(folder / databases.FILE_NAME, key)
        with open_desk(folder, key) as locked:

            def rounds() -> Iterator[tuple[Work, Work]]:
                for command, _ in zip(commands_of(plain), range(offices.rounds), strict=False):
                    yield (
                        partial(plain.office.write, accept_dossier, command),
                        partial(locked.office.write, accept_dossier, command),
                    )

            pairs = measure_interleaved(rounds())
    return Measurement("encryption", pairs.value, pairs.limit, pairs.ratio, 2, offices.large)


def _encrypt(file: Path, key: bytes) -> None:
    """Encrypt the database with `key` and sync it before the measurement."""
    target = file.with_suffix(".locked")
    with closing(databases.connect_driver(file, None)) as connection:
        connection.execute(f"ATTACH '{target}' AS locked KEY \"x'{key.hex()}'\"")
        connection.execute("SELECT sqlcipher_export('locked')")
        connection.execute("DETACH locked")
        connection.execute("PRAGMA journal_mode=DELETE")  # no log file remains beside the name that the new file takes
    target.replace(file)
    with file.open("rb+") as handle:
        fsync(handle.fileno())
