"""Administration pages (F7, F8): office, users, catalogue, calendar, backup, keys, sync, SMS, rebuild.

May import: `ui.kit`, `ui.devices`, `ui.printing`. Never: another page's package.
Callers: `ui.shell`.
Example: `office_page.OfficePage`.
"""
