"""CLI commands: one module per subject, each with a `COMMANDS` table.

May import: the same as `cli`. Never: Qt, SQL, a clock.
Callers: `cli.run`, which imports a module when one of its commands is called.
Example: `dossiers.intake` reads JSON lines and prints an answer for each.
"""
