"""Fault runs of the receiver at full size: `python -m tests.faults.hub`.

Each prints its counts as a line of JSON, and fails with the first difference.
"""

import json
import sys
import tempfile
from pathlib import Path

from hub.trial.postgres import PostgresServer
from tests.faults.hub.runs import run_bad_line, run_kills, run_rush, run_slow_line
from tests.support.postgres_server import Hub

_SEED = 20260212


def main() -> int:
    """Run all of them on one PostgreSQL that writes to disk."""
    with PostgresServer.temporary(durable=True) as server, tempfile.TemporaryDirectory() as folder:

        def fresh(name: str) -> Hub:
            hub = Hub(server.create_database(name), Path(folder) / f"{name}.json")
            hub.run("init", "--training")
            return hub

        runs = {
            "bad_line": lambda hub: run_bad_line(hub, offices=20, files=50, seed=_SEED),
            "slow_line": lambda hub: run_slow_line(hub, files=60, seed=_SEED),
            "rush": lambda hub: run_rush(hub, offices=300),
            "kills": lambda hub: run_kills(server, hub, files=200, kills=40, seed=_SEED),
        }
        for name, run in runs.items():
            if sys.argv[1:] in ([], [name]):
                print(json.dumps({"run": name, **run(fresh(name))}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
