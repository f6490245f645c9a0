"""Printers and scanners: devices page, wedge guard, serial port.

May import: `ui.kit`, `ui.printing`. Never: another page.
Callers: `ui.shell`, `ui.admin`.
Example: `wedge_guard.ScanGuard` separates scans from typing.
"""
