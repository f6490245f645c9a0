"""CLI commands: one module per subject, each with a `COMMANDS` table.

May import: `cli`, `office`, `usecases`, `wording`, `settings`. Never: Qt, SQL, a clock.
Callers: `cli.run`, which imports a module when one of its commands is called.
Example: `dossiers.intake` reads and answers JSON lines.
"""
