"""Update of the installed program from a file.

Contents: `installer_file` (is it ours, newer, unchanged?), `record` (what the data folder keeps meanwhile),
`first_opening` (keep the new version, or take the former one and the data back together).
May import: `app.machine`, `app.sync.signing`, storage, the rest of `app.office`. Never: Qt.
Callers: `bootstrap`, `ui.admin`.
Example: `check_update(file, installed_program(), key)`.
"""
