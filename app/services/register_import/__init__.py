"""Import of a register kept in Excel or on another program.

Contents: columns, rows, procedures, states, writing.
May import: what `services` may. Never: `usecases`, a clock.
Callers: `usecases.intake.import_register`, `usecases.reporting.false_late`.
Example: `columns.register_columns(sheet, mapping, name)` finds the columns, `entries.read_entry` reads one row.
"""
