"""Command line: arguments in, Vietnamese text or JSON out.

Contents: `commands`, the parser, requests and secrets, output, files.
May import: `office`, `usecases`, `services`, `keys`, `wording`, `settings`; of `models` only plain values.
Never: Qt, SQL, reading the clock.
Callers: `bootstrap.main`, which passes the `CliContext`.
Example: `motcua scan 2512240000010017 --json`.
"""

from app.cli.run import run

__all__ = ["run"]
