"""Packages for the offices below, and files for the receiver above.

May import: `app.sync`, `hub.storage`, `hub.keys`, `hub.errors`, httpx.
Never: a clock.
Callers: `hub.cli`, `hub.page`.
Example: `publish(database, keys, draft, content, "dòng lệnh", now)`.
"""
