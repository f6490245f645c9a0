"""Benchmarks of sync files: export, and intake beside an export."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import quantiles
from threading import Thread

import zstandard

from app.disk import write_file
from app.office.exchange.sync_export import export_bundle
from app.services.sending.files import MAX_RECORDS
from app.storage.database import connect_driver
from app.sync.bundle import read_bundle
from app.sync.records import Record
from app.usecases.intake.accept import accept_dossier
from app.usecases.sync.restate import RestateOlderDossiers, restate_older_dossiers
from benchmarks.desk import commands_of
from benchmarks.generator import NOW
from benchmarks.measurement import Measurement, Work, measure_interleaved, milliseconds, without_garbage_collection
from benchmarks.offices import Desk, Offices

_RECORDS, _BATCH = 10_000, 500
_RESET = "DELETE FROM bundle WHERE sequence > 1"
"""Forget the exported files; the first file of a generated office carries its older records."""


def export(offices: Offices) -> Measurement:
    """Measure the export of 10,000 records, against the same lines."""
    desk, count = _desk_with_unsent(offices), min(_RECORDS, offices.large)
    records = [record for content in _export_all(desk) for record in read_bundle(content).records]
    file = desk.folder / "lines.zst"

    def rounds() -> Iterator[tuple[Work, Work]]:
        for _ in range(max(3, offices.rounds // 10)):
            _reset(desk)
            yield partial(_write_lines, file, records), partial(_export_all, desk)

    pairs = measure_interleaved(rounds())
    note = f"export: {count} bản ghi, mỗi tệp nhiều nhất 5.000"
    return Measurement("export", pairs.value, pairs.limit, pairs.ratio, 3, offices.large, notes=(note,))


def export_beside(offices: Offices) -> Measurement:
    """Measure the p99 of an intake while records are exported, against alone.

    Both sides take turns, so that a slow moment of the machine affects both.
    """
    desk = _desk_with_unsent(offices)
    commands = commands_of(desk)
    count = offices.rounds * 5

    def take_in() -> float:
        return milliseconds(partial(desk.office.write, accept_dossier, next(commands)))

    with without_garbage_collection():
        for _ in range(5):
            take_in()
        alone: list[float] = []
        beside: list[float] = []
        while len(beside) < count:
            _reset(desk)
            exporter = Thread(target=_export_all, args=(desk,))
            exporter.start()
            while exporter.is_alive():
                beside.append(take_in())
            exporter.join()
            alone += [take_in() for _ in range(len(beside) - len(alone))]
    limit, value = _p99(alone), _p99(beside)
    return Measurement("export_beside", value, limit, value / limit, 2, offices.large, p99=value)


def _p99(times: list[float]) -> float:
    return quantiles(times, n=100)[98]


def _desk_with_unsent(offices: Offices) -> Desk:
    """Return a writable office with 10,000 unsent records of schema 2."""
    desk = offices.writable(offices.large)
    _reset(desk)
    _run(desk, "UPDATE bundle SET record_to = (SELECT max(sequence) FROM event)")
    after: int | None = 0
    for _ in range(min(_RECORDS, offices.large) // _BATCH or 1):
        if after is not None:
            command = RestateOlderDossiers(after, min(_BATCH, offices.large))
            after = desk.office.write(restate_older_dossiers, command, NOW)
    return desk


def _export_all(desk: Desk) -> list[bytes]:
    """Export the prepared records; return the files.

    An intake beside the export adds records, so that the number of files is limited.
    """
    return [export_bundle(desk.office, at=NOW).content for _ in range(-(-_RECORDS // MAX_RECORDS))]


def _write_lines(file: Path, records: Sequence[Record]) -> None:
    """Write the records as JSON lines with zstd 10, synced to the disk."""
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    write_file(file, zstandard.ZstdCompressor(level=10).compress(text.encode()))


def _reset(desk: Desk) -> None:
    """Make the exported records wait again."""
    _run(desk, _RESET)


def _run(desk: Desk, statement: str) -> None:
    connection = connect_driver(desk.folder / "motcua.db", None)
    try:
        connection.execute(statement)
    finally:
        connection.close()
