"""Rules of law in force: shipped ones and those of the office.

May import: what `services` may. Never: `usecases`.
Callers: intake, numbering, actions and documents in `services`; use cases.
Example: `rules.rules_in_force(work, "fee_relief", day)` returns the reliefs in force on a day.
"""
