"""Pages for citizens (F12): queue, call display, kiosk, feedback.

May import: `ui.kit`, `ui.printing`. Never: another page's package.
Callers: `ui.shell`.
Example: `kiosk.KioskWindow`, which shows masked names.
"""
