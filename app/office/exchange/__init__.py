"""Exchange with the receiver: files sent to it, packages fetched from it.

Contents: `sync_export` (the next file), `sync_send` (send what waits), `sync_end` (send before the program ends),
`package_fetch` and `received_kind` (what was fetched), `receiver_join` (enter the receiver of a card).
May import: `app.sync`, `app.usecases`, storage, the rest of `app.office`. Never: Qt.
Callers: `bootstrap`, `ui.admin`, `ui.shell`, `cli`.
Example: `export_bundle(office)`.
"""
