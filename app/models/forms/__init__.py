"""Forms as dated data: blocks, values, sets.

May import: other modules of `models`.
Callers: `models.law`, `services.forms`, `printing`.
Example: `read_form("2025/receipt", value)` returns the layout of Mẫu số 01.
"""
