"""Settings: lines of the office file, hours, and this machine.

May import: `ui.kit`, use cases, `office`, `wording`. Never: another page.
Callers: `ui.shell`.
Example: `SettingsPage(runner)`.
"""
