"""Promises of the receiver: intake of the country's day, Biểu 06a.

Both sides write to the same tables of one PostgreSQL that syncs its log to disk, in two databases.
"""

import http.client
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from benchmarks.hub_day import COMMUNES, DOSSIERS, Commune, communes
from benchmarks.hub_workers import NOW, Workers, rows_of, workers
from benchmarks.measurement import WARM_ROUNDS, Measurement, Pairs, measure_interleaved, milliseconds
from benchmarks.offices import Offices
from hub.cli.request import Environment
from hub.cli.run import run
from hub.keys import HubKeys, read_keys
from hub.reports.figures_06a import figures_06a
from hub.storage import senders
from hub.storage.database import Database
from hub.trial.postgres import PostgresServer

_FULL, _QUICK = 1_000_000, 50_000
_BATCH = 16
_CONNECTIONS = (1, 4)


@dataclass(frozen=True)
class Size:
    """Communes with a file each, and dossiers of each file."""

    communes: int
    dossiers: int
    batch: int

    @classmethod
    def of(cls, offices: Offices) -> "Size":
        """Return the country's day, a tenth of it, or a sample for tests."""
        if offices.large < _QUICK:
            return cls(16, 3, 2)
        return cls(COMMUNES if offices.large >= _FULL else COMMUNES // 10, DOSSIERS, _BATCH)


@dataclass(frozen=True)
class Receiver:
    """A receiver for measurements, with an empty copy of its tables."""

    ours: str
    bare: str
    variables: dict[str, str]
    keys: HubKeys

    def enrol(self, batch: Sequence[Commune]) -> None:
        """Enrol the communes."""
        database = Database(self.ours, 1)
        with database.transaction() as connection:
            for commune in batch:
                senders.enrol(connection, commune.public_key, commune.agency_code, None, NOW)
        database.close()


@contextmanager
def _receiver() -> Iterator[Receiver]:
    with PostgresServer.temporary(durable=True) as server, tempfile.TemporaryDirectory() as folder:
        ours, bare = server.create_database("ours"), server.create_database("bare")
        file = Path(folder) / "keys.json"
        variables = {"HUB_DATABASE": ours, "HUB_KEYS": str(file), "HUB_PASSWORD": "mat-khau-do-dac"}
        for address in (ours, bare):
            _command("init", "--training", **{**variables, "HUB_DATABASE": address})
        yield Receiver(ours, bare, variables, read_keys(file))


def _command(*arguments: str, **variables: str) -> None:
    out, sys.stdout = sys.stdout, sys.stderr
    try:
        status = run(arguments, Environment(variables, lambda: NOW))
    finally:
        sys.stdout = out
    if status:
        raise RuntimeError(f"hub {' '.join(arguments)}: {status}")


def ingest(offices: Offices) -> Measurement:
    """Measure the country's day against bare COPY of the same rows."""
    size = Size.of(offices)
    with _receiver() as receiver:
        day = communes(size.communes, size.dossiers)
        shares = [size.communes // len(_CONNECTIONS)] * len(_CONNECTIONS)
        results = [
            _ingest_share(receiver, count, list(islice(day, share)), size.batch)
            for count, share in zip(_CONNECTIONS, shares, strict=True)
        ]
    worst = max(results, key=lambda pairs: pairs.ratio)
    notes = tuple(
        f"ingest, {count} kết nối: {pairs.value:.1f} ms mỗi tệp, COPY {pairs.limit:.1f} ms, tỷ số {pairs.ratio:.2f}"
        for count, pairs in zip(_CONNECTIONS, results, strict=True)
    )
    return Measurement(
        "ingest", worst.value, worst.limit, worst.ratio, budget=3.0, size=size.communes * size.dossiers, notes=notes
    )


def _ingest_share(receiver: Receiver, count: int, share: Sequence[Commune], size: int) -> Pairs:
    receiver.enrol(share)
    with (
        workers(count, receiver.ours, receiver.bare, receiver.keys) as pool,
        psycopg.connect(receiver.ours, autocommit=True) as connection,
    ):
        taken = [_ingest_batch(pool, connection, batch) for batch in _batches(share, size)]
    return _pairs(taken)


def _ingest_batch(
    pool: Workers, connection: psycopg.Connection[tuple[object, ...]], batch: Sequence[Commune]
) -> tuple[float, float]:
    """Return the milliseconds of one file: bare, then ours."""
    pool.hand_out([commune.file for commune in batch], "files")
    ours = milliseconds(pool.run)
    pool.hand_out([rows_of(connection, commune.public_key) for commune in batch], "rows")
    return milliseconds(pool.run) / len(batch), ours / len(batch)


def ingest_http(offices: Offices) -> Measurement:
    """Measure files over HTTP against the same intake without it."""
    size = Size.of(offices)
    with _receiver() as receiver, _service(receiver) as post:
        day = list(communes(size.communes // 2, size.dossiers))
        receiver.enrol(day)
        with workers(1, receiver.ours, receiver.bare, receiver.keys) as pool:
            taken = []
            for batch in _batches(day, size.batch * 2):
                direct, by_wire = batch[::2], batch[1::2]
                pool.hand_out([commune.file for commune in direct], "files")
                plain = milliseconds(pool.run) / len(direct)
                taken.append((plain, milliseconds(partial(_post_all, post, by_wire)) / len(by_wire)))
    pairs = _pairs(taken)
    return Measurement("ingest_http", pairs.value, pairs.limit, pairs.ratio, budget=1.5, size=len(day) * size.dossiers)


def again(offices: Offices) -> Measurement:
    """Measure files that were received before against their first intake."""
    size = Size.of(offices)
    with _receiver() as receiver:
        day = list(communes(size.communes // 4 or 2, size.dossiers))
        receiver.enrol(day)
        with workers(1, receiver.ours, receiver.bare, receiver.keys) as pool:
            taken = []
            for batch in _batches(day, size.batch):
                times = []
                for _ in range(2):
                    pool.hand_out([commune.file for commune in batch], "files")
                    times.append(milliseconds(pool.run) / len(batch))
                taken.append((times[0], times[1]))
    pairs = _pairs(taken)
    return Measurement("again", pairs.value, pairs.limit, pairs.ratio, budget=0.25, size=len(day) * size.dossiers)


def hub_06a(offices: Offices) -> Measurement:
    """Measure a province's year by commune and field against one scan."""
    rows = {_FULL: 5_000_000, _QUICK: 500_000}.get(offices.large, 2_000)
    scan = (
        b"SELECT count(site_id), count(field_id), count(received_day), count(due_day), count(closed_day),"
        b" count(online), count(outcome) FROM dossier WHERE NOT interrupted AND status <> 'void'"
    )
    with _receiver() as receiver:
        _fill_year(receiver, rows)
        database = Database(receiver.ours, 1)
        with database.connection() as connection:

            def ours() -> None:
                figures_06a(connection, date(2025, 12, 15), date(2026, 12, 14), date(2026, 12, 14))

            def limit() -> None:
                connection.execute(scan).fetchall()

            pairs = measure_interleaved((limit, ours) for _ in range(min(offices.rounds, 15) + WARM_ROUNDS))
        database.close()
    return Measurement("hub_06a", pairs.value, pairs.limit, pairs.ratio, budget=3.0, size=rows)


def _fill_year(receiver: Receiver, rows: int) -> None:
    """Fill a province: 100 communes, 20 fields, one dossier in 50 interrupted."""
    receiver.enrol(list(communes(100, 0)))
    with psycopg.connect(receiver.ours, autocommit=True) as connection:
        connection.execute("INSERT INTO field (name) SELECT 'Lĩnh vực ' || n FROM generate_series(1, 20) n")
        connection.execute(_YEAR_OF_DOSSIERS, (rows,))
        connection.execute(_INTERRUPTED_RECORDS)
        connection.execute("VACUUM ANALYZE")


_YEAR_OF_DOSSIERS = """
    INSERT INTO dossier (site_id, field_id, received_day, due_day, closed_day, online, interrupted, outcome, status,
        code, place, line, procedure_code, procedure_name, received_at, original_due_at, due_at, closed_at)
    SELECT s.site_id, n %% 20 + 1, r.day, r.day + 7,
        CASE WHEN n %% 10 < 8 THEN r.day + n %% 9 END, n %% 3 = 0, n %% 50 = 0,
        CASE WHEN n %% 10 < 7 THEN 'finished' WHEN n %% 10 = 7 THEN 'withdrawn' END,
        CASE WHEN n %% 10 < 8 THEN 'returned' ELSE 'processing' END, s.agency_code || '-' || n, 1, n, '2.000815',
        'Chứng thực bản sao từ bản chính', r.day, r.day + 7, r.day + 7, r.day + n %% 9
    FROM generate_series(1, %s) n JOIN sender s ON s.site_id = n / 50 %% 100 + 1,
        LATERAL (SELECT date '2025-12-15' + n %% 365 AS day) r
"""
_INTERRUPTED_RECORDS = """
    INSERT INTO record (site_id, id, place, line, workstation, sequence, type, schema, occurred_at, entered_at, actor,
        dossier, hash, occurred_day, status, outcome, due_day, closed_day, payload)
    SELECT site_id, gen_random_uuid(), 1, line, 1, line, 'progress', 2, received_at, received_at, '', code, '',
        received_day, status, outcome, due_day, closed_day, '{}' FROM dossier WHERE interrupted
"""


def _post_all(post: Callable[[bytes], None], batch: Sequence[Commune]) -> None:
    for commune in batch:
        post(commune.file)


@contextmanager
def _service(receiver: Receiver) -> Iterator[Callable[[bytes], None]]:
    """Run the service; yield a function that posts one file."""
    command = [sys.executable, "-m", "hub", "serve", "--port", "0"]
    environment = {**os.environ, **receiver.variables}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            address = urlsplit(json.loads(process.stdout.readline() if process.stdout else "")["address"])
            client = http.client.HTTPConnection(address.hostname or "", address.port)

            def post(data: bytes) -> None:
                client.request("POST", "/v1/bundles", data)
                answer = client.getresponse()
                answer.read()
                if answer.status != http.client.OK:
                    raise RuntimeError(f"HTTP {answer.status}")

            yield post
            client.close()
        finally:
            process.terminate()


def _batches(items: Sequence[Commune], size: int) -> Iterator[Sequence[Commune]]:
    """Yield full batches."""
    for begin in range(0, len(items) - size + 1, size):
        yield items[begin : begin + size]


def _pairs(taken: Sequence[tuple[float, float]]) -> Pairs:
    counted = taken[WARM_ROUNDS:] or taken
    return Pairs(tuple(limit for limit, _ in counted), tuple(ours for _, ours in counted))
