"""An office of release 0.1.0 sends to a receiver of today.

Its records have schema 1. The upgrade adds a record of the whole state of each dossier.
"""

from datetime import date
from pathlib import Path

import pytest

from app.models.figures import COLUMNS
from hub.reports.figures_06a import figures_06a
from tests.faults.hub.desks import check_both_ends, command, join
from tests.storage.older_programs import create_older_office, unpack_program
from tests.support.hub_service import serving
from tests.support.offices import desk_session
from tests.support.postgres_server import Hub

RELEASE = "22a6e5a5"
FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
pytestmark = pytest.mark.posix


def test_older_office_sends_states_and_06a_holds(hub: Hub, tmp_path: Path) -> None:
    program = unpack_program(RELEASE, tmp_path / "program")
    office = create_older_office(program, tmp_path / "older", training=True).folder
    with desk_session(office) as desk:
        schemas = [row[0] for row in desk.rows("SELECT schema FROM event ORDER BY id")]
    dossiers = schemas.count(2)
    assert schemas.index(2) == len(schemas) - dossiers > 0, "one record of schema 2 a dossier, behind the older ones"
    with serving(hub) as address:
        join(hub, office, address)
        assert command(office, "sync", "push")["rejected"] == 0
    assert check_both_ends(hub, office) == len(schemas)
    assert hub.rows("SELECT count(*) FROM dossier") == [(dossiers,)]
    with hub.database().connection() as connection, desk_session(office) as desk:
        theirs = figures_06a(connection, FIRST, LAST, LAST).rows
        ours = desk.report(FIRST, LAST).rows
        assert {row.field: [getattr(row, name) for name in COLUMNS] for row in theirs} == {
            row.field: [getattr(row, name) for name in COLUMNS] for row in ours
        }
    hub.close()
