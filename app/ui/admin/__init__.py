"""Administration pages (F7, F8).

Contents: office, users, catalogue, calendar, backup, recovery key, sync, SMS, rebuild.

May import: `ui.kit`, `ui.devices`, `ui.printing`. Never: another page's package.
Callers: `ui.shell`.
Example: `office_page.OfficePage`.
"""
