"""The office itself: creation, succession, clock guard, number repair, integrity check, restore, rebuild, devices.

May import: `services` and below. Never: another use case.
Callers: `office`, the admin pages, `cli.commands`.
Example: `integrity.check_office(CheckOffice(), context, work)`.
"""
