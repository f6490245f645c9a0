"""Each row of bad input at the receiver: by stick and by wire.

Nothing is written, the exit status is 1, and the wire has its status, a code and a sentence.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import zstandard

from app.sync.canonical import canonical_json
from app.sync.container import MAX_FILE_BYTES, pack, unpack
from app.sync.errors import BundleRefused
from tests.hub.test_ingest import enrolled
from tests.hub.test_wire import check_problem, post
from tests.support.hub_service import serving
from tests.support.postgres_server import Hub
from tests.support.sync_senders import Sender

SHARED = 52
"""Number of the receiver in the pool."""
Damage = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def shared(hub_pool) -> Iterator[Hub]:
    """A receiver with one enrolled office, which no test changes."""
    hub = hub_pool.fresh(SHARED, training=True)
    enrolled(hub, Sender())
    yield hub
    hub.close()


@pytest.fixture(scope="module")
def client(shared: Hub) -> Iterator[httpx.Client]:
    with serving(shared) as address, httpx.Client(base_url=address, timeout=60, trust_env=False) as opened:
        yield opened


def good_file() -> bytes:
    sender = Sender()
    sender.take_in(1)
    return sender.file()


def changed(data: bytes) -> bytes:
    """Change one byte of the records."""
    records = unpack(data)["records.jsonl.zst"]
    return data.replace(records, records[:-1] + bytes([records[-1] ^ 1]))


def repacked(data: bytes) -> bytes:
    """Pack the same members with a plain zip library."""
    with io.BytesIO() as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for name, content in unpack(data).items():
                archive.writestr(name, content)
        return out.getvalue()


def swelling(data: bytes) -> bytes:
    """Return a signed file of 60 kB with 600 MiB of records."""
    sender = Sender()
    lines = zstandard.ZstdCompressor(level=3).compress(bytes(600 * 2**20))
    members = {"records.jsonl.zst": lines, "summary.json": canonical_json(sender.summary())}
    manifest = sender.manifest([], count=1, record_from=1, record_to=1, sequence=1)
    return sender.signed(manifest, members)[0]


ROWS: dict[str, tuple[Damage, str, int]] = {
    "one byte changed": (changed, "bundle_damaged", 422),
    "cut short": (lambda data: data[:-40], "bundle_incomplete", 422),
    "repacked": (repacked, "bundle_layout", 422),
    "extra member": (lambda data: pack({**unpack(data), "extra": b""}), "bundle_members", 422),
    "above 96 MiB": (lambda data: data + bytes(MAX_FILE_BYTES), "bundle_too_big", 413),
    "swells on opening": (swelling, "bundle_too_big", 413),
    "newer version": (lambda _data: Sender().raw_file([], version=2), "bundle_newer", 422),
    "other format": (lambda _data: Sender().raw_file([], format="other"), "bundle_format", 422),
    "unknown key": (lambda _data: Sender(number=9).raw_file([]), "bundle_unknown_key", 403),
    "real file": (lambda _data: Sender(training=False).raw_file([]), "bundle_training", 403),
    "second file first": (lambda _data: Sender(sequence=1, previous="ab" * 32).raw_file([]), "bundle_gap", 409),
}


@pytest.mark.parametrize("row", ROWS)
def test_bad_file_writes_nothing_and_has_its_reason(
    row: str, shared: Hub, client: httpx.Client, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    damage, code, status = ROWS[row]
    file = tmp_path / "tep.mcsync"
    file.write_bytes(damage(good_file()))
    (line,) = shared.run("ingest", file, status=1)
    assert (line["result"], line["code"], line["accepted"]) == ("refused", code, 0)
    sentence = capfd.readouterr().err.strip()
    problem = check_problem(post(client, file.read_bytes()), status, code)
    assert sentence == f"tep.mcsync: {problem['title']}" and problem["type"] == f"urn:motcua:{code}"
    shared_fields = {"known", "epoch", "expected_sequence"} & problem.keys()
    assert {name: line[name] for name in shared_fields} == {name: problem[name] for name in shared_fields}
    assert not file.with_suffix(".mcack").exists()
    assert shared.rows("SELECT count(*) FROM file") == [(0,)] == shared.rows("SELECT count(*) FROM fork")


def test_no_changed_byte_and_no_cut_is_accepted(shared: Hub) -> None:
    data, intake = good_file(), shared.intake()
    for place in range(0, len(data), 7):
        for broken in (data[:place], data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :]):
            with pytest.raises(BundleRefused, match="bundle_"):
                intake.receive(broken, shared.now)
    assert shared.rows("SELECT count(*) FROM file") == [(0,)]
