"""A file from its bytes to its answer, in one transaction.

May import: `app.sync`, `hub.storage`, `hub.errors`, `hub.wording`, `hub.keys`, orjson.
Never: HTTP, files on disk, a clock.
Callers: `hub.cli`, `hub.wire`, `hub.page`.
Example: `Intake(database, keys, training=False).receive(data, now)`.
"""
