"""The command line: arguments in, Vietnamese text or JSON out, an exit status.

May import: `office`, `usecases`, `wording`, `settings`, the enums, errors, text, instants and codes of `models`.
Never: Qt, SQL, a clock.
Callers: `bootstrap.main`, which passes the `Context`.
Example: `motcua scan 2512240000010017 --json`.
"""

from app.cli.run import run

__all__ = ["run"]
