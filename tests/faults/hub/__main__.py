"""Fault runs of the receiver at full size: `python -m tests.faults.hub`.

Each prints its counts as a line of JSON, and fails with the first difference: a record that is lost or doubled. Names
select some of them.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

from app.bootstrap import create_office
from hub.trial.postgres import PostgresServer
from tests.faults.hub import desks
from tests.faults.hub.runs import run_bad_line, run_kills, run_rush, run_slow_line
from tests.faults.processes import running_fork_server
from tests.support.offices import CREATED_AT, OFFICE
from tests.support.postgres_server import Hub

_SEED = 20260212


def main() -> int:
    """Run all of them on one PostgreSQL that writes to disk."""
    with (
        PostgresServer.temporary(durable=True) as server,
        tempfile.TemporaryDirectory() as folder,
        running_fork_server() as forks,
    ):

        def fresh(name: str) -> Hub:
            hub = Hub(server.create_database(name), Path(folder) / f"{name}.json")
            hub.run("init", "--training")
            return hub

        def office(name: str) -> Path:
            place = Path(folder) / f"office-{name}"
            create_office(place, OFFICE, True, CREATED_AT)
            return place

        runs = {
            "bad_line": lambda hub: run_bad_line(hub, offices=20, files=50, seed=_SEED),
            "slow_line": lambda hub: run_slow_line(hub, files=60, seed=_SEED),
            "rush": lambda hub: run_rush(hub, offices=3_321),
            "kills": lambda hub: run_kills(server, hub, files=1_500, kills=200, seed=_SEED),
            "desk_line": lambda hub: desks.run_desk_line(hub, office("line"), files=1_000, seed=_SEED),
            "three_weeks": lambda hub: desks.run_three_weeks(hub, office("thin"), 4_000, rate=8_000, period=90),
            "two_senders": lambda hub: desks.run_two_senders(forks, hub, office("two"), kills=200, seed=_SEED),
            "restores": lambda hub: desks.run_restores(hub, office("restores")),
            "clone_known": lambda hub: desks.run_clone(hub, office("known"), "known"),
            "clone_found": lambda hub: desks.run_clone(hub, office("found"), "found"),
            "merger": lambda hub: desks.run_merger(hub, desks.communes(Path(folder) / "merger", 2)),
            "clocks": lambda hub: desks.run_clocks(hub, office("clocks")),
        }
        for name, run in runs.items():
            if sys.argv[1:] == [] or name in sys.argv[1:]:
                begun = time.perf_counter()
                counts = run(fresh(name))
                seconds = round(time.perf_counter() - begun)
                print(json.dumps({"run": name, "lost": 0, "doubled": 0, **counts, "seconds": seconds}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
