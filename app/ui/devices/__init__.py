"""Printers and scanners: the devices page, the keyboard-wedge guard, serial scanners.

May import: `ui.kit`, `ui.printing`. Never: another page.
Callers: `ui.shell`, `ui.admin`.
Example: `wedge_guard.ScanGuard` separates scans from typing.
"""
