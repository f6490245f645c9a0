"""An office on disk: session, creation, unlocking, backup, restore, SMS.

May import: `usecases` and everything below. Never: `ui`, `cli`, Qt; the machine clock is an argument.
Every use case runs through `session.OfficeSession`.
Callers: `bootstrap`, `ui`, `cli`, tests.
Example: `office.read(list_work, ListWork())`.
"""
