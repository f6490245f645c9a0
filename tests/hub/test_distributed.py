"""Tables without partitions, which Citus distributes by `site_id`."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.storage.schema import SITE_TABLES
from hub.trial.postgres import PostgresServer
from tests.architecture.project import ROOT
from tests.support.postgres_server import Hub, drop_database
from tests.support.sync_senders import Sender


@pytest.fixture
def distributed(postgres: PostgresServer, tmp_path: Path) -> Iterator[Hub]:
    """A receiver whose tables have no partitions."""
    hub = Hub(postgres.create_database("distributed"), tmp_path / "keys.json")
    hub.run("init", "--training", "--distributed")
    yield hub
    hub.close()
    drop_database(postgres, "distributed")


def test_unpartitioned_receiver_takes_files_like_any_other(distributed: Hub, tmp_path: Path) -> None:
    sender = Sender()
    distributed.run("enrol", sender.public_key, "--agency", sender.agency)
    for serial in range(1, 6):
        sender.take_in(serial)
    sender.progress(sender.code(2), "finished")
    place = tmp_path / "a.mcsync"
    place.write_bytes(sender.file())
    assert [line["result"] for _ in range(2) for line in distributed.run("ingest", place)] == ["accepted", "again"]
    (table,) = distributed.run("report", "06a", "--from", "2026-01-01", "--to", "2026-12-31")
    assert (table["total"]["received"], table["total"]["resolved"]) == (5, 1)


def test_every_unique_key_of_a_distributed_table_has_its_column(distributed: Hub) -> None:
    """Citus refuses a unique key without the distribution column."""
    kinds = dict(
        distributed.rows("SELECT relname, relkind::text FROM pg_class WHERE relname = ANY(%s)", [*SITE_TABLES])
    )
    assert kinds == dict.fromkeys(SITE_TABLES, "r")
    keys = distributed.rows(
        "SELECT i.indrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indisunique AND i.indrelid::regclass::text = ANY(%s)",
        [*SITE_TABLES],
    )
    assert {table for table, _definition in keys} == set(SITE_TABLES)
    assert [definition for _table, definition in keys if "(site_id, " not in definition] == []


def test_guide_distributes_every_table_of_a_sender() -> None:
    guide = (ROOT / "docs" / "hub.md").read_text(encoding="utf-8")
    assert set(re.findall(r"create_distributed_table\('(\w+)', 'site_id'", guide)) == set(SITE_TABLES)
