"""The office: creation, succession, clock, numbers, check, restore.

May import: `services` and below. Never: another use case.
Callers: `office`, the admin pages, `cli.commands`.
Example: `integrity.check_office(CheckOffice(), context, work)`.
"""
