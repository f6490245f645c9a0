"""The verbs from a terminal, a script or the Task Scheduler: words in, Vietnamese or JSON out, an exit status.

May import: `usecases`, `wording`, `settings`, `models.values`, `models.codes`.
Never: Qt, SQL, a clock. Example: `intake`, one JSON line in and one out.
Who calls it: `bootstrap.main`, which hands it its surroundings.
"""

from app.cli.run import run

__all__ = ["run"]
